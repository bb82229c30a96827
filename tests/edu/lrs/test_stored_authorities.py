"""The revision that tells apart who vouches for a statement, and who for what it refers to."""

import importlib

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from edu.db import db, unit_of_work
from edu.lrs import links
from edu.lrs.core.identity import Usage, agent_key
from edu.lrs.models import Mention
from tests.edu.lrs.test_links import about, authority_of
from tests.edu.lrs.xapi.conftest import a_statement, a_tool

AUTHORITY, INSIDE = Usage.AUTHORITY.bit, Usage.SUBSTATEMENT.bit
revision = importlib.import_module("migrations.versions.20261123_0700_tell_apart_who_vouches")


@pytest.fixture
def own_reader(client, college):
    return a_tool(client, college, "statements/write", "statements/read/mine")


@pytest.fixture
def tool(client, college):
    return a_tool(client, college)


def as_it_was(tenant_id, *authorities: dict) -> None:
    """Keep places as the release before did: what is inherited like what is one's own."""
    keys = [links.key_of(tenant_id, agent_key(each)) for each in authorities]
    is_inside = Mention.usages.op("&")(INSIDE) != 0
    with unit_of_work():
        db.session.execute(
            sa.update(Mention)
            .where(Mention.key.in_(keys), is_inside)
            .values(usages=(Mention.usages - INSIDE).op("|")(AUTHORITY))
        )


def test_what_was_stored_before_is_found_by_its_own_authority_alone(college, own_reader, tool):
    own = a_statement()
    remark = about(own["id"])
    reply, own_reply = about(remark["id"]), about(remark["id"])
    own_reader.store(own)
    tool.store(remark, reply)
    own_reader.store(own_reply)
    authority = authority_of(tool, own["id"])
    as_it_was(college.id, authority, authority_of(tool, remark["id"]))
    assert len(own_reader.found()) == 4

    with unit_of_work(), Operations.context(MigrationContext.configure(db.session.connection())):
        revision.upgrade()

    assert own_reader.found() == [own_reply["id"], own["id"]]
    assert len(tool.found(agent=authority, related_agents="true")) == 4
