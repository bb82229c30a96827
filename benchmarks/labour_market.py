"""How matching behaves as a labour market grows: `python -m benchmarks.labour_market 1 10 100`.

Scale 1 is a small district: 1,000 people who agreed to be found and 100 open vacancies. People hold
certificates for some of the skills of an occupation of the shipped taxonomy; vacancies ask for
skills of one. Everything lies in a throw-away SQLite database. Times are of one process.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median

import sqlalchemy as sa

from courses.credentials.models import Certificate
from courses.credits.models import Basis, CreditEntry
from courses.programmes.models import CurriculumVersion, Module, Programme
from edu.accounts.models import Membership, Person, Role
from edu.app import create_app
from edu.db import db, inside, new_id, today, unit_of_work, utcnow
from edu.settings import Settings
from edu.taxonomy import service as taxonomy
from edu.taxonomy.models import OccupationSkill, Place, Skill
from edu.tenancy.models import Organisation, OrganisationKind
from employer_portal.companies.models import Company, Standing
from employer_portal.matching import queries, service
from employer_portal.matching.core.match import Evidence
from employer_portal.needs.models import Contract, NeedKind, NeedSkill, NeedState, SkillNeed
from employer_portal.profiles.models import Consent, ContactWay, Profile, ProfileSkill, Purpose

PEOPLE, VACANCIES = 1_000, 100
AT_ONCE = 5_000
REPEATS = 9


def main() -> None:
    """Measure each scale named on the command line."""
    print(f"{'':>24}" + "".join(f"{name:>15}" for name in COLUMNS))
    for scale in [int(word) for word in sys.argv[1:]] or [1, 10]:
        with tempfile.TemporaryDirectory() as home:
            print(f"{PEOPLE * scale:>9,} people {VACANCIES * scale:>6,}", end="", flush=True)
            for figure in measure(scale, Path(home)):
                print(f"{figure:>15}", end="", flush=True)
            print()


COLUMNS = ("need (job)", "candidates", "profile (job)", "page", "own list")


def measure(scale: int, home: Path) -> list[str]:
    """Build a market of that size and time the work on it."""
    app = create_app(
        Settings(home=home, search_engine="memory", storage_url="memory://", mail_url="memory://")
    )
    with app.app_context():
        db.create_all()
        with unit_of_work():
            taxonomy.install_curated()
        recruiter, people, needs = _market(scale, Random(7))
        db.session.expunge_all()
        picked = Random(11)
        found = db.session.scalars(
            sa.select(SkillNeed)
            .where(SkillNeed.id.in_(picked.sample(needs, REPEATS)))
            .execution_options(all_tenants=True)
        ).all()
        fitting: list[int] = []

        def match_need(number: int) -> None:
            with inside(found[number].tenant_id), unit_of_work():
                fitting.append(service.match_need(found[number]))

        def match_profile(number: int) -> None:
            with unit_of_work():
                service.match_profile(people[number])

        asking = db.session.get(Person, recruiter)
        assert asking

        def page(number: int) -> None:
            with inside(found[number].tenant_id):
                best = queries.best_candidates(asking, found[number], 30)
                queries.fits_of([one.profile for one in best], found[number])
                queries.count_candidates(asking, found[number])
            db.session.rollback()

        def own_list(number: int) -> None:
            person = db.session.get(Person, people[number])
            assert person
            queries.suggestions(person)
            db.session.rollback()

        times = [_median(work) for work in (match_need, match_profile, page, own_list)]
        return [times[0], f"{round(median(fitting)):,}", *times[1:]]


def _median(work: Callable[[int], None]) -> str:
    spans = []
    for number in range(REPEATS):
        begun = time.perf_counter()
        work(number)
        spans.append(time.perf_counter() - begun)
    return f"{median(spans) * 1000:,.0f} ms"


def _market(scale: int, random: Random) -> tuple[object, list, list]:
    """Insert people, profiles, certificates and vacancies; give a recruiter and the ids."""
    taken: dict[object, list] = {}
    for entry in db.session.scalars(sa.select(OccupationSkill)):
        taken.setdefault(entry.occupation_id, []).append(entry)
    occupations = sorted(taken)
    communes = db.session.scalars(sa.select(Place.code).where(Place.parent_code == "48")).all()
    with unit_of_work():
        college = Organisation(code="c", kind=OrganisationKind.COLLEGE, name={"vi": "c"})
        employer = Organisation(code="e", kind=OrganisationKind.EMPLOYER, name={"vi": "e"})
        recruiter = Person(name="R", email="r@x.example")
        db.session.add_all([college, employer, recruiter])
        db.session.flush()
        db.session.add_all(
            [
                Company(
                    organisation_id=employer.id, tax_code="9900000016", standing=Standing.VERIFIED
                ),
                Membership(person=recruiter, organisation=employer, role=Role.RECRUITER),
            ]
        )
    with inside(college.id), unit_of_work():
        module = _module()
    people = [new_id() for _ in range(PEOPLE * scale)]
    rows = _people(people, module, [taken[random.choice(occupations)] for _ in people], random)
    needs = _needs(VACANCIES * scale, employer.id, recruiter.id, (taken, communes), random)
    for kind, values in [*rows.items(), *needs.items()]:
        for start in range(0, len(values), AT_ONCE):
            with inside(college.id), unit_of_work():
                db.session.execute(sa.insert(kind), values[start : start + AT_ONCE])
    return recruiter.id, people, [row["id"] for row in needs[SkillNeed]]


def _module() -> Module:
    programme = Programme(code="5520123", title={"vi": "x"}, level=4)
    version = CurriculumVersion(
        programme=programme, valid_from=today(), rule_set="vn-vocational-2022", credits=60
    )
    module = Module(curriculum=version, code="M", title={"vi": "x"}, credits=3)
    db.session.add(module)
    db.session.flush()
    return module


def _people(people: list, module: Module, trades: list, random: Random) -> dict:
    """One certificate each for six of ten skills of a trade, and two skills by one's word."""
    rows: dict = {Person: [], Profile: [], Consent: [], ProfileSkill: [], CreditEntry: []}
    rows[Certificate] = []
    codes = {skill.id: skill.code for skill in db.session.scalars(sa.select(Skill))}
    for number, (person, trade) in enumerate(zip(people, trades, strict=True)):
        profile, entry, certificate = new_id(), new_id(), new_id()
        name = f"Người {number}"
        rows[Person].append(
            {"id": person, "name": name, "name_key": name, "email": f"{number}@x.example"}
        )
        rows[Profile].append(
            {
                "id": profile,
                "person_id": person,
                "contact_way": ContactWay.EMAIL,
                "certificates": [str(certificate)],
            }
        )
        rows[Consent].append(
            {
                "person_id": person,
                "purpose": Purpose.BE_FOUND,
                "text_version": "x",
                "text_hash": b"",
                "language": "vi",
            }
        )
        proven = [one.skill_id for one in trade if random.random() < 0.6]
        said = [one.skill_id for one in trade if one.skill_id not in proven][:2]
        for skill, evidence in [
            *((skill, Evidence.CREDENTIAL) for skill in proven),
            *((skill, Evidence.DECLARED) for skill in said),
        ]:
            rows[ProfileSkill].append(
                {"profile_id": profile, "skill_id": skill, "evidence": evidence}
            )
        rows[CreditEntry].append(
            {
                "id": entry,
                "tenant_id": module.tenant_id,
                "learner_id": person,
                "module_id": module.id,
                "module_code": "M",
                "module_title": {"vi": "x"},
                "credits": 3,
                "basis": Basis.STUDY,
                "rule_set": "vn-vocational-2022",
            }
        )
        rows[Certificate].append(
            {
                "id": certificate,
                "tenant_id": module.tenant_id,
                "learner_id": person,
                "credit_entry_id": entry,
                "number": str(number),
                "public_code": f"{number:016}",
                "holder_name": name,
                "title": {"vi": "x"},
                "skills": [codes[skill] for skill in proven],
            }
        )
    return rows


def _needs(count: int, tenant: object, poster: object, market: tuple, random: Random) -> dict:
    """Vacancies that ask for four essential and three useful skills of one occupation."""
    taken, communes = market
    occupations = sorted(taken)
    rows: dict = {SkillNeed: [], NeedSkill: []}
    for _ in range(count):
        need, occupation = new_id(), random.choice(occupations)
        rows[SkillNeed].append(
            {
                "id": need,
                "tenant_id": tenant,
                "title": {"vi": "Việc"},
                "kind": NeedKind.JOB,
                "occupation_id": occupation,
                "place_code": random.choice(communes),
                "contract": Contract.FULL_TIME,
                "state": NeedState.PUBLISHED,
                "published_at": utcnow(),
                "valid_until": today() + timedelta(days=60),
                "posted_by_id": poster,
            }
        )
        for position, entry in enumerate(taken[occupation][:7]):
            rows[NeedSkill].append(
                {
                    "tenant_id": tenant,
                    "need_id": need,
                    "skill_id": entry.skill_id,
                    "is_essential": position < 4,
                    "position": position,
                }
            )
    return rows


if __name__ == "__main__":
    main()
