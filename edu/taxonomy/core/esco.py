"""ESCO, the European classification of skills and occupations, out of its official zip archives.

The Commission publishes one archive per language (`skills_en.csv`, `occupations_en.csv`, …) and
one of relations (`occupationSkillRelations.csv`, …); newer versions put both in one and add the
language to every name. Columns may stand in any order. Everything is streamed in batches, so
memory does not grow with the archive. Whoever shows it must say: "This service uses the ESCO
classification of the European Commission."
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Self, TypeVar

from edu.batches import batches
from edu.taxonomy.core.archive import ArchiveRefused, Line, Refusal, TableArchive

Choice = TypeVar("Choice", bound=StrEnum)

BATCH = 1000
URI_PREFIX = "http://data.europa.eu/esco/"
TABLE_NAME = re.compile(
    r"(?P<table>[A-Za-z]+?)(?:_(?P<language>[a-z]{2}(?:-[A-Za-z]{2,8})?))?\.csv"
)
# Labels stand one a line in the main tables, between bars in the collections.
BETWEEN_LABELS = re.compile(r"\s*\n\s*|\s+\|\s+")


class Table(StrEnum):
    """The tables that are read, by the stem of their file name."""

    SKILLS = "skills"
    SKILL_GROUPS = "skillGroups"
    OCCUPATIONS = "occupations"
    ISCO_GROUPS = "ISCOGroups"
    OCCUPATION_SKILLS = "occupationSkillRelations"
    BROADER_OCCUPATIONS = "broaderRelationsOccPillar"
    BROADER_SKILLS = "broaderRelationsSkillPillar"
    DIGITAL = "digitalSkillsCollection"
    DIGCOMP = "digCompSkillsCollection"
    GREEN = "greenSkillsCollection"
    TRANSVERSAL = "transversalSkillsCollection"
    LANGUAGES = "languageSkillsCollection"
    RESEARCH = "researchSkillsCollection"


COLLECTIONS = (
    Table.DIGITAL,
    Table.DIGCOMP,
    Table.GREEN,
    Table.TRANSVERSAL,
    Table.LANGUAGES,
    Table.RESEARCH,
)


class SkillType(StrEnum):
    """What ESCO calls a concept; a few of its groups are called nothing."""

    KNOWLEDGE = "knowledge"
    SKILL = "skill/competence"
    UNSAID = ""


class Relation(StrEnum):
    """How an occupation relates to a skill."""

    ESSENTIAL = "essential"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class EscoSkill:
    """A skill or piece of knowledge; `reuse` is how widely ESCO sees it used, as ESCO words it."""

    uri: str
    type: SkillType
    reuse: str
    label: str
    synonyms: tuple[str, ...]
    description: str
    status: str


@dataclass(frozen=True, slots=True)
class EscoOccupation:
    """An occupation; `code` continues the code of its ISCO-08 unit group `isco`."""

    uri: str
    code: str
    isco: str
    label: str
    synonyms: tuple[str, ...]
    description: str
    status: str


@dataclass(frozen=True, slots=True)
class EscoGroup:
    """A group of skills or of occupations (then `code` is the code of ISCO-08)."""

    uri: str
    code: str
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class EscoOccupationSkill:
    """A skill that an occupation takes."""

    occupation_uri: str
    skill_uri: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Broader:
    """A concept and a wider one above it, and what ESCO calls each."""

    uri: str
    type: str
    broader_uri: str
    broader_type: str


@dataclass(frozen=True, slots=True)
class CollectionMember:
    """A skill in one of the collections, such as the green skills."""

    collection: Table
    skill_uri: str


class EscoArchive:
    """One official archive. Use it in a `with` block; each method streams one table in batches.

    They raise ArchiveRefused when a table or column is not there or a value is not ESCO's, perhaps
    after some batches: whoever stores them does so in one unit of work.
    """

    def __init__(self, source: Path | BinaryIO, *, language: str = "") -> None:
        """Open an archive; `language` is needed only where it holds several.

        Raises ArchiveRefused: not a usable zip, no table of ESCO in it (TABLE_MISSING), another
        language (LANGUAGE_MISSING) or several to choose from (SEVERAL_LANGUAGES).
        """
        self._archive = TableArchive(source)
        try:
            self._members, self.language = _tables(self._archive.names(), language)
        except ArchiveRefused:
            self._archive.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._archive.close()

    def tables(self) -> frozenset[Table]:
        """The tables that are in this archive."""
        return frozenset(self._members)

    def skills(self, *, batch: int = BATCH) -> Iterator[list[EscoSkill]]:
        """Skills and knowledge."""
        columns = "conceptUri skillType reuseLevel preferredLabel altLabels description status"
        return batches(map(_skill, self._lines(Table.SKILLS, columns)), batch)

    def occupations(self, *, batch: int = BATCH) -> Iterator[list[EscoOccupation]]:
        """Occupations."""
        columns = "conceptUri code iscoGroup preferredLabel altLabels description status"
        return batches(map(_occupation, self._lines(Table.OCCUPATIONS, columns)), batch)

    def isco_groups(self, *, batch: int = BATCH) -> Iterator[list[EscoGroup]]:
        """The groups of ISCO-08, of one to four digits."""
        return self._groups(Table.ISCO_GROUPS, batch)

    def skill_groups(self, *, batch: int = BATCH) -> Iterator[list[EscoGroup]]:
        """The groups of skills."""
        return self._groups(Table.SKILL_GROUPS, batch)

    def occupation_skills(self, *, batch: int = BATCH) -> Iterator[list[EscoOccupationSkill]]:
        """Which skills each occupation takes."""
        columns = "occupationUri skillUri relationType"
        lines = self._lines(Table.OCCUPATION_SKILLS, columns)
        return batches(map(_occupation_skill, lines), batch)

    def broader(self, *, batch: int = BATCH) -> Iterator[list[Broader]]:
        """What stands above what, first among occupations, then among skills."""
        columns = "conceptUri conceptType broaderUri broaderType"
        for table in (Table.BROADER_OCCUPATIONS, Table.BROADER_SKILLS):
            yield from batches(map(_broader, self._lines(table, columns)), batch)

    def collection_members(self, *, batch: int = BATCH) -> Iterator[list[CollectionMember]]:
        """The skills of every collection that is in this archive."""
        for table in COLLECTIONS:
            if table in self._members:
                lines = self._lines(table, "conceptUri")
                yield from batches((CollectionMember(table, _uri(line)) for line in lines), batch)

    def _groups(self, table: Table, batch: int) -> Iterator[list[EscoGroup]]:
        columns = "conceptUri code preferredLabel description"
        return batches(map(_group, self._lines(table, columns)), batch)

    def _lines(self, table: Table, columns: str) -> Iterator[Line]:
        if table not in self._members:
            raise ArchiveRefused(Refusal.TABLE_MISSING, table=table)
        return self._archive.lines(self._members[table], columns.split())


def _tables(names: Iterable[str], language: str) -> tuple[dict[Table, str], str]:
    """The member of each table, and the language of those that have one."""
    stems = {table.lower(): table for table in Table}
    found: dict[str, dict[Table, str]] = {}
    for name in names:
        match = TABLE_NAME.fullmatch(PurePosixPath(name).name)
        if match and (table := stems.get(match["table"].lower())):
            found.setdefault(match["language"] or "", {})[table] = name
    if not found:
        raise ArchiveRefused(Refusal.TABLE_MISSING, table=", ".join(Table))
    languages = sorted(found.keys() - {""})
    if language and languages and language not in languages:
        raise ArchiveRefused(
            Refusal.LANGUAGE_MISSING, language=language, there=", ".join(languages)
        )
    if len(languages) > 1 and not language:
        raise ArchiveRefused(Refusal.SEVERAL_LANGUAGES, there=", ".join(languages))
    chosen = language if language in languages else "".join(languages)
    return found.get("", {}) | found.get(chosen, {}), chosen


def _skill(line: Line) -> EscoSkill:
    _, kind, reuse, label, synonyms, description, status = line.cells
    return EscoSkill(
        uri=_uri(line),
        type=_choice(line, "skillType", SkillType, kind),
        reuse=reuse,
        label=_label(line, label),
        synonyms=_synonyms(synonyms, label),
        description=_prose(description),
        status=status,
    )


def _occupation(line: Line) -> EscoOccupation:
    _, code, isco, label, synonyms, description, status = line.cells
    return EscoOccupation(
        uri=_uri(line),
        code=code,
        isco=isco,
        label=_label(line, label),
        synonyms=_synonyms(synonyms, label),
        description=_prose(description),
        status=status,
    )


def _group(line: Line) -> EscoGroup:
    _, code, label, description = line.cells
    return EscoGroup(
        uri=_uri(line), code=code, label=_label(line, label), description=_prose(description)
    )


def _occupation_skill(line: Line) -> EscoOccupationSkill:
    return EscoOccupationSkill(
        occupation_uri=_uri(line),
        skill_uri=_uri(line, place=1),
        relation=_choice(line, "relationType", Relation, line.cells[2]),
    )


def _broader(line: Line) -> Broader:
    _, kind, _, broader_kind = line.cells
    return Broader(
        uri=_uri(line), type=kind, broader_uri=_uri(line, place=2), broader_type=broader_kind
    )


def _uri(line: Line, *, place: int = 0) -> str:
    uri = line.cells[place].strip()
    if not uri.startswith(URI_PREFIX):
        raise ArchiveRefused(Refusal.VALUE, file=line.file, line=line.number, value=uri[:200])
    return uri


def _label(line: Line, label: str) -> str:
    label = " ".join(label.split())
    if not label:
        raise ArchiveRefused(
            Refusal.VALUE, file=line.file, line=line.number, column="preferredLabel", value=""
        )
    return label


def _choice(line: Line, column: str, choices: type[Choice], value: str) -> Choice:
    try:
        return choices(value)
    except ValueError as error:
        raise ArchiveRefused(
            Refusal.VALUE, file=line.file, line=line.number, column=column, value=value[:200]
        ) from error


def _synonyms(text: str, label: str) -> tuple[str, ...]:
    """The other labels in their order, each once, without the preferred one that ESCO repeats."""
    parts: Sequence[str] = BETWEEN_LABELS.split(text.strip())
    return tuple(part for part in dict.fromkeys(parts) if part and part != label.strip())


def _prose(text: str) -> str:
    """A text of one or more lines, without the blanks ESCO leaves around them."""
    return "\n".join(line.strip() for line in text.strip().splitlines())
