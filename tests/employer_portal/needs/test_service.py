from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from edu.db import db, inside, pretend, today, unit_of_work
from edu.errors import Forbidden, Invalid
from edu.jobs import Job, run_due
from employer_portal.needs import jobs, policy, queries, service
from employer_portal.needs.models import Closing, NeedKind, NeedState, SkillNeed
from employer_portal.needs.service import NeedText


def test_a_draft_is_valid_for_a_while_by_itself(a_need):
    need = a_need(is_published=False)

    assert need.state == NeedState.DRAFT
    assert need.valid_until == today() + service.USUAL_VALIDITY


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("title", {"title": {"vi": " "}}),
        ("essential", {"skills": []}),
        ("openings", {"openings": 0}),
        ("contract", {"contract": None}),
        ("pay_to", {"pay_from": 2, "pay_to": 1}),
        ("minimum_age", {"minimum_age": 35}),
        ("valid_until", {"valid_until": timedelta(days=-1)}),
        ("valid_until", {"valid_until": timedelta(days=400)}),
    ],
)
def test_what_does_not_hold_together_is_refused(a_need, field, said):
    if ahead := said.get("valid_until"):
        said = {"valid_until": today() + ahead}

    with pytest.raises(Invalid) as broken:
        a_need(**said)

    assert set(broken.value.fields) == {field}


def test_an_outlook_offers_no_contract_and_no_pay(a_need):
    need = a_need(kind=NeedKind.OUTLOOK, pay_from=1, pay_to=2)

    assert (need.contract, need.pay_from, need.pay_to) == (None, None, None)


def test_a_skill_named_twice_counts_once_and_as_essential(a_need, taxonomy):
    need = a_need(skills=[(taxonomy["weld"], False), (taxonomy["weld"], True)])

    assert [skill.code for skill in need.essential] == ["sk-weld"]
    assert need.optional == []


def test_changing_keeps_rows_of_skills_that_stay(employer, need, text, taxonomy):
    before = {entry.skill.code: entry.id for entry in need.skills}

    with inside(employer.organisation.id), unit_of_work():
        wanted = [(taxonomy["weld"], False), (taxonomy["care"], True)]
        service.change(employer.recruiter, need, text(skills=wanted, title={"vi": "Khác"}))

    after = {entry.skill.code: entry.id for entry in need.skills}
    assert set(after) == {"sk-weld", "sk-care"}
    assert after["sk-weld"] == before["sk-weld"]
    assert need.title == {"vi": "Khác"}


def test_a_changed_draft_tells_nobody(employer, a_need, text):
    draft = a_need(is_published=False)

    with inside(employer.organisation.id), unit_of_work():
        service.change(employer.recruiter, draft, text())

    assert db.session.query(Job).count() == 0


def test_publishing_twice_changes_nothing(employer, need):
    when = need.published_at

    with inside(employer.organisation.id), unit_of_work():
        service.publish(employer.recruiter, need)

    assert need.published_at == when


def test_a_closed_need_stays_closed(employer, need, text):
    with inside(employer.organisation.id), unit_of_work():
        service.close(employer.recruiter, need, Closing.FILLED)
        service.close(employer.recruiter, need, Closing.WITHDRAWN)
    assert need.closed_because == Closing.FILLED

    for act in (
        lambda: service.publish(employer.recruiter, need),
        lambda: service.change(employer.recruiter, need, text()),
    ):
        with pytest.raises(service.NeedClosed), inside(employer.organisation.id), unit_of_work():
            act()


def test_only_recruiters_of_the_employer_write(employer, need, text, learner):
    for act in (
        lambda: service.draft(learner, text()),
        lambda: service.change(learner, need, text()),
        lambda: service.publish(learner, need),
        lambda: service.close(learner, need, Closing.FILLED),
    ):
        with pytest.raises(Forbidden), inside(employer.organisation.id), unit_of_work():
            act()


def test_a_need_closes_itself_after_its_last_day(a_need, time_machine_ahead):
    need = a_need(valid_until=today() + timedelta(days=3))

    with time_machine_ahead(timedelta(days=3)):
        run_due()
        assert need.state == NeedState.PUBLISHED
    with time_machine_ahead(timedelta(days=5)):
        run_due()

    db.session.expire_all()
    assert queries.find(need.id).closed_because == Closing.EXPIRED


def test_a_prolonged_need_stays_open(employer, a_need, text, time_machine_ahead):
    need = a_need(valid_until=today() + timedelta(days=3))
    with inside(employer.organisation.id), unit_of_work():
        service.change(employer.recruiter, need, text(valid_until=today() + timedelta(days=30)))

    with time_machine_ahead(timedelta(days=5)):
        run_due()

    db.session.expire_all()
    assert queries.find(need.id).state == NeedState.PUBLISHED


def test_the_day_after_is_where_a_day_ends(app):
    assert service.end_of(date(2026, 12, 31)).isoformat() == "2027-01-01T00:00:00+07:00"


def test_a_day_is_over_where_people_live_not_in_greenwich(a_need):
    need = a_need(valid_until=date(2026, 12, 31))

    with pretend(datetime(2026, 12, 31, 16, 59, tzinfo=UTC)), inside(need.tenant_id):
        before = db.session.scalar(sa.select(SkillNeed.id).where(policy.is_open()))
    with pretend(datetime(2026, 12, 31, 17, 1, tzinfo=UTC)), inside(need.tenant_id):
        after = db.session.scalar(sa.select(SkillNeed.id).where(policy.is_open()))

    assert (before, after) == (need.id, None)


def test_a_text_needs_few_words(taxonomy):
    text = NeedText(
        title={"vi": "x"}, occupation=taxonomy.welder, skills=[(taxonomy["weld"], True)]
    )

    assert text.kind == NeedKind.JOB
    assert text.minimum_age == 18


def test_a_need_that_is_gone_expires_without_a_word(employer):
    jobs.expire(employer.organisation.id, uuid4())
