"""Find contacts."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from edu.accounts.models import Person
from edu.db import db
from edu.errors import NotFound
from employer_portal.contacts import policy
from employer_portal.contacts.models import Contact, ContactState
from employer_portal.needs.models import SkillNeed
from employer_portal.profiles.models import Profile


def get_for(actor: Person, contact_id: UUID) -> Contact:
    """Find a contact of any employer that the actor may see. Raises NotFound.

    Crosses tenants: the person it is about follows it across employers (DESIGN decision 10).
    """
    found = db.session.scalar(
        sa.select(Contact).where(Contact.id == contact_id).execution_options(all_tenants=True)
    )
    if found is None or not policy.can_view(actor, found):
        raise NotFound
    return found


def between(need: SkillNeed, profile: Profile) -> Contact | None:
    """Find what passed between the need's employer and a candidate."""
    return db.session.scalar(
        sa.select(Contact)
        .where(Contact.need_id == need.id, Contact.profile_id == profile.id)
        .execution_options(all_tenants=True)
    )


def about(need: SkillNeed) -> Sequence[Contact]:
    """List what passed about a need of the employer whose pages we are in, newest first."""
    return db.session.scalars(
        sa.select(Contact).where(Contact.need_id == need.id).order_by(Contact.id.desc())
    ).all()


def of_person(person_id: UUID) -> Sequence[Contact]:
    """List a person's contacts with every employer, newest first (DESIGN decision 10)."""
    return db.session.scalars(
        sa.select(Contact)
        .join(Profile, Profile.id == Contact.profile_id)
        .where(Profile.person_id == person_id)
        .order_by(Contact.id.desc())
        .execution_options(all_tenants=True)
    ).all()


def waiting_for(person_id: UUID) -> int:
    """Count the employers who wait for a person's answer (DESIGN decision 10)."""
    found = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(Contact)
        .join(Profile, Profile.id == Contact.profile_id)
        .where(Profile.person_id == person_id, Contact.state == ContactState.ASKED)
        .execution_options(all_tenants=True)
    )
    return found or 0
