"""Letters by SMTP. Nothing goes over a network in the clear."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage

from edu.mail.mailer import Letter, MailRefused, MailUnavailable, as_email

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_PERMANENT = range(500, 600)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Where letters are handed in. `is_tls`: TLS from the first byte, usually on port 465.

    Otherwise STARTTLS is used, and a server that does not offer it is used on loopback only.
    `timeout` in seconds holds for each step.
    """

    host: str
    port: int
    username: str = ""
    password: str = field(default="", repr=False)
    is_tls: bool = False
    timeout: float = 20.0

    def __post_init__(self) -> None:
        if not f"{self.username}{self.password}".isascii():
            raise ValueError("user and password of the mail server must be ASCII")


class SmtpMailer:
    """Opens a connection for each letter, so nothing is held while nobody writes."""

    def __init__(
        self, server: SmtpServer, *, sender: str, tls: ssl.SSLContext | None = None
    ) -> None:
        """Send from `sender`. `tls` is the system's usual trust where none is given."""
        self._server = server
        self._sender = sender
        self._tls = tls or ssl.create_default_context()

    def send(self, letter: Letter) -> None:
        """Send a letter. Raises BadAddress, BadHeader, MailUnavailable and MailRefused."""
        message = as_email(letter, sender=self._sender)
        try:
            self._hand_in(message)
        except smtplib.SMTPRecipientsRefused as error:
            code, reason = next(iter(error.recipients.values()))
            raise _failure(code, reason) from None
        except smtplib.SMTPResponseException as error:
            raise _failure(error.smtp_code, error.smtp_error) from None
        except (smtplib.SMTPException, OSError) as error:
            raise MailUnavailable from error

    def _hand_in(self, message: EmailMessage) -> None:
        server = self._server
        with self._connected() as smtp:
            if not server.is_tls:
                self._secure(smtp)
            if server.username:
                smtp.login(server.username, server.password)
            smtp.send_message(message)

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        if server.is_tls:
            return smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.timeout, context=self._tls
            )
        return smtplib.SMTP(server.host, server.port, timeout=server.timeout)

    def _secure(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo_or_helo_if_needed()
        if smtp.has_extn("starttls"):
            smtp.starttls(context=self._tls)
        elif self._server.host not in _LOOPBACK:
            raise MailRefused(reason="no TLS")


def _failure(code: int, reason: bytes | str) -> MailUnavailable | MailRefused:
    """RFC 5321 §4.2.1: 5xx is final, anything else may go well later."""
    if code not in _PERMANENT:
        return MailUnavailable()
    words = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
    return MailRefused(reason=f"{code} {words}")
