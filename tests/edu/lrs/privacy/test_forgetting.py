"""A person taken out of a record: everywhere, for good, and statistics stay whole."""

import hashlib
from collections import Counter

import orjson
import pytest
import sqlalchemy as sa

from edu.accounts.models import Role
from edu.audit.models import AuditEntry
from edu.db import db, inside, unit_of_work
from edu.jobs import run_due
from edu.lrs import attachments, public, service
from edu.lrs.agents import agent_named
from edu.lrs.core import build
from edu.lrs.core.documents import Document, DocumentQuery, Method, Preconditions, Resource
from edu.lrs.core.multipart import Attachment
from edu.lrs.core.version import Version
from edu.lrs.core.vocabulary import Verb
from edu.lrs.descriptions import person_of
from edu.lrs.documents import service as documents
from edu.lrs.documents.models import StoredDocument
from edu.lrs.models import Description, Mention, Statement, StoredAttachment
from edu.lrs.privacy import jobs, personas, queries
from edu.lrs.privacy import service as privacy
from edu.lrs.privacy.models import Alias, ForgetMode, ForgetStage
from edu.lrs.transfer import jobs as transfer_jobs
from edu.lrs.transfer import ndjson
from edu.lrs.transfer import queries as transfers
from edu.lrs.transfer import service as transfer
from edu.lrs.transfer.models import FORGOTTEN, Format
from edu.lrs.wanted import Wanted
from edu.storage import service as storage
from tests.factories import a_college, a_person

MINH = build.agent_for("https://h5p.example", "minh", name="Lê Minh")
TOOL = build.agent_for("https://moodle.example", "tool")


def tell(*statements) -> list[str]:
    with unit_of_work():
        author = service.Author(TOOL)
        return [str(each) for each in service.store(statements, author, Version.V1)]


def did(agent, number=1, **parts):
    return build.statement(agent, Verb.COMPLETED, {"id": f"https://hoc.example/{number}"}) | parts


def by_mail(person) -> dict:
    return {"objectType": "Agent", "mbox": f"mailto:{person.email}", "name": person.name}


def forgotten(person, mode=ForgetMode.PSEUDONYMISE):
    with unit_of_work():
        made = jobs.start(public.agent_of(person), mode, None)
    run_due()
    return queries.get(made.id)


def record() -> list[dict]:
    return [orjson.loads(line) for line in ndjson.lines()]


def everything(college) -> bytes:
    """All that the store's tables hold of one college, as one heap of bytes."""
    db.session.expire_all()
    heap = list(ndjson.lines())
    heap += db.session.scalars(sa.select(Description.content))
    for row in db.session.scalars(sa.select(StoredDocument)):
        heap += [row.content, row.agent.encode(), row.activity_id.encode()]
    heap += db.session.scalars(sa.select(Alias.agent))
    return b"\n".join(heap).lower()


def a_state(agent, content: bytes, activity="https://hoc.example/1", name="bookmark"):
    query = DocumentQuery(activity_id=activity, agent=agent, document_id=name)
    with unit_of_work():
        documents.write(
            Resource.STATE,
            Method.PUT,
            query,
            Document(content, "application/json"),
            preconditions=Preconditions(),
            version=Version.V1,
            max_bytes=1000,
        )


def test_nothing_leads_back_and_everything_is_counted_as_before(college, lan):
    tell(
        did(public.agent_of(lan), result={"score": {"scaled": 0.8}}),
        did(by_mail(lan), 2),
        did(MINH, 2, context={"instructor": by_mail(lan)}),
        did(MINH, 3, result={"response": f"hỏi {lan.email}"}),
        did(MINH, 4),
    )
    before = record()

    made = forgotten(lan)
    after = record()

    heap = everything(college)
    for trace in (str(lan.id), lan.email, lan.name):
        assert trace.encode().lower() not in heap
    names = ("id", "verb", "object", "result", "timestamp", "stored")
    kept = [{name: each.get(name) for name in names} for each in before]
    kept[3]["result"] = after[3]["result"]
    assert [{name: each.get(name) for name in names} for each in after] == kept
    actors = Counter(str(each["actor"].get("account", {}).get("name")) for each in after)
    assert sorted(actors.values()) == [2, 3]
    assert after[4] == before[4]
    assert (made.rewritten, made.deleted, made.stage) == (4, 0, ForgetStage.DONE)
    assert (made.subject, made.pseudonym, made.files) == ({}, "", [])


def test_the_index_knows_only_the_new_name(college, lan):
    first, second = tell(did(public.agent_of(lan)), did(MINH, context={"instructor": by_mail(lan)}))
    forgotten(lan)
    nobody = record()[0]["actor"]

    assert public.statements(agent=public.agent_of(lan), related=True) == []
    assert public.statements(agent=by_mail(lan), related=True) == []
    found = [each.statement["id"] for each in public.statements(agent=nobody, related=True)]
    assert found == [second, first]
    assert nobody == record()[1]["context"]["instructor"]
    mbox = {"mbox": by_mail(lan)["mbox"]}
    assert person_of(mbox) == {"objectType": "Person", "mbox": [mbox["mbox"]]}


@pytest.mark.parametrize("mode", ForgetMode)
def test_what_refers_to_a_changed_statement_is_found_as_it_is_now(college, lan, mode):
    [first] = tell(did(public.agent_of(lan)))
    second, third = tell(
        build.statement(MINH, Verb.COMMENTED, build.reference(build.UUID(first))),
        did(MINH, 9),
    )
    [fourth] = tell(build.statement(MINH, Verb.COMMENTED, build.reference(build.UUID(second))))

    forgotten(lan, mode)

    about = [
        each.statement["id"]
        for each in public.statements(activity="https://hoc.example/1", ascending=True)
    ]
    assert public.statements(agent=public.agent_of(lan)) == []
    if mode is ForgetMode.DELETE:
        assert about == []
    else:
        assert about == [first, second, fourth]
        nobody = record()[0]["actor"]
        found = public.statements(agent=nobody, ascending=True)
        assert [each.statement["id"] for each in found] == [first, second, fourth]
    assert third in {each.statement["id"] for each in public.statements(agent=MINH)}


def test_the_index_is_as_if_it_had_been_stored_so(college, lan):
    tell(
        did(public.agent_of(lan), context={"instructor": by_mail(lan), "team": MINH}),
        did(MINH, f"nguoi/{lan.id}"),
    )
    forgotten(lan)
    kept = record()
    mentions = sa.select(Mention.key, Mention.usages).where(
        Mention.seq.in_(sa.select(Statement.seq))
    )
    found = sorted(tuple(row) for row in db.session.execute(mentions))
    with unit_of_work():
        db.session.execute(sa.delete(Mention))
        db.session.execute(sa.delete(Statement))
    tell(*({k: v for k, v in each.items() if k != "stored"} for each in kept))

    assert sorted(tuple(row) for row in db.session.execute(mentions)) == found


def test_deleting_takes_what_the_person_did_and_leaves_what_others_did(college, lan):
    _own, taught, foreign = tell(
        did(public.agent_of(lan)), did(MINH, context={"instructor": by_mail(lan)}), did(MINH)
    )

    made = forgotten(lan, ForgetMode.DELETE)

    assert [each["id"] for each in record()] == [taught, foreign]
    assert (made.deleted, made.rewritten) == (1, 1)
    assert lan.email.encode() not in everything(college)


def test_states_and_profiles_go_and_others_lose_the_person(college, lan):
    a_state(public.agent_of(lan), b'{"page": 3}')
    a_state(MINH, orjson.dumps({"partner": lan.email.upper(), "page": 3}))
    a_state(MINH, f"not JSON {lan.email}".encode(), name="raw")

    made = forgotten(lan)

    contents = sorted(db.session.scalars(sa.select(StoredDocument.content)))
    assert len(contents) == 2
    assert orjson.loads(contents[1])["page"] == 3
    assert lan.email.encode() not in contents[1].lower()
    assert made.documents == 1


def test_files_go_unless_somebody_else_attached_the_same(college, lan):
    files = [
        Attachment(hashlib.sha256(content).hexdigest(), content)
        for content in (b"mine", b"shared", b"mine elsewhere")
    ]
    abouts = [
        {
            "usageType": "https://x.example/bai-nop",
            "display": {"vi": "Bài"},
            "contentType": "application/octet-stream",
            "length": len(file.content),
            "sha2": file.sha2,
        }
        for file in files
    ]
    with unit_of_work():
        attachments.keep(files)
    tell(did(public.agent_of(lan), attachments=abouts), did(MINH, attachments=abouts[1:2]))
    with inside(a_college().id), unit_of_work():
        attachments.keep(files[2:])
    blobs = {row.sha2: row.blob for row in db.session.scalars(sa.select(StoredAttachment))}

    made = forgotten(lan)

    kept = set(db.session.scalars(sa.select(StoredAttachment.sha2)))
    assert kept == {files[1].sha2}
    assert made.files_deleted == 2
    there = [storage.store().exists(blobs[file.sha2]) for file in files]
    assert there == [False, True, True]


def test_a_short_name_in_the_words_of_another_is_no_trace(college):
    tell(did(MINH, result={"response": "lan man"}))
    before = record()
    with unit_of_work():
        made = jobs.start(build.agent_for("https://h5p.example", "lan"), ForgetMode.DELETE, None)

    run_due()

    assert record() == before
    assert (made.rewritten, made.deleted) == (0, 0)


def test_every_name_that_was_merged_goes(college, lan):
    other = build.agent_for("https://scorm.example", "hoc-vien-lan", name="Lan")
    tell(did(other))
    with unit_of_work():
        personas.merge(public.agent_of(lan), other)

    forgotten(lan)

    assert b"hoc-vien-lan" not in everything(college)
    assert personas.everyone() == []


def test_another_college_keeps_its_record(college, lan):
    tell(did(public.agent_of(lan)))
    other = a_college()
    with inside(other.id):
        tell(did(public.agent_of(lan)))

    forgotten(lan)

    with inside(other.id):
        assert len(public.statements(agent=public.agent_of(lan))) == 1


def test_who_leaves_goes_from_all_colleges_under_another_name_in_each(college, lan):
    other = a_college()
    tell(did(public.agent_of(lan)))
    with inside(other.id):
        tell(did(public.agent_of(lan)))

    with unit_of_work():
        public.forget(lan)
    run_due()

    [here] = record()
    with inside(other.id):
        [there] = record()
    assert here["actor"] != there["actor"]
    assert str(lan.id) not in f"{here}{there}"


def test_it_goes_on_where_it_stopped_and_twice_changes_nothing(college, lan, monkeypatch):
    monkeypatch.setattr(privacy, "STEP", 2)
    tell(*(did(public.agent_of(lan), n) for n in range(7)))
    with unit_of_work():
        made = jobs.start(public.agent_of(lan), ForgetMode.PSEUDONYMISE, None)
    for _step in range(2):
        jobs._step(made.id)
    db.session.expire_all()
    assert queries.get(made.id).rewritten == 4

    run_due()
    after = record()
    jobs.forget(college.id, made.id)
    again = forgotten(lan)

    assert len({each["actor"]["account"]["name"] for each in after}) == 1
    assert record() == after
    assert (queries.get(made.id).rewritten, again.rewritten) == (7, 0)


def test_the_log_remembers_that_it_was_done_not_to_whom(college, lan):
    tell(did(public.agent_of(lan)))

    made = forgotten(lan)

    entries = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.subject_id == made.id)
    ).all()
    assert {entry.action for entry in entries} == {"lrs.forgetting_asked", "lrs.person_forgotten"}
    said = orjson.dumps([entry.details for entry in entries])
    assert not any(trace.encode() in said for trace in (str(lan.id), lan.email, "forgotten-"))


def test_exports_that_lie_here_go_and_do_not_say_about_whom_they_were(college, lan):
    tell(did(public.agent_of(lan)))
    manager = a_person("Quản Lý", role=Role.MANAGER, at=college)
    with unit_of_work():
        wanted = Wanted(agent=public.agent_of(lan))
        made = transfer.ask_for_export(manager, wanted, Format.CSV)
        other = transfer.ask_for_export(manager, Wanted(verb=Verb.PASSED.iri), Format.CSV)
    for each in (made, other):
        transfer_jobs.export(college.id, each.id)
    blob_key = transfers.get(made.id).blob_key
    assert storage.store().exists(blob_key)

    forgotten(lan)

    db.session.expire_all()
    assert not storage.store().exists(blob_key)
    assert transfers.get(made.id).filters == {FORGOTTEN: True}
    assert transfers.get(other.id).filters == {"verb": Verb.PASSED.iri}


def test_traces_are_counted_before(college, lan):
    tell(did(public.agent_of(lan)), did(by_mail(lan)), did(MINH))
    a_state(public.agent_of(lan), b"{}")

    traces = queries.traces_of(queries.subject_of(agent_named(lan.email)))

    assert (traces.statements, traces.documents) == (2, 1)
