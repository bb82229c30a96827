"""Statements as sentences, for people."""

import re
from collections.abc import Iterable, Mapping
from textwrap import shorten
from urllib.parse import unquote
from uuid import UUID

from edu.accounts.models import Person
from edu.i18n import Text, _, format_decimal, format_percent, lazy, local
from edu.lrs.agents import person_id_of
from edu.lrs.core.identity import agents
from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.vocabulary import ActivityType, Verb
from edu.lrs.privacy.core.rewriting import PSEUDONYM

LONGEST_NAME = 120

KINDS: Mapping[str, Text] = {
    ActivityType.ASSESSMENT: lazy("an assessment"),
    ActivityType.BADGE: lazy("a certificate"),
    ActivityType.CMI5_COURSE: lazy("a course"),
    ActivityType.COURSE: lazy("a course"),
    ActivityType.INTERACTION: lazy("a question"),
    ActivityType.LESSON: lazy("a lesson"),
    ActivityType.MODULE: lazy("a module"),
    ActivityType.QUESTION: lazy("a question"),
    ActivityType.RESOURCE: lazy("a learning resource"),
    ActivityType.SIMULATION: lazy("a simulation"),
}
"""What to call an activity that has no name, by its type."""

_DISPLAYS = {verb.iri: verb.display for verb in Verb}
_SAID_BY_VERB = {(Verb.PASSED.iri, True), (Verb.FAILED.iri, False)}
_SAYS_NOTHING = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}|[0-9]+", re.IGNORECASE)


def people_in(statements: Iterable[JsonObject]) -> list[UUID]:
    """Which people of ours some statements speak of."""
    found = (person_id_of(agent) for each in statements for agent, _place in agents(each))
    return list({person_id for person_id in found if person_id})


def sentence(statement: JsonObject, people: Mapping[UUID, Person]) -> str:
    """Say who did what in one sentence of the reader's language."""
    said = _(
        "%(who)s %(did)s %(what)s",
        who=name_of(statement["actor"], people),
        did=_verb(statement["verb"]),
        what=_object(statement["object"], people),
    )
    details = list(_details(statement))
    return f"{said} ({'; '.join(details)})" if details else said


def name_of(agent: JsonObject, people: Mapping[UUID, Person]) -> str:
    """Name an agent as people would: by name, else by what identifies it."""
    person_id = person_id_of(agent)
    if person_id is not None and person_id in people:
        return people[person_id].name
    if "name" in agent:
        return str(agent["name"])
    if "member" in agent and not agent.keys() & {"mbox", "account", "openid", "mbox_sha1sum"}:
        return ", ".join(name_of(member, people) for member in agent["member"])
    account = str(agent.get("account", {}).get("name", ""))
    if account.startswith(PSEUDONYM):
        mark = account.removeprefix(PSEUDONYM)[:4]
        return str(_("somebody who was forgotten (%(mark)s)", mark=mark))
    return str(account or agent.get("mbox", "").removeprefix("mailto:") or _("somebody"))


def _verb(verb: JsonObject) -> str:
    """In the words of the statement, or in ours where it has none in the reader's language."""
    display = {**_DISPLAYS.get(verb["id"], {}), **verb.get("display", {})}
    return local(display) or _last_word(str(verb["id"]))


def _object(target: JsonObject, people: Mapping[UUID, Person]) -> str:
    kind = target.get("objectType", "Activity")
    if kind in {"Agent", "Group"}:
        return name_of(target, people)
    if kind == "StatementRef":
        return str(_("another statement"))
    if kind == "SubStatement":
        return f"“{sentence(target, people)}”"
    return _activity(str(target["id"]), target.get("definition", {}))


def _activity(iri: str, definition: JsonObject) -> str:
    """Name an activity: by name or description, by a telling address, else by its kind."""
    text = local(definition.get("name", {})) or local(definition.get("description", {}))
    if text:
        return f"“{shorten(text, LONGEST_NAME, placeholder=' …')}”"
    end = _last_word(iri)
    if _SAYS_NOTHING.fullmatch(end):
        return str(KINDS.get(definition.get("type", ""), _("an activity")))
    return end


def _last_word(iri: str) -> str:
    """The end of an IRI is what its makers call the thing."""
    return unquote(iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri)


def _details(statement: JsonObject) -> Iterable[str]:
    result = statement.get("result", {})
    verb = statement["verb"]["id"]
    score = result.get("score", {})
    if "scaled" in score:
        yield _("score %(score)s", score=format_percent(score["scaled"]))
    elif "raw" in score:
        yield _("score %(score)s", score=format_decimal(score["raw"]))
    if "success" in result and (verb, result["success"]) not in _SAID_BY_VERB:
        yield _success(verb, is_good=result["success"])
    if result.get("completion") and verb != Verb.COMPLETED.iri:
        yield _("completed")
    if response := result.get("response"):
        yield _("answer: %(answer)s", answer=_answer(response, statement["object"]))


def _success(verb: str, *, is_good: bool) -> str:
    """An answer is right or wrong; all else succeeds or does not."""
    if verb == Verb.ANSWERED.iri:
        return str(_("right") if is_good else _("wrong"))
    return str(_("successfully") if is_good else _("without success"))


def _answer(response: str, asked: JsonObject) -> str:
    """The answer in the words that were offered (Data 2.4.4.1), where any were."""
    choices = asked.get("definition", {}).get("choices", [])
    offered = {each["id"]: local(each.get("description", {})) for each in choices}
    return ", ".join(offered.get(part) or part for part in response.split("[,]"))
