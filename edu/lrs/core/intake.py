"""From a statement as it was sent to the statement as it is kept and told (Data 2.4)."""

from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.values import format_timestamp, parse_timestamp
from edu.lrs.core.version import Version


def complete(
    statement: JsonObject,
    *,
    statement_id: str,
    stored: str,
    authority: JsonObject,
    version: Version,
) -> JsonObject:
    """Give a valid statement what the LRS assigns; the statement passed in is not changed.

    `statement_id` is used when the statement has none. `stored`, a timestamp, and `authority`
    replace what the statement says of them (Data 2.4.8, 2.4.9).
    """
    kept: JsonObject = {"id": statement_id} | _with_arrays(statement)
    kept["id"] = kept["id"].lower()  # one spelling to look it up by
    kept["timestamp"] = _timestamp(statement, version) or stored  # Data 2.4.7
    kept["stored"] = stored
    kept["authority"] = authority
    kept.setdefault("version", version.default_for_statements)  # Data 2.4.10
    return kept


def _timestamp(statement: JsonObject, version: Version) -> str | None:
    written: str | None = statement.get("timestamp")
    if written is not None and version is Version.V2:  # IEEE 9274.1.1, 4.2.7: kept in UTC
        return format_timestamp(parse_timestamp(written, version))
    return written


def _with_arrays(statement: JsonObject) -> JsonObject:
    """Data 2.4.6.2: contextActivities are told as arrays even if one came alone."""
    changed = dict(statement)
    if statement["object"].get("objectType") == "SubStatement":
        changed["object"] = _with_arrays(statement["object"])
    context = statement.get("context")
    if context is not None and "contextActivities" in context:
        arrays = {
            name: found if isinstance(found, list) else [found]
            for name, found in context["contextActivities"].items()
        }
        changed["context"] = context | {"contextActivities": arrays}
    return changed
