"""A data element in the terms of ISO/IEC 11179-3: what it is about, what it says, in what form.

The *object class* is the thing spoken of: here a table. The *property* is what is said of it: a
column. Both together are the concept; with a *representation* (the value domain: a text of at most
80 characters, one of five words, a moment) it is a data element. Who may change it, with whom it
is shared and how private it is are said of the element, once, where the column is declared.
"""

from dataclasses import dataclass
from enum import StrEnum

from edu.db import Owner, Privacy, Sharing
from edu.i18n import Text


class Form(StrEnum):
    """The kinds of representation."""

    IDENTIFIER = "identifier"
    TEXT = "text"
    WORDS = "words"
    TEXTS = "texts"
    CHOICE = "choice"
    WHOLE_NUMBER = "whole-number"
    NUMBER = "number"
    TRUTH = "truth"
    MOMENT = "moment"
    DAY = "day"
    TIME = "time"
    BYTES = "bytes"
    STRUCTURE = "structure"


@dataclass(frozen=True)
class Representation:
    """In what form the values come. `limit` counts characters or bytes; 0 where there is none."""

    form: Form
    limit: int = 0
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class DataElement:
    """One column of one table, with all that is declared of it."""

    table: str
    column: str
    meaning: Text
    owner: Owner
    sharing: Sharing
    privacy: Privacy
    representation: Representation
    is_required: bool
    is_unique: bool
    refers_to: str = ""
    used_in: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name of the element, unique in the dictionary: "enrolment.state"."""
        return f"{self.table}.{self.column}"


@dataclass(frozen=True)
class DataTable:
    """One table: the thing that its elements speak of, and the feature that keeps it."""

    name: str
    meaning: Text
    feature: str
    is_tenants: bool
    elements: tuple[DataElement, ...]

    @property
    def package(self) -> str:
        """The package that keeps it: "courses"."""
        return self.feature.partition(".")[0]

    @property
    def most_private(self) -> Privacy:
        """The class of the most private of its elements."""
        order = list(Privacy)
        return max((element.privacy for element in self.elements), key=order.index)
