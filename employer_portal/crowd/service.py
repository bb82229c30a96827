"""Let some of the demo's crowd look for work: a profile, and the consent to be found."""

from collections.abc import Callable
from random import Random

from courses.public import CertificateCard, certificates_of
from edu.accounts.models import Person
from edu.audit import service as audit
from edu.batches import batches
from edu.db import Base, db, today, unit_of_work
from edu.demo import bulk
from edu.demo.crowd import cohorts
from edu.demo.service import read
from edu.jobs import enqueue
from edu.taxonomy import queries as taxonomy
from employer_portal.matching import jobs as matching
from employer_portal.matching.core.match import Evidence
from employer_portal.needs import queries as needs
from employer_portal.profiles import service as profiles
from employer_portal.profiles.models import ContactWay, Profile, ProfileSkill, Purpose

LOOKING = 10  # of a hundred learners
AT_ONCE = 200


def plant(size: int, say: Callable[[str], None]) -> None:
    """Let a tenth of the last so many show themselves, and match every open vacancy anew."""
    chance = Random(size)  # noqa: S311 - invented people
    day = today()
    looking = [
        learner
        for cohort in cohorts(size)
        for learner in cohort.learners
        if chance.random() * 100 < LOOKING and (learner.age_on(day) or 0) >= profiles.YOUNGEST
    ]
    for some in batches(looking, AT_ONCE):
        with unit_of_work():
            bulk.write([row for learner in some for row in _showing(learner, chance)])
    say(f"  {len(looking):,} of {size:,} learners look for work")
    with unit_of_work():
        for need in db.session.scalars(needs.vacancies().execution_options(all_tenants=True)):
            enqueue(matching.match_need, need.tenant_id, need.id)


def _showing(learner: Person, chance: Random) -> list[Base]:
    """Show every certificate and, like somebody of the demo, some skills that nothing proves."""
    like = chance.choice(read("profiles.toml", "employer_portal.demo")["profile"])
    cards = [card for card in certificates_of(learner.id) if card.is_valid]
    profile = bulk.fresh(
        Profile(
            person_id=learner.id,
            headline=like["headline"],
            contracts=like["contracts"],
            contact_way=ContactWay.EMAIL,
            certificates=[str(card.id) for card in cards],
        )
    )
    consent = bulk.fresh(profiles.consent_to(learner, Purpose.BE_FOUND))
    told = audit.entry(
        "consent.given", actor_id=learner.id, subject=learner, purpose=Purpose.BE_FOUND
    )
    return [profile, consent, bulk.fresh(told), *_skills(profile, cards, like["declared"])]


def _skills(
    profile: Profile, cards: list[CertificateCard], declared: list[str]
) -> list[ProfileSkill]:
    proven = taxonomy.skills_by_codes([code for card in cards for code in card.skill_codes])
    said = taxonomy.skills_by_codes(declared)
    return [
        bulk.fresh(ProfileSkill(profile_id=profile.id, skill_id=skill.id, evidence=evidence))
        for skills, evidence in ((proven, Evidence.CREDENTIAL), (said, Evidence.DECLARED))
        for skill in skills
    ]
