"""Plant the demo province: its organisations and people, all invented.

The story is told as of STORY_DAY; planting shifts every date by whole weeks, so that the province
is always alive today and weekdays stay what they were.
"""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from edu.accounts import queries as accounts
from edu.accounts import service
from edu.accounts.models import (
    Guardianship,
    GuardianshipState,
    Person,
    Role,
)
from edu.db import db, pretend, today, unit_of_work, utcnow
from edu.settings import in_force
from edu.tenancy.models import Organisation, OrganisationKind

STORY_DAY = date(2026, 11, 22)
PASSWORD = "hoc-nghe-moi-ngay"  # noqa: S105 - printed on the terminal and on the sign-in page
ACCOUNTS = ("learner", "teacher", "manager", "employer", "officer", "parent")


@cache
def read(name: str, package: str = "edu.demo") -> dict[str, Any]:
    """Read one of a package's demo files (Any: checked by tests/demo)."""
    return tomllib.loads((files(package) / "data" / name).read_text("utf-8"))


def shifted(day: date) -> date:
    """Move a day of the story so that the story's today is this week."""
    return day + timedelta(weeks=_weeks_since_story())


@cache
def _weeks_since_story() -> int:
    """Worked out once, before the clock pretends anything."""
    return (today() - STORY_DAY).days // 7


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of a (shifted) day, by the province's clock."""
    return datetime.combine(day, time(hour, minute), tzinfo=ZoneInfo(in_force().time_zone))


def plant() -> None:
    """Plant organisations, people and guardianship; the taxonomy is there."""
    with pretend(at(shifted(date(2023, 8, 1)))):
        with unit_of_work():
            _organisations()
        with unit_of_work():
            _people()


def _organisations() -> None:
    data = read("organisations.toml")
    province = _organisation(data["province"], OrganisationKind.PROVINCE, None)
    for college in data["college"]:
        planted = _organisation(college, OrganisationKind.COLLEGE, province)
        for department in college["departments"]:
            entry = {"place": college["place"], "about": {}} | department
            _organisation(entry, OrganisationKind.DEPARTMENT, planted)
    for employer in data["employer"]:
        _organisation(employer, OrganisationKind.EMPLOYER, province)


def _organisation(
    entry: dict[str, Any], kind: OrganisationKind, parent: Organisation | None
) -> Organisation:
    made = Organisation(
        code=entry["code"],
        kind=kind,
        name=entry["name"],
        about=entry["about"],
        place_code=entry["place"],
        parent=parent,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _people() -> None:
    data = read("people.toml")
    places = {found.code: found for found in db.session.scalars(sa.select(Organisation))}
    people: dict[str, Person] = {}
    password_hash = ""
    for entry in data["person"]:
        person = service.create_person(
            name=entry["name"],
            email=entry["email"],
            password="" if password_hash else PASSWORD,
            birth_date=entry.get("born"),
        )
        person.password_hash = password_hash = person.password_hash or password_hash
        person.place_code = entry["place"]
        person.email_verified_at = utcnow()
        for held in entry["roles"]:
            service.grant(person, Role(held["role"]), places[held["organisation"]])
        people[entry["key"]] = person
    for entry in data["guardianship"]:
        db.session.add(
            Guardianship(
                guardian=people[entry["guardian"]],
                learner=people[entry["learner"]],
                state=GuardianshipState(entry["state"]),
                decided_at=at(shifted(entry["decided_on"])) if "decided_on" in entry else None,
            )
        )


def accounts_by_role() -> Iterator[tuple[str, Person]]:
    """Give the demo accounts, each with what it shows, in the order of the terminal's list."""
    emails = {
        entry["account"]: entry["email"]
        for entry in read("people.toml")["person"]
        if "account" in entry
    }
    for account in ACCOUNTS:
        if person := accounts.by_email(emails[account]):
            yield account, person


def is_planted() -> bool:
    """True in a demo province: somebody of its people is there."""
    return next(accounts_by_role(), None) is not None


@cache
def _emails() -> dict[str, str]:
    return {entry["key"]: entry["email"] for entry in read("people.toml")["person"]}


def person_called(key: str) -> Person:
    """Find a planted person by the key of the demo files. Raises LookupError."""
    found = accounts.by_email(_emails()[key])
    if found is None:
        raise LookupError(f"nobody is called {key}")
    return found


def greeting() -> str:
    """The lines for the terminal: who can sign in, and with what."""
    lines = ["", "  Nghề Số – tỉnh/thành minh họa Đà Nẵng (demo province)", ""]
    lines += [
        f"  {account:<9} {person.email:<32} {PASSWORD}   {person.name}"
        for account, person in accounts_by_role()
    ]
    return "\n".join([*lines, ""])
