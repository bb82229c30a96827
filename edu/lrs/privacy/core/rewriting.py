"""Take a person out of statements: what happened stays, who it was goes.

Pure functions on parsed JSON. An agent is recognised by its identifier wherever it stands, also in
extensions; in texts the identifiers themselves are replaced, and in statements about the person
their name too.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import orjson

from edu.lrs.core.identity import agent_key, agents
from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.signature import USAGE_TYPE
from edu.lrs.core.validation.actor import IDENTIFIERS

Json: TypeAlias = Any  # any JSON: the extensions of a statement hold what they like

PSEUDONYM = "forgotten-"  # how the random name begins that stands for a person
SHORTEST_WORD = 6  # a shorter account name, such as "lan" or "7", is no sign of a person in a text


@dataclass(frozen=True)
class Subject:
    """Somebody as statements know them: identified agents, and full names."""

    agents: tuple[JsonObject, ...]
    names: tuple[str, ...] = ()

    @cached_property
    def keys(self) -> frozenset[str]:
        """What the agents are found by."""
        return frozenset(key for agent in self.agents if (key := agent_key(agent)))

    @cached_property
    def identifiers(self) -> frozenset[str]:
        """The bare values: addresses, account names, digests."""
        return frozenset(value for agent in self.agents if (value := _bare(agent)))

    @cached_property
    def needles(self) -> tuple[bytes, ...]:
        """What JSON that speaks of the person holds, in lower case."""
        return tuple(orjson.dumps(each.lower())[1:-1] for each in self.identifiers)

    @cached_property
    def words(self) -> "re.Pattern[str] | None":
        """Finds identifiers in texts, as whole words."""
        return _any_of(each for each in self.identifiers if len(each) >= SHORTEST_WORD)

    def may_be_in(self, content: bytes) -> bool:
        """Look quickly; False means certainly not."""
        lower = content.lower()
        return any(needle in lower for needle in self.needles)

    def is_actor_of(self, statement: JsonObject) -> bool:
        """True where the statement says what the person did, or what was done to the person."""
        return any(agent_key(statement[place]) in self.keys for place in ("actor", "object"))


def rewrite(statement: JsonObject, subject: Subject, pseudonym: JsonObject) -> JsonObject:
    """Give the statement without the person; the same when it does not speak of them.

    Signatures go, for they would no longer fit; and what the person attached.
    """
    if not subject.may_be_in(orjson.dumps(statement)):
        return statement
    own = [agent for agent, _place in agents(statement) if agent_key(agent) in subject.keys]
    names = {*subject.names, *(agent["name"] for agent in own if "name" in agent)}
    without = _Without(subject, pseudonym, _any_of(names) if own else None)
    changed: JsonObject = without.value(statement)
    if changed == statement:
        return statement
    is_theirs = subject.is_actor_of(statement)
    for part in (changed, changed["object"]):
        _drop_attachments(part, all_of_them=is_theirs)
    return changed


def rewrite_content(content: Json, subject: Subject, pseudonym: JsonObject) -> Json:
    """Do the same to any other JSON: a document of a tool."""
    return _Without(subject, pseudonym, None).value(content)


def files_of(statement: JsonObject) -> set[str]:
    """Name the files of a statement and of the one inside it, by digest in lower case."""
    parts = (statement, statement["object"])
    return {each["sha2"].lower() for part in parts for each in part.get("attachments", ())}


@dataclass(frozen=True)
class _Without:
    """Walks through JSON and replaces one person."""

    subject: Subject
    pseudonym: JsonObject
    names: "re.Pattern[str] | None"

    def value(self, value: Json) -> Json:
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list):
            return [self.value(each) for each in value]
        if not isinstance(value, dict):
            return value
        key = _key(value)
        if key in self.subject.keys:
            return self._replaced(value)
        if key is not None:  # somebody else, perhaps of the same name
            return {
                self._text(name): each if name == "name" else self.value(each)
                for name, each in value.items()
            }
        return {self._text(name): self.value(each) for name, each in value.items()}

    def _replaced(self, agent: JsonObject) -> JsonObject:
        members = {"member": self.value(agent["member"])} if "member" in agent else {}
        kept = {name: agent[name] for name in ("objectType",) if name in agent}
        return {**kept, **self.pseudonym, **kept, **members}

    def _text(self, text: str) -> str:
        name = self.pseudonym["account"]["name"]
        for pattern in (self.subject.words, self.names):
            if pattern is not None:
                text = pattern.sub(name, text)
        return text


def _key(value: Mapping[str, Json]) -> str | None:
    """The key of what looks like an agent; extensions may hold lookalikes."""
    if not value.keys() & IDENTIFIERS.keys():
        return None
    try:
        return agent_key(dict(value))
    except (AttributeError, KeyError, TypeError):
        return None


def _bare(agent: JsonObject) -> str:
    if "account" in agent:
        return str(agent["account"]["name"])
    if "mbox" in agent:
        return str(agent["mbox"]).removeprefix("mailto:")
    return str(agent.get("mbox_sha1sum") or agent.get("openid") or "")


def _any_of(words: Iterable[str]) -> "re.Pattern[str] | None":
    longest_first = sorted(words, key=len, reverse=True)
    if not longest_first:
        return None
    return re.compile("|".join(map(_alone, longest_first)), re.IGNORECASE)


def _alone(word: str) -> str:
    """Match a word that is not part of a longer one; lan@x.vn is no part of thu.lan@x.vn."""
    before = r"(?<![\w.+-])" if "@" in word else r"(?<!\w)"
    return rf"{before}{re.escape(word)}(?!\w)"


def _drop_attachments(part: JsonObject, *, all_of_them: bool) -> None:
    if "attachments" not in part:
        return
    kept: Collection[JsonObject] = [
        each for each in part["attachments"] if not all_of_them and each["usageType"] != USAGE_TYPE
    ]
    if kept:
        part["attachments"] = kept
    else:
        del part["attachments"]
