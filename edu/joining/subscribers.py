"""Letters: written in the reader's language and sent once the change that asked for them is stored.

Each letter is a document of its own in each language: `templates/letters/NAME.LANGUAGE.txt`, the
subject in its first line. A letter that could not be sent is written again with a fresh link.
"""

from flask import current_app, render_template

from edu.accounts import queries as accounts
from edu.accounts.models import EmailToken, TokenPurpose
from edu.db import get_locked, inside, unit_of_work
from edu.events import subscribe
from edu.http.addresses import absolute
from edu.i18n import LANGUAGES, local
from edu.joining import service
from edu.joining.events import KnownAddressUsed, LinkRequested, PersonInvited
from edu.joining.models import Invitation
from edu.mail.mailer import Letter, Mailer
from edu.settings import in_force
from edu.tenancy import queries as tenancy

_LETTERS = {
    TokenPurpose.VERIFY_EMAIL: ("prove", "joining.ask_proof"),
    TokenPurpose.RESET_PASSWORD: ("reset", "joining.ask_new_password"),
}


@subscribe(LinkRequested)
def send_link(event: LinkRequested) -> None:
    """Send a link to prove an address or to set a new password."""
    with unit_of_work():
        row = get_locked(EmailToken, event.link_id)
        if row is None:  # used or replaced in the meantime
            return
        token = service.fresh_token(row)
    name, endpoint = _LETTERS[row.purpose]
    # no name: whoever asked for the link may have chosen it, to write to a stranger through us
    _send(row.email, name, row.person.locale, url=absolute(endpoint, token=token))


@subscribe(KnownAddressUsed)
def send_notice(event: KnownAddressUsed) -> None:
    """Tell the owner of an account that somebody used its address to open another."""
    person = accounts.get(event.person_id)
    _send(
        person.email,
        "known",
        person.locale,
        name=person.name,
        sign_in=absolute("accounts.sign_in"),
        reset=absolute("joining.ask_reset"),
    )


@subscribe(PersonInvited)
def send_invitation(event: PersonInvited) -> None:
    """Send the link of an invitation, in the language of the account or of the house."""
    with inside(event.tenant_id):
        with unit_of_work():
            row = get_locked(Invitation, event.invitation_id)
            if row is None or row.accepted_at:
                return
            token = service.fresh_token(row)
        place = tenancy.get(event.tenant_id)
        known = accounts.by_email(row.email)
        language = known.locale if known else in_force().default_locale
        _send(
            row.email,
            "invitation",
            language,
            inviter=row.invited_by.name,
            place=local(place.name, language),
            url=absolute("joining.show_invitation", place=place.code, token=token),
        )


def _send(to: str, template: str, language: str, **values: str) -> None:
    language = language if language in LANGUAGES else LANGUAGES[0]
    text = render_template(f"edu/joining/letters/{template}.{language}.txt", **values)
    subject, _blank, body = text.partition("\n\n")
    mailer: Mailer = current_app.extensions["edu_mailer"]
    mailer.send(Letter(to=to, subject=subject.strip(), text=body))
