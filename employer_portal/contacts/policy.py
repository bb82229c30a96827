"""Who may see a contact, and who the person behind it is."""

import sqlalchemy as sa

from edu.accounts.models import Person
from employer_portal.companies import policy as companies
from employer_portal.contacts.models import Contact
from employer_portal.profiles.models import Profile


def can_view(actor: Person, contact: Contact) -> bool:
    """The person it is about, and the recruiters of the employer."""
    return is_about(actor, contact) or companies.can_hire(actor, contact.tenant_id)


def visible_to(actor: Person) -> sa.ColumnElement[bool]:
    """The same rule as can_view, as SQL."""
    own = sa.select(Profile.id).where(Profile.person_id == actor.id)
    return sa.or_(Contact.profile_id.in_(own), Contact.tenant_id.in_(companies.hiring_for(actor)))


def is_about(actor: Person, contact: Contact) -> bool:
    """Only the person themselves answers and takes back."""
    return contact.profile.person_id == actor.id


def can_see_person(actor: Person, contact: Contact) -> bool:
    """Recruiters learn name and address once the person has said yes, and as long as they do."""
    if is_about(actor, contact):
        return True
    return contact.is_open and companies.can_hire(actor, contact.tenant_id)
