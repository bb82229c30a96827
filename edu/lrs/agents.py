"""People of ours as agents in statements, and back."""

from uuid import UUID

from edu.accounts.models import Person
from edu.lrs.core import build
from edu.lrs.core.json_in import JsonObject
from edu.settings import in_force


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
