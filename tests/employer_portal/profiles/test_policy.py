from uuid import uuid4

import pytest
import sqlalchemy as sa

from edu.db import db, unit_of_work
from edu.errors import NotFound
from employer_portal.companies.models import Standing
from employer_portal.profiles import policy, queries, service
from employer_portal.profiles.models import Profile, Purpose
from tests import factories


def test_one_row_and_the_list_agree_for_everyone(an_employer, officer, a_profile):
    found, hidden, gone = (factories.a_person(name) for name in ("Ai", "Bi", "Chi"))
    profiles = [
        a_profile(found, "weld"),
        a_profile(hidden, "weld", agrees=False),
        a_profile(gone, "weld"),
    ]
    with unit_of_work():
        service.withdraw(gone, Purpose.BE_FOUND)
    employers = [an_employer(standing) for standing in Standing]

    for actor in [found, hidden, gone, officer, *(one.recruiter for one in employers)]:
        listed = set(db.session.scalars(sa.select(Profile.id).where(policy.visible_to(actor))))
        allowed = {
            one.id
            for one in profiles
            if policy.can_view(
                actor, one, is_findable=queries.has_agreed(one.person_id, Purpose.BE_FOUND)
            )
        }
        assert listed == allowed


def test_hidden_and_absent_look_the_same(employer, learner, a_profile):
    hidden = a_profile(learner, "weld", agrees=False)

    for profile_id in (hidden.id, uuid4()):
        with pytest.raises(NotFound):
            queries.get_for(employer.recruiter, profile_id)
    assert queries.get_for(learner, hidden.id) is hidden


def test_an_employer_not_verified_sees_nobody(an_employer, learner, a_profile):
    profile = a_profile(learner, "weld")

    with pytest.raises(NotFound):
        queries.get_for(an_employer(Standing.PENDING).recruiter, profile.id)
    assert queries.get_for(an_employer().recruiter, profile.id) is profile
