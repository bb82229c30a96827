"""The indicators of an organisation as a table: for its dashboard, and as CSV with equal cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, g
from flask.typing import ResponseReturnValue

from analytics.indicators import policy, queries
from analytics.indicators.core.indicator_set import Indicator
from analytics.indicators.queries import Line
from edu.db import today
from edu.errors import Forbidden
from edu.exchange.core.sheets import csv_lines
from edu.http.session import actor
from edu.i18n import _, format_decimal, format_percent, local

bp = Blueprint("indicators", __name__)


@dataclass(frozen=True)
class Table:
    """What a table says, the same on screen and in a file."""

    columns: list[str]
    rows: list[list[str]]

    def as_csv(self, name: str) -> Response:
        """The table as a file for a spreadsheet, which needs the mark to read our letters."""
        text = "\ufeff" + "".join(csv_lines(self.columns, self.rows))
        answer = Response(text, content_type="text/csv; charset=utf-8")
        named = f"{name}-{today().isoformat()}.csv"
        answer.headers["Content-Disposition"] = f'attachment; filename="{named}"'
        return answer


@bp.get("/at/<place>/indicators.csv")
def as_csv() -> ResponseReturnValue:
    """Give the table of the dashboard as a file."""
    if not policy.can_view_here(actor()):
        raise Forbidden
    return table_of(queries.lines_of(g.place.id)).as_csv(f"{g.place.code}-indicators")


def table_of(lines: Sequence[Line]) -> Table:
    """Write each indicator with its value, target and source in words."""
    columns = [_("Indicator"), _("Value"), _("Target"), _("Asked for by")]
    rows = [
        [
            local(line.indicator.title),
            as_text(line.indicator, line.value),
            as_text(line.indicator, line.indicator.target),
            local(line.indicator.source),
        ]
        for line in lines
    ]
    return Table(columns, rows)


def as_text(indicator: Indicator, value: float | None) -> str:
    """Write a value in its unit; the title says what is counted."""
    if value is None:
        return "–"
    return str(format_percent(value) if indicator.unit == "share" else format_decimal(value))
