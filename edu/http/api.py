"""The JSON API's machinery: OpenAPI 3.1 from pydantic shapes, problem+json, idempotency keys."""

import functools
import hashlib
from collections.abc import Callable
from typing import ParamSpec
from uuid import UUID

import sqlalchemy as sa
from flask import Flask, Response, make_response, request
from flask.typing import ResponseReturnValue
from pydantic import ValidationError
from spectree import SecurityScheme, SpecTree
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, Dated, Owner, Privacy, db, means, unit_of_work
from edu.errors import DomainError, Invalid
from edu.http.session import actor, public
from edu.i18n import lazy

P = ParamSpec("P")


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
    path="api/v1",
    filename="openapi.json",
    openapi_version="3.1.0",
    mode="strict",
    annotations=True,
    before=_invalid,
    security_schemes=[
        SecurityScheme(name="token", data={"type": "http", "scheme": "bearer"}),
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
    status: Mapped[int] = mapped_column(info=means("Status of the answer.", owner=Owner.SYSTEM))
    body: Mapped[bytes] = mapped_column(
        sa.LargeBinary,
        info=means("Body of the answer.", owner=Owner.SYSTEM, privacy=Privacy.PERSONAL),
    )


class KeyReused(DomainError):
    """The idempotency key came back with another request."""

    code = "idempotency-key-reused"
    status = 422
    title = lazy("This Idempotency-Key was used for a different request.")


def idempotent(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Answer a repeated POST with the first answer (draft-ietf-httpapi-idempotency-key-header).

    Goes innermost, directly on the view, so that validation has happened before.
    """

    @functools.wraps(view)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        key = request.headers.get("Idempotency-Key")
        if not key:
            return view(*args, **kwargs)
        said = b"\n".join([request.method.encode(), request.full_path.encode(), request.get_data()])
        digest = hashlib.sha256(said).digest()
        if (earlier := _earlier(key, digest)) is not None:
            return earlier
        answer = make_response(view(*args, **kwargs))
        return _keep(key, digest, answer)

    return wrapper


def _earlier(key: str, digest: bytes) -> Response | None:
    found = db.session.scalar(
        sa.select(IdempotencyKey).where(
            IdempotencyKey.person_id == actor().id, IdempotencyKey.key == key
        )
    )
    if found is None:
        return None
    if found.request_hash != digest:
        raise KeyReused
    return Response(found.body, status=found.status, content_type="application/json")


def _keep(key: str, digest: bytes, answer: Response) -> Response:
    body = answer.get_data()
    try:
        with unit_of_work():
            db.session.add(
                IdempotencyKey(
                    person_id=actor().id,
                    key=key,
                    request_hash=digest,
                    status=answer.status_code,
                    body=body,
                )
            )
    except IntegrityError:  # the same request ran beside us and was stored first
        return _earlier(key, digest) or answer
    return answer


def init_app(app: Flask) -> None:
    """Serve the description at /api/v1/openapi.json; the description itself is public."""
    api.register(app)
    for endpoint, view in list(app.view_functions.items()):
        if endpoint.startswith("openapi"):
            public(view)
