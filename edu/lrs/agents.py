"""People of ours as agents in statements, and back."""

import hashlib
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


class NoSuchAgent(Invalid):
    """What was typed names nobody that a statement could be about."""

    code = "no-such-agent"
    title = lazy(
        "Please give an e-mail address, an account as “HOMEPAGE NAME”, an OpenID, or an agent as "
        "JSON."
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


def agent_named(typed: str) -> JsonObject:
    """Read whom a person means: by e-mail, "HOMEPAGE NAME" of an account, OpenID, or as JSON.

    The e-mail address of one of our people means their account. Raises NoSuchAgent.
    """
    typed = typed.strip()
    if person := accounts.by_email(typed):
        return agent_of(person)
    homepage, _, name = typed.partition(" ")
    if typed.startswith("{"):
        written = typed
    elif name:
        written = json_in.write(build.agent_for(homepage, name.strip())).decode()
    elif "@" in typed and "/" not in typed:
        written = json_in.write(_by_mail(typed)).decode()
    else:
        written = json_in.write({"objectType": "Agent", "openid": typed}).decode()
    try:
        agent = json_in.parse(written.encode(), max_bytes=MAX_AGENT_BYTES)
        check_agent(agent)
    except Problem:
        raise NoSuchAgent from None
    return agent  # type: ignore[return-value]  # the check lets nothing pass but objects


def agents_of(person: Person) -> list[JsonObject]:
    """Name a person in every way that we know: their account here, and their e-mail address."""
    mail = _by_mail(person.email)
    sha1 = hashlib.sha1(mail["mbox"].encode(), usedforsecurity=False).hexdigest()
    return [agent_of(person), mail, {"objectType": "Agent", "mbox_sha1sum": sha1}]


def _by_mail(address: str) -> JsonObject:
    return {"objectType": "Agent", "mbox": f"mailto:{address}"}
