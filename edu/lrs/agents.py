"""People of ours as agents in statements, and back."""

import hashlib
from collections.abc import Iterable
from uuid import UUID

from edu.accounts import queries as accounts
from edu.accounts.models import Person
from edu.errors import Invalid
from edu.i18n import lazy
from edu.lrs.core import build, json_in
from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.problems import Problem
from edu.lrs.core.query import MAX_AGENT_BYTES
from edu.lrs.core.validation.statement import check_agent
from edu.settings import in_force

HOW_TO_NAME = lazy(
    "E-mail address; or the tool's address, a space, and the user name there: "
    "https://moodle.college.edu.vn lan01. With mailto: before it, an e-mail address as tools send "
    "it."
)
"""The hint of a field whose words `agent_named` reads."""


class NoSuchAgent(Invalid):
    """What was typed names nobody that a statement could be about."""

    code = "no-such-agent"
    title = lazy(
        "Nobody can be called that. Please give an e-mail address; or the tool's address, a space, "
        "and the user name there: https://moodle.college.edu.vn lan01."
    )


def system_agent() -> JsonObject:
    """Name our own installation: the authority of what it records itself."""
    return build.agent_for(in_force().base_url, "system", name="Nghề Số")


def agent_of(person: Person) -> JsonObject:
    """Name a person in statements: by an account here, which says nothing about the person."""
    return build.agent_for(in_force().base_url, str(person.id))


def person_id_of(agent: JsonObject) -> UUID | None:
    """Which person of ours an agent is; None for anybody else."""
    account = agent.get("account", {})
    if account.get("homePage") != in_force().base_url:
        return None
    try:
        return UUID(account["name"])
    except ValueError:
        return None


def our_people(agents: Iterable[JsonObject]) -> dict[UUID, Person]:
    """Load those of some agents who are people of ours, at once."""
    return accounts.named([found for agent in agents if (found := person_id_of(agent))])


def agent_named(typed: str) -> JsonObject:
    """Read whom a person means: by e-mail, "HOMEPAGE NAME" of an account, OpenID, or as JSON.

    The e-mail address of one of our people means their account; with "mailto:" before it, the bare
    address as other tools send it. Raises NoSuchAgent.
    """
    typed = typed.strip()
    if person := accounts.by_email(typed):
        return agent_of(person)
    written = typed.encode() if typed.startswith("{") else json_in.write(_spelt_out(typed))
    try:
        agent = json_in.parse(written, max_bytes=MAX_AGENT_BYTES)
        check_agent(agent)
    except Problem:
        raise NoSuchAgent from None
    return agent  # type: ignore[return-value]  # the check lets nothing pass but objects


def _spelt_out(typed: str) -> JsonObject:
    scheme, _, address = typed.partition(":")
    homepage, _, name = typed.partition(" ")
    if scheme.lower() == "mailto":  # phones begin a line with a capital
        return _by_mail(address.strip())
    if name:
        return build.agent_for(homepage, name.strip())
    if "@" in typed and "/" not in typed:
        return _by_mail(typed)
    return {"objectType": "Agent", "openid": typed}


def as_typed(agent: JsonObject) -> str | None:
    """Write an agent as `agent_named` reads it; None for a group that only its members name."""
    for person in our_people([agent]).values():
        return person.email
    if account := agent.get("account"):
        return f"{account['homePage']} {account['name']}"
    known = agent.get("mbox") or agent.get("openid")
    if known or "mbox_sha1sum" not in agent:
        return known
    return json_in.write({"mbox_sha1sum": agent["mbox_sha1sum"]}).decode()


def agents_of(person: Person) -> list[JsonObject]:
    """Name a person in every way that we know: their account here, and their e-mail address."""
    mail = _by_mail(person.email)
    sha1 = hashlib.sha1(mail["mbox"].encode(), usedforsecurity=False).hexdigest()
    return [agent_of(person), mail, {"objectType": "Agent", "mbox_sha1sum": sha1}]


def every_name(agent: JsonObject) -> list[JsonObject]:
    """Name whom an agent means in every way that we know; somebody else, only as given."""
    people = our_people([agent]).values()
    return [name for person in people for name in agents_of(person)] or [agent]


def _by_mail(address: str) -> JsonObject:
    return {"objectType": "Agent", "mbox": f"mailto:{address}"}
