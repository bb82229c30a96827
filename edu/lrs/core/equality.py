"""When two statements say the same (Data 2.3.1, "Statement Comparison Requirements").

Ignored is what an LRS may assign (id, authority, stored, timestamp, version), what is not part of a
statement (verb display, activity definitions, attachments), the order of a group's members, and
letter case where it has no meaning. Timestamps are compared as moments and durations to 0.01 s
(IEEE 9274.1.1, 4.2.7). The functions take statements that have passed `validation`.
"""

import re
from hashlib import blake2b

import orjson

from edu.lrs.core.identity import agent_key
from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.values import format_timestamp, parse_timestamp
from edu.lrs.core.version import Version

_HUNDREDTHS = re.compile(r"([.,][0-9]{2})[0-9]+(?=S\Z)")


def fingerprint(statement: JsonObject) -> bytes:
    """Digest of what a statement says, 16 bytes: equal for statements that say the same.

    The id and the timestamp are left out; compare those beside it, as `equivalent` does.
    """
    said = orjson.dumps(_essence(statement), option=orjson.OPT_SORT_KEYS)
    return blake2b(said, digest_size=16).digest()


def equivalent(received: JsonObject, known: JsonObject) -> bool:
    """True when nothing differs but what an LRS may have assigned or changed."""
    for name, same in (("id", str.lower), ("timestamp", _moment)):
        if name in received and name in known and same(received[name]) != same(known[name]):
            return False
    return fingerprint(received) == fingerprint(known)


def _moment(written: str) -> str:
    # 1.0.3 reads every form that 2.0 does
    return format_timestamp(parse_timestamp(written, Version.V1))


def _essence(statement: JsonObject) -> JsonObject:
    essence: JsonObject = {
        "actor": _actor(statement["actor"]),
        "verb": statement["verb"]["id"],
        "object": _object(statement["object"]),
    }
    if "result" in statement:
        essence["result"] = _result(statement["result"])
    if "context" in statement:
        essence["context"] = _context(statement["context"])
    return essence


def _actor(actor: JsonObject) -> JsonObject:
    named: JsonObject = {name: actor[name] for name in ("objectType", "name") if name in actor}
    named.setdefault("objectType", "Agent")
    if "member" in actor:
        members = (_actor(member) for member in actor["member"])
        named["member"] = sorted(members, key=orjson.dumps)
    return named | {"key": agent_key(actor)}


def _object(target: JsonObject) -> JsonObject:
    kind = target.get("objectType", "Activity")
    if kind in {"Agent", "Group"}:
        return _actor(target)
    if kind == "StatementRef":
        return {"objectType": kind, "id": target["id"].lower()}
    if kind == "SubStatement":
        moment = {"timestamp": _moment(target["timestamp"])} if "timestamp" in target else {}
        return {"objectType": kind} | _essence(target) | moment
    return _activity(target)


def _activity(activity: JsonObject) -> JsonObject:
    return {"objectType": "Activity", "id": activity["id"]}


def _result(result: JsonObject) -> JsonObject:
    if "duration" not in result:
        return result
    return result | {"duration": _HUNDREDTHS.sub(r"\1", result["duration"])}


def _context(context: JsonObject) -> JsonObject:
    same = dict(context)
    if "registration" in context:
        same["registration"] = context["registration"].lower()
    if "language" in context:
        same["language"] = context["language"].lower()
    for name in ("instructor", "team"):
        if name in context:
            same[name] = _actor(context[name])
    if "statement" in context:
        same["statement"] = _object(context["statement"])
    if "contextActivities" in context:
        same["contextActivities"] = {
            name: [
                _activity(activity) for activity in (found if isinstance(found, list) else [found])
            ]
            for name, found in context["contextActivities"].items()
        }
    for name, key in (("contextAgents", "agent"), ("contextGroups", "group")):
        if name in context:
            same[name] = [other | {key: _actor(other[key])} for other in context[name]]
    return same
