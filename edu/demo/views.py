"""The demo accounts on the sign-in page."""

from flask import render_template

from edu.demo import service
from edu.i18n import lazy

LABELS = {
    "learner": lazy("Learner"),
    "teacher": lazy("Teacher"),
    "manager": lazy("College manager"),
    "employer": lazy("Employer"),
    "officer": lazy("Province officer"),
    "parent": lazy("Parent"),
}


def sign_in_buttons(onward: str) -> str:
    """Render one button for each demo account."""
    accounts = [(LABELS[account], person) for account, person in service.accounts_by_role()]
    return render_template(
        "edu/demo/accounts.html", accounts=accounts, password=service.PASSWORD, onward=onward
    )
