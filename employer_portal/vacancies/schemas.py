"""What machines learn about jobs, and what they may post."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from edu.i18n import LanguageMap
from edu.taxonomy.models import Skill
from employer_portal.needs.models import Contract, NeedKind, NeedState, SkillNeed
from employer_portal.vacancies.queries import Vacancy


class NamedOut(BaseModel):
    """Something by its code and its name in each language."""

    code: str
    name: LanguageMap


class SkillOut(NamedOut):
    """A skill that a job asks for."""

    is_essential: bool

    @classmethod
    def of(cls, skill: Skill, *, is_essential: bool) -> "SkillOut":
        """Show a skill."""
        return cls(code=skill.code, name=skill.label, is_essential=is_essential)


class JobOut(BaseModel):
    """An open vacancy. Pay is gross, in đồng a month."""

    id: UUID
    title: LanguageMap
    about: LanguageMap
    kind: NeedKind
    contract: Contract | None
    employer: NamedOut
    place: NamedOut
    occupation: NamedOut
    isco: str
    skills: list[SkillOut]
    openings: int
    pay_from: int | None
    pay_to: int | None
    minimum_age: int
    published_at: datetime | None
    valid_until: date

    @classmethod
    def of(cls, vacancy: Vacancy) -> "JobOut":
        """Show a vacancy."""
        need = vacancy.need
        return cls(
            id=need.id,
            title=need.title,
            about=need.about,
            kind=need.kind,
            contract=need.contract,
            employer=NamedOut(code=vacancy.employer.code, name=vacancy.employer.name),
            place=NamedOut(code=need.place_code, name=vacancy.commune),
            occupation=NamedOut(code=need.occupation.code, name=need.occupation.label),
            isco=need.occupation.isco,
            skills=[
                SkillOut.of(entry.skill, is_essential=entry.is_essential) for entry in need.skills
            ],
            openings=need.openings,
            pay_from=need.pay_from,
            pay_to=need.pay_to,
            minimum_age=need.minimum_age,
            published_at=need.published_at,
            valid_until=need.valid_until,
        )


class JobsIn(BaseModel):
    """Where to go on in the list: what `after` of the page before said."""

    after: UUID | None = None


class JobsOut(BaseModel):
    """A page of vacancies, the newest first; `after` is null on the last."""

    items: list[JobOut]
    after: str | None


class NeedIn(BaseModel):
    """A need to post. Skills, occupation and place are codes of the taxonomy."""

    title: LanguageMap = Field(min_length=1)
    about: LanguageMap = {}
    occupation: str
    essential: list[str] = Field(min_length=1, max_length=12)
    optional: list[str] = Field(default=[], max_length=12)
    kind: NeedKind = NeedKind.JOB
    place: str = ""
    openings: int = Field(1, ge=1, le=1000)
    contract: Contract | None = None
    pay_from: int | None = Field(None, ge=0)
    pay_to: int | None = Field(None, ge=0)
    minimum_age: int = 18
    valid_until: date | None = None
    publish: bool = False


class NeedOut(BaseModel):
    """A need that was posted. A published one is open once the employer is verified."""

    id: UUID
    state: NeedState
    valid_until: date

    @classmethod
    def of(cls, need: SkillNeed) -> "NeedOut":
        """Show a need."""
        return cls(id=need.id, state=need.state, valid_until=need.valid_until)
