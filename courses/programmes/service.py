"""Build programmes: versions, modules, outcomes; put a curriculum in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courses.programmes import queries
from courses.programmes.models import (
    CurriculumState,
    CurriculumVersion,
    Module,
    Outcome,
    Prerequisite,
    Programme,
)
from edu.db import db, today
from edu.errors import DomainError
from edu.i18n import LanguageMap, lazy, words

VOCATIONAL = "vn-vocational-2022"


class CurriculumFixed(DomainError):
    """A curriculum in force is not changed; a new version is made."""

    code = "curriculum-fixed"
    title = lazy("This curriculum is in force. Make a new version to change it.")


@dataclass(frozen=True, kw_only=True)
class ModuleText:
    """What a new module says of itself."""

    code: str
    title: LanguageMap
    about: LanguageMap
    credits: int
    theory_hours: int = 0
    practice_hours: int = 0
    semester: int = 1
    is_self_paced: bool = False


def create_programme(
    *, code: str, title: LanguageMap, about: LanguageMap, level: int, is_open: bool = False
) -> Programme:
    """Start a programme of the current college."""
    programme = Programme(code=code, title=title, about=about, level=level, is_open=is_open)
    db.session.add(programme)
    db.session.flush()
    return programme


def draft_version(
    programme: Programme,
    *,
    valid_from: date,
    rule_set: str,
    credits: int,  # noqa: A002 - the field's word
) -> CurriculumVersion:
    """Start a version of the curriculum, to be filled with modules."""
    version = CurriculumVersion(
        programme=programme, valid_from=valid_from, rule_set=rule_set, credits=credits
    )
    db.session.add(version)
    db.session.flush()
    return version


def add_module(
    version: CurriculumVersion,
    text: ModuleText,
    *,
    outcomes: Sequence[tuple[LanguageMap, UUID | None]] = (),
    after: Sequence[Module] = (),
) -> Module:
    """Add a module with its outcomes (text, skill) and the modules that come before it.

    Raises CurriculumFixed once the version is in force. An open programme, which leads to no
    qualification, goes on growing.
    """
    if version.state != CurriculumState.DRAFT and not version.programme.is_open:
        raise CurriculumFixed
    module = Module(
        curriculum=version,
        code=text.code,
        title=text.title,
        about=text.about,
        credits=text.credits,
        theory_hours=text.theory_hours,
        practice_hours=text.practice_hours,
        semester=text.semester,
        is_self_paced=text.is_self_paced,
        position=len(version.modules),
        outcomes=[
            Outcome(position=number, text=words, skill_id=skill_id)
            for number, (words, skill_id) in enumerate(outcomes, start=1)
        ],
        prerequisites=[Prerequisite(required=earlier) for earlier in after],
    )
    db.session.add(module)
    db.session.flush()
    return module


def open_curriculum(*, rule_set: str = VOCATIONAL) -> CurriculumVersion:
    """Give the college's open programme, to which courses for everyone are added; start it."""
    found = queries.open_curriculum()
    if found is None:
        programme = create_programme(
            code="MO",
            title=words("Khóa học mở", "Open courses"),
            about=words(
                "Các khóa học ai cũng vào học được, không cần xét tuyển.",
                "Courses that anyone may take, without admission.",
            ),
            level=0,
            is_open=True,
        )
        found = draft_version(programme, valid_from=today(), rule_set=rule_set, credits=0)
        put_in_force(found)
    return found


def put_in_force(version: CurriculumVersion) -> None:
    """Make the version the one that newcomers enter; the one before stays for those within."""
    for other in version.programme.versions:
        if other.state == CurriculumState.IN_FORCE:
            other.state = CurriculumState.REPLACED
    version.state = CurriculumState.IN_FORCE
