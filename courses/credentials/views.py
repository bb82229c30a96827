"""Certificates: the holder's PDF, the public verification page, the college's register."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from courses.credentials import queries, service
from courses.credentials.models import Certificate
from courses.credits.models import CreditEntry
from edu.accounts.models import Role
from edu.db import unit_of_work
from edu.errors import Forbidden
from edu.http import paging
from edu.http.ratelimit import limiter
from edu.http.session import actor, public
from edu.i18n import _
from edu.storage.filenames import content_disposition
from edu.taxonomy import queries as taxonomy
from edu.tenancy import queries as tenancy

bp = Blueprint("credentials", __name__)


@bp.get("/certificates/<uuid:certificate_id>.pdf")
def document(certificate_id: UUID) -> ResponseReturnValue:
    """The certificate as a PDF, for its holder and the college."""
    certificate = queries.get_for(actor(), certificate_id)
    answer = Response(pdf_of(certificate), mimetype="application/pdf")
    name = f"{certificate.number}.pdf"
    answer.headers["Content-Disposition"] = content_disposition(name, inline=False)
    return answer


@bp.get("/verify")
@public
def ask() -> ResponseReturnValue:
    """Ask for the code on a certificate; a code that is given leads to its page."""
    code = request.args.get("code", "").strip().upper().replace(" ", "").replace("-", "")
    if code:
        return redirect(url_for(".verify", code=code), 303)
    return render_template("courses/credentials/ask.html")


@bp.get("/verify/<code>")
@public
@limiter.limit("60 per minute")
def verify(code: str) -> ResponseReturnValue:
    """Say whether a certificate is genuine, and no more of its holder than is printed on it."""
    certificate = queries.by_public_code(code)
    if certificate is None:
        return render_template("courses/credentials/unknown.html", code=code[:40]), 404
    return render_template(
        "courses/credentials/verify.html",
        certificate=certificate,
        college=tenancy.get(certificate.tenant_id),
        skills=taxonomy.skills_by_codes(certificate.skills),
    )


@bp.get("/at/<place>/certificates")
def register() -> ResponseReturnValue:
    """The college's register of certificates."""
    _managers_only()
    found = paging.page(queries.issued_here(), Certificate.id)
    return render_template("courses/credentials/register.html", page=found)


@bp.post("/at/<place>/certificates/<uuid:certificate_id>/revoke")
def revoke(certificate_id: UUID) -> ResponseReturnValue:
    """Declare a certificate void."""
    with unit_of_work():
        certificate = queries.get_for(actor(), certificate_id)
        service.revoke(actor(), certificate, because=request.form.get("because", ""))
    flash(_("Certificate %(number)s is void from now on.", number=certificate.number))
    return redirect(url_for(".register"), 303)


def _managers_only() -> None:
    if not actor().has_role(Role.MANAGER):
        raise Forbidden


def in_ledger(entry: CreditEntry) -> str:
    """The certificate's links in the learner's ledger."""
    certificate = queries.for_entry(entry.id)
    if certificate is None:
        return ""
    return render_template("courses/credentials/_in_ledger.html", certificate=certificate)
