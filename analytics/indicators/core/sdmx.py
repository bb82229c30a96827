"""Indicator values as SDMX-CSV 2.0 (data message field guide, SDMX 3.0)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

MEDIA_TYPE = "application/vnd.sdmx.data+csv; version=2.0.0"
DATAFLOW = "NGHESO:INDICATORS(1.0.0)"
INFORMATION, DAILY = "I", "D"

COLUMNS = (
    "STRUCTURE",
    "STRUCTURE_ID",
    "ACTION",
    "FREQ",
    "REF_AREA",
    "ORGANISATION",
    "INDICATOR",
    "TIME_PERIOD",
    "OBS_VALUE",
    "UNIT_MEASURE",
    "TARGET",
    "INDICATOR_SET",
    "UPDATED",
)


@dataclass(frozen=True)
class Observation:
    """One value; `area` is the two-tier code of the province or commune."""

    area: str
    organisation: str
    indicator: str
    day: date
    value: float
    unit: str
    target: float | None
    indicator_set: str
    updated: datetime


def rows(observations: Iterable[Observation]) -> Iterator[tuple[str | float | date | None, ...]]:
    """Give the records under `COLUMNS`: the flow, the action, the dimensions, the value."""
    for one in observations:
        yield (
            "dataflow",
            DATAFLOW,
            INFORMATION,
            DAILY,
            one.area,
            one.organisation,
            one.indicator,
            one.day,
            one.value,
            one.unit.upper(),
            one.target,
            one.indicator_set,
            one.updated.isoformat(timespec="seconds"),
        )
