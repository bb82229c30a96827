"""What machines learn about the data."""

from pydantic import BaseModel, Field

from edu.db import Owner, Privacy, Sharing
from edu.dictionary.elements import DataElement
from edu.dictionary.elements import Form as FormOfData
from edu.dictionary.queries import Question


class DictionaryIn(BaseModel):
    """What is looked for; what is left out asks for everything."""

    q: str = Field("", max_length=200, description="Words of the name or the meaning.")
    table: str = Field("", max_length=80, description="Name of a table.")
    owner: Owner | None = None
    sharing: Sharing | None = None
    privacy: Privacy | None = None

    def question(self) -> Question:
        """The same as a question to the dictionary."""
        return Question(
            self.q, self.table, self.owner or "", self.sharing or "", self.privacy or ""
        )


class ElementOut(BaseModel):
    """A data element: object class, property and representation (ISO/IEC 11179-3)."""

    name: str
    table: str = Field(description="The table.")
    column: str = Field(description="The column.")
    meaning: str = Field(description="In the asker's language.")
    owner: Owner = Field(description="Who may change it.")
    sharing: Sharing
    privacy: Privacy
    form: FormOfData
    limit: int = Field(description="Characters or bytes at most; 0 where there is no limit.")
    choices: list[str]
    is_required: bool
    is_unique: bool
    refers_to: str = Field(description="The element it points at, if any.")
    used_in: list[str] = Field(description="The elements that point at it.")

    @classmethod
    def of(cls, element: DataElement) -> "ElementOut":
        """Show an element."""
        return cls(
            name=element.name,
            table=element.table,
            column=element.column,
            meaning=str(element.meaning),
            owner=element.owner,
            sharing=element.sharing,
            privacy=element.privacy,
            form=element.representation.form,
            limit=element.representation.limit,
            choices=list(element.representation.choices),
            is_required=element.is_required,
            is_unique=element.is_unique,
            refers_to=element.refers_to,
            used_in=list(element.used_in),
        )


class DictionaryOut(BaseModel):
    """The elements that fit, by table."""

    items: list[ElementOut]
