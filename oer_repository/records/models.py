"""A learning resource that everyone may use: its versions, its licence, its skills.

The resource is the concept, with one address for ever; versions never change once published.
"""

import enum
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.accounts.models import Person
from edu.db import Base, Dated, Privacy, Sharing, Steward, TenantOwned, means, utcnow
from edu.i18n import LanguageMap
from edu.taxonomy.models import Skill
from oer_repository.records.core.licences import Licence

OPEN = Steward(sharing=Sharing.SHARED, privacy=Privacy.OPEN)


class ResourceState(enum.StrEnum):
    """A withdrawn resource keeps its address and says that it was withdrawn."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Resource(TenantOwned, Dated, Base):
    """A learning resource, whatever its version."""

    __tablename__ = "resource"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "origin"),)
    __steward__ = OPEN

    origin: Mapped[str] = mapped_column(
        sa.String(200), info=means("What it was shared from, such as unit:ID; unique in a college.")
    )
    state: Mapped[ResourceState] = mapped_column(
        default=ResourceState.PUBLISHED, info=means("Published or withdrawn.")
    )
    shared_by_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"),
        index=True,
        info=means("Who shared it.", privacy=Privacy.PERSONAL),
    )
    licence: Mapped[Licence] = mapped_column(info=means("Licence, as an SPDX identifier."))
    level: Mapped[str] = mapped_column(
        sa.String(20), default="", info=means("Whom it is for: elementary, intermediate, college.")
    )
    reuses: Mapped[int] = mapped_column(
        default=0, info=means("How often it was taken into a course elsewhere.")
    )

    shared_by: Mapped[Person] = relationship(lazy="joined")
    versions: Mapped[list["ResourceVersion"]] = relationship(
        back_populates="resource", order_by="ResourceVersion.number", lazy="selectin"
    )
    skills: Mapped[list["ResourceSkill"]] = relationship(
        back_populates="resource", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def latest(self) -> "ResourceVersion":
        """The version that is shown."""
        return self.versions[-1]


class ResourceVersion(TenantOwned, Base):
    """What a resource says, in each language, as Markdown. Never changed."""

    __tablename__ = "resource_version"
    __table_args__ = (sa.UniqueConstraint("resource_id", "number"),)
    __steward__ = OPEN

    resource_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("resource.id"), info=means("The resource.")
    )
    number: Mapped[int] = mapped_column(info=means("1 for the first version."))
    title: Mapped[LanguageMap] = mapped_column(info=means("Title, in each language."))
    description: Mapped[LanguageMap] = mapped_column(
        default=dict, info=means("What it is good for, in a few sentences.")
    )
    body: Mapped[LanguageMap] = mapped_column(info=means("Text as Markdown, in each language."))
    html: Mapped[LanguageMap] = mapped_column(info=means("The same text as safe HTML."))
    authors: Mapped[list[str]] = mapped_column(info=means("Names of those who wrote it."))
    attribution: Mapped[LanguageMap] = mapped_column(
        default=dict, info=means("Whose work it builds on itself.")
    )
    published_at: Mapped[datetime] = mapped_column(default=utcnow, info=means("When published."))

    resource: Mapped[Resource] = relationship(back_populates="versions")


class ResourceSkill(TenantOwned, Base):
    """A skill that a resource helps to learn."""

    __tablename__ = "resource_skill"
    __table_args__ = (sa.UniqueConstraint("resource_id", "skill_id"),)
    __steward__ = OPEN

    resource_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("resource.id"), info=means("The resource.")
    )
    skill_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("skill.id"), index=True, info=means("The skill.")
    )

    resource: Mapped[Resource] = relationship(back_populates="skills")
    skill: Mapped[Skill] = relationship(lazy="joined")
