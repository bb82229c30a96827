"""Letters printed where the program runs: for trying things out without a mail server."""

import sys
from typing import TextIO

from edu.mail.mailer import Letter, as_email

_RULE = "─" * 72


class ConsoleMailer:
    """Writes each letter as a person would read it."""

    def __init__(self, *, sender: str, output: TextIO | None = None) -> None:
        """Write to `output`; to what is standard error at that moment, where none is given."""
        self._sender = sender
        self._output = output

    def send(self, letter: Letter) -> None:
        """Print a letter. Raises BadAddress and BadHeader."""
        message = as_email(letter, sender=self._sender)
        heads = (f"{name}: {message[name]}" for name in ("From", "To", "Subject"))
        lines = (_RULE, *heads, "", letter.text.rstrip(), _RULE, "")
        output = self._output or sys.stderr
        output.write("\n".join(lines))
        output.flush()
