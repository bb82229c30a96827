"""Work out what dashboards show, so that looking at them costs the same in every college."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from analytics.dashboards import queries
from analytics.dashboards.core.parts import (
    College,
    Commune,
    Communes,
    Day,
    Days,
    Gap,
    Gaps,
    ModuleLine,
    Modules,
    Part,
)
from analytics.dashboards.models import DashboardPart, PartName, QuietLearner
from courses.public import (
    QuietPlace,
    day_of,
    learners_by_commune,
    modules_by_skill,
    modules_of,
    of_college,
    quiet_at,
)
from edu.db import db, inside, today, utcnow
from edu.exchange.core.few import is_few
from edu.taxonomy import models as taxonomy
from edu.taxonomy.queries import place_names
from edu.tenancy import queries as tenancy
from edu.tenancy.models import Organisation, OrganisationKind
from employer_portal.public import skill_demand

DAYS = 28
STILL_OPEN = 2  # days that may still change: today, and what was being stored at midnight
QUIET_AFTER = timedelta(days=14)
NAMED = 50  # of those who went quiet, at most
ASKED = 40  # skills that employers ask for most


@dataclass(frozen=True)
class Drawing:
    """A dashboard as it was worked out: its parts, and for a college those who went quiet."""

    organisation: Organisation
    parts: Mapping[PartName, Part]
    quiet: Sequence[QuietPlace] = ()


def draw(organisation_id: UUID) -> Drawing:
    """Work out the dashboard of a college or of the province.

    Reads alone, and much: to be done outside a unit of work, so that no writer waits for it.
    """
    found = tenancy.get(organisation_id)
    return _college(found) if found.kind == OrganisationKind.COLLEGE else _province(found)


def keep(drawing: Drawing) -> None:
    """Show this drawing from now on."""
    for name, part in drawing.parts.items():
        row = queries.find(drawing.organisation.id, name) or DashboardPart(
            organisation_id=drawing.organisation.id, name=name
        )
        row.content = part.stored()
        row.worked_out_at = utcnow()
        db.session.add(row)
    _name_quiet(drawing)
    db.session.flush()


def _college(college: Organisation) -> Drawing:
    count, quiet = quiet_at(college.id, since=utcnow() - QUIET_AFTER, limit=NAMED)
    figures = of_college(college.id)
    modules = tuple(ModuleLine.model_validate(found) for found in modules_of(college.id))
    parts = {
        PartName.COLLEGE: College(
            classes=figures.classes, credits_this_year=figures.credits_this_year, quiet=count
        ),
        PartName.DAYS: _days(college.id),
        PartName.MODULES: Modules(modules=modules),
    }
    return Drawing(college, parts, quiet)


def _province(province: Organisation) -> Drawing:
    """Where people live who learn, and what is asked for compared with what is taught."""
    return Drawing(province, {PartName.COMMUNES: _communes(), PartName.GAPS: _gaps()})


def _days(college_id: UUID) -> Days:
    """The last days; those long over are taken from what was worked out before."""
    last = today()
    closed = last - timedelta(days=STILL_OPEN)
    known = {day.day: day for day in queries.drawn(college_id).part(Days).days}
    wanted = [last - timedelta(days=back) for back in reversed(range(DAYS))]
    return Days(
        days=tuple(
            known[day] if day in known and day <= closed else _day(college_id, day)
            for day in wanted
        )
    )


def _day(college_id: UUID, day: date) -> Day:
    return Day.model_validate(day_of(college_id, day))


def _communes() -> Communes:
    """Who lives where is personal: where a few people live, they are not counted out even here."""
    people = learners_by_commune()
    labels = place_names(people)
    lines = [
        Commune(code=code, label=label, people=people[code])
        for code, label in labels.items()
        if not is_few(people[code])
    ]
    lines.sort(key=lambda line: (-line.people, line.code))
    return Communes(communes=tuple(lines), with_few=sum(map(is_few, people.values())))


def _gaps() -> Gaps:
    """What is asked for most and taught least comes first."""
    demand = skill_demand(ASKED)
    rows = db.session.execute(
        sa.select(taxonomy.Skill.code, taxonomy.Skill.id).where(
            taxonomy.Skill.code.in_([asked.code for asked in demand])
        )
    )
    taught = modules_by_skill()
    modules = {code: taught.get(skill_id, 0) for code, skill_id in rows}
    lines = [
        Gap(
            code=asked.code,
            label=asked.label,
            needs=asked.needs,
            openings=asked.openings,
            modules=modules[asked.code],
        )
        for asked in demand
    ]
    lines.sort(key=lambda gap: (-gap.openings / (1 + gap.modules), gap.code))
    return Gaps(gaps=tuple(lines))


def _name_quiet(drawing: Drawing) -> None:
    """Exchange the list of those who went quiet for the present one."""
    with inside(drawing.organisation.id):
        for gone in db.session.scalars(sa.select(QuietLearner)):
            db.session.delete(gone)
        db.session.flush()
        db.session.add_all(
            QuietLearner(
                enrolment_id=place.enrolment_id,
                person_id=place.learner_id,
                class_group_id=place.class_group_id,
                class_code=place.class_code,
                module_title=place.module_title,
                last_active_at=place.last_active_at,
            )
            for place in drawing.quiet
        )
        db.session.flush()
