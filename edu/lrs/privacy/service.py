"""Forget a person: step by step, each stored, so that it can be taken up where it stopped.

Statistics stay whole: verb, object, result and times are as they were, and one random name stands
for the person in all of an organisation's statements. We keep no way back from it to the person.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeAlias
from uuid import UUID

import orjson
import sqlalchemy as sa

from edu.accounts.models import Person
from edu.audit import service as audit
from edu.db import after_commit, db, lock, utcnow
from edu.lrs.adapters import reading
from edu.lrs.adapters.engines import tables_of
from edu.lrs.adapters.rows import StatementRow
from edu.lrs.core import build
from edu.lrs.core.json_in import JsonObject, write
from edu.lrs.documents.models import StoredDocument
from edu.lrs.forwarding import service as forwarding
from edu.lrs.models import Description, StoredAttachment
from edu.lrs.privacy import queries, statements, traces
from edu.lrs.privacy.core.rewriting import (
    PSEUDONYM,
    Subject,
    files_of,
    rewrite,
    rewrite_content,
)
from edu.lrs.privacy.models import Alias, ForgetMode, ForgetStage, Forgetting
from edu.lrs.transfer import service as transfer
from edu.settings import in_force
from edu.storage import references
from edu.storage import service as storage

STEP = 500  # statements looked at in one go
CHANGED = 50  # statements changed in one go, at most: others wait so long
FILES = 20  # deleted in one go: each is looked for in every table that may need it

Change: TypeAlias = Callable[[Forgetting], None]


def ask(subject: Subject, mode: ForgetMode, asked_by: Person | None) -> Forgetting:
    """Remember that somebody is to be forgotten; the log says that it was asked, not for whom."""
    forgetting = Forgetting(
        mode=mode,
        subject={"agents": list(subject.agents), "names": list(subject.names)},
        pseudonym=f"{PSEUDONYM}{secrets.token_hex(16)}",
        asked_by_id=asked_by.id if asked_by else None,
    )
    db.session.add(forgetting)
    db.session.flush()
    audit.record(
        "lrs.forgetting_asked",
        actor_id=forgetting.asked_by_id,
        subject=forgetting,
        mode=mode.value,
    )
    return forgetting


# Statements -----------------------------------------------------------------------------------


def next_rows(forgetting: Forgetting) -> Sequence[StatementRow]:
    """Read on to some statements of which one may have to do with it; none at the end of all.

    All are read, though the index knows the person by key: it knows agents in the places that the
    specification has for them. A person may also be in an answer, an extension, a description or
    the id of an activity, as a name, an address or an agent that no search looks for.
    """
    connection, cursor = db.session.connection(), forgetting.cursor
    horizon = tables_of(connection).horizon(connection)
    subject = queries.subject_in(forgetting)
    while True:
        rows = reading.after(
            connection, cursor, horizon, limit=STEP, tenant_id=forgetting.tenant_id
        )
        found = [n for n, row in enumerate(rows) if _matters(row, forgetting.stage, subject)]
        if found or not rows:
            return rows[: found[CHANGED] if len(found) > CHANGED else None]
        cursor = rows[-1].seq


def _matters(row: StatementRow, stage: ForgetStage, subject: Subject) -> bool:
    if stage is ForgetStage.FILES:
        return b'"attachments":' in row.payload
    return subject.may_be_in(row.payload)


def take_step(forgetting: Forgetting, rows: Sequence[StatementRow]) -> None:
    """Take the person out of some statements, and go on to the next stage after the last."""
    subject = queries.subject_in(forgetting)
    if forgetting.stage is ForgetStage.STATEMENTS:
        found = _afresh([row.seq for row in rows if subject.may_be_in(row.payload)])
        touched = [row.seq for row in found if _forget_in(row, forgetting, subject)]
        if touched:
            forwarding.blot_out(touched)
    elif forgetting.files:
        used = {sha2 for row in rows for sha2 in _files_in(row)}
        forgetting.files = [sha2 for sha2 in forgetting.files if sha2 not in used]
    if rows:
        forgetting.cursor = rows[-1].seq
    else:
        is_first = forgetting.stage is ForgetStage.STATEMENTS
        forgetting.stage = ForgetStage.FILES if is_first and forgetting.files else ForgetStage.REST
        forgetting.cursor = 0


def _afresh(seqs: Sequence[int]) -> list[StatementRow]:
    """Read again what was read before our turn came: somebody else may be gone from it by now."""
    return reading.by_seqs(db.session.connection(), seqs) if seqs else []


def _forget_in(row: StatementRow, forgetting: Forgetting, subject: Subject) -> bool:
    statement: JsonObject = orjson.loads(row.payload)
    is_theirs = subject.is_actor_of(statement)
    changed = rewrite(statement, subject, _nobody(forgetting))
    if changed == statement:
        return False
    gone = files_of(statement) - files_of(changed)
    if is_theirs and forgetting.mode is ForgetMode.DELETE:
        statements.remove(row)
        forgetting.deleted += 1
        gone = files_of(statement)
    else:
        statements.replace(row, changed)
        forgetting.rewritten += 1
    forgetting.files = sorted({*forgetting.files, *gone})
    return True


def _files_in(row: StatementRow) -> set[str]:
    return files_of(orjson.loads(row.payload)) if b'"attachments":' in row.payload else set()


def _nobody(forgetting: Forgetting) -> JsonObject:
    return build.agent_for(in_force().base_url, forgetting.pseudonym)


# Everything else ------------------------------------------------------------------------------


def rest(forgetting: Forgetting) -> Iterator[Change]:
    """Find what holds the person and is no statement; give the changes, each a short unit of work.

    To be walked through outside any: what is looked at between two changes needs no write lock,
    and others write meanwhile. The last change is `finish`.
    """
    subject = queries.subject_in(forgetting)
    for some in traces.ids_of(Description, subject):
        yield partial(_forget_descriptions, some)
    for some in traces.ids_of(StoredDocument, subject):
        yield partial(_forget_documents, some)
    while forgetting.files:
        yield _forget_files
    yield finish


def _forget_descriptions(ids: Sequence[UUID], forgetting: Forgetting) -> None:
    """Delete what was told of the person, and of anything in words that name them.

    The statements, rewritten, have told it anew by now.
    """
    for row in traces.held(Description, ids, queries.subject_in(forgetting)):
        db.session.delete(row)


def _forget_documents(ids: Sequence[UUID], forgetting: Forgetting) -> None:
    """Delete the person's states and profiles; take the person out of others' as far as JSON."""
    subject = queries.subject_in(forgetting)
    for row in traces.held(StoredDocument, ids, subject):
        if traces.is_own(row, subject):
            db.session.delete(row)
            forgetting.documents += 1
        else:
            content = traces.content_about(row, subject)
            row.content = write(rewrite_content(content, subject, _nobody(forgetting)))
            row.updated_at = utcnow()


def _forget_files(forgetting: Forgetting) -> None:
    """Delete files that no statement speaks of any more; bytes, where nobody else needs them."""
    some, forgetting.files = forgetting.files[:FILES], forgetting.files[FILES:]
    rows = db.session.scalars(sa.select(StoredAttachment).where(StoredAttachment.sha2.in_(some)))
    found = rows.all()
    for row in found:
        db.session.delete(row)
    db.session.flush()
    for blob in {row.blob for row in found}:
        if not references.is_wanted(blob):
            after_commit(partial(storage.store().delete, blob))
    forgetting.files_deleted += len(found)


def finish(forgetting: Forgetting) -> None:
    """Take the person out of exports and names, then forget who it was ourselves."""
    subject = queries.subject_in(forgetting)
    transfer.forget_person(subject.is_one)
    for alias in db.session.scalars(sa.select(Alias)):
        if subject.is_one(orjson.loads(alias.agent)):
            db.session.delete(alias)
    forgetting.subject, forgetting.pseudonym = {}, ""
    forgetting.stage, forgetting.finished_at = ForgetStage.DONE, utcnow()
    audit.record(
        "lrs.person_forgotten",
        actor_id=forgetting.asked_by_id,
        subject=forgetting,
        mode=forgetting.mode.value,
        rewritten=forgetting.rewritten,
        deleted=forgetting.deleted,
        documents=forgetting.documents,
        files=forgetting.files_deleted,
    )


# Breaking off ---------------------------------------------------------------------------------


def halt(forgetting: Forgetting) -> None:
    """Say that it broke off each time it was tried. Nothing that was done is undone."""
    forgetting.stage = ForgetStage.HALTED


def resume(forgetting: Forgetting) -> bool:
    """Begin again with the first statement: what is done already is passed over.

    False when it is under way, or done.
    """
    lock(forgetting)
    if not forgetting.is_halted:
        return False
    forgetting.stage, forgetting.cursor = ForgetStage.STATEMENTS, 0
    return True
