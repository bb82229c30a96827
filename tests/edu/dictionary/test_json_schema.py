import pytest

from edu.db import Owner, Privacy, Sharing
from edu.dictionary.elements import DataElement, DataTable, Form, Representation
from edu.dictionary.json_schema import schema_of


def described(representation, *, is_required=True):
    element = DataElement(
        table="thing",
        column="part",
        meaning="A part.",
        owner=Owner.COLLEGE,
        sharing=Sharing.SECTORAL,
        privacy=Privacy.INTERNAL,
        representation=representation,
        is_required=is_required,
        is_unique=False,
    )
    table = DataTable("thing", "A thing.", "edu.things", is_tenants=False, elements=(element,))
    schema = schema_of(table, address="https://x.test/thing")
    shape = schema["properties"]["part"]
    said = {name for name in shape if name.startswith("x-")}
    assert said == {"x-owner", "x-sharing", "x-privacy"}
    assert shape["description"] == "A part."
    return schema, {
        name: shape[name] for name in shape if name not in said and name != "description"
    }


@pytest.mark.parametrize(
    ("representation", "shape"),
    [
        (Representation(Form.IDENTIFIER), {"type": "string", "format": "uuid"}),
        (Representation(Form.TEXT), {"type": "string"}),
        (Representation(Form.TEXT, limit=80), {"type": "string", "maxLength": 80}),
        (
            Representation(Form.CHOICE, limit=40, choices=("a", "b")),
            {"type": "string", "enum": ["a", "b"]},
        ),
        (Representation(Form.WHOLE_NUMBER), {"type": "integer"}),
        (Representation(Form.TEXTS), {"type": "array", "items": {"type": "string"}}),
        (
            Representation(Form.WORDS),
            {"type": "object", "additionalProperties": {"type": "string"}},
        ),
        (Representation(Form.BYTES, limit=32), {"type": "string", "contentEncoding": "base64"}),
        (Representation(Form.STRUCTURE), {}),
    ],
)
def test_a_representation_has_its_shape(representation, shape):
    schema, found = described(representation)

    assert found == shape
    assert schema["required"] == ["part"]


@pytest.mark.parametrize(
    ("representation", "shape"),
    [
        (Representation(Form.DAY), {"type": ["string", "null"], "format": "date"}),
        (
            Representation(Form.CHOICE, choices=("a",)),
            {"type": ["string", "null"], "enum": ["a", None]},
        ),
        (Representation(Form.STRUCTURE), {}),
    ],
)
def test_what_may_be_missing_may_be_null(representation, shape):
    schema, found = described(representation, is_required=False)

    assert found == shape
    assert schema["required"] == []


def test_every_form_has_a_shape():
    for form in Form:
        described(Representation(form))
