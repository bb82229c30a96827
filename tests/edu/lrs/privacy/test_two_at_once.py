"""Several people forgotten at once, and one by several workers."""

import pytest
import sqlalchemy as sa

from edu.db import db, unit_of_work
from edu.jobs import run_due
from edu.lrs import public
from edu.lrs.core import build
from edu.lrs.core.vocabulary import Verb
from edu.lrs.models import Mention, Statement
from edu.lrs.privacy import jobs, queries
from edu.lrs.privacy import service as privacy
from edu.lrs.privacy.models import ForgetMode, ForgetStage
from tests.edu.lrs.privacy.test_forgetting import (
    MINH,
    a_state,
    by_mail,
    did,
    everything,
    record,
    tell,
)
from tests.factories import a_person


@pytest.fixture
def hoa(college):
    return a_person("Phạm Thị Hoa")


@pytest.fixture
def overtaken(monkeypatch):
    """Lets something happen when statements have been looked at and not yet changed."""
    look = privacy.next_rows

    def by(meanwhile) -> None:
        def look_and_be_overtaken(forgetting):
            rows = look(forgetting)
            monkeypatch.setattr(privacy, "next_rows", look)
            meanwhile()
            return rows

        monkeypatch.setattr(privacy, "next_rows", look_and_be_overtaken)

    return by


def asked(person, mode=ForgetMode.PSEUDONYMISE):
    with unit_of_work():
        return jobs.start(public.agent_of(person), mode, None)


@pytest.mark.parametrize("mode", ForgetMode)
def test_the_second_does_not_put_the_first_back(college, lan, hoa, overtaken, mode):
    tell(
        did(by_mail(hoa), context={"instructor": by_mail(lan)}),
        did(MINH, 2, context={"instructor": by_mail(lan), "team": by_mail(hoa)}),
    )
    first, second = asked(lan, mode), asked(hoa)
    overtaken(lambda: jobs.forget(college.id, first.id))

    jobs.forget(college.id, second.id)

    heap = everything(college)
    assert lan.email.encode() not in heap
    assert hoa.email.encode() not in heap
    assert public.statements(agent=by_mail(lan), related=True) == []
    assert public.statements(agent=by_mail(hoa), related=True) == []
    assert queries.get(second.id).stage is ForgetStage.DONE
    assert len(record()) == 2


def test_what_another_deleted_meanwhile_is_passed_over(college, lan, hoa, overtaken):
    tell(did(by_mail(lan), context={"instructor": by_mail(hoa)}), did(by_mail(hoa), 2))
    first, second = asked(lan, ForgetMode.DELETE), asked(hoa)
    overtaken(lambda: jobs.forget(college.id, first.id))

    jobs.forget(college.id, second.id)

    assert len(record()) == 1
    assert hoa.email.encode() not in everything(college)
    assert (queries.get(first.id).deleted, queries.get(second.id).rewritten) == (1, 1)


def test_two_workers_on_one_request_count_each_statement_once(college, lan, overtaken):
    tell(*(did(public.agent_of(lan), n) for n in range(3)))
    made = asked(lan)
    overtaken(lambda: jobs._step(made.id))

    jobs.forget(college.id, made.id)

    assert queries.get(made.id).rewritten == 3
    assert str(lan.id).encode() not in everything(college)


def test_a_worker_stops_where_another_has_finished(college, lan, monkeypatch):
    a_state(public.agent_of(lan), b"{}")
    made = asked(lan)
    rest = privacy.rest

    def rest_and_be_overtaken(forgetting):
        changes = list(rest(forgetting))
        monkeypatch.setattr(privacy, "rest", rest)
        jobs.forget(college.id, made.id)
        return changes

    monkeypatch.setattr(privacy, "rest", rest_and_be_overtaken)
    run_due()

    assert queries.get(made.id).documents == 1
    assert queries.get(made.id).subject == {}


def index() -> list[tuple[bytes, int]]:
    mentions = sa.select(Mention.key, Mention.usages).join(Statement, Statement.seq == Mention.seq)
    return sorted(tuple(row) for row in db.session.execute(mentions))


def test_the_index_follows_a_key_that_stays_to_its_new_places(college, lan):
    [first] = tell(did(public.agent_of(lan)))
    comment = build.statement(MINH, Verb.COMMENTED, build.reference(build.UUID(first)))
    tell(comment | {"context": {"instructor": by_mail(lan)}})

    asked(lan)
    run_due()

    found, kept = index(), record()
    with unit_of_work():
        db.session.execute(sa.delete(Mention))
        db.session.execute(sa.delete(Statement))
    tell(*({k: v for k, v in each.items() if k != "stored"} for each in kept))
    assert found == index()
