"""The files behind attachments: their bytes are in the blob store, once."""

import sys
from collections.abc import Iterable, Sequence
from io import BytesIO

import orjson
import sqlalchemy as sa

from edu.batches import batches
from edu.db import db
from edu.lrs.core import multipart
from edu.lrs.core.multipart import Attachment
from edu.lrs.models import StoredAttachment
from edu.storage.service import store

LOOKED_UP = 1000  # names in one query: both engines have a limit


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
    return files_within(payloads, most=sys.maxsize)[0]


def weights(payloads: Sequence[bytes]) -> list[int]:
    """Weigh statements with their files, in bytes.

    By the files that we have: what a statement says of their length, nobody has compared.
    """
    described = [_described(each) for each in payloads]
    known = _known({sha2 for own in described for sha2 in own})
    return [
        len(payload) + sum(known[sha2].size for sha2 in own if sha2 in known)
        for payload, own in zip(payloads, described, strict=True)
    ]


def files_within(payloads: Sequence[bytes], *, most: int) -> tuple[list[Attachment], int]:
    """Read the files of as many statements, from the first on, as take at most so many bytes.

    Gives the files, and of how many statements they are: of one at least. Of a first one that alone
    takes more, files that are elsewhere ("fileUrl") stay there; all others came in one request.
    """
    described = [_described(each) for each in payloads]
    known = _known({sha2 for own in described for sha2 in own})
    chosen: dict[str, StoredAttachment] = {}
    size = 0
    for count, own in enumerate(described):
        fresh = {sha2: known[sha2] for sha2 in own if sha2 in known and sha2 not in chosen}
        size += len(payloads[count]) + sum(row.size for row in fresh.values())
        if size > most:
            if count:
                return _read(chosen.values()), count
            fresh = {sha2: row for sha2, row in fresh.items() if not own[sha2]}
        chosen |= fresh
    return _read(chosen.values()), len(payloads)


def _described(payload: bytes) -> dict[str, bool]:
    """The files that a statement speaks of; True for what it says to be elsewhere, too."""
    if b'"attachments":' not in payload:
        return {}
    found: dict[str, bool] = {}
    for each in multipart.described([orjson.loads(payload)]):
        sha2 = each["sha2"].lower()
        found[sha2] = "fileUrl" in each and found.get(sha2, True)
    return found


def _known(sha2s: Iterable[str]) -> dict[str, StoredAttachment]:
    return {
        row.sha2: row
        for wanted in batches(sha2s, LOOKED_UP)
        for row in db.session.scalars(
            sa.select(StoredAttachment).where(StoredAttachment.sha2.in_(wanted))
        )
    }


def _read(rows: Iterable[StoredAttachment]) -> list[Attachment]:
    return [Attachment(row.sha2, _content(row.blob), row.content_type) for row in rows]


def _content(key: str) -> bytes:
    with store().open(key) as content:
        return content.read()
