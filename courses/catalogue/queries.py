"""Find class groups, by id or by words."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from courses.catalogue import policy
from courses.catalogue.models import ClassGroup, ClassState
from courses.programmes.models import Module
from edu.accounts.models import Person
from edu.db import db, today
from edu.errors import NotFound
from edu.i18n import locale
from edu.search import current
from edu.search.index import Document, Hits, SearchQuery, Text

SIZE = 24
"""How many classes a page of results shows."""


def get_for(visitor: Person | None, class_group_id: UUID) -> ClassGroup:
    """Find a class of the current college that the visitor may see. Raises NotFound."""
    found = db.session.scalar(sa.select(ClassGroup).where(ClassGroup.id == class_group_id))
    if found is None or not policy.can_view(visitor, found):
        raise NotFound
    return found


def by_code(code: str) -> ClassGroup | None:
    """Find a class of the current college by its code."""
    return db.session.scalar(sa.select(ClassGroup).where(ClassGroup.code == code))


def taught_by(teacher: Person) -> Sequence[ClassGroup]:
    """List the classes that a person teaches at the current college, newest first."""
    return db.session.scalars(_taught_by(teacher)).all()


def running_of(teacher: Person, *, limit: int) -> Sequence[ClassGroup]:
    """List the classes of the current college in which a person teaches now, newest first."""
    day = today()
    return db.session.scalars(
        _taught_by(teacher)
        .where(ClassGroup.starts_on <= day, ClassGroup.ends_on >= day)
        .limit(limit)
    ).all()


def _taught_by(teacher: Person) -> sa.Select[ClassGroup]:
    return (
        sa.select(ClassGroup)
        .where(ClassGroup.teacher_id == teacher.id)
        .order_by(ClassGroup.starts_on.desc(), ClassGroup.code)
    )


def classes_of(module: Module) -> Sequence[ClassGroup]:
    """List the classes of a module, newest first."""
    return db.session.scalars(
        sa.select(ClassGroup)
        .where(ClassGroup.module_id == module.id)
        .order_by(ClassGroup.starts_on.desc(), ClassGroup.code)
    ).all()


def open_now(*, limit: int) -> list[ClassGroup]:
    """List the published classes that are not over, those for everyone first; soonest first."""
    found = open_to_everyone(limit=limit)
    return [*found, *_soonest(~ClassGroup.is_open, limit - len(found))]


def open_to_everyone(*, limit: int) -> Sequence[ClassGroup]:
    """List the published classes that are not over and take anyone, soonest first."""
    return _soonest(ClassGroup.is_open, limit)


def _soonest(whom: sa.ColumnExpressionArgument[bool], limit: int) -> Sequence[ClassGroup]:
    """Read as many rows as are shown, in the order of the index (`ix_class_group_soonest`).

    The catalogue is public, so all colleges are looked at.
    """
    return db.session.scalars(
        sa.select(ClassGroup)
        .where(ClassGroup.state == ClassState.PUBLISHED, whom, ClassGroup.ends_on >= today())
        .order_by(ClassGroup.starts_on, ClassGroup.id)
        .limit(limit)
        .execution_options(all_tenants=True)
    ).all()


def over() -> list[tuple[UUID, UUID]]:
    """Name the published classes whose last day is past: each by its college and its id."""
    rows = db.session.execute(
        sa.select(ClassGroup.tenant_id, ClassGroup.id)
        .where(ClassGroup.state == ClassState.PUBLISHED, ClassGroup.ends_on < today())
        .execution_options(all_tenants=True)
    )
    return [(college_id, class_group_id) for college_id, class_group_id in rows]


def by_ids(class_group_ids: Sequence[UUID]) -> dict[UUID, ClassGroup]:
    """Load published classes of any college by id, for search results."""
    found = db.session.scalars(
        sa.select(ClassGroup)
        .where(ClassGroup.id.in_(class_group_ids), ClassGroup.state == ClassState.PUBLISHED)
        .execution_options(all_tenants=True)
    )
    return {group.id: group for group in found}


def search(text: str, cursor: str | None = None) -> tuple[list[ClassGroup], Hits]:
    """Find published classes of any college by words, best first; accents may be left out."""
    hits = current.index().search(
        SearchQuery(
            text=text, kinds=(ClassDocuments.kind,), language=locale(), cursor=cursor, size=SIZE
        )
    )
    found = by_ids([UUID(hit.id) for hit in hits.items])
    ordered = (found.get(UUID(hit.id)) for hit in hits.items)
    return [group for group in ordered if group is not None], hits


class ClassDocuments:
    """Published classes as the search index holds them."""

    kind = "class"

    def document_for(self, document_id: str) -> Document | None:
        """Describe a class; None when nobody is to find it."""
        group = db.session.scalar(
            sa.select(ClassGroup)
            .where(ClassGroup.id == UUID(document_id), ClassGroup.state == ClassState.PUBLISHED)
            .options(selectinload(ClassGroup.module).selectinload(Module.outcomes))
            .execution_options(all_tenants=True)
        )
        if group is None:
            return None
        module = group.module
        texts = {
            language: Text(
                title=module.title.get(language, ""),
                body="\n".join(
                    [module.about.get(language, "")]
                    + [outcome.text.get(language, "") for outcome in module.outcomes]
                ),
                keywords=tuple(
                    outcome.skill.label.get(language, "")
                    for outcome in module.outcomes
                    if outcome.skill
                ),
            )
            for language in module.title
        }
        return Document(
            id=document_id,
            kind=self.kind,
            texts=texts,
            changed_at=group.created_at,
            tenant_id=group.tenant_id,
        )

    def all_ids(self) -> Iterable[str]:
        """Name every published class."""
        found = db.session.scalars(
            sa.select(ClassGroup.id)
            .where(ClassGroup.state == ClassState.PUBLISHED)
            .execution_options(all_tenants=True)
        )
        return [str(class_group_id) for class_group_id in found]
