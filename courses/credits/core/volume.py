"""How large a programme must be, and how much of it may be recognised.

Circular 01/2024/TT-BLĐTBXH, Art. 5; Circular 34/2018/TT-BLĐTBXH; Decision 1982/QĐ-TTg;
Circular 08/2021/TT-BGDĐT, Art. 13.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from courses.credits.core.condition import Condition, at_least, at_most
from courses.credits.core.rules import RecognitionRule, Volume


class VolumeUnknown(LookupError):
    """No volume is laid down for the level and entry."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A programme in numbers. Hours are those taught; the rest of theory is practice."""

    credits: Decimal
    modules: int
    years: Decimal | None = None
    theory_hours: Decimal = Decimal(0)
    practice_hours: Decimal = Decimal(0)


def volume_of(volumes: Sequence[Volume], level: str, entry: str = "") -> Volume:
    """The volume of a level, for those who enter from `entry` where that matters.

    Raises VolumeUnknown when the rules lay down none.
    """
    for volume in volumes:
        if volume.level == level and volume.entry in ("", entry):
            return volume
    raise VolumeUnknown(level, entry)


def volume_conditions(volume: Volume, outline: Outline) -> tuple[Condition, ...]:
    """Every limit that the level lays down, met or not."""
    hours = outline.theory_hours + outline.practice_hours
    found = [at_least("credits-lowest", outline.credits, volume.credits_lowest)]
    if volume.credits_highest is not None:
        found.append(at_most("credits-highest", outline.credits, volume.credits_highest))
    if volume.years_lowest is not None:
        found.append(at_least("years-lowest", outline.years, volume.years_lowest))
    if volume.years_highest is not None and outline.years is not None:
        found.append(at_most("years-highest", outline.years, volume.years_highest))
    if volume.modules_lowest:
        modules = Decimal(outline.modules)
        found.append(at_least("modules-lowest", modules, Decimal(volume.modules_lowest)))
    if volume.hours_lowest:
        found.append(at_least("hours-lowest", hours, volume.hours_lowest))
    if volume.theory_share_highest is not None and hours:
        share = outline.theory_hours / hours
        found.append(at_most("theory-share-highest", share, volume.theory_share_highest))
    return tuple(found)


def recognition_room(
    rule: RecognitionRule, *, minimum: Decimal, recognised: Decimal
) -> Decimal | None:
    """The credits that may still be recognised; None when the rules set no limit.

    `minimum` is the programme's minimum volume (Circular 08/2021/TT-BGDĐT, Art. 13).
    """
    if rule.largest_share is None:
        return None
    return max(rule.largest_share * minimum - recognised, Decimal(0))
