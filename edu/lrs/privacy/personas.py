"""One person under several names: merged at the time of asking, so that it can be undone at once.

The alternative, to write other keys beside the statements, would burden every statement stored from
then on, and leave nothing to tell which rows to take back. Here a search for one name looks for
each: as many walks along an index as the person has names. Statements, states and profiles stay
under the name they came with.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from uuid import UUID

import orjson
import sqlalchemy as sa

from edu.db import after_commit, db, new_id
from edu.errors import Invalid, NotFound
from edu.i18n import lazy
from edu.lrs.adapters.lately import has_aliases
from edu.lrs.agents import our_people
from edu.lrs.core.identity import agent_key
from edu.lrs.core.json_in import JsonObject, write
from edu.lrs.core.validation.actor import IDENTIFIERS
from edu.lrs.links import key_of
from edu.lrs.models import Mention
from edu.lrs.privacy.models import Alias
from edu.lrs.queries import tenant


class SamePerson(Invalid):
    """Both names are one already."""

    code = "same-person"
    title = lazy("These two are one already.")


class UnknownName(Invalid):
    """Neither a statement nor an account of ours has the name: most likely it is misspelt."""

    code = "unknown-name"
    title = lazy("No statement carries the name “%(name)s” yet. Check the spelling.")


@dataclass(frozen=True, slots=True)
class Persona:
    """One person, and the agents that stand for them."""

    id: UUID
    aliases: Sequence[Alias]

    @property
    def agents(self) -> list[JsonObject]:
        """The agents, in the order in which they were told."""
        return [orjson.loads(alias.agent) for alias in self.aliases]


def everyone() -> list[Persona]:
    """List the people with several names."""
    aliases = db.session.scalars(sa.select(Alias).order_by(Alias.persona_id, Alias.id))
    grouped = groupby(aliases, key=attrgetter("persona_id"))
    return [Persona(persona_id, list(found)) for persona_id, found in grouped]


def get(persona_id: UUID) -> Persona:
    """Find one of them. Raises NotFound."""
    for persona in everyone():
        if persona.id == persona_id:
            return persona
    raise NotFound


def of(agent: JsonObject) -> Persona:
    """Find the person whom an agent is one name of. Raises NotFound."""
    key = key_of(tenant(), agent_key(agent) or "")
    alias = db.session.scalar(sa.select(Alias).where(Alias.key == key))
    if alias is None:
        raise NotFound
    return get(alias.persona_id)


def check_is_known(agent: JsonObject, typed: str) -> None:
    """Refuse a name that nobody has here; our people are known before their first statement.

    Raises UnknownName.
    """
    carried = sa.exists().where(Mention.key == key_of(tenant(), agent_key(agent) or ""))
    if not our_people([agent]) and not db.session.scalar(sa.select(carried)):
        raise UnknownName(name=typed)


def merge(one: JsonObject, other: JsonObject) -> Persona:
    """Let two agents be one person, with all they are one with already. Raises SamePerson."""
    after_commit(has_aliases.forget)
    first, second = (_alias(agent) for agent in (one, other))
    if first is second or first.persona_id == second.persona_id:
        raise SamePerson(fields={"other": SamePerson.title})
    db.session.execute(
        sa.update(Alias)
        .where(Alias.persona_id == second.persona_id)
        .values(persona_id=first.persona_id)
    )
    db.session.expire_all()
    return get(first.persona_id)


def part(persona: Persona) -> None:
    """Let each name stand for itself again."""
    db.session.execute(sa.delete(Alias).where(Alias.persona_id == persona.id))


def _alias(agent: JsonObject) -> Alias:
    short = {name: agent[name] for name in ("objectType", *IDENTIFIERS) if name in agent}
    key = key_of(tenant(), agent_key(agent) or "")
    found = db.session.scalar(sa.select(Alias).where(Alias.key == key))
    if found is None:
        found = Alias(persona_id=new_id(), key=key, agent=write(short))
        db.session.add(found)
        db.session.flush()
    return found
