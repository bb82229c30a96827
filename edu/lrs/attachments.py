"""The files behind attachments: their bytes are in the blob store, once."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import orjson
import sqlalchemy as sa

from edu.db import db
from edu.lrs.core import multipart
from edu.lrs.core.multipart import Attachment
from edu.lrs.models import StoredAttachment
from edu.storage.service import store


def keep(attachments: Iterable[Attachment]) -> None:
    """Keep the files of a request within the open unit of work; known ones are not kept again."""
    wanted = {attachment.sha2: attachment for attachment in attachments}
    for sha2 in sorted(wanted.keys() - _known(wanted).keys()):
        sent = wanted[sha2]
        blob = store().put(BytesIO(sent.content))
        db.session.add(
            StoredAttachment(
                sha2=sha2, content_type=sent.content_type[:255], size=blob.size, blob=blob.key
            )
        )
    db.session.flush()


def files_of(payloads: Sequence[bytes]) -> list[Attachment]:
    """Read the files that some statements speak of, as far as they were sent to us."""
    with_files = [orjson.loads(each) for each in payloads if b'"attachments":' in each]
    wanted = {found["sha2"].lower() for found in multipart.described(with_files)}
    return [
        Attachment(row.sha2, _content(row.blob), row.content_type)
        for row in _known(wanted).values()
    ]


def _known(sha2s: Iterable[str]) -> dict[str, StoredAttachment]:
    wanted = list(sha2s)
    if not wanted:
        return {}
    rows = db.session.scalars(sa.select(StoredAttachment).where(StoredAttachment.sha2.in_(wanted)))
    return {row.sha2: row for row in rows}


def _content(key: str) -> bytes:
    with store().open(key) as content:
        return content.read()
