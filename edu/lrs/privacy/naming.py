"""Whom an agent means, in words for people."""

from collections.abc import Mapping
from uuid import UUID

from edu.accounts.models import Person
from edu.i18n import _
from edu.lrs.agents import person_id_of
from edu.lrs.core.json_in import JsonObject
from edu.lrs.descriptions import person_of
from edu.lrs.privacy.core.rewriting import Subject


def names_of(subject: Subject) -> list[str]:
    """What somebody is called: by our accounts, else by what statements told."""
    told = [name for agent in subject.agents for name in person_of(agent).get("name", ())]
    return list(dict.fromkeys(subject.names or told))


def name_of_ours(agent: JsonObject, people: Mapping[UUID, Person]) -> str | None:
    """Give the name of a person of ours; None for anybody else."""
    person_id = person_id_of(agent)
    return people[person_id].name if person_id and person_id in people else None


def in_words(agent: JsonObject, people: Mapping[UUID, Person]) -> str:
    """Say what an agent is known by."""
    if person_id := person_id_of(agent):
        said = _("Account at our portal: %(name)s", name=name_of_ours(agent, people) or person_id)
    elif "account" in agent:
        place, name = agent["account"]["homePage"], agent["account"]["name"]
        said = _("Account at %(place)s: %(name)s", place=place, name=name)
    elif "mbox" in agent:
        said = _("E-mail address: %(address)s", address=agent["mbox"].removeprefix("mailto:"))
    elif "mbox_sha1sum" in agent:
        said = _("Digest of the e-mail address: %(digest)s", digest=agent["mbox_sha1sum"])
    else:
        said = _("OpenID: %(address)s", address=agent["openid"])
    return str(said)
