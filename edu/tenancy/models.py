"""Organisations: the province, its colleges and their departments, and employers."""

import enum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.db import Base, Dated, Owner, Privacy, Sharing, means
from edu.i18n import LanguageMap


class OrganisationKind(enum.StrEnum):
    """What an organisation is; a department belongs to a college."""

    PROVINCE = "province"
    COLLEGE = "college"
    DEPARTMENT = "department"
    EMPLOYER = "employer"


class Organisation(Dated, Base):
    """A province, college, department or employer. All but departments are tenants."""

    __tablename__ = "organisation"

    code: Mapped[str] = mapped_column(
        sa.String(40),
        unique=True,
        info=means(
            "Short name in addresses, unique.",
            owner=Owner.PROVINCE,
            sharing=Sharing.SHARED,
            privacy=Privacy.OPEN,
        ),
    )
    kind: Mapped[OrganisationKind] = mapped_column(
        info=means(
            "Province, college, department or employer.",
            owner=Owner.PROVINCE,
            sharing=Sharing.SHARED,
            privacy=Privacy.OPEN,
        )
    )
    name: Mapped[LanguageMap] = mapped_column(
        info=means(
            "Full name, in each language.",
            owner=Owner.PROVINCE,
            sharing=Sharing.SHARED,
            privacy=Privacy.OPEN,
        )
    )
    about: Mapped[LanguageMap] = mapped_column(
        default=dict,
        info=means("What it is, in a few sentences.", privacy=Privacy.OPEN),
    )
    official_code: Mapped[str] = mapped_column(
        sa.String(40),
        default="",
        info=means(
            "Electronic identification code (Decision 20/2020/QĐ-TTg).",
            owner=Owner.PROVINCE,
            sharing=Sharing.SHARED,
            privacy=Privacy.OPEN,
        ),
    )
    place_code: Mapped[str] = mapped_column(
        sa.String(10),
        default="",
        info=means(
            "Province or commune in which it sits (two-tier code).",
            owner=Owner.PROVINCE,
            sharing=Sharing.SHARED,
            privacy=Privacy.OPEN,
        ),
    )
    parent_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("organisation.id"),
        index=True,
        info=means("The organisation above it.", owner=Owner.PROVINCE, privacy=Privacy.OPEN),
    )
    is_active: Mapped[bool] = mapped_column(
        default=True,
        info=means("False once it has closed.", owner=Owner.PROVINCE, privacy=Privacy.OPEN),
    )

    parent: Mapped["Organisation | None"] = relationship(remote_side="Organisation.id")
