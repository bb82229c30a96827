"""The JSON API's machinery: OpenAPI 3.1 from pydantic shapes, problem+json, idempotency keys."""

import functools
import hashlib
from collections.abc import Callable
from typing import ParamSpec
from uuid import UUID

import sqlalchemy as sa
from flask import Flask, Response, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from pydantic import ValidationError
from spectree import SecurityScheme, SpecTree
from spectree.models import SecureType, SecuritySchemeData
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, Dated, Owner, Privacy, db, means, unit_of_work
from edu.errors import DomainError, Invalid
from edu.http.session import actor, public
from edu.i18n import lazy

P = ParamSpec("P")

RUNNING = 0  # the status of an answer that is not there yet
LONGEST_KEY = 100


def _invalid(
    _request: object, _response: object, error: Exception | None, _view: object, _model: object
) -> None:
    """Turn pydantic's findings into our own error, field by field."""
    if error is None:
        return
    fields = {}
    if isinstance(error, ValidationError):
        fields = {".".join(map(str, e["loc"])): e["msg"] for e in error.errors()}
    raise Invalid(fields=fields)


api = SpecTree(
    "flask",
    title="Nghề Số",
    version="v1",
    path="not-used",
    openapi_version="3.1.0",
    page_templates={},  # the library's pages load scripts from other sites; the CSP forbids it
    mode="strict",
    annotations=True,
    before=_invalid,
    security_schemes=[
        SecurityScheme(
            name="token",
            data=SecuritySchemeData(type=SecureType.HTTP, scheme="bearer"),
        ),
    ],
    security={"token": []},
)


class IdempotencyKey(Dated, Base):
    """The answer once given to a request, so that a repeated one changes nothing."""

    __tablename__ = "idempotency_key"
    __table_args__ = (sa.UniqueConstraint("person_id", "key"),)

    person_id: Mapped[UUID] = mapped_column(
        info=means("Who sent it.", owner=Owner.SYSTEM, privacy=Privacy.PERSONAL)
    )
    key: Mapped[str] = mapped_column(
        sa.String(100), info=means("The key that the sender chose.", owner=Owner.SYSTEM)
    )
    request_hash: Mapped[bytes] = mapped_column(
        sa.LargeBinary(32), info=means("SHA-256 of the request.", owner=Owner.SYSTEM)
    )
    status: Mapped[int] = mapped_column(
        info=means("Status of the answer; 0 until there is one.", owner=Owner.SYSTEM)
    )
    body: Mapped[bytes] = mapped_column(
        sa.LargeBinary,
        info=means("Body of the answer.", owner=Owner.SYSTEM, privacy=Privacy.PERSONAL),
    )


class KeyReused(DomainError):
    """The idempotency key came back with another request."""

    code = "idempotency-key-reused"
    status = 422
    title = lazy("This Idempotency-Key was used for a different request.")


class StillRunning(DomainError):
    """The same request is being answered right now, or broke off halfway."""

    code = "idempotency-key-in-use"
    title = lazy("A request with this Idempotency-Key has begun and has no answer yet.")


def idempotent(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Answer a repeated POST with the first answer (draft-ietf-httpapi-idempotency-key-header).

    Goes innermost, directly on the view, so that validation has happened before. The key is
    reserved before the view runs: whatever breaks, the work is never done twice.
    """

    @functools.wraps(view)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        key = request.headers.get("Idempotency-Key")
        if not key:
            return view(*args, **kwargs)
        if len(key) > LONGEST_KEY:
            raise Invalid(fields={"Idempotency-Key": lazy("At most 100 characters, please.")})
        said = b"\n".join([request.method.encode(), request.full_path.encode(), request.get_data()])
        digest = hashlib.sha256(said).digest()
        if (earlier := _earlier(key, digest)) is not None:
            return earlier
        _reserve(key, digest)
        try:
            answer = make_response(view(*args, **kwargs))
        except Exception:
            _release(key)
            raise
        return _keep(key, answer)

    return wrapper


def _find(key: str) -> IdempotencyKey | None:
    return db.session.scalar(
        sa.select(IdempotencyKey).where(
            IdempotencyKey.person_id == actor().id, IdempotencyKey.key == key
        )
    )


def _earlier(key: str, digest: bytes) -> Response | None:
    found = _find(key)
    if found is None:
        return None
    if found.request_hash != digest:
        raise KeyReused
    if found.status == RUNNING:
        raise StillRunning
    return Response(found.body, status=found.status, content_type="application/json")


def _reserve(key: str, digest: bytes) -> None:
    row = IdempotencyKey(
        person_id=actor().id, key=key, request_hash=digest, status=RUNNING, body=b""
    )
    try:
        with unit_of_work():
            db.session.add(row)
    except IntegrityError:  # the same request came in beside us
        raise StillRunning from None


def _release(key: str) -> None:
    """Nothing was done: the same key may try again."""
    db.session.rollback()
    with unit_of_work():
        if found := _find(key):
            db.session.delete(found)


def _keep(key: str, answer: Response) -> Response:
    with unit_of_work():
        if found := _find(key):
            found.status = answer.status_code
            found.body = answer.get_data()
    return answer


def init_app(app: Flask) -> None:
    """Serve the description, which is public.

    Not at the library's own address: it leaves out every route beside that.
    """
    api.app = app

    @public
    def describe() -> ResponseReturnValue:
        return jsonify(api.spec)

    app.add_url_rule("/api/v1/openapi.json", "api_description", describe)
