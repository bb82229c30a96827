"""Letters to people, and what sends them. One letter goes to one person: addresses stay private."""

import re
import unicodedata
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Protocol

from edu.db import utcnow
from edu.errors import DomainError, Invalid
from edu.i18n import lazy

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


class BadAddress(Invalid):
    """It is no e-mail address that a letter can be sent to. `values`: `address`."""

    code = "bad-address"
    title = lazy("%(address)s is not an e-mail address.")


class BadHeader(Invalid):
    """A subject with line breaks or other controls: somebody tries to write headers."""

    code = "bad-header"
    title = lazy("The subject of this letter has characters that it must not have.")


class MailUnavailable(DomainError):
    """The mail server cannot be reached or asks to come back later: try again."""

    code = "mail-unavailable"
    status = 503
    title = lazy("The letter could not be sent just now. We will try again.")


class MailRefused(DomainError):
    """The mail server will not take this letter, now or later. `values`: `reason`, its words."""

    code = "mail-refused"
    status = 502
    title = lazy("The mail server refused the letter: %(reason)s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter as we write it. `text` is whole without `html`, which says the same with looks."""

    to: str
    subject: str
    text: str
    html: str | None = None
    reply_to: str | None = None


class Mailer(Protocol):
    """Sends letters."""

    def send(self, letter: Letter) -> None:
        """Send one. Raises BadAddress, BadHeader, MailUnavailable and MailRefused."""


def as_email(letter: Letter, *, sender: str) -> EmailMessage:
    """The letter as a message, ready to be sent. Raises BadAddress and BadHeader."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(sender)
    message["To"] = _address(letter.to)
    if letter.reply_to:
        message["Reply-To"] = _address(letter.reply_to)
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = format_datetime(utcnow())
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday answers, please
    message.set_content(letter.text)
    if letter.html is not None:
        message.add_alternative(letter.html, subtype="html")
    return message


def _address(address: str) -> str:
    if not _ADDRESS.fullmatch(address):
        raise BadAddress(address=ascii(address))
    return address


def _one_line(subject: str) -> str:
    if any(unicodedata.category(char) in {"Cc", "Zl", "Zp"} for char in subject):
        raise BadHeader
    return subject
