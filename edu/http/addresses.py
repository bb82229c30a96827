"""Addresses: whole ones for mail and codes, and safe ones to go on to after a form."""

from urllib.parse import urlsplit

from flask import current_app, request

from edu.settings import in_force

_FIRST_PRINTABLE = 0x21


def absolute(endpoint: str, **values: object) -> str:
    """Give the whole address of a page as people type it; works in jobs, outside any request."""
    base = urlsplit(in_force().base_url)
    urls = current_app.url_map.bind(base.netloc, url_scheme=base.scheme)
    return urls.build(endpoint, values, force_external=True)


def onward(default: str = "/") -> str:
    """Where to go after the form: the request's `next` when it stays on this site."""
    wanted = request.values.get("next", "")
    return wanted if is_on_site(wanted) else default


def is_on_site(address: str) -> bool:
    """True for a path of this site that no browser reads as another site's address (ASVS 3.7.2).

    Browsers take a backslash for a slash, two slashes for the start of a host name, and drop tabs
    and line ends.
    """
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        return False
    if any(ord(letter) < _FIRST_PRINTABLE for letter in address):
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc
