"""Open classes of a module, publish them, close them when they are over."""

from dataclasses import dataclass
from datetime import date

from courses.catalogue import policy, queries
from courses.catalogue.events import ClassPublished
from courses.catalogue.models import ClassGroup, ClassState
from courses.programmes.models import Module
from edu.accounts.models import Person
from edu.db import db, today
from edu.errors import Forbidden, Invalid
from edu.events import emit
from edu.i18n import lazy
from edu.search.jobs import changed


@dataclass(frozen=True, kw_only=True)
class Run:
    """When a class runs and for how many."""

    code: str
    starts_on: date
    ends_on: date
    capacity: int | None = None
    is_open: bool = False


def open_class(actor: Person, module: Module, run: Run, *, teacher: Person) -> ClassGroup:
    """Start a class of a module, as a draft.

    Raises Forbidden for who does not teach or manage here, Invalid for dates the wrong way round
    or a code that is taken.
    """
    if not policy.can_open(actor):
        raise Forbidden
    if run.ends_on < run.starts_on:
        raise Invalid(fields={"ends_on": lazy("The last day comes before the first.")})
    if queries.by_code(run.code) is not None:
        raise Invalid(fields={"code": lazy("Another class of the college has this code.")})
    group = ClassGroup(
        module=module,
        teacher=teacher,
        code=run.code,
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        capacity=run.capacity,
        is_open=run.is_open,
    )
    db.session.add(group)
    db.session.flush()
    return group


def publish(actor: Person, group: ClassGroup) -> None:
    """Let learners find the class. Asking twice changes nothing."""
    if not policy.can_teach(actor, group):
        raise Forbidden
    if group.state == ClassState.DRAFT:
        group.state = ClassState.PUBLISHED
        changed("class", str(group.id))
        emit(ClassPublished(tenant_id=group.tenant_id, class_group_id=group.id))


def close_if_over(group: ClassGroup) -> None:
    """Close a class after its last day: nobody finds or enters it; who learns there may finish."""
    if group.state == ClassState.PUBLISHED and group.is_over_on(today()):
        group.state = ClassState.CLOSED
        changed("class", str(group.id))
