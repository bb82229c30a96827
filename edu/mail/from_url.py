"""The mailer that a setting names."""

from urllib.parse import unquote, urlsplit

from edu.mail.adapters.console_mailer import ConsoleMailer
from edu.mail.adapters.memory_mailer import MemoryMailer
from edu.mail.adapters.smtp_mailer import SmtpMailer, SmtpServer
from edu.mail.mailer import Mailer

_PORTS = {"smtp": 587, "smtps": 465}


def from_url(url: str, *, sender: str) -> Mailer:
    """Open a mailer: `console://`, `memory://`, `smtp://user:password@host:port` or `smtps://…`.

    Reserved characters in user and password are percent-encoded; the port is 587, or 465 for
    smtps, where none is given. Raises ValueError for anything else.
    """
    parts = urlsplit(url)
    if parts.scheme == "console":
        return ConsoleMailer(sender=sender)
    if parts.scheme == "memory":
        return MemoryMailer(sender=sender)
    if parts.scheme in _PORTS and parts.hostname:
        server = SmtpServer(
            host=parts.hostname,
            port=parts.port or _PORTS[parts.scheme],
            username=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            is_tls=parts.scheme == "smtps",
        )
        return SmtpMailer(server, sender=sender)
    raise ValueError(f"not the address of a mailer: {parts.scheme}://")
