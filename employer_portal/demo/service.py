"""Plant what the demo employers look for and what some learners show, through the real services."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from courses.public import certificates_of
from edu.accounts import queries as accounts
from edu.accounts.models import Person
from edu.db import inside, pretend, unit_of_work
from edu.demo.service import at, person_called, read, shifted
from edu.jobs import run_due
from edu.taxonomy import queries as taxonomy
from edu.taxonomy.models import Skill
from edu.tenancy import queries as tenancy
from employer_portal.companies import service as employers
from employer_portal.companies.service import CompanyFacts
from employer_portal.contacts import service as contacts
from employer_portal.feedback import service as feedback
from employer_portal.needs import queries as needs
from employer_portal.needs import service as posting
from employer_portal.needs.models import Contract, NeedKind, SkillNeed
from employer_portal.needs.service import NeedText
from employer_portal.profiles import queries as profiles
from employer_portal.profiles import service as showing
from employer_portal.profiles.models import Purpose
from employer_portal.profiles.service import Choice

PACKAGE = "employer_portal.demo"
OFFICER = "linh"
REGISTERED = date(2026, 9, 1)
TOLD = date(2026, 11, 16)

Entry = dict[str, Any]  # a table of a demo file; tests/demo checks them
Happening = tuple[datetime, int, Callable[[], None]]


def plant() -> None:
    """Let everything happen at its own moment of the past, in the order of time."""
    planted: dict[str, SkillNeed] = {}
    happenings = sorted(_happenings(planted), key=lambda one: one[:2])
    for moment, _number, happen in happenings:
        with pretend(moment):
            happen()
            run_due()


def _happenings(planted: dict[str, SkillNeed]) -> Iterator[Happening]:
    told = read("employers.toml", PACKAGE)
    shown = read("profiles.toml", PACKAGE)
    steps: list[tuple[date, Callable[[], None]]] = [
        *((REGISTERED, _registering(entry)) for entry in told["employer"]),
        *(
            (entry["published_on"], _posting(entry, planted))
            for entry in read("needs.toml", PACKAGE)["need"]
        ),
        *((entry["agreed_on"], _agreeing(entry)) for entry in shown["profile"]),
        *((entry["asked_on"], _meeting(entry, planted)) for entry in shown["contact"]),
        *((TOLD, _telling(entry, planted)) for entry in told["feedback"]),
    ]
    for number, (day, happen) in enumerate(steps):
        yield at(shifted(day)), number, happen


def _registering(entry: Entry) -> Callable[[], None]:
    described = {one["code"]: one for one in read("organisations.toml")["employer"]}

    def register() -> None:
        organisation = tenancy.by_code(entry["code"])
        said = described[entry["code"]]
        with inside(organisation.id), unit_of_work():
            facts = CompanyFacts(
                tax_code=entry["tax_code"],
                about=said["about"],
                place_code=said["place"],
                industry_code=said["industry"],
                size=said["size"],
            )
            company = employers.describe(person_called(entry["recruiter"]), organisation, facts)
            if not entry.get("is_waiting"):
                employers.verify(person_called(OFFICER), company)

    return register


def _posting(entry: Entry, planted: dict[str, SkillNeed]) -> Callable[[], None]:
    def post() -> None:
        recruiter = person_called(entry["posted_by"])
        with inside(tenancy.by_code(entry["employer"]).id), unit_of_work():
            need = posting.draft(recruiter, _text(entry))
            posting.publish(recruiter, need)
        planted[entry["code"]] = need

    return post


def _text(entry: Entry) -> NeedText:
    essential: list[tuple[Skill, bool]] = [
        (skill, True) for skill in taxonomy.skills_by_codes(entry["essential"])
    ]
    optional = [(skill, False) for skill in taxonomy.skills_by_codes(entry["optional"])]
    contract = entry.get("contract")
    return NeedText(
        title=entry["title"],
        about=entry["about"],
        occupation=taxonomy.occupation_by_code(entry["occupation"]),
        skills=[*essential, *optional],
        kind=NeedKind(entry["kind"]),
        place_code=entry["place"],
        openings=entry["openings"],
        contract=Contract(contract) if contract else None,
        pay_from=entry.get("pay_from"),
        pay_to=entry.get("pay_to"),
        minimum_age=entry.get("minimum_age", 18),
        valid_until=shifted(entry["valid_until"]),
    )


def _agreeing(entry: Entry) -> Callable[[], None]:
    def agree() -> None:
        person = person_called(entry["learner"])
        with unit_of_work():
            valid = [card.id for card in certificates_of(person.id) if card.is_valid]
            showing.show(
                person,
                Choice(
                    headline=entry["headline"],
                    contracts=entry["contracts"],
                    certificates=valid,
                    declared=taxonomy.skills_by_codes(entry["declared"]),
                ),
            )
            showing.agree(person, Purpose.BE_FOUND)

    return agree


def _meeting(entry: Entry, planted: dict[str, SkillNeed]) -> Callable[[], None]:
    def meet() -> None:
        need, person = _need(entry, planted), person_called(entry["learner"])
        profile = profiles.of(person.id)
        if profile is None:
            raise LookupError(f"{entry['learner']} shows nothing")
        with inside(need.tenant_id), unit_of_work():
            contact = contacts.ask(_poster(need), need, profile, message=entry["message"])
            if entry["is_accepted"]:
                contacts.accept(person, contact, may_keep=False)

    return meet


def _telling(entry: Entry, planted: dict[str, SkillNeed]) -> Callable[[], None]:
    def tell() -> None:
        need = _need(entry, planted)
        with inside(need.tenant_id), unit_of_work():
            feedback.give(_poster(need), need, taxonomy.skills_by_codes(entry["lacked"]))

    return tell


def _need(entry: Entry, planted: dict[str, SkillNeed]) -> SkillNeed:
    found = needs.find(planted[entry["need"]].id)
    if found is None:
        raise LookupError(entry["need"])
    return found


def _poster(need: SkillNeed) -> Person:
    return accounts.get(need.posted_by_id)
