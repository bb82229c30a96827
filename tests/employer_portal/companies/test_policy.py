import pytest
import sqlalchemy as sa

from edu.accounts.models import Role
from edu.db import db, unit_of_work, utcnow
from edu.errors import NotFound
from employer_portal.companies import policy, queries
from employer_portal.companies.models import Company, Standing
from tests import factories


@pytest.fixture
def visitors(an_employer, officer, learner):
    """Everybody who may look, among them a recruiter whose role has ended."""
    former = factories.a_person("Cũ", role=Role.RECRUITER, at=factories.an_employer())
    with unit_of_work():
        former.memberships[0].ended_at = utcnow()
    return [None, learner, officer, former]


def test_one_row_and_the_list_agree_for_everyone(an_employer, visitors):
    employers = [an_employer(standing) for standing in Standing]
    everyone = [*visitors, *(employer.recruiter for employer in employers)]

    for visitor in everyone:
        listed = set(db.session.scalars(sa.select(Company.id).where(policy.visible_to(visitor))))
        allowed = {e.company.id for e in employers if policy.can_view(visitor, e.company)}
        assert listed == allowed


def test_a_pending_employer_is_hidden_from_strangers(an_employer):
    pending = an_employer(Standing.PENDING)

    assert not policy.can_view(None, pending.company)
    assert policy.can_view(pending.recruiter, pending.company)
    with pytest.raises(NotFound):
        queries.get_for(None, pending.company.id)
