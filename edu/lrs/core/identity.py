"""Who and what a statement is about: keys to find it by.

Two agents are the same when one identifier is the same (Communication 2.1.3), two activities when
the id is. The functions take statements that have passed `validation`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from hashlib import blake2b
from operator import itemgetter, methodcaller
from typing import Any, NamedTuple, TypeAlias, TypeVar

import orjson

from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.validation.context import CONTEXT_ACTIVITIES
from edu.lrs.core.validation.statement import VOIDED

K = TypeVar("K", str, bytes)

REGISTRATION = "registration "  # before a run's UUID
DIGEST_BYTES = 16  # collisions: one in 10^15 at 10^12 keys


class Usage(IntEnum):
    """The place of something in a statement; the numbers are stored, never reuse one."""

    ACTOR = 1
    OBJECT = 2
    AUTHORITY = 3
    INSTRUCTOR = 4
    TEAM = 5
    CONTEXT_AGENT = 6
    CONTEXT_GROUP = 7
    PARENT = 8
    GROUPING = 9
    CATEGORY = 10
    OTHER = 11
    SUBSTATEMENT = 12  # anywhere inside it
    VERB = 13
    REGISTRATION = 14

    @property
    def bit(self) -> int:
        """The place as a member of a set of places kept in one number."""
        return 1 << (self - 1)


# Communication 2.1.3: what "agent" and "activity" match without related_agents, related_activities.
DIRECT_AGENT_USAGES = frozenset({Usage.ACTOR, Usage.OBJECT})
DIRECT_ACTIVITY_USAGES = frozenset({Usage.OBJECT})

_CONTEXT_ACTIVITY_USAGES = dict(
    zip(
        CONTEXT_ACTIVITIES,
        (Usage.PARENT, Usage.GROUPING, Usage.CATEGORY, Usage.OTHER),
        strict=True,
    )
)


ACTIVITY_USAGES = frozenset({Usage.OBJECT, Usage.SUBSTATEMENT, *_CONTEXT_ACTIVITY_USAGES.values()})
AGENT_USAGES = frozenset(
    {
        *(Usage.ACTOR, Usage.OBJECT, Usage.AUTHORITY, Usage.INSTRUCTOR, Usage.TEAM),
        *(Usage.CONTEXT_AGENT, Usage.CONTEXT_GROUP, Usage.SUBSTATEMENT),
    }
)


class Mention(NamedTuple):
    """One agent or activity, by its key, and where it stands."""

    key: str
    usage: Usage


class Kind(NamedTuple):
    """Agents, activities or verbs: how one is named, and how it is worded in a statement.

    A wording is a definition, a display, or an agent with a name; None if there is none.
    """

    mark: bytes  # tells kinds apart whose members may be written alike
    name: Callable[[JsonObject], str | None]  # None if anonymous
    wording: Callable[[JsonObject], JsonObject | None]


# What a statement speaks of: its kind, itself, and the bit of its place; 0: no statement is found
# by it. A plain tuple, of which a statement has six: a named one takes ten times as long to make.
Part: TypeAlias = tuple[Kind, JsonObject, int]


def agent_key(agent: JsonObject) -> str | None:
    """Name an agent or identified group by kind and value of its identifier; None if anonymous.

    Letter case is ignored where it has no meaning: in the domain of an address and in SHA-1
    (Data 2.3.1). No identifier holds a space, so the parts of an account cannot be confused.
    """
    if "mbox" in agent:
        local, _, domain = agent["mbox"].rpartition("@")
        return f"mbox {local}@{domain.lower()}"
    if "account" in agent:
        return f"account {agent['account']['homePage']} {agent['account']['name']}"
    if "mbox_sha1sum" in agent:
        return f"mbox_sha1sum {agent['mbox_sha1sum'].lower()}"
    if "openid" in agent:
        return f"openid {agent['openid']}"
    return None


def digest(key: str) -> bytes:
    """Shorten an agent's key or an IRI to 16 bytes that stay the same for ever."""
    return digest_of(key.encode())


def digest_of(content: bytes) -> bytes:
    """Shorten bytes likewise."""
    return blake2b(content, digest_size=DIGEST_BYTES).digest()


def agent_mentions(statement: JsonObject) -> set[Mention]:
    """Every agent and identified group in a statement, members of groups included."""
    return {
        Mention(key, usage)
        for agent, usage in agents(statement)
        if (key := agent_key(agent)) is not None
    }


def agents(statement: JsonObject) -> Iterator[tuple[JsonObject, Usage]]:
    """Every agent and group in a statement and its place, members of groups included."""
    for actor, usage in _actors(statement):
        for agent in (actor, *actor.get("member", ())):
            yield agent, usage


def activity_mentions(statement: JsonObject) -> set[Mention]:
    """Every activity in a statement, by its id."""
    return {Mention(activity["id"], usage) for activity, usage in activities(statement)}


def verb_key(iri: str) -> str:
    """Name a verb; no IRI holds a space, so it is not taken for an activity."""
    return f"verb {iri}"


def registration_key(registration: str) -> str:
    """Name a registration, whose letters may be of either case."""
    return f"{REGISTRATION}{registration.lower()}"


def parts(statement: JsonObject) -> Iterator[Part]:
    """Every agent, activity and verb in a statement, place by place."""
    verb, *inner = verbs(statement)
    yield VERB, verb, Usage.VERB.bit
    for each in inner:
        yield VERB, each, 0
    for agent, usage in agents(statement):
        yield AGENT, agent, 1 << usage - 1
    for activity, usage in activities(statement):
        yield ACTIVITY, activity, 1 << usage - 1


def registration(statement: JsonObject) -> str | None:
    """Name the registration that a statement belongs to, if it does."""
    found = statement.get("context", {}).get("registration")
    return registration_key(found) if found else None


def names(statement: JsonObject) -> list[tuple[str, int]]:
    """Name everything by which a statement is found, place by place."""
    named = [(kind.name(part), place) for kind, part, place in parts(statement) if place]
    named.append((registration(statement), Usage.REGISTRATION.bit))
    return [(name, place) for name, place in named if name]


def _wording(agent: JsonObject) -> JsonObject | None:
    """Tell who an agent is; groups have members rather than a person behind them."""
    if "name" not in agent or agent.get("objectType") == "Group":
        return None
    return {name: found for name, found in agent.items() if name != "objectType"}


AGENT = Kind(b"agent", agent_key, _wording)
ACTIVITY = Kind(b"activity", itemgetter("id"), methodcaller("get", "definition"))
VERB = Kind(b"verb", lambda verb: verb_key(verb["id"]), methodcaller("get", "display"))


def joined(placed: Iterable[tuple[K, int]]) -> dict[K, int]:
    """Put the places of each thing together."""
    found: dict[K, int] = {}
    for thing, places in placed:
        found[thing] = found.get(thing, 0) | places
    return found


def _actors(statement: JsonObject) -> Iterator[tuple[JsonObject, Usage]]:
    yield statement["actor"], Usage.ACTOR
    target = statement["object"]
    kind = target.get("objectType")
    if kind in {"Agent", "Group"}:
        yield target, Usage.OBJECT
    elif kind == "SubStatement":
        yield from ((actor, Usage.SUBSTATEMENT) for actor, _ in _actors(target))
    if "authority" in statement:
        yield statement["authority"], Usage.AUTHORITY
    if "context" in statement:
        yield from _actors_in_context(statement["context"])


def _actors_in_context(context: JsonObject) -> Iterator[tuple[JsonObject, Usage]]:
    if "instructor" in context:
        yield context["instructor"], Usage.INSTRUCTOR
    if "team" in context:
        yield context["team"], Usage.TEAM
    for involved in context.get("contextAgents", ()):
        yield involved["agent"], Usage.CONTEXT_AGENT
    for involved in context.get("contextGroups", ()):
        yield involved["group"], Usage.CONTEXT_GROUP


def activities(statement: JsonObject) -> Iterator[tuple[JsonObject, Usage]]:
    """Every activity object in a statement and its place, definitions and all."""
    target = statement["object"]
    kind = target.get("objectType", "Activity")
    if kind == "Activity":
        yield target, Usage.OBJECT
    elif kind == "SubStatement":
        yield from ((activity, Usage.SUBSTATEMENT) for activity, _ in activities(target))
    context_activities = statement.get("context", {}).get("contextActivities", {})
    for name, found in context_activities.items():
        usage = _CONTEXT_ACTIVITY_USAGES[name]
        for activity in found if isinstance(found, list) else (found,):
            yield activity, usage


def verbs(statement: JsonObject) -> Iterator[JsonObject]:
    """The verb of a statement, and that of the statement inside it."""
    yield statement["verb"]
    if statement["object"].get("objectType") == "SubStatement":
        yield statement["object"]["verb"]


def referenced_statement(statement: JsonObject) -> str | None:
    """Id, in lower case, of the statement this one targets by a StatementRef, if it does."""
    target = statement["object"]
    return target["id"].lower() if target.get("objectType") == "StatementRef" else None


def voided_statement(statement: JsonObject) -> str | None:
    """Id, in lower case, of the statement this one voids, if it does (Data 2.3.2)."""
    return referenced_statement(statement) if statement["verb"]["id"] == VOIDED else None


def merge_definitions(known: JsonObject, received: JsonObject) -> JsonObject:
    """Add what a newer definition of an activity says to what is known of it (Data 2.4.4.1).

    Language maps and extensions grow entry by entry; of everything else the newer word counts.
    """
    growing = ("name", "description", "extensions")
    return (
        known
        | received
        | {
            name: known[name] | received[name]
            for name in growing
            if name in known and name in received
        }
    )


def person(agents: Iterable[JsonObject]) -> JsonObject:
    """Describe one person by all that is known of some agents (Communication 2.4).

    The agents are those of one person, the one asked for first; equal values are told once.
    """
    found: defaultdict[str, dict[bytes, Any]] = defaultdict(dict)
    for agent in agents:
        for name, value in agent.items():
            known = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
            found[name].setdefault(known, value)
    found.pop("objectType", None)
    return {"objectType": "Person"} | {name: [*values.values()] for name, values in found.items()}
