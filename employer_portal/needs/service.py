"""Write skill needs, publish them, close them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from edu.accounts.models import Person
from edu.audit import service as audit
from edu.db import db, lock, start_of, today, utcnow
from edu.errors import DomainError, Forbidden, Invalid
from edu.events import emit
from edu.i18n import LanguageMap, Text, lazy, local
from edu.search.jobs import changed
from edu.taxonomy.models import Occupation, Skill
from employer_portal.companies import policy as companies
from employer_portal.needs import policy
from employer_portal.needs.events import NeedChanged
from employer_portal.needs.models import (
    VACANCIES,
    Closing,
    Contract,
    NeedKind,
    NeedSkill,
    NeedState,
    SkillNeed,
)

USUAL_VALIDITY = timedelta(days=60)
LONGEST_VALIDITY = timedelta(days=366)
AGES = (15, 16, 18)
"""Labour Code 45/2019/QH14: work from 15 (art. 143), no hazardous or night work below 18."""

SEARCHED_AS = "job"


class NeedClosed(DomainError):
    """A closed need is not changed; it is posted anew."""

    code = "need-closed"
    title = lazy("This one is closed. Post it anew to look for people again.")


@dataclass(frozen=True, kw_only=True)
class NeedText:
    """What an employer says of a need. `skills` pairs each skill with whether it is essential."""

    title: LanguageMap
    occupation: Occupation
    skills: Sequence[tuple[Skill, bool]]
    kind: NeedKind = NeedKind.JOB
    about: LanguageMap = field(default_factory=dict)
    place_code: str = ""
    openings: int = 1
    contract: Contract | None = None
    pay_from: int | None = None
    pay_to: int | None = None
    minimum_age: int = 18
    valid_until: date | None = None


def draft(actor: Person, text: NeedText) -> SkillNeed:
    """Write a need of the employer whose pages we are in; nobody else sees it yet.

    Raises Forbidden for who does not recruit here, Invalid for what does not hold together.
    """
    if not companies.can_hire(actor):
        raise Forbidden
    check(text)
    need = SkillNeed(posted_by_id=actor.id)
    _write(need, text)
    db.session.add(need)
    db.session.flush()
    return need


def change(actor: Person, need: SkillNeed, text: NeedText) -> None:
    """Write a need anew. Raises Forbidden, Invalid, and NeedClosed."""
    _check_may_write(actor, need)
    if need.state == NeedState.CLOSED:
        raise NeedClosed
    check(text)
    _write(need, text)
    db.session.flush()
    if need.state == NeedState.PUBLISHED:
        announce(need)


def publish(actor: Person, need: SkillNeed) -> None:
    """Let everyone see it, as soon as the employer is verified. Asking twice changes nothing.

    Raises Forbidden, and NeedClosed.
    """
    _check_may_write(actor, need)
    lock(need)
    if need.state == NeedState.CLOSED:
        raise NeedClosed
    if need.state == NeedState.PUBLISHED:
        return
    need.state = NeedState.PUBLISHED
    need.published_at = utcnow()
    audit.record("need.published", actor_id=actor.id, subject=need)
    announce(need)


def close(actor: Person, need: SkillNeed, because: Closing) -> None:
    """Look for nobody any more. Raises Forbidden."""
    _check_may_write(actor, need)
    _close(need, because)
    audit.record("need.closed", actor_id=actor.id, subject=need, because=because)


def expire(need: SkillNeed) -> None:
    """Close a published need whose last day is over."""
    if need.state == NeedState.PUBLISHED and need.valid_until < today():
        _close(need, Closing.EXPIRED)


def announce(need: SkillNeed) -> None:
    """Tell the search and the matching that the need is to be looked at anew."""
    changed(SEARCHED_AS, str(need.id))
    emit(NeedChanged(tenant_id=need.tenant_id, need_id=need.id))


def end_of(day: date) -> datetime:
    """The first moment after a day, by the installation's clock."""
    return start_of(day + timedelta(days=1))


def check(text: NeedText) -> None:
    """Hold what was typed together. Raises Invalid with everything that is wrong."""
    rules: dict[str, tuple[bool, Text]] = {
        "title": (bool(local(text.title).strip()), lazy("Please fill this in.")),
        "essential": (
            any(is_essential for _, is_essential in text.skills),
            lazy("Name at least one skill without which the work cannot be done."),
        ),
        "openings": (text.openings > 0, lazy("At least one, please.")),
        "contract": (
            text.contract is not None or text.kind not in VACANCIES,
            lazy("Say how the work is arranged."),
        ),
        "pay_to": (
            text.pay_from is None or text.pay_to is None or text.pay_from <= text.pay_to,
            lazy("The most is less than the least."),
        ),
        "minimum_age": (text.minimum_age in AGES, lazy("Only 15, 16 or 18: the ages of the law.")),
        "valid_until": (_is_usable(text.valid_until), lazy("A day within the next year, please.")),
    }
    broken = {name: message for name, (holds, message) in rules.items() if not holds}
    if broken:
        raise Invalid(fields=broken)


def _is_usable(day: date | None) -> bool:
    first = today()
    return day is None or first <= day <= first + LONGEST_VALIDITY


def _write(need: SkillNeed, text: NeedText) -> None:
    is_vacancy = text.kind in VACANCIES
    need.title = dict(text.title)
    need.about = dict(text.about)
    need.kind = text.kind
    need.occupation = text.occupation
    need.place_code = text.place_code
    need.openings = text.openings
    need.contract = text.contract if is_vacancy else None
    need.pay_from = text.pay_from if is_vacancy else None
    need.pay_to = text.pay_to if is_vacancy else None
    need.minimum_age = text.minimum_age
    need.valid_until = text.valid_until or today() + USUAL_VALIDITY
    _write_skills(need, text.skills)


def _write_skills(need: SkillNeed, wanted: Sequence[tuple[Skill, bool]]) -> None:
    """Bring the list to what is wanted; a skill named twice counts once, as its stronger one."""
    known = {entry.skill_id: entry for entry in need.skills}
    entries: dict[object, NeedSkill] = {}
    for position, (skill, is_essential) in enumerate(wanted, start=1):
        if skill.id in entries:
            entries[skill.id].is_essential |= is_essential
            continue
        entry = known.get(skill.id) or NeedSkill(skill=skill)
        entry.is_essential = is_essential
        entry.position = position
        entries[skill.id] = entry
    need.skills = list(entries.values())


def _close(need: SkillNeed, because: Closing) -> None:
    lock(need)
    if need.state == NeedState.CLOSED:
        return
    need.state = NeedState.CLOSED
    need.closed_at = utcnow()
    need.closed_because = because
    announce(need)


def _check_may_write(actor: Person, need: SkillNeed) -> None:
    if not policy.can_write(actor, need):
        raise Forbidden
