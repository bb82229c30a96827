"""Activities and references to statements (Data 2.4.4, IEEE 9274.1.1 4.2.2.3)."""

from typing import Any

from edu.lrs.core.problems import InvalidStatement, Rule
from edu.lrs.core.validation.shapes import array, record, remembered
from edu.lrs.core.values import extensions, iri, language_map, one_of, text, uuid

# Data 2.4.4.1, "Interaction Components": the component lists each kind of interaction may have.
COMPONENT_LISTS: dict[str, frozenset[str]] = {
    "true-false": frozenset(),
    "choice": frozenset({"choices"}),
    "fill-in": frozenset(),
    "long-fill-in": frozenset(),
    "matching": frozenset({"source", "target"}),
    "performance": frozenset({"steps"}),
    "sequencing": frozenset({"choices"}),
    "likert": frozenset({"scale"}),
    "numeric": frozenset(),
    "other": frozenset(),
}
_LISTS = frozenset({"choices", "scale", "source", "target", "steps"})
_INTERACTION_PROPERTIES = _LISTS | {"interactionType", "correctResponsesPattern"}


def _distinct_ids(components: Any) -> None:  # Any: the table has checked them
    if len({component["id"] for component in components}) != len(components):
        raise InvalidStatement(Rule.COMPONENT_IDS, "Data 2.4.4.1")


def _lists_fit_interaction(definition: Any) -> None:  # Any: the table has checked it
    used = _INTERACTION_PROPERTIES & definition.keys()
    if not used:
        return
    kind = definition.get("interactionType")
    if kind is None:  # an interaction must say its kind
        raise InvalidStatement(Rule.MISSING, "Data 2.4.4.1", "interactionType")
    for name in sorted(used & _LISTS):
        if name not in COMPONENT_LISTS[kind]:
            raise InvalidStatement(Rule.COMPONENT_LIST, "Data 2.4.4.1", name)


_components = array(
    "Data 2.4.4.1",
    record("Data 2.4.4.1", {"id": text, "description": language_map}, required=("id",)),
    then=_distinct_ids,
)

definition = record(
    "Data 2.4.4.1",
    {
        "name": language_map,
        "description": language_map,
        "type": iri,
        "moreInfo": iri,
        "extensions": extensions,
        "interactionType": one_of(Rule.VOCABULARY, "Data 2.4.4.1", *COMPONENT_LISTS),
        "correctResponsesPattern": array("Data 2.4.4.1", text),  # its syntax is not ours to judge
        "choices": _components,
        "scale": _components,
        "source": _components,
        "target": _components,
        "steps": _components,
    },
    then=_lists_fit_interaction,
)

activity = remembered(
    record(
        "Data 2.4.4.1",
        {
            "objectType": one_of(Rule.OBJECT_TYPE, "Data 2.4.4.1", "Activity"),
            "id": iri,
            "definition": definition,
        },
        required=("id",),
    )
)

statement_reference = record(
    "Data 2.4.4.3",
    {"objectType": one_of(Rule.OBJECT_TYPE, "Data 2.4.4.3", "StatementRef"), "id": uuid},
    required=("objectType", "id"),
)
