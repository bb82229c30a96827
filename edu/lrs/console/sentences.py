"""Statements as sentences, for people."""

from collections.abc import Iterable, Mapping
from urllib.parse import unquote
from uuid import UUID

from edu.accounts.models import Person
from edu.i18n import _, format_decimal, format_percent, local
from edu.lrs.agents import person_id_of
from edu.lrs.core.identity import agents
from edu.lrs.core.json_in import JsonObject


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
    details = list(_details(statement.get("result", {})))
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
    account = agent.get("account", {}).get("name")
    return str(account or agent.get("mbox", "").removeprefix("mailto:") or _("somebody"))


def _verb(verb: JsonObject) -> str:
    display: Mapping[str, str] = verb.get("display", {})
    return local(display) or _last_word(str(verb["id"]))


def _object(target: JsonObject, people: Mapping[UUID, Person]) -> str:
    kind = target.get("objectType", "Activity")
    if kind in {"Agent", "Group"}:
        return name_of(target, people)
    if kind == "StatementRef":
        return str(_("another statement"))
    if kind == "SubStatement":
        return f"“{sentence(target, people)}”"
    name: Mapping[str, str] = target.get("definition", {}).get("name", {})
    return local(name) or _last_word(str(target["id"]))


def _last_word(iri: str) -> str:
    """The end of an IRI is what its makers call the thing."""
    return unquote(iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri)


def _details(result: JsonObject) -> Iterable[str]:
    score = result.get("score", {})
    if "scaled" in score:
        yield _("score %(score)s", score=format_percent(score["scaled"]))
    elif "raw" in score:
        yield _("score %(score)s", score=format_decimal(score["raw"]))
    if "success" in result:
        yield _("successfully") if result["success"] else _("without success")
    if result.get("completion"):
        yield _("completed")
    if response := result.get("response"):
        yield _("answer: %(answer)s", answer=response)
