import sqlalchemy as sa

from edu.db import db, unit_of_work
from employer_portal.companies.models import Standing
from employer_portal.companies.queries import is_verified
from employer_portal.matching import policy
from employer_portal.matching.models import Candidate
from employer_portal.needs.models import SkillNeed
from employer_portal.profiles import queries as profiles
from employer_portal.profiles.models import Profile, Purpose
from tests import factories


def test_one_row_and_the_list_agree_for_everyone(an_employer, a_need, a_profile, learner, officer):
    employers = [an_employer(standing) for standing in Standing]
    needs = [a_need(employer) for employer in employers]
    shown = [
        a_profile(factories.a_person("Ai"), "weld"),
        a_profile(factories.a_person("Bi"), "weld", agrees=False),
    ]
    with unit_of_work():
        db.session.execute(sa.delete(Candidate))
        db.session.add_all(
            Candidate(need_id=need.id, profile=profile, score=1.0)
            for need in needs
            for profile in shown
        )

    for actor in (learner, officer, *(one.recruiter for one in employers)):
        listed = set(
            db.session.execute(
                sa.select(Candidate.need_id, Candidate.profile_id)
                .join(SkillNeed, SkillNeed.id == Candidate.need_id)
                .join(Profile, Profile.id == Candidate.profile_id)
                .where(policy.visible_to(actor))
                .execution_options(all_tenants=True)
            ).all()
        )
        allowed = {
            (need.id, profile.id)
            for need in needs
            for profile in shown
            if policy.can_view(
                actor,
                need,
                is_verified=is_verified(need.tenant_id),
                is_findable=profiles.has_agreed(profile.person_id, Purpose.BE_FOUND),
            )
        }
        assert {tuple(pair) for pair in listed} == allowed
