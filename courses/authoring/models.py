"""Units of a module: their versions, their blocks and their files.

A unit's draft is edited freely; publishing freezes it as the next version. Learners read the
newest published version. A block keeps its id from version to version as long as it says the same.
"""

import enum
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from courses.programmes.models import Module
from edu.accounts.models import Person
from edu.db import Base, Dated, Owner, Privacy, Steward, TenantOwned, means, utcnow
from edu.i18n import LanguageMap

CONTENT = Steward(owner=Owner.COLLEGE, privacy=Privacy.OPEN)


class UnitKind(enum.StrEnum):
    """What a unit is for: taught in turn, consulted when linked to, or handed in."""

    LESSON = "lesson"
    PAGE = "page"
    ASSIGNMENT = "assignment"


class VersionState(enum.StrEnum):
    """At most one draft per unit; published versions never change."""

    DRAFT = "draft"
    PUBLISHED = "published"


class Unit(TenantOwned, Dated, Base):
    """One lesson, page or assignment of a module, whatever its present wording."""

    __tablename__ = "unit"
    __table_args__ = (sa.UniqueConstraint("module_id", "slug"),)
    __steward__ = CONTENT

    module_id: Mapped[UUID] = mapped_column(sa.ForeignKey("module.id"), info=means("The module."))
    slug: Mapped[str] = mapped_column(
        sa.String(240), info=means("Name within the module; the path it was imported from.")
    )
    kind: Mapped[UnitKind] = mapped_column(
        default=UnitKind.LESSON, info=means("Lesson, page or assignment.")
    )
    section: Mapped[LanguageMap] = mapped_column(
        default=dict, info=means("Heading under which it is listed.")
    )
    title: Mapped[LanguageMap] = mapped_column(info=means("Title, as last published or drafted."))
    position: Mapped[int] = mapped_column(info=means("Place in the module's order."))
    is_required: Mapped[bool] = mapped_column(
        default=True, info=means("Counts for completing the module.")
    )
    published_version_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("unit_version.id", use_alter=True),
        info=means("The version that learners read now."),
    )
    derived_from: Mapped[str] = mapped_column(
        sa.String(200), default="", info=means("The open resource it was made from, if any.")
    )
    attribution: Mapped[LanguageMap] = mapped_column(
        default=dict, info=means("Whose work it builds on, as its licence asks to say.")
    )
    source_licence: Mapped[str] = mapped_column(
        sa.String(40),
        default="",
        info=means("Licence of the work it was made from (SPDX); empty for one's own work."),
    )
    imported: Mapped[str] = mapped_column(
        sa.String(64), default="", info=means("Fingerprint of the text that was imported last.")
    )

    module: Mapped[Module] = relationship(lazy="joined")
    versions: Mapped[list["UnitVersion"]] = relationship(
        back_populates="unit",
        foreign_keys="UnitVersion.unit_id",
        order_by="UnitVersion.number",
    )
    published: Mapped["UnitVersion | None"] = relationship(
        foreign_keys=[published_version_id], post_update=True
    )


class UnitVersion(TenantOwned, Dated, Base):
    """The wording of a unit at one time, in each language, as Markdown."""

    __tablename__ = "unit_version"
    __table_args__ = (sa.UniqueConstraint("unit_id", "number"),)
    __steward__ = CONTENT

    unit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("unit.id"), info=means("The unit."))
    number: Mapped[int] = mapped_column(info=means("1 for the first version."))
    state: Mapped[VersionState] = mapped_column(
        default=VersionState.DRAFT, info=means("Draft or published.")
    )
    source: Mapped[LanguageMap] = mapped_column(
        info=means("Markdown text, in each language, the language it was written in first.")
    )
    targets: Mapped[dict[str, Any]] = mapped_column(
        default=dict, info=means("What the addresses in the text lead to, by language.")
    )
    machine_translated: Mapped[list[str]] = mapped_column(
        default=list, info=means("Languages whose text a machine wrote and nobody corrected.")
    )
    author_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"),
        index=True,
        info=means("Who wrote it.", privacy=Privacy.PERSONAL),
    )
    published_at: Mapped[datetime | None] = mapped_column(info=means("When it was published."))
    edited_at: Mapped[datetime] = mapped_column(default=utcnow, info=means("Last change."))

    unit: Mapped[Unit] = relationship(back_populates="versions", foreign_keys=[unit_id])
    author: Mapped[Person] = relationship()
    blocks: Mapped[list["Block"]] = relationship(
        back_populates="version", order_by="Block.position", cascade="all, delete-orphan"
    )


class Block(TenantOwned, Base):
    """A piece of a published version: text, code, image, quiz, task …, ready to show."""

    __tablename__ = "block"
    __table_args__ = (sa.UniqueConstraint("version_id", "language", "position"),)
    __steward__ = CONTENT

    version_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("unit_version.id"), info=means("The version.")
    )
    language: Mapped[str] = mapped_column(sa.String(5), info=means("Language of its text."))
    position: Mapped[int] = mapped_column(info=means("Place in the unit."))
    key: Mapped[str] = mapped_column(
        sa.String(64), info=means("Stays the same over versions while the block says the same.")
    )
    kind: Mapped[str] = mapped_column(sa.String(20), info=means("Text, code, image, quiz …"))
    reference: Mapped[str] = mapped_column(
        sa.Text, default="", info=means("Name of the quiz, or address of the video, if it is one.")
    )
    anchor: Mapped[str] = mapped_column(
        sa.Text, default="", info=means("Heading under which it stands.")
    )
    markdown: Mapped[str] = mapped_column(sa.Text, info=means("What was written."))
    html: Mapped[str] = mapped_column(sa.Text, default="", info=means("Safe HTML to show."))

    version: Mapped[UnitVersion] = relationship(back_populates="blocks")


class Asset(TenantOwned, Dated, Base):
    """A file that a module's units show."""

    __tablename__ = "asset"
    __table_args__ = (sa.UniqueConstraint("module_id", "path"),)
    __steward__ = CONTENT

    module_id: Mapped[UUID] = mapped_column(sa.ForeignKey("module.id"), info=means("The module."))
    path: Mapped[str] = mapped_column(sa.String(400), info=means("Name by which texts show it."))
    blob_key: Mapped[str] = mapped_column(
        sa.String(80), info=means("SHA-256 of the content, its key in the file store.")
    )
    media_type: Mapped[str] = mapped_column(
        sa.String(100), info=means("Kind of file, found by looking at it.")
    )
    size: Mapped[int] = mapped_column(info=means("Size in bytes."))
    width: Mapped[int | None] = mapped_column(info=means("Width of an image, in pixels."))
    height: Mapped[int | None] = mapped_column(info=means("Height of an image, in pixels."))
