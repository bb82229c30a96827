"""The one writer of the index: work for the worker."""

from edu.jobs import enqueue_once, job
from edu.search import current


def changed(kind: str, document_id: str) -> None:
    """Say, in the unit of work that changes it, that a document must be indexed anew."""
    enqueue_once(refresh, f"{kind}/{document_id}", kind, document_id)


@job(retries=20)
def refresh(kind: str, document_id: str) -> None:
    """Bring the index up to the database for one document."""
    current.searchables.refresh(current.index(), kind, [document_id])


@job()
def rebuild() -> None:
    """Write the whole index anew."""
    current.searchables.rebuild(current.index())
