"""Who may make keys, and who may read whose statements."""

from collections.abc import Collection

from edu.accounts.models import Person, Role
from edu.lrs import queries
from edu.lrs.agents import agent_of
from edu.lrs.core.identity import DIRECT_AGENT_USAGES, agent_key, agent_mentions
from edu.lrs.core.json_in import JsonObject
from edu.lrs.keys.models import LrsKey, Scope

KEEPERS = frozenset({Role.MANAGER, Role.ADMIN})
READERS = frozenset({Role.MANAGER})  # administrators keep the system running and see no marks
# What a key may be given without its maker seeing what others did: a new key has stored nothing
# that it could read. States hold answers and marks too, and any key for them reads everybody's.
HARMLESS = frozenset({Scope.WRITE, Scope.READ_MINE, Scope.DEFINE})


def can_keep_keys(actor: Person) -> bool:
    """True for managers and administrators of the organisation we are in."""
    return actor.has_role(*KEEPERS)


def can_grant(actor: Person, scopes: Collection[str]) -> bool:
    """True for who may make a key with these scopes: nobody makes one that sees more than they."""
    return can_keep_keys(actor) and (can_read_all(actor) or HARMLESS.issuperset(scopes))


def can_rotate(actor: Person, key: LrsKey) -> bool:
    """True for who may see a new secret of the key.

    By now its tool has stored what learners did: who reads with it "the statements it stored
    itself" would read marks. Whoever may not do this can end the key and make another one.
    """
    is_mute = Scope.READ_MINE not in key.scopes
    return can_read_all(actor) or (is_mute and can_grant(actor, key.scopes))


def can_read_all(actor: Person) -> bool:
    """True for who may read everybody's statements in the organisation we are in."""
    return actor.has_role(*READERS)


def can_move(actor: Person) -> bool:
    """True for who may let statements out of the organisation and in, and change whose they are.

    That is everybody's data at once: managers, never administrators.
    """
    return actor.has_role(*READERS)


def can_read(actor: Person, statement: JsonObject) -> bool:
    """Managers read every statement of their organisation; all others, those about themselves.

    About themselves is also what is about another name of theirs.
    """
    own = {agent_key(agent) for agent in queries.same_person(agent_of(actor))}
    return can_read_all(actor) or any(
        mention.key in own and mention.usage in DIRECT_AGENT_USAGES
        for mention in agent_mentions(statement)
    )


def visible_to(actor: Person) -> JsonObject | None:
    """The same rule as can_read, as a search: the only agent to search for; None for any."""
    return None if can_read_all(actor) else agent_of(actor)
