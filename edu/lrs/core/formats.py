"""The "format" a client asks statements in: exact, ids or canonical (Communication 2.1.3).

Exact is the statement as kept. The functions take kept statements (`intake.complete`) and change
none of them.
"""

from collections.abc import Callable
from functools import cache, partial
from typing import TypeAlias

from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.languages import Languages, one_language
from edu.lrs.core.validation.actor import IDENTIFIERS

Find: TypeAlias = Callable[[str], JsonObject | None]
Change: TypeAlias = Callable[[JsonObject], JsonObject]


def ids_only(statement: JsonObject) -> JsonObject:
    """Leave of agents, activities and verbs only what identifies them."""
    return _changed(statement, actor=_agent_id, verb=_only_id, activity=_only_id)


def canonical(languages: Languages, *, definition: Find, display: Find) -> Change:
    """Describe activities and verbs as the LRS knows them, each text in one language.

    `definition` finds what is known of an activity by id, `display` of a verb; where they find
    nothing the statement's own words stay. What was found is remembered: the statements of a page
    are about the same things.
    """

    @cache
    def told_of_activity(activity_id: str) -> JsonObject | None:
        known = definition(activity_id)
        return _in_one_language(known, languages) if known else None

    @cache
    def told_of_verb(verb_id: str) -> JsonObject | None:
        known = display(verb_id)
        return one_language(known, languages) if known else None

    def activity_as_known(activity: JsonObject) -> JsonObject:
        told = told_of_activity(activity["id"])
        if told is None and (own := activity.get("definition")):
            told = _in_one_language(own, languages)
        return activity | {"definition": told} if told else activity

    def verb_as_known(verb: JsonObject) -> JsonObject:
        told = told_of_verb(verb["id"])
        if told is None and (own := verb.get("display")):
            told = one_language(own, languages)
        return verb | {"display": told} if told else verb

    return partial(_changed, actor=dict, verb=verb_as_known, activity=activity_as_known)


def _changed(statement: JsonObject, *, actor: Change, verb: Change, activity: Change) -> JsonObject:
    changed = dict(statement)
    changed["actor"] = actor(statement["actor"])
    changed["verb"] = verb(statement["verb"])
    target = statement["object"]
    kind = target.get("objectType", "Activity")
    if kind == "Activity":
        changed["object"] = activity(target)
    elif kind in {"Agent", "Group"}:
        changed["object"] = actor(target)
    elif kind == "SubStatement":
        changed["object"] = _changed(target, actor=actor, verb=verb, activity=activity)
    if "authority" in statement:
        changed["authority"] = actor(statement["authority"])
    if "context" in statement:
        changed["context"] = _changed_context(statement["context"], actor=actor, activity=activity)
    return changed


def _changed_context(context: JsonObject, *, actor: Change, activity: Change) -> JsonObject:
    changed = dict(context)
    for name in ("instructor", "team"):
        if name in context:
            changed[name] = actor(context[name])
    for name, key in (("contextAgents", "agent"), ("contextGroups", "group")):
        if name in context:
            changed[name] = [other | {key: actor(other[key])} for other in context[name]]
    if "contextActivities" in context:
        changed["contextActivities"] = {
            name: [activity(found) for found in activities]
            for name, activities in context["contextActivities"].items()
        }
    return changed


def _only_id(thing: JsonObject) -> JsonObject:
    return {"id": thing["id"]}


def _agent_id(actor: JsonObject) -> JsonObject:
    short = {name: actor[name] for name in ("objectType", *IDENTIFIERS) if name in actor}
    if not short.keys() & IDENTIFIERS.keys():  # an anonymous group is its members
        short["member"] = [_agent_id(member) for member in actor["member"]]
    return short


def _in_one_language(definition: JsonObject, languages: Languages) -> JsonObject:
    """Data 2.4.4.1: names and descriptions, those of interaction components too."""
    chosen = dict(definition)
    for name in ("name", "description"):
        if name in definition:
            chosen[name] = one_language(definition[name], languages)
    for name in ("choices", "scale", "source", "target", "steps"):
        if name in definition:
            chosen[name] = [
                component | {"description": one_language(component["description"], languages)}
                if "description" in component
                else component
                for component in definition[name]
            ]
    return chosen
