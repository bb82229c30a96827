"""Pages of accounts."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from edu.http.session import public

bp = Blueprint("accounts", __name__)


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Show the sign-in form."""
    return render_template("edu/accounts/sign_in.html")
