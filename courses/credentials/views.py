"""Certificates: the holder's PDF, the public verification page, the college's register."""

import io
import textwrap
from datetime import date
from pathlib import Path
from uuid import UUID

import segno
from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from courses.credentials import queries, service
from courses.credentials.models import Certificate
from courses.credits.models import CreditEntry
from courses.credits.queries import rules
from edu.accounts.models import Role
from edu.db import inside, unit_of_work
from edu.errors import Forbidden
from edu.http import paging
from edu.http.ratelimit import limiter
from edu.http.session import actor, public
from edu.i18n import _, force_locale
from edu.pdf import PdfRenderer
from edu.storage import service as storage
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
    found = paging.page(queries.issued_here(actor()), Certificate.id)
    return render_template("courses/credentials/register.html", page=found)


@bp.post("/at/<place>/certificates/<uuid:certificate_id>/revoke")
def revoke(certificate_id: UUID) -> ResponseReturnValue:
    """Declare a certificate void."""
    with unit_of_work():
        certificate = queries.get_for(actor(), certificate_id)
        service.revoke(actor(), certificate, because=request.form.get("because", ""))
    flash(_("Certificate %(number)s is void from now on.", number=certificate.number))
    return redirect(url_for(".register"), 303)


def pdf_of(certificate: Certificate) -> bytes:
    """Print a certificate when it is first asked for; afterwards give the same file."""
    if certificate.blob_key:
        with storage.store().open(certificate.blob_key) as kept:
            return kept.read()
    printed = _print(certificate)
    with inside(certificate.tenant_id), unit_of_work():
        key = storage.store().put(io.BytesIO(printed)).key
        service.keep_document(certificate, key)
    return printed


def _print(certificate: Certificate) -> bytes:
    """Lay the certificate out in Vietnamese, the language of the register."""
    address = url_for(".verify", code=certificate.public_code, _external=True)
    born = certificate.details["birth_date"]
    with force_locale("vi"):
        html = render_template(
            "courses/credentials/certificate.html",
            language="vi",
            certificate=certificate,
            college=tenancy.get(certificate.tenant_id),
            skills=taxonomy.skills_by_codes(certificate.skills),
            rule_set=rules(certificate.details["rule_set"]),
            born=date.fromisoformat(born) if born else None,
            verify_url=address.rpartition("/")[0],
            code=" ".join(textwrap.wrap(certificate.public_code, 4)),
        )
    qr = io.BytesIO()
    segno.make(address, error="m", micro=False).save(qr, kind="svg", border=2, dark="#0f3d38")
    static = Path(str(current_app.static_folder))
    return PdfRenderer(static).render(html, files={"qr.svg": qr.getvalue()})


def _managers_only() -> None:
    if not actor().has_role(Role.MANAGER):
        raise Forbidden


def in_ledger(entry: CreditEntry) -> str:
    """The certificate's links in the learner's ledger."""
    certificate = queries.for_entry(entry.id)
    if certificate is None:
        return ""
    return render_template("courses/credentials/_in_ledger.html", certificate=certificate)
