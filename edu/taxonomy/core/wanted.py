"""Reference data as the columns it is stored in: ours, the lists of units, and ESCO's.

ESCO's concepts stand under codes of their own (`esco-…`) unless one of our entries means exactly
the same: then ESCO only adds to ours. Our id, code, labels and synonyms stay.
"""

from collections.abc import Mapping

from edu.taxonomy.core import entries
from edu.taxonomy.core.changes import Wanted
from edu.taxonomy.core.entries import Bilingual, SkillKind, Synonyms
from edu.taxonomy.core.esco import EscoGroup, EscoOccupation, EscoSkill, SkillType, Table
from edu.taxonomy.core.names import all_names, search_text

KIND_OF_COLLECTION = {
    Table.TRANSVERSAL: SkillKind.TRANSVERSAL,
    Table.DIGITAL: SkillKind.DIGITAL,
    Table.DIGCOMP: SkillKind.DIGITAL,
}
"""Collections of ESCO that say what sort of skill their members are."""


# Ours -----------------------------------------------------------------------------------------


def of_labelled(
    entry: entries.SkillGroup | entries.ProgrammeField | entries.Industry,
) -> Wanted:
    """An entry that has a label and nothing else."""
    return Wanted(entry.code, {"label": entry.label.by_language()})


def of_skill(entry: entries.Skill) -> Wanted:
    """A skill of ours."""
    return Wanted(
        entry.code,
        {
            **_searchable(entry.label, entry.synonyms),
            "kind": entry.kind,
            "group_code": entry.group,
            "framework": entry.framework,
            "uri": entry.esco_uri,
            "uri_match": entry.esco_match or "",
        },
    )


def of_occupation(entry: entries.Occupation) -> Wanted:
    """An occupation of ours."""
    return Wanted(
        entry.code,
        {
            **_searchable(entry.label, entry.synonyms),
            "about": entry.description.by_language(),
            "isco": entry.isco,
            "vsco": entry.vsco,
            "uri": entry.esco_uri,
            "uri_match": entry.esco_match or "",
        },
    )


def of_programme(entry: entries.Programme) -> Wanted:
    """A trade at a level."""
    return Wanted(
        entry.code,
        {
            **_names(entry.label, entry.synonyms),
            "trade": entry.trade,
            "level": entry.vqf,
            "national_code": entry.national_code,
            "code_source": entry.code_source,
            "field_code": entry.field,
            "minimum_credits": entry.minimum_credits,
        },
    )


def of_province(entry: entries.Province) -> Wanted:
    """A place of the upper tier."""
    return Wanted(
        entry.code,
        {"label": entry.label.by_language(), "kind": entry.kind, "parent_code": ""},
    )


def of_commune(entry: entries.Commune) -> Wanted:
    """A place of the lower tier."""
    return Wanted(
        entry.code,
        {"label": entry.label.by_language(), "kind": entry.kind, "parent_code": entry.province},
    )


# ESCO's ---------------------------------------------------------------------------------------


def esco_code(uri: str) -> str:
    """Our code for a concept of ESCO, from its address: `esco-` and what it ends in."""
    return f"esco-{uri.rpartition('/')[2]}"


def of_esco_group(group: EscoGroup, *, parent: str, language: str) -> Wanted:
    """A group of ESCO's skills; `parent` is the address of the one around it, or empty."""
    return Wanted(
        esco_code(group.uri),
        {
            "label": {language: group.label},
            "parent_code": esco_code(parent) if parent else "",
        },
    )


def of_esco_skill(
    skill: EscoSkill, *, group: str, kinds: Mapping[str, SkillKind], language: str
) -> Wanted:
    """A skill of ESCO; `group` is its group's address, `kinds` what collections say of skills."""
    return Wanted(
        esco_code(skill.uri),
        {
            **_esco_concept(skill, language),
            "kind": _kind(skill, kinds),
            "group_code": esco_code(group) if group else "",
        },
    )


def of_esco_occupation(occupation: EscoOccupation, *, language: str) -> Wanted:
    """An occupation of ESCO."""
    return Wanted(
        esco_code(occupation.uri), {**_esco_concept(occupation, language), "isco": occupation.isco}
    )


def of_esco_addition(
    concept: EscoSkill | EscoOccupation, *, of: str, about: bool, language: str
) -> Wanted:
    """What ESCO adds to our entry with the code `of`; `about` when ours has no description."""
    names: dict[str, object] = {"esco_names": [concept.label, *concept.synonyms]}
    return Wanted(of, names | ({"about": _text(concept.description, language)} if about else {}))


def _names(label: Bilingual, synonyms: Synonyms) -> dict[str, object]:
    return {"label": label.by_language(), "synonyms": synonyms.by_language()}


def _searchable(label: Bilingual, synonyms: Synonyms) -> dict[str, object]:
    names = all_names(label.by_language(), synonyms.by_language())
    return {**_names(label, synonyms), "search_text": search_text(names)}


def _esco_concept(concept: EscoSkill | EscoOccupation, language: str) -> dict[str, object]:
    label = {language: concept.label}
    synonyms = {language: list(concept.synonyms)}
    return {
        "label": label,
        "synonyms": synonyms,
        "about": _text(concept.description, language),
        "uri": concept.uri,
        "uri_match": "exact",
        "search_text": search_text(all_names(label, synonyms)),
    }


def _text(text: str, language: str) -> dict[str, str]:
    return {language: text} if text else {}


def _kind(skill: EscoSkill, kinds: Mapping[str, SkillKind]) -> SkillKind:
    if skill.type is SkillType.KNOWLEDGE:
        return SkillKind.KNOWLEDGE
    return kinds.get(skill.uri, SkillKind.SKILL)
