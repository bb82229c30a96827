"""What is shown a single time, such as a new secret: carried over the redirect behind a POST.

It travels in the session's cookie, which is signed and readable by nobody but the browser that
made it, until the page that shows it takes it away; reloading that page shows it no more.
"""

from flask import session

_PREFIX = "once:"


def keep_once(name: str, value: str) -> None:
    """Keep a short text for the next page; `name` says which page, as in `webhook:ID`."""
    session[_PREFIX + name] = value


def take_once(name: str) -> str | None:
    """Take what was kept under the name: it is gone then. None where nothing was."""
    kept: str | None = session.pop(_PREFIX + name, None)
    return kept
