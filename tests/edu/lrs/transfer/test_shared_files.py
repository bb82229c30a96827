"""Equal contents are one blob: who is done with it leaves it to the others."""

import hashlib

import orjson
import pytest
import sqlalchemy as sa

from edu.db import db, inside, unit_of_work, utcnow
from edu.jobs import run_due
from edu.lrs import attachments
from edu.lrs.core import build
from edu.lrs.core.multipart import Attachment
from edu.lrs.core.vocabulary import Verb
from edu.lrs.models import StoredAttachment
from edu.lrs.transfer import queries, service
from edu.storage import service as storage
from tests.edu.lrs.transfer.test_pages import all_asked, bring
from tests.factories import a_college

LINE = orjson.dumps(
    build.statement(
        build.agent_for("https://hoc.example", "lan"), Verb.PASSED, {"id": "https://hoc.example/1"}
    )
)


@pytest.fixture
def attached(college):
    """The line that is to be imported, attached to a statement of another college."""
    with inside(a_college().id), unit_of_work():
        attachments.keep([Attachment(hashlib.sha256(LINE).hexdigest(), LINE)])
        return db.session.scalars(sa.select(StoredAttachment.blob)).one()


def test_an_import_leaves_what_another_college_has_attached(browser, college, attached):
    bring(browser, college, LINE)
    [transfer] = all_asked()
    assert transfer.blob_key == attached

    run_due()

    assert transfer.blob_key == ""
    assert storage.store().exists(attached)


def test_the_last_one_who_is_done_with_it_deletes_it(browser, college):
    bring(browser, college, LINE)
    bring(browser, college, LINE)
    first, second = all_asked()
    key = first.blob_key

    with unit_of_work():
        service.forget_file(first)
    assert storage.store().exists(key)

    with unit_of_work():
        service.forget_file(second)
    assert not storage.store().exists(key)
    assert queries.expired(utcnow()) == []
