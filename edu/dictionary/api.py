"""JSON about the data we keep: its elements, and a JSON Schema for each table. Open to all."""

import orjson
from flask import Blueprint, Response, url_for
from spectree import Response as Answers

from edu.dictionary import queries
from edu.dictionary.json_schema import schema_of
from edu.dictionary.schemas import DictionaryIn, DictionaryOut, ElementOut
from edu.http.api import api
from edu.http.errors import Problem
from edu.http.session import public
from edu.settings import in_force

bp = Blueprint("dictionary_api", __name__, url_prefix="/api/v1/dictionary")


@bp.get("")
@api.validate(resp=Answers(HTTP_200=DictionaryOut, HTTP_422=Problem), tags=["dictionary"])
@public
def elements(query: DictionaryIn) -> DictionaryOut:
    """List the data elements that fit the question; all of them without one."""
    found = queries.elements(query.question())
    return DictionaryOut(items=[ElementOut.of(element) for element in found])


@bp.get("/<table>")
@api.validate(resp=Answers("HTTP_200", HTTP_404=Problem), tags=["dictionary"])
@public
def schema(table: str) -> Response:
    """Describe one record of a table as JSON Schema (draft 2020-12)."""
    address = in_force().base_url + url_for(".schema", table=table)
    described = schema_of(queries.table(table), address=address)
    return Response(orjson.dumps(described), content_type="application/schema+json")
