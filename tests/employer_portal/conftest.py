"""A small labour market: a taxonomy, a verified employer, its recruiter, a learner, an officer."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from flask import Flask

from courses.catalogue.models import ClassGroup, ClassState
from courses.credentials.models import Certificate
from courses.credits.models import Basis, CreditEntry
from courses.programmes import service as programmes
from courses.programmes.models import Module
from courses.programmes.service import ModuleText
from edu.accounts.models import Person, Role
from edu.db import db, inside, new_id, today, unit_of_work, utcnow
from edu.jobs import run_due
from edu.taxonomy.models import (
    Occupation,
    OccupationSkill,
    Place,
    PlaceKind,
    Release,
    Skill,
    Source,
)
from edu.tenancy.models import Organisation
from employer_portal.companies import service as companies
from employer_portal.companies.models import Company, Standing
from employer_portal.companies.service import CompanyFacts
from employer_portal.needs import service as needs
from employer_portal.needs.models import Contract, SkillNeed
from employer_portal.needs.service import NeedText
from employer_portal.profiles import service as profiles
from employer_portal.profiles.models import Profile, Purpose
from employer_portal.profiles.service import Choice
from tests import factories

SOUND_TAX_CODES = ("9900000016", "9900000023", "9900000030", "9900000048")


@dataclass
class Taxonomy:
    """Skills by short names, and the occupation of a welder."""

    skills: dict[str, Skill]
    welder: Occupation
    nurse: Occupation

    def __getitem__(self, name: str) -> Skill:
        return self.skills[name]


@pytest.fixture
def taxonomy(app: Flask) -> Taxonomy:
    """Four skills; a welder needs two and is helped by one, a nurse needs the fourth."""
    names = {"weld": "Hàn hồ quang", "safety": "An toàn hàn", "draw": "Bản vẽ", "care": "Chăm sóc"}
    skills = {
        name: Skill(code=f"sk-{name}", label={"vi": label, "en": f"{name} skill"})
        for name, label in names.items()
    }
    welder = Occupation(
        code="oc-welder", label={"vi": "Thợ hàn", "en": "Welder"}, isco="7212", synonyms={}
    )
    nurse = Occupation(
        code="oc-nurse", label={"vi": "Điều dưỡng", "en": "Nurse"}, isco="2221", synonyms={}
    )
    taken = [(welder, "weld", True), (welder, "safety", True), (welder, "draw", False)]
    with unit_of_work():
        db.session.add_all([*skills.values(), welder, nurse])
        db.session.add(Release(number=1, source=Source.OURS, files=[], counts={}))
        db.session.flush()
        for occupation, name, is_essential in [*taken, (nurse, "care", True)]:
            db.session.add(
                OccupationSkill(
                    occupation_id=occupation.id,
                    skill_id=skills[name].id,
                    is_essential=is_essential,
                )
            )
        for code, label in (("20275", "An Hải"), ("20200", "Hòa Khánh")):
            db.session.add(
                Place(code=code, label={"vi": label}, kind=PlaceKind.WARD, parent_code="48")
            )
        db.session.add(Place(code="48", label={"vi": "Đà Nẵng"}, kind=PlaceKind.MUNICIPALITY))
    return Taxonomy(skills, welder, nurse)


@pytest.fixture
def province(app: Flask) -> Organisation:
    return factories.a_province()


@pytest.fixture
def officer(province: Organisation) -> Person:
    return factories.a_person("Đặng Mỹ Linh", role=Role.OFFICER, at=province)


@pytest.fixture
def learner(app: Flask) -> Person:
    return factories.a_person("Nguyễn Hoài An")


@dataclass
class Employer:
    """An employer's organisation, its recruiter and its entry in the register."""

    organisation: Organisation
    recruiter: Person
    company: Company

    @property
    def at(self) -> str:
        return f"/at/{self.organisation.code}"


@pytest.fixture
def an_employer(app: Flask, officer: Person) -> Callable[..., Employer]:
    """`an_employer(standing)`: each with a tax code of its own."""
    left = list(SOUND_TAX_CODES)

    def make(standing: Standing = Standing.VERIFIED) -> Employer:
        organisation = factories.an_employer()
        recruiter = factories.a_person("Võ Đình Khải", role=Role.RECRUITER, at=organisation)
        with inside(organisation.id), unit_of_work():
            facts = CompanyFacts(tax_code=left.pop(0), place_code="20275", about={"vi": "Xưởng"})
            company = companies.describe(recruiter, organisation, facts)
            if standing == Standing.VERIFIED:
                companies.verify(officer, company)
            if standing == Standing.REFUSED:
                companies.refuse(officer, company, because="không có trong sổ")
        return Employer(organisation, recruiter, company)

    return make


@pytest.fixture
def employer(an_employer: Callable[..., Employer]) -> Employer:
    return an_employer()


@pytest.fixture
def text(taxonomy: Taxonomy) -> Callable[..., NeedText]:
    """`text(pay_from=…)`: what a welder's job takes, unless said otherwise."""

    def make(**said: object) -> NeedText:
        usual: dict[str, object] = {
            "title": {"vi": "Thợ hàn MAG", "en": "MAG welder"},
            "occupation": taxonomy.welder,
            "skills": [
                (taxonomy["weld"], True),
                (taxonomy["safety"], True),
                (taxonomy["draw"], False),
            ],
            "contract": Contract.FULL_TIME,
        }
        return NeedText(**{**usual, **said})  # type: ignore[arg-type]

    return make


@pytest.fixture
def a_need(employer: Employer, text: Callable[..., NeedText]) -> Callable[..., SkillNeed]:
    """`a_need(pay_from=…)`: a published need, subscribers told."""

    def make(by: Employer = employer, *, is_published: bool = True, **said: object) -> SkillNeed:
        with inside(by.organisation.id), unit_of_work():
            need = needs.draft(by.recruiter, text(**said))
            if is_published:
                needs.publish(by.recruiter, need)
        run_due()
        return need

    return make


@pytest.fixture
def need(a_need: Callable[..., SkillNeed]) -> SkillNeed:
    return a_need()


@pytest.fixture
def a_profile(taxonomy: Taxonomy) -> Callable[..., Profile]:
    """`a_profile(learner, "weld", contracts=[…])`: declares skills; agrees to be found."""

    def make(person: Person, *declared: str, agrees: bool = True, **said: object) -> Profile:
        choice = Choice(declared=[taxonomy[name] for name in declared], **said)  # type: ignore[arg-type]
        with unit_of_work():
            profile = profiles.show(person, choice)
            if agrees:
                profiles.agree(person, Purpose.BE_FOUND)
        run_due()
        return profile

    return make


@dataclass
class College:
    """A college that teaches one module, with an open class of it."""

    organisation: Organisation
    module: Module
    group: ClassGroup
    teacher: Person
    numbers: list[int] = field(default_factory=lambda: list(range(1, 50)))

    def certify(self, person: Person, *skill_codes: str) -> UUID:
        """Give a person a certificate that proves skills."""
        number = self.numbers.pop(0)
        with inside(self.organisation.id), unit_of_work():
            entry = CreditEntry(
                learner_id=person.id,
                module_id=self.module.id,
                module_code=self.module.code,
                module_title=self.module.title,
                credits=3,
                basis=Basis.STUDY,
                rule_set="vn-vocational-2022",
            )
            db.session.add(entry)
            db.session.flush()
            certificate = Certificate(
                learner_id=person.id,
                credit_entry_id=entry.id,
                number=f"T-{number}",
                public_code=new_id().hex[-16:].upper(),
                holder_name=person.name,
                title=self.module.title,
                skills=list(skill_codes),
            )
            db.session.add(certificate)
            db.session.flush()
        return certificate.id


@pytest.fixture
def college(taxonomy: Taxonomy) -> College:
    """Teaches welding and its safety for 3 credits."""
    organisation = factories.a_college()
    teacher = factories.a_person("Trần Minh Quang", role=Role.TEACHER, at=organisation)
    day = today()
    with inside(organisation.id), unit_of_work():
        programme = programmes.create_programme(
            code="5520123", title={"vi": "Hàn"}, about={}, level=4
        )
        version = programmes.draft_version(
            programme, valid_from=day, rule_set="vn-vocational-2022", credits=60
        )
        module = programmes.add_module(
            version,
            ModuleText(
                code="HAN101",
                title={"vi": "Hàn cơ bản", "en": "Basic welding"},
                about={},
                credits=3,
                practice_hours=60,
            ),
            outcomes=[
                ({"vi": "hàn"}, taxonomy["weld"].id),
                ({"vi": "an toàn"}, taxonomy["safety"].id),
            ],
        )
        programmes.put_in_force(version)
        group = ClassGroup(
            module=module,
            teacher=teacher,
            code="HAN101-1",
            starts_on=day + timedelta(days=7),
            ends_on=day + timedelta(days=90),
            state=ClassState.PUBLISHED,
        )
        db.session.add(group)
    return College(organisation, module, group, teacher)


@pytest.fixture
def time_machine_ahead() -> Callable[[timedelta], AbstractContextManager[object]]:
    """`with time_machine_ahead(timedelta(days=1)): …` runs tomorrow."""
    return lambda span: time_machine.travel(utcnow() + span, tick=True)
