"""Forgetting one person leaves what is others', and finds the person however it is written."""

import hashlib
from datetime import timedelta

import orjson
import pytest
import sqlalchemy as sa

from edu.db import db, inside, pretend, unit_of_work, utcnow
from edu.jobs import run_due
from edu.lrs import descriptions, public, service
from edu.lrs.agents import agent_named, system_agent
from edu.lrs.core import build
from edu.lrs.core.documents import Document, DocumentQuery, Method, Preconditions, Resource
from edu.lrs.core.version import Version
from edu.lrs.core.vocabulary import Verb
from edu.lrs.documents import service as documents
from edu.lrs.documents.models import StoredDocument
from edu.lrs.models import Description
from edu.lrs.privacy import jobs, personas, queries
from edu.lrs.privacy.models import ForgetMode
from edu.lrs.service import Author
from tests.edu.lrs.privacy.test_forgetting import (
    MINH,
    a_state,
    by_mail,
    did,
    everything,
    record,
    tell,
)
from tests.factories import a_college, an_organisation


def on_moodle(account: str, **parts) -> dict:
    return build.agent_for("https://moodle.example", account, **parts)


def forgotten(agent, mode=ForgetMode.PSEUDONYMISE):
    with unit_of_work():
        made = jobs.start(agent, mode, None)
    run_due()
    db.session.expire_all()
    return queries.get(made.id)


def a_profile(activity: str, content: bytes, name="settings") -> None:
    with unit_of_work():
        documents.write(
            Resource.ACTIVITY_PROFILE,
            Method.PUT,
            DocumentQuery(activity_id=activity, document_id=name),
            Document(content, "application/json"),
            preconditions=Preconditions(if_none_match="*"),
            version=Version.V1,
            max_bytes=1000,
        )


def stored() -> list[tuple]:
    rows = db.session.scalars(sa.select(StoredDocument).order_by(StoredDocument.id))
    return [(row.activity_id, row.document_id, row.content, row.updated_at) for row in rows]


def told() -> set[bytes]:
    return set(db.session.scalars(sa.select(Description.content)))


@pytest.mark.parametrize("mode", ForgetMode)
@pytest.mark.parametrize("number", ["57", "7"])
def test_a_short_account_takes_only_its_own(college, number, mode):
    lesson = {
        "id": "https://hoc.example/57",
        "definition": {"name": {"vi": "Bài 57"}, "type": "https://x.example/57"},
    }
    minh = build.agent_for("https://h5p.example", "57", name="Minh 57")
    tell(did(minh, object=lesson), did(on_moodle(number), 3))
    a_profile("https://hoc.example/57", b'{ "page": 57, "of": "57" }', name="57")
    a_state(MINH, b'{ "account": { "homePage": "https://h5p.example", "name": "57" } }')
    before, documents_before = record(), stored()

    with pretend(utcnow() + timedelta(minutes=1)):
        forgotten(on_moodle(number), mode)

    assert record()[0] == before[0]
    assert stored() == documents_before
    assert descriptions.definition_of("https://hoc.example/57") == lesson["definition"]
    assert descriptions.person_of(minh)["name"] == ["Minh 57"]
    assert public.statements(agent=on_moodle(number)) == []


def test_what_others_are_told_of_stays_and_what_names_the_person_goes(college):
    lan = on_moodle("hoc-vien-57", name="Lan")
    other = {"id": "https://hoc.example/hoc-vien-579", "definition": {"name": {"vi": "Bài"}}}
    namesake = build.agent_for("https://thu-vien.example", "hoc-vien-57", name="Minh")
    tell(did(lan), did(namesake, object=other), did(MINH, "hoc-vien-57"))
    a_profile("https://hoc.example/hoc-vien-57", b"{}")
    a_profile("https://hoc.example/hoc-vien-579", b'{"a": "hoc-vien-579"}')
    kept = {each for each in told() if b"moodle.example hoc-vien" not in each}

    made = forgotten(lan)

    now = told()
    assert {each for each in kept if b"example/hoc-vien-57" not in each} <= now
    assert any(b"thu-vien.example hoc-vien-57" in each for each in now)
    assert b"https://hoc.example/hoc-vien-579" in now
    assert b"https://hoc.example/hoc-vien-57" not in now
    assert [each[0] for each in stored()] == ["https://hoc.example/hoc-vien-579"]
    assert (made.documents, made.rewritten) == (1, 2)
    assert record()[1]["actor"] == namesake


@pytest.mark.parametrize("mode", ForgetMode)
@pytest.mark.parametrize("name", ["Đặng Lan", "ĐẶNG.LAN"])
def test_capitals_with_marks_are_found(college, name, mode):
    tell(did(on_moodle(name)), did(MINH, 2, result={"response": f"hỏi {name.lower()}"}))

    made = forgotten(on_moodle(name), mode)

    assert made.rewritten + made.deleted == 2
    assert name.lower().encode() not in everything(college)
    assert name.encode() not in everything(college)


@pytest.mark.parametrize(
    "content",
    [
        b'{"partner": "\\u0110\\u1eb7ng.Lan@x.example"}',
        b'{"page": "https:\\/\\/id.example\\/\\u0111\\u1eb7ng-lan"}',
        '{ "who" : { "mbox" : "mailto:Đặng.Lan@X.example" } }'.encode(),
    ],
)
def test_documents_are_read_however_their_json_is_written(college, content):
    agent = {"objectType": "Agent", "mbox": "mailto:đặng.lan@x.example"}
    openid = {"objectType": "Agent", "openid": "https://id.example/đặng-lan"}
    a_state(MINH, content)
    with unit_of_work():
        personas.merge(agent, openid)

    forgotten(agent)

    [(_activity, _name, now, _moment)] = stored()
    assert "ng" not in orjson.loads(now).values()
    assert "lan" not in orjson.dumps(orjson.loads(now)).decode().lower()
    assert "forgotten-" in now.decode()


def test_documents_of_others_that_do_not_speak_of_them_are_not_written(college, lan):
    a_state(MINH, b'{ "page" : "1.0" , "mail" : "x%s" }' % lan.email.encode())
    a_state(MINH, b"\xff\xfe no JSON " + lan.email.encode(), name="raw")
    before = stored()

    with pretend(utcnow() + timedelta(minutes=1)):
        forgotten(public.agent_of(lan))

    assert stored() == before


@pytest.mark.parametrize("mode", ForgetMode)
def test_an_address_in_other_letter_case_is_theirs(college, mode):
    typed, sent = "lan.tran@x.example", {"mbox": "mailto:Lan.Tran@X.example", "name": "Lan"}
    tell(did({"objectType": "Agent", **sent}), did(MINH, 2, context={"instructor": sent}))
    a_state(sent, b"{}")
    with unit_of_work():
        personas.merge(sent, MINH)

    made = forgotten(agent_named(typed), mode)

    assert made.deleted == (mode is ForgetMode.DELETE)
    assert made.documents == 1
    assert typed.encode() not in everything(college)
    assert personas.everyone() == [] or all(
        "mbox" not in agent for each in personas.everyone() for agent in each.agents
    )
    assert public.statements(agent=sent, related=True) == []


@pytest.mark.parametrize("typed", ["lan.tran@x.example", "Lan.Tran@x.example"])
def test_the_digest_of_an_address_is_theirs_without_an_account_here(college, typed):
    digests = [
        hashlib.sha1(f"mailto:{each}".encode(), usedforsecurity=False).hexdigest()
        for each in {typed, typed.lower()}
    ]
    tell(*({**did(MINH), "actor": {"mbox_sha1sum": each}} for each in digests))

    made = forgotten(agent_named(typed))

    assert made.rewritten == len(digests)
    assert b"mbox_sha1sum" not in everything(college)


def test_an_account_by_that_address_or_number_elsewhere_is_theirs(college, lan):
    others = [
        build.agent_for("https://h5p.example", lan.email),
        build.agent_for("https://scorm.example", str(lan.id)),
    ]
    tell(*map(did, others))

    assert forgotten(public.agent_of(lan)).rewritten == 2
    assert {each["actor"]["account"]["name"][:10] for each in record()} == {"forgotten-"}


def test_where_there_is_only_a_state_it_goes_from_all_colleges(college, lan):
    other, department = a_college(), an_organisation(queries.OrganisationKind.DEPARTMENT)
    with inside(other.id):
        a_state(by_mail(lan), b"{}")

    with unit_of_work():
        public.forget(lan)
    run_due()

    with inside(other.id):
        assert stored() == []
    assert department.id not in queries.tenants()


def test_a_tool_that_may_not_define_does_not_by_a_forgetting(college, lan):
    def named(name: str) -> dict:
        return {"id": "https://hoc.example/han", "definition": {"name": {"en": name}}}

    tell(build.statement(MINH, Verb.COMPLETED, named("Welding")))
    with unit_of_work():
        said = build.statement(public.agent_of(lan), Verb.COMPLETED, named("Sewing"))
        service.store([said], Author(system_agent(), may_define=False), Version.V1)

    forgotten(public.agent_of(lan))

    assert descriptions.definition_of("https://hoc.example/han") == {"name": {"en": "Welding"}}
