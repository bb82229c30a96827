from datetime import date

import pytest
import sqlalchemy as sa

from edu.db import db, inside, unit_of_work
from employer_portal.companies.models import Standing
from employer_portal.companies.queries import is_verified
from employer_portal.needs import policy, service
from employer_portal.needs.models import Closing, NeedKind, SkillNeed


def test_one_row_and_the_list_agree_for_everyone(an_employer, a_need, learner, officer):
    employers = [an_employer(standing) for standing in Standing]
    needs = []
    for employer in employers:
        drafted = a_need(employer, is_published=False)
        published, closed = a_need(employer), a_need(employer)
        with inside(employer.organisation.id), unit_of_work():
            service.close(employer.recruiter, closed, Closing.FILLED)
        needs += [drafted, published, closed]

    for visitor in [None, learner, officer, *(one.recruiter for one in employers)]:
        listed = set(
            db.session.scalars(
                sa.select(SkillNeed.id)
                .where(policy.visible_to(visitor))
                .execution_options(all_tenants=True)
            )
        )
        allowed = {
            need.id
            for need in needs
            if policy.can_view(visitor, need, is_verified=is_verified(need.tenant_id))
        }
        assert listed == allowed


def test_open_vacancies_are_published_verified_and_no_outlooks(an_employer, a_need):
    verified, pending = an_employer(), an_employer(Standing.PENDING)
    job = a_need(verified)
    a_need(verified, is_published=False)
    a_need(verified, kind=NeedKind.OUTLOOK)
    a_need(pending)

    found = db.session.scalars(
        sa.select(SkillNeed.id).where(policy.is_vacancy()).execution_options(all_tenants=True)
    ).all()

    assert list(found) == [job.id]


@pytest.mark.parametrize(
    ("born", "expected"), [(date(2008, 11, 22), True), (date(2008, 11, 23), False), (None, True)]
)
def test_ages_are_counted_by_birthdays(born, expected):
    assert policy.is_old_enough(born, 18, date(2026, 11, 22)) is expected
