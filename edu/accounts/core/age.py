"""How old somebody is, as the law counts: in full years, by birthdays."""

from datetime import date


def age_on(born: date | None, day: date) -> int | None:
    """Full years on that day; None when the date of birth is unknown."""
    if born is None:
        return None
    had_birthday = (day.month, day.day) >= (born.month, born.day)
    return day.year - born.year - (not had_birthday)
