"""Take a person out of statements: what happened stays, who it was goes.

Pure functions on parsed JSON. An agent is recognised by its identifier wherever it stands, also in
extensions; in texts the identifiers themselves are replaced, and in statements about the person
their name too. What gives a statement its form stays: properties, kinds, verbs, times, ids of
statements; and so does every identifier of somebody else.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias
from urllib.parse import quote
from uuid import UUID

from edu.lrs.core.identity import agent_key, agents, verb_key
from edu.lrs.core.json_in import JsonObject, write
from edu.lrs.core.problems import InvalidStatement
from edu.lrs.core.signature import USAGE_TYPE
from edu.lrs.core.validation.actor import IDENTIFIERS

Json: TypeAlias = Any  # any JSON: the extensions of a statement hold what they like
Way: TypeAlias = Callable[[Json], Json]

PSEUDONYM = "forgotten-"  # how the random name begins that stands for a person
SHORTEST_WORD = 6  # a shorter name, such as "lan" or "7", is no sign of a person in a text

_ANYBODY = {"account": {"name": PSEUDONYM}}  # where it only counts whether anything would change
# The beginning of an IRI that names a place: a tool at moodle.example may have a user "moodle".
_PLACE = re.compile(r"[^:/?#]*:(?://[^/?#@]*(?![^/?#]))?")


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
    def needles(self) -> frozenset[str]:
        """What JSON of ours that speaks of the person holds, letter case aside."""
        return frozenset(
            needle.casefold() for agent in self.agents for needle in _needles_of(agent)
        )

    @cached_property
    def words(self) -> "re.Pattern[str] | None":
        """Finds identifiers in texts, as whole words."""
        long = [each for each in map(_bare, self.agents) if len(each) >= SHORTEST_WORD]
        return _any_of(spelling for each in long for spelling in _spellings(each))

    @cached_property
    def _folded_keys(self) -> frozenset[str]:
        return frozenset(map(_folded, self.keys))

    @cached_property
    def _unmistakable(self) -> frozenset[str]:
        """Names that no two people have: a tool that uses one for its account means the same."""
        addresses = {_bare(agent) for agent in self.agents if "mbox" in agent}
        numbers = {name for agent in self.agents if _is_uuid(name := _bare(agent))}
        return frozenset(each.casefold() for each in addresses | numbers)

    def may_be_in(self, content: bytes) -> bool:
        """Look quickly into JSON as `write` makes it; False means certainly not."""
        folded = content.decode("utf-8", "replace").casefold()
        return any(needle in folded for needle in self.needles)

    def is_known_by(self, key: str) -> bool:
        """True for the key of an agent that is the person, written one way or another."""
        kind, _, rest = key.partition(" ")
        is_account = kind == "account"
        return _folded(key) in self._folded_keys or (
            is_account and rest.partition(" ")[2].casefold() in self._unmistakable
        )

    def is_one(self, agent: Mapping[str, Json]) -> bool:
        """True for an agent that is the person."""
        return any(map(self.is_known_by, _keys_of(agent)))

    def is_actor_of(self, statement: JsonObject) -> bool:
        """True where the statement says what the person did, or what was done to the person."""
        return any(self.is_one(statement[place]) for place in ("actor", "object"))

    def is_named_in(self, *texts: str) -> bool:
        """True where a text holds an identifier of the person as a whole word."""
        return self.words is not None and any(map(self.words.search, texts))


def rewrite(statement: JsonObject, subject: Subject, pseudonym: JsonObject) -> JsonObject:
    """Give the statement without the person; the same when it does not speak of them.

    Signatures go, for they would no longer fit; and what the person attached.
    """
    own = [agent for agent, _place in agents(statement) if subject.is_one(agent)]
    names = {*subject.names, *(agent["name"] for agent in own if "name" in agent)} if own else ()
    long = (found for name in names if len(found := name.strip()) >= SHORTEST_WORD)
    changed: JsonObject = _Without(subject, pseudonym, _any_of(long)).statement(statement)
    if changed == statement:
        return statement
    is_theirs = subject.is_actor_of(statement)
    for part in (changed, changed["object"]):
        _drop_attachments(part, all_of_them=is_theirs)
    return changed


def rewrite_content(content: Json, subject: Subject, pseudonym: JsonObject) -> Json:
    """Do the same to any other JSON: a document of a tool."""
    return _Without(subject, pseudonym).anything(content)


def speaks_of(content: Json, subject: Subject) -> bool:
    """True for JSON that would be other without the person."""
    return bool(rewrite_content(content, subject, _ANYBODY) != content)


def is_told_of(name: str, wording: JsonObject | None, subject: Subject) -> bool:
    """True for what names or describes the person, or anything else in words that name them.

    `name` is the key of an agent or verb, or the id of an activity.
    """
    without = _Without(subject, _ANYBODY)
    if " " not in name:  # an IRI
        activity = {"id": name, "definition": wording or {}}
        return bool(without.activity(activity) != activity)
    if name.startswith(verb_key("")):
        return False
    return subject.is_known_by(name) or bool(wording and without.agent(wording) != wording)


def files_of(statement: JsonObject) -> set[str]:
    """Name the files of a statement and of the one inside it, by digest in lower case."""
    parts = (statement, statement["object"])
    return {each["sha2"].lower() for part in parts for each in part.get("attachments", ())}


@dataclass(frozen=True)
class _Without:
    """Walks through JSON and replaces one person. What is not spelt out here stays."""

    subject: Subject
    pseudonym: JsonObject
    names: "re.Pattern[str] | None" = None

    def statement(self, said: JsonObject) -> JsonObject:
        return _changed(
            said,
            actor=self.agent,
            object=self._object,
            authority=self.agent,
            attachments=_each(self._file),
            result=self._result,
            context=self._context,
        )

    def activity(self, activity: JsonObject) -> JsonObject:
        return _changed(activity, id=self._iri, definition=self._definition)

    def agent(self, agent: JsonObject) -> JsonObject:
        if self.subject.is_one(agent):
            return self._nobody(agent)
        is_known = not agent.keys().isdisjoint(IDENTIFIERS)  # somebody else, perhaps a namesake
        name = self._word if is_known else self._text
        return _changed(agent, name=name, member=_each(self.agent))

    def anything(self, value: Json) -> Json:
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list):
            return [self.anything(each) for each in value]
        if not isinstance(value, dict):
            return value
        if self.subject.is_one(value):
            return self._nobody(value)
        kept = {name: each for name, each in value.items() if _identifies(name, each)}
        if kept and isinstance(value.get("name"), str):  # somebody else, perhaps a namesake
            kept["name"] = self._word(value["name"])
        return {
            self._word(name): kept[name] if name in kept else self.anything(each)
            for name, each in value.items()
        }

    def _nobody(self, agent: JsonObject) -> JsonObject:
        kept = {name: agent[name] for name in ("objectType",) if name in agent}
        members = {"member": self.anything(agent["member"])} if "member" in agent else {}
        return self.pseudonym | kept | members

    def _object(self, target: JsonObject) -> JsonObject:
        kinds = {
            "Activity": self.activity,
            "Agent": self.agent,
            "Group": self.agent,
            "SubStatement": self.statement,
        }
        change = kinds.get(target.get("objectType", "Activity"))
        return change(target) if change else target

    def _definition(self, definition: JsonObject) -> JsonObject:
        return _changed(
            definition,
            name=self._language_map,
            description=self._language_map,
            moreInfo=self._iri,
            extensions=self._extensions,
            correctResponsesPattern=_each(self._word),
            **dict.fromkeys(("choices", "scale", "source", "target", "steps"), self._components),
        )

    def _components(self, components: list[JsonObject]) -> list[JsonObject]:
        changed = [
            _changed(each, id=self._word, description=self._language_map) for each in components
        ]
        return list({each["id"]: each for each in changed}.values())  # no two may have one id

    def _result(self, result: JsonObject) -> JsonObject:
        return _changed(result, response=self._text, extensions=self._extensions)

    def _context(self, context: JsonObject) -> JsonObject:
        return _changed(
            context,
            instructor=self.agent,
            team=self.agent,
            contextAgents=_each(lambda involved: _changed(involved, agent=self.agent)),
            contextGroups=_each(lambda involved: _changed(involved, group=self.agent)),
            contextActivities=self._activities_around,
            revision=self._text,
            platform=self._text,
            extensions=self._extensions,
        )

    def _activities_around(self, found: JsonObject) -> JsonObject:
        return {
            place: _each(self.activity)(some) if isinstance(some, list) else self.activity(some)
            for place, some in found.items()
        }

    def _file(self, file: JsonObject) -> JsonObject:
        words = self._language_map
        return _changed(file, display=words, description=words, fileUrl=self._iri)

    def _extensions(self, extensions: JsonObject) -> JsonObject:
        return {self._iri(name): self.anything(each) for name, each in extensions.items()}

    def _language_map(self, words: JsonObject) -> JsonObject:
        return {tag: self._text(each) for tag, each in words.items()}

    def _iri(self, iri: str) -> str:
        place = found[0] if (found := _PLACE.match(iri)) else ""
        return place + self._word(iri[len(place) :])

    def _text(self, text: str) -> str:
        return self._replaced(self.names, self._word(text))

    def _word(self, word: str) -> str:
        return self._replaced(self.subject.words, word)

    def _replaced(self, pattern: "re.Pattern[str] | None", text: str) -> str:
        return pattern.sub(self.pseudonym["account"]["name"], text) if pattern else text


def _changed(part: JsonObject, **ways: Way) -> JsonObject:
    """Change some properties of a part, each in its own way."""
    return {name: ways[name](each) if name in ways else each for name, each in part.items()}


def _each(way: Way) -> Way:
    return lambda some: [way(one) for one in some]


def _keys_of(value: Mapping[str, Json]) -> Iterator[str]:
    """Give the keys of what looks like an agent; extensions may hold lookalikes."""
    for name in IDENTIFIERS:
        if name in value:
            try:
                yield agent_key({name: value[name]}) or ""
            except (AttributeError, KeyError, TypeError):
                continue


def _identifies(name: str, value: Json) -> bool:
    """True for an identifier as the specification has it, of somebody who is not the person."""
    try:
        return name in IDENTIFIERS and IDENTIFIERS[name](value) is None
    except InvalidStatement:
        return False


def _folded(key: str) -> str:
    """Nobody tells two people by the letter case of an address, though the standard would."""
    return key.casefold() if key.startswith("mbox ") else key


def _bare(agent: JsonObject) -> str:
    if "account" in agent:
        return str(agent["account"]["name"])
    if "mbox" in agent:
        return str(agent["mbox"]).removeprefix("mailto:")
    return str(agent.get("mbox_sha1sum") or agent.get("openid") or "")


def _is_uuid(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True


def _needles_of(agent: JsonObject) -> list[str]:
    """A short account name stands in too many texts: look for it as the name of an account."""
    bare = _bare(agent)
    if "account" in agent and len(bare) < SHORTEST_WORD:
        return [f'"name":{write(bare).decode()}']
    return [write(each)[1:-1].decode() for each in _spellings(bare) if each]


def _spellings(identifier: str) -> set[str]:
    """Write an identifier as it is, and as addresses of pages hold it."""
    return {identifier, quote(identifier, safe="")}


def _any_of(words: Iterable[str]) -> "re.Pattern[str] | None":
    longest_first = sorted(words, key=len, reverse=True)
    if not longest_first:
        return None
    return re.compile("|".join(map(_alone, longest_first)), re.IGNORECASE)


def _alone(word: str) -> str:
    """Match a word that is not part of a longer one.

    lan@x.vn is no part of thu.lan@x.vn, nor of lan@x.vn.org.
    """
    is_address = "@" in word or "%40" in word
    before, after = (r"[\w.+-]", r"[\w-]|\.\w") if is_address else (r"\w", r"\w")
    return rf"(?<!{before}){re.escape(word)}(?!{after})"


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
