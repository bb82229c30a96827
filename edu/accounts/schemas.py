"""What machines learn about an account."""

from uuid import UUID

from pydantic import BaseModel

from edu.accounts.models import Person, Role


class RoleOut(BaseModel):
    """A role held now."""

    organisation: str
    role: Role


class MeOut(BaseModel):
    """The person whom a token acts for. Only what is listed here leaves the house."""

    id: UUID
    name: str
    email: str
    locale: str
    roles: list[RoleOut]

    @classmethod
    def of(cls, person: Person) -> "MeOut":
        """Show a person."""
        return cls(
            id=person.id,
            name=person.name,
            email=person.email,
            locale=person.locale,
            roles=[
                RoleOut(organisation=m.organisation.code, role=m.role)
                for m in person.memberships
                if m.is_current
            ],
        )
