"""Find the other names of an agent: asked in every search for one, so straight from the driver."""

from uuid import UUID

import orjson

from edu.lrs.adapters.lately import alone
from edu.lrs.adapters.sql import Reader, run
from edu.lrs.core.identity import agent_key
from edu.lrs.core.json_in import JsonObject
from edu.lrs.links import key_of
from edu.postgres import Direct

_OTHERS = """
    SELECT other.agent FROM lrs_alias own JOIN lrs_alias other ON other.persona_id = own.persona_id
    WHERE own.key = ? AND other.key <> own.key ORDER BY other.id
"""


def same_person(reader: Reader, tenant_id: UUID, agent: JsonObject) -> list[JsonObject]:
    """Give the agent, and all others that are the same person in an organisation's record."""
    key = agent_key(agent)
    if key is None or (isinstance(reader, Direct) and alone.are_all_in(tenant_id, reader)):
        return [agent]
    rows = run(reader, _OTHERS, [key_of(tenant_id, key)])
    return [agent, *(orjson.loads(bytes(other)) for (other,) in rows)]
