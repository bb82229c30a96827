"""A table's record as JSON Schema (draft 2020-12), for those who exchange it.

What JSON Schema has no word for is said under names of our own, which validators pass over:
`x-owner`, `x-sharing`, `x-privacy`, `x-refers-to`.
"""

from edu.dictionary.elements import DataElement, DataTable, Form, Representation

JsonObject = dict[str, object]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

SHAPES: dict[Form, JsonObject] = {
    Form.IDENTIFIER: {"type": "string", "format": "uuid"},
    Form.TEXT: {"type": "string"},
    Form.WORDS: {"type": "object", "additionalProperties": {"type": "string"}},
    Form.TEXTS: {"type": "array", "items": {"type": "string"}},
    Form.CHOICE: {"type": "string"},
    Form.WHOLE_NUMBER: {"type": "integer"},
    Form.NUMBER: {"type": "number"},
    Form.TRUTH: {"type": "boolean"},
    Form.MOMENT: {"type": "string", "format": "date-time"},
    Form.DAY: {"type": "string", "format": "date"},
    Form.TIME: {"type": "string", "format": "time"},
    Form.BYTES: {"type": "string", "contentEncoding": "base64"},
    Form.STRUCTURE: {},
}


def schema_of(table: DataTable, *, address: str) -> JsonObject:
    """The schema of one record; `address` is where the schema itself can be read."""
    return {
        "$schema": DIALECT,
        "$id": address,
        "title": table.name,
        "description": str(table.meaning),
        "type": "object",
        "properties": {each.column: _property(each) for each in table.elements},
        "required": [each.column for each in table.elements if each.is_required],
        "additionalProperties": False,
    }


def _property(element: DataElement) -> JsonObject:
    shape = _shape(element.representation)
    if not element.is_required:
        shape = _or_nothing(shape)
    said: JsonObject = {
        "description": str(element.meaning),
        **shape,
        "x-owner": element.owner,
        "x-sharing": element.sharing,
        "x-privacy": element.privacy,
    }
    return said | ({"x-refers-to": element.refers_to} if element.refers_to else {})


def _shape(representation: Representation) -> JsonObject:
    shape = dict(SHAPES[representation.form])
    if representation.form is Form.TEXT and representation.limit:
        shape["maxLength"] = representation.limit
    if representation.choices:
        shape["enum"] = list(representation.choices)
    return shape


def _or_nothing(shape: JsonObject) -> JsonObject:
    """The same shape, or null."""
    if "type" not in shape:
        return shape  # anything at all, null included
    choices = shape.get("enum")
    allowed = {"enum": [*choices, None]} if isinstance(choices, list) else {}
    return {**shape, "type": [shape["type"], "null"], **allowed}
