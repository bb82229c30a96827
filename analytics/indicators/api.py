"""The feed of the province's operations centre: indicators as JSON and as SDMX-CSV."""

from flask import Blueprint, Response, after_this_request, request
from spectree import Response as Answers

from analytics.indicators import policy
from analytics.indicators.core import sdmx
from analytics.indicators.core.indicator_set import in_force
from analytics.indicators.core.sdmx import Observation
from analytics.indicators.models import IndicatorValue
from analytics.indicators.queries import indicator_of
from analytics.indicators.schemas import IndicatorsOut, PeriodIn, SetOut, ValueOut
from edu.db import today
from edu.errors import Forbidden
from edu.exchange.core.sheets import csv_lines
from edu.http.api import api
from edu.http.errors import Problem
from edu.http.session import actor, scope

bp = Blueprint("indicators_api", __name__, url_prefix="/api/v1/province")

SCOPE = "indicators:read"


@bp.get("/indicators")
@api.validate(
    resp=Answers(HTTP_200=IndicatorsOut, HTTP_401=Problem, HTTP_403=Problem, HTTP_422=Problem),
    tags=["province"],
)
@scope(SCOPE)
def indicators(query: PeriodIn) -> IndicatorsOut:
    """Give the newest value of each indicator, or every day's from `since` on (92 at most)."""
    values = _asked_for(query)
    return IndicatorsOut(
        indicator_set=SetOut.of(in_force(today())), values=[ValueOut.of(row) for row in values]
    )


@bp.get("/indicators.csv")
@api.validate(
    resp=Answers("HTTP_200", HTTP_401=Problem, HTTP_403=Problem, HTTP_422=Problem),
    tags=["province"],
)
@scope(SCOPE)
def indicators_sdmx(query: PeriodIn) -> Response:
    """Give the same as SDMX-CSV 2.0."""
    rows = sdmx.rows(_observation(row) for row in _asked_for(query))
    return Response("".join(csv_lines(sdmx.COLUMNS, rows)), content_type=sdmx.MEDIA_TYPE)


def _asked_for(query: PeriodIn) -> list[IndicatorValue]:
    if not policy.can_read_feed(actor()):
        raise Forbidden
    after_this_request(_only_if_changed)
    return query.values()


def _only_if_changed(answer: Response) -> Response:
    """Answer 304 to who has these values already (RFC 9110 §13.1.2)."""
    answer.add_etag()
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.make_conditional(request)
    return answer


def _observation(row: IndicatorValue) -> Observation:
    indicator = indicator_of(row)
    return Observation(
        area=row.organisation.place_code,
        organisation=row.organisation.code,
        indicator=indicator.code,
        day=row.day,
        value=row.value,
        unit=indicator.unit,
        target=indicator.target,
        indicator_set=row.indicator_set,
        updated=row.worked_out_at,
    )
