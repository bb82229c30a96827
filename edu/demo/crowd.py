"""A crowd for the demo province: further colleges, teachers and learners, as many as wanted.

It shows what the pages of a large province look like, and lets them be measured. Everybody is
invented: names are drawn from lists, with a fixed seed. Each learner's address tells a number, so
that who came last is known and more can follow: hv0000001@hocvien.example and so on, all with the
demo's password. The packages above let them study and look for work (`demo_at_scale`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import count
from random import Random
from uuid import UUID

import sqlalchemy as sa

from edu.accounts.models import Membership, Person, Role
from edu.batches import batches
from edu.db import db, pretend, unit_of_work, utcnow
from edu.demo import bulk
from edu.demo.service import at, person_called, read, shifted
from edu.taxonomy import queries as taxonomy
from edu.tenancy import queries as tenancy
from edu.tenancy.models import Organisation, OrganisationKind

DOMAIN = "hocvien.example"  # RFC 2606: no letter can reach anyone
DIGITS = 7
LEARNER, TEACHER, MANAGER = "hv", "gv", "ql"
COHORT = 30
"""Learners who study together."""
COHORTS_A_TEACHER = 3
COLLEGE_SIZE = 4_000
"""A college that has so many learners is full: another opens."""
BATCH = 1_000
CAME = date(2025, 9, 1)
"""The day of the demo's story on which they came."""
YOUNGEST, OLDEST = 15, 24  # years, on that day


@dataclass(frozen=True)
class Cohort:
    """Learners of one college who came together, and who teaches them; `number` is unique."""

    college_id: UUID
    number: int
    teacher_id: UUID
    learners: Sequence[Person]


def plant(size: int, say: Callable[[str], None]) -> None:
    """Let so many learners come, and who teaches and manages them."""
    first = _last(LEARNER) + 1
    address = f"{LEARNER}{first:0{DIGITS}}@{DOMAIN}"
    say(f"Letting {size:,} learners come: {address} and so on, with the demo's password …")
    chance = Random(first)  # noqa: S311 - invented people, the same each time
    with pretend(at(shifted(CAME))):
        colleges = _colleges(first + size - 1)
        sizes = [min(COHORT, size - start) for start in range(0, size, COHORT)]
        with unit_of_work():
            _teachers(colleges, len(sizes), chance)
        numbers = count(first)
        people = (
            (next(numbers), colleges[place % len(colleges)])
            for place, members in enumerate(sizes)
            for _member in range(members)
        )
        for some in batches(people, BATCH):
            with unit_of_work():
                _write(
                    [(LEARNER, number, Role.LEARNER, college) for number, college in some], chance
                )


def cohorts(size: int) -> Iterator[Cohort]:
    """Give the last so many learners in cohorts, in the order in which they came.

    The people are copies that belong to no session.
    """
    teachers: dict[UUID, list[UUID]] = {}
    for row in db.session.execute(_people_called(TEACHER)):
        teachers.setdefault(row.organisation_id, []).append(row.id)
    rows = db.session.execute(_people_called(LEARNER).limit(size)).all()[::-1]
    places: defaultdict[UUID, Iterator[int]] = defaultdict(count)
    for members in batches(rows, COHORT):
        first = members[0]
        staff = teachers[first.organisation_id]
        place = next(places[first.organisation_id])
        yield Cohort(
            first.organisation_id,
            _number_in(first.email),
            staff[place // COHORTS_A_TEACHER % len(staff)],
            [Person(id=row.id, name=row.name, birth_date=row.birth_date) for row in members],
        )


def _people_called(prefix: str) -> sa.Select[UUID, str, date | None, str, UUID]:
    """Everybody of the crowd with such an address and where they are, the newest first."""
    return (
        sa.select(
            Person.id, Person.name, Person.birth_date, Person.email, Membership.organisation_id
        )
        .join(Membership, Membership.person_id == Person.id)
        .where(_is_called(prefix))
        .order_by(Person.email.desc())
    )


def _is_called(prefix: str) -> sa.ColumnElement[bool]:
    return Person.email.like(f"{prefix}{'_' * DIGITS}@{DOMAIN}")


def _last(prefix: str) -> int:
    """The number of who came last; 0 when nobody did."""
    found = db.session.scalar(sa.select(sa.func.max(Person.email)).where(_is_called(prefix)))
    return _number_in(found) if found else 0


def _number_in(email: str) -> int:
    return int(email.partition("@")[0][2:])


# Colleges -------------------------------------------------------------------------------------


def _colleges(learners: int) -> Sequence[Organisation]:
    """The colleges of the demo, and as many more as so many learners need."""
    there = list(tenancy.of_kind(OrganisationKind.COLLEGE))
    there.sort(key=lambda college: college.id)
    wanted = range(len(there) + 1, -(-learners // COLLEGE_SIZE) + 1)
    with unit_of_work():
        opened = [
            Organisation(
                code=f"minhhoa{number:02}",
                kind=OrganisationKind.COLLEGE,
                name={
                    "vi": f"Trường Cao đẳng Minh họa số {number}",
                    "en": f"Demonstration College No. {number}",
                },
                place_code=_communes()[number % len(_communes())],
                parent=tenancy.province(),
            )
            for number in wanted
        ]
        db.session.add_all(opened)
        db.session.flush()
        chance = Random(len(there))  # noqa: S311 - invented people, the same each time
        managers = enumerate(opened, _last(MANAGER) + 1)
        _write([(MANAGER, number, Role.MANAGER, college) for number, college in managers], chance)
    return [*there, *opened]


# People ---------------------------------------------------------------------------------------


def _teachers(colleges: Sequence[Organisation], groups: int, chance: Random) -> None:
    """Who teaches the newcomers: in each college one for some cohorts."""
    each = -(-groups // (len(colleges) * COHORTS_A_TEACHER))
    places = [college for college in colleges[:groups] for _teacher in range(each)]
    numbered = enumerate(places, _last(TEACHER) + 1)
    _write([(TEACHER, number, Role.TEACHER, college) for number, college in numbered], chance)


def _write(wanted: Sequence[tuple[str, int, Role, Organisation]], chance: Random) -> None:
    people = [_person(f"{prefix}{number:0{DIGITS}}", chance) for prefix, number, *_ in wanted]
    roles = [
        bulk.fresh(Membership(person_id=person.id, organisation_id=college.id, role=role))
        for person, (_prefix, _number, role, college) in zip(people, wanted, strict=True)
    ]
    bulk.write([*people, *roles])


def _person(name: str, chance: Random) -> Person:
    days = chance.randrange(YOUNGEST * 365, OLDEST * 365)
    person = Person(
        name=_name(chance),
        email=f"{name}@{DOMAIN}",
        birth_date=shifted(CAME) - timedelta(days=days),
        place_code=chance.choice(_communes()),
        password_hash=_password_hash(),  # one for all: to make 100,000 takes an hour
        email_verified_at=utcnow(),
    )
    return bulk.fresh(person)


@cache
def _communes() -> Sequence[str]:
    """The communes of the demo province."""
    return [
        place.code for place in taxonomy.children(read("organisations.toml")["province"]["place"])
    ]


@cache
def _password_hash() -> str:
    """That of the demo's learner."""
    return person_called("an").password_hash


def _name(chance: Random) -> str:
    names = read("names.toml")
    sort = names[chance.choice(("female", "male"))]
    [family] = chance.choices(list(names["family"]), list(names["family"].values()))
    return f"{family} {chance.choice(sort['middle'])} {chance.choice(sort['given'])}"
