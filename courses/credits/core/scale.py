from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from courses.credits.core.bad_rule import require, require_filled, require_order


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule was read. Unconfirmed: widely used, but no published source was read."""

    text: str
    confirmed: bool

    def __post_init__(self) -> None:
        require_filled(self, "text")


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of marks, both ends included, and what it is called."""

    code: str
    lowest: Decimal
    highest: Decimal
    points: Decimal | None = None

    def __post_init__(self) -> None:
        require_filled(self, "code")
        require_order(self, "lowest", "highest")


@dataclass(frozen=True, slots=True)
class Scale:
    """Marks from `minimum` to `maximum` with `places` decimals, cut into bands, best first.

    `points_source` stands beside `source` because the letters of a mark and the 4-point value of a
    letter come from different texts. A scale without bands has marks only. `pass_only_from` is the
    mark from which a pass-only module is passed (Circular 08/2021/TT-BGDĐT, Art. 9).
    """

    id: str
    source: Source
    maximum: Decimal
    places: int
    passes_from: Decimal
    bands: tuple[Band, ...] = ()
    points_source: Source | None = None
    pass_only_from: Decimal | None = None
    minimum: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        require(self.minimum < self.maximum, "maximum", "order", self.maximum)
        require(self.places >= 0, "places", "range", self.places)
        passes = self.minimum < self.passes_from <= self.maximum
        require(passes, "passes_from", "range", self.passes_from)
        if self.bands:
            check_bands(self.bands, self.minimum, self.maximum, places=self.places)
            lows = {band.lowest for band in self.bands}
            require(self.passes_from in lows, "passes_from", "reference", self.passes_from)
        with_points = [band.points for band in self.bands if band.points is not None]
        require(len(with_points) in (0, len(self.bands)), "bands", "missing", "points")
        falling = all(a > b for a, b in pairwise(with_points))
        require(falling, "bands", "order", with_points)
        require(not with_points or self.points_source, "points_source", "missing", None)


def check_bands(
    bands: tuple[Band, ...], minimum: Decimal, maximum: Decimal, *, places: int
) -> None:
    """Raise BadRule unless the bands, best first, cover every mark once.

    Neighbours are one unit of the last decimal place apart: after 8.5–10 comes …–8.4.
    """
    require(bands, "bands", "empty", bands)
    codes = [band.code for band in bands]
    for index, code in enumerate(codes):
        require(code not in codes[:index], f"bands[{index}].code", "duplicate", code)
    require(bands[0].highest == maximum, "bands[0].highest", "range", bands[0].highest)
    step = Decimal(1).scaleb(-places)
    for index, (upper, lower) in enumerate(pairwise(bands), start=1):
        expected, path = upper.lowest - step, f"bands[{index}].highest"
        require(lower.highest >= expected, path, "gap", lower.highest)
        require(lower.highest <= expected, path, "overlap", lower.highest)
    last = len(bands) - 1
    require(bands[-1].lowest == minimum, f"bands[{last}].lowest", "range", bands[-1].lowest)


def band_of(bands: tuple[Band, ...], value: Decimal) -> Band:
    """The band that holds the value; the bands are best first and cover every value."""
    return next(band for band in bands if value >= band.lowest)
