"""Letters kept in a list: for tests."""

from email.message import EmailMessage

from edu.mail.mailer import Letter, as_email


class MemoryMailer:
    """Keeps what it was given. `sent` holds the letters, `messages` what would have been sent."""

    def __init__(self, *, sender: str) -> None:
        self._sender = sender
        self.sent: list[Letter] = []
        self.messages: list[EmailMessage] = []

    def send(self, letter: Letter) -> None:
        """Keep a letter. Raises BadAddress and BadHeader."""
        self.messages.append(as_email(letter, sender=self._sender))
        self.sent.append(letter)
