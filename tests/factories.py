"""Believable rows for tests, saved, each with the fewest words that matter to the test."""

from datetime import date
from itertools import count

from edu.accounts import service as accounts
from edu.accounts.models import Person, Role
from edu.db import db, unit_of_work
from edu.tenancy.models import Organisation, OrganisationKind

_number = count(1)


def an_organisation(
    kind: OrganisationKind = OrganisationKind.COLLEGE,
    code: str = "",
    parent: Organisation | None = None,
) -> Organisation:
    code = code or f"org{next(_number)}"
    made = Organisation(
        code=code,
        kind=kind,
        name={"vi": f"Trường Cao đẳng {code}", "en": f"College {code}"},
        parent=parent,
        place_code="48",
    )
    with unit_of_work():
        db.session.add(made)
    return made


def a_college(code: str = "") -> Organisation:
    return an_organisation(OrganisationKind.COLLEGE, code)


def an_employer(code: str = "") -> Organisation:
    return an_organisation(OrganisationKind.EMPLOYER, code)


def a_province() -> Organisation:
    return an_organisation(OrganisationKind.PROVINCE, "danang")


def a_person(
    name: str = "Nguyễn Văn An",
    *,
    role: Role | None = None,
    at: Organisation | None = None,
    password: str = "",
    birth_date: date | None = date(2004, 3, 8),
) -> Person:
    with unit_of_work():
        person = accounts.create_person(
            name=name,
            email=f"p{next(_number)}@example.test",
            password=password,
            birth_date=birth_date,
        )
        if role and at:
            accounts.grant(person, role, at)
    return person
