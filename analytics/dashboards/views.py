"""Dashboards of a college, of its teachers, and of the province."""

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from analytics.dashboards import jobs, policy, queries
from analytics.dashboards.core.parts import College, Communes, Days, Gaps, Modules
from analytics.indicators import queries as indicators
from analytics.indicators.views import Table, as_text, table_of
from edu.audit import service as audit
from edu.db import unit_of_work, utcnow
from edu.errors import Forbidden, NotFound
from edu.http.session import actor
from edu.i18n import _, format_date, format_decimal, local
from edu.jobs import enqueue_once
from edu.tenancy.models import Organisation, OrganisationKind
from edu.ui import charts
from edu.ui.marks import Columns

bp = Blueprint("dashboards", __name__)

GAPS_SHOWN = 12
FIGURES = 4  # of the dashboard, on a front page


@bp.get("/at/<place>/dashboard")
def show() -> ResponseReturnValue:
    """How the college, or the province, is doing."""
    if g.place.kind == OrganisationKind.COLLEGE:
        return _college(g.place)
    if g.place.kind == OrganisationKind.PROVINCE:
        return _province(g.place)
    raise NotFound


def _college(college: Organisation) -> str:
    _only_if(allowed=policy.can_view_college(actor()))
    lines = indicators.lines_of(college.id)
    drawn = _drawn(college)
    return render_template(
        "analytics/dashboards/college.html",
        lines=lines,
        values={line.indicator.code: as_text(line.indicator, line.value) for line in lines},
        figures=drawn.part(College),
        days=days_chart(drawn.part(Days)),
        modules=modules_table(drawn.part(Modules)),
        is_drawn_anew=drawn.unreadable,
        indicators=table_of(lines),
        trends=[charts.sparkline(line.trend) for line in lines],
    )


def _province(province: Organisation) -> str:
    _only_if(allowed=policy.can_view_province(actor()))
    lines = indicators.lines_of(province.id)
    drawn = _drawn(province)
    communes = drawn.part(Communes)
    return render_template(
        "analytics/dashboards/province.html",
        lines=lines,
        values={line.indicator.code: as_text(line.indicator, line.value) for line in lines},
        indicators=table_of(lines),
        trends=[charts.sparkline(line.trend) for line in lines],
        colleges=comparison_table(),
        gaps=drawn.part(Gaps).gaps[:GAPS_SHOWN],
        is_drawn_anew=drawn.unreadable,
        communes=communes,
        residence=charts.bars([(local(one.label), one.people) for one in communes.communes]),
    )


@bp.get("/at/<place>/dashboard/modules.csv")
def modules_csv() -> ResponseReturnValue:
    """Give the table of modules as a file."""
    _only_if(allowed=policy.can_view_college(actor()))
    modules = _drawn(g.place).part(Modules)
    return modules_table(modules).as_csv(f"{g.place.code}-modules")


@bp.get("/at/<place>/dashboard/colleges.csv")
def colleges_csv() -> ResponseReturnValue:
    """Give the colleges side by side as a file, to the province."""
    if g.place.kind != OrganisationKind.PROVINCE:
        raise NotFound
    _only_if(allowed=policy.can_view_province(actor()))
    return comparison_table().as_csv(f"{g.place.code}-colleges")


@bp.get("/at/<place>/dashboard/quiet")
def quiet() -> ResponseReturnValue:
    """Name who went quiet, for those who can ask them; each look is recorded."""
    _only_if(allowed=policy.can_view_college(actor()))
    with unit_of_work():
        audit.record("quiet_learners.viewed", actor_id=actor().id, subject=g.place)
    figures = _drawn(g.place).part(College)
    return render_template(
        "analytics/dashboards/quiet.html",
        quiet=queries.quiet_to(actor()),
        total=figures.quiet,
        now=utcnow(),
    )


@bp.get("/at/<place>/teaching/overview")
def teaching() -> ResponseReturnValue:
    """Say who needs help now in the classes I teach here; each look is recorded."""
    _only_if(allowed=policy.can_view_teaching(actor()))
    with unit_of_work():
        audit.record("standings.viewed", actor_id=actor().id, subject=g.place)
    return render_template("analytics/dashboards/teaching.html", classes=queries.taught_by(actor()))


def place_staff(organisation: Organisation, level: int) -> str:
    """Lead the staff of an organisation to their dashboards; fills `place.staff`."""
    lines = indicators.lines_of(organisation.id)[:FIGURES] if _has_dashboard(organisation) else None
    classes = queries.taught_by(actor()) if organisation.kind == OrganisationKind.COLLEGE else []
    return render_template(
        "analytics/dashboards/_place.html",
        place=organisation,
        level=level,
        lines=lines,
        values=[as_text(line.indicator, line.value) for line in lines or ()],
        teaches=bool(classes),
        needing=sum(len(one.needing) for one in classes),
    )


def _has_dashboard(organisation: Organisation) -> bool:
    if organisation.kind == OrganisationKind.COLLEGE:
        return policy.can_view_college(actor())
    return organisation.kind == OrganisationKind.PROVINCE and policy.can_view_province(actor())


def _only_if(*, allowed: bool) -> None:
    if not allowed:
        raise Forbidden


def _drawn(organisation: Organisation) -> queries.Drawn:
    """What is drawn; a dashboard that another version of the program drew is drawn anew."""
    drawn = queries.drawn(organisation.id)
    if drawn.unreadable:
        with unit_of_work():
            enqueue_once(jobs.draw, str(organisation.id), organisation.id)
    return drawn


# Tables and charts ----------------------------------------------------------------------------


def days_chart(part: Days) -> Columns | None:
    """Draw how many people learned on each day; None where nobody did."""
    if not any(day.people for day in part.days):
        return None
    return charts.columns([(format_date(day.day, "short"), day.people) for day in part.days])


def modules_table(part: Modules) -> Table:
    """Write how each module goes."""
    columns = [_("Module"), _("Code"), _("Learners"), _("Completed"), _("Average mark")]
    return Table(
        columns,
        [
            [
                local(line.title),
                line.code,
                str(format_decimal(line.enrolled)),
                str(format_decimal(line.completed)),
                "–" if line.average_mark is None else str(format_decimal(line.average_mark, "0.0")),
            ]
            for line in part.modules
        ],
    )


def comparison_table() -> Table:
    """Write the colleges side by side."""
    found = queries.comparison()
    return Table(
        [_("Indicator"), *(local(college.name) for college in found.colleges)],
        [
            [local(indicator.title), *(as_text(indicator, value) for value in values)]
            for indicator, values in found.lines
        ],
    )
