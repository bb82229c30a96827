"""Agents and groups (Data 2.4.2, IEEE 9274.1.1 4.2.2.1)."""

from typing import Any

from edu.lrs.core.problems import InvalidStatement, Rule
from edu.lrs.core.validation.shapes import array, by_object_type, record, remembered
from edu.lrs.core.values import Check, iri, mbox, one_of, sha1, text

account = record(
    "Data 2.4.2.4",
    {"homePage": iri, "name": text},
    required=("homePage", "name"),
)

IDENTIFIERS: dict[str, Check] = {
    "mbox": mbox,
    "mbox_sha1sum": sha1,
    "openid": iri,
    "account": account,
}
_IDENTIFIER_NAMES = IDENTIFIERS.keys()


# Any in the three functions below: the table has checked each property already.
def _exactly_one_identifier(agent: Any) -> None:  # Data 2.4.2.1
    found = len(_IDENTIFIER_NAMES & agent.keys())
    if found == 0:
        raise InvalidStatement(Rule.NO_IDENTIFIER, "Data 2.4.2.1")
    if found > 1:
        raise InvalidStatement(Rule.SEVERAL_IDENTIFIERS, "Data 2.4.2.3")


def _one_identifier_or_members(group: Any) -> None:  # Data 2.4.2.2
    found = len(_IDENTIFIER_NAMES & group.keys())
    if found == 0 and not group.get("member"):  # nobody: neither identified nor anonymous
        raise InvalidStatement(Rule.MISSING, "Data 2.4.2.2", "member")
    if found > 1:
        raise InvalidStatement(Rule.SEVERAL_IDENTIFIERS, "Data 2.4.2.3")


def _application_and_user(group: Any) -> None:  # Data 2.4.9: a group only for three-legged OAuth
    if _IDENTIFIER_NAMES & group.keys() or len(group["member"]) != 2:  # noqa: PLR2004 - a pair
        raise InvalidStatement(Rule.AUTHORITY_GROUP, "Data 2.4.9")


agent = remembered(
    record(
        "Data 2.4.2.1",
        {
            "objectType": one_of(Rule.OBJECT_TYPE, "Data 2.4.2.1", "Agent"),
            "name": text,
            **IDENTIFIERS,
        },
        then=_exactly_one_identifier,
    )
)

group = record(
    "Data 2.4.2.2",
    {
        "objectType": one_of(Rule.OBJECT_TYPE, "Data 2.4.2.2", "Group"),
        "name": text,
        "member": array("Data 2.4.2.2", agent),  # groups hold no groups
        **IDENTIFIERS,
    },
    required=("objectType",),
    then=_one_identifier_or_members,
)

actor = by_object_type("Data 2.4.2", {"Agent": agent, "Group": group}, default="Agent")


def _authority_group(value: object) -> None:
    group(value)
    _application_and_user(value)


authority = by_object_type(
    "Data 2.4.9", {"Agent": agent, "Group": _authority_group}, default="Agent"
)
