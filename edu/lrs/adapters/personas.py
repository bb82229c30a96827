"""Find the other names of an agent: asked in every search for one, so straight from the driver."""

from uuid import UUID

import orjson

from edu.lrs.adapters.sql import Reader, run
from edu.lrs.core.identity import agent_key
from edu.lrs.core.json_in import JsonObject
from edu.lrs.links import key_of

_OTHERS = """
    SELECT other.agent FROM lrs_alias own JOIN lrs_alias other ON other.persona_id = own.persona_id
    WHERE own.key = ? AND other.key <> own.key ORDER BY other.id
"""
_ANY = "SELECT 1 FROM lrs_alias WHERE tenant_id = ? LIMIT 1"


def are_there(reader: Reader, tenant_id: UUID) -> bool:
    """True when somebody has several names in an organisation's record."""
    return bool(run(reader, _ANY, [tenant_id]))


def same_person(reader: Reader, tenant_id: UUID, agent: JsonObject) -> list[JsonObject]:
    """Give the agent, and all others that are the same person in an organisation's record."""
    key = agent_key(agent)
    if key is None:
        return [agent]
    rows = run(reader, _OTHERS, [key_of(tenant_id, key)])
    return [agent, *(orjson.loads(bytes(other)) for (other,) in rows)]
