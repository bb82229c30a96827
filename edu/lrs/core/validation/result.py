"""Results and scores (Data 2.4.5, IEEE 9274.1.1 4.2.2.4)."""

from typing import Any

from edu.lrs.core.problems import InvalidStatement, Rule
from edu.lrs.core.validation.shapes import record, remembered
from edu.lrs.core.values import boolean, duration, extensions, number, text


def _within_bounds(score: Any) -> None:  # Any: the table has checked that all are numbers
    scaled = score.get("scaled")
    if scaled is not None and not -1 <= scaled <= 1:
        raise InvalidStatement(Rule.SCALED_RANGE, "Data 2.4.5.1", "scaled")
    lowest, highest = score.get("min"), score.get("max")
    if lowest is not None and highest is not None and lowest >= highest:
        raise InvalidStatement(Rule.SCORE_RANGE, "Data 2.4.5.1", "min")
    raw = score.get("raw")
    if raw is not None and (
        (lowest is not None and raw < lowest) or (highest is not None and raw > highest)
    ):
        raise InvalidStatement(Rule.RAW_RANGE, "Data 2.4.5.1", "raw")


score = remembered(
    record(
        "Data 2.4.5.1",
        {"scaled": number, "raw": number, "min": number, "max": number},
        then=_within_bounds,
    )
)

result = record(
    "Data 2.4.5",
    {
        "score": score,
        "success": boolean,
        "completion": boolean,
        "response": text,
        "duration": duration,
        "extensions": extensions,
    },
)
