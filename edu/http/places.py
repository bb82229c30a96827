"""Where a fetch may go: the one rule, for who fetches and for who takes an address from a form.

An address says a place on the open internet, by a name or in the one usual form of a number, at a
port where the web is served; or one of the private places that the settings name.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import SplitResult, quote, urlsplit

from edu.errors import Invalid
from edu.i18n import lazy

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve: TypeAlias = Callable[[str, int], Sequence[str]]
Allows: TypeAlias = Callable[[Address], bool]

LONGEST_URL = 2048
PORTS = frozenset({80, 443, 8080, 8443})
DEFAULT_PORTS = {"http": 80, "https": 443}

_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE)
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_SIX_TO_FOUR = ipaddress.IPv6Network("2002::/16")
_SAFE = "/:?#[]@!$&'()*+,;=~%-._"


class FetchRefused(Invalid):
    """We do not go there. `values`: `reason`, and for a port the `ports` that are possible.

    Reasons: url, scheme, credentials, port, host, address, downgrade.
    """

    code = "fetch-refused"
    title = lazy(
        "This address cannot be used. Please give a public address that begins with https."
    )

    def __init__(self, reason: str, *, ports: str = "") -> None:
        super().__init__(reason=reason, ports=ports)
        self.title = _SENTENCES.get(reason, self.title)


_SENTENCES = {
    "url": lazy("This does not look like an address: https://lrs.example/xapi."),
    "scheme": lazy("Please give an address that begins with https://."),
    "credentials": lazy("Please leave name and password out of the address."),
    "port": lazy(
        "The address has an unusual port, where we do not go. These are possible: %(ports)s."
    ),
    "host": lazy("The part after https:// is not the name of a server."),
    "address": lazy(
        "The address leads into a private network, where we do not go unless EDU_FETCH_ALSO names "
        "it. Please ask your administrator, or give a public address."
    ),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A checked address: where to go and what to ask for there.

    `is_let_in`: it is one of the private ones that the settings name.
    """

    url: str
    scheme: str
    host: str
    port: int
    target: str
    is_let_in: bool


def is_public(address: Address) -> bool:
    """Whether an address is of the open internet, and of no other hidden in it.

    IPv6 addresses that carry an IPv4 one (mapped, 6to4, Teredo, NAT64) are none.
    """
    if isinstance(address, ipaddress.IPv6Address):
        is_plain = address in _GLOBAL_UNICAST and address not in _SIX_TO_FOUR
        return is_plain and address.is_global
    return address.is_global and not address.is_multicast and not address.is_reserved


def system_resolve(host: str, port: int) -> Sequence[str]:
    """All addresses of a name, as this machine knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Places:
    """Knows where one may go."""

    def __init__(
        self,
        resolve: Resolve,
        allows: Allows,
        ports: frozenset[int],
        let_in: frozenset[tuple[str | None, int | None]],
    ) -> None:
        """Go to addresses that `allows` allows, on `ports`; `let_in` are allowed besides."""
        self._resolve = resolve
        self._allows = allows
        self._ports = ports
        self._let_in = let_in

    def read(self, url: str) -> Place:
        """Read an address that a person or a server gave. Raises FetchRefused."""
        if len(url) > LONGEST_URL or _FORBIDDEN.search(url):
            raise FetchRefused("url")
        try:
            parts = urlsplit(url)
            port = parts.port
            named = parts.hostname or ""
        except ValueError:
            raise FetchRefused("url") from None
        if parts.scheme not in DEFAULT_PORTS:
            raise FetchRefused("scheme")
        if "@" in parts.netloc:
            raise FetchRefused("credentials")
        host = _host(named)
        port = DEFAULT_PORTS[parts.scheme] if port is None else port
        is_let_in = (host, port) in self._let_in
        if port not in self._ports and not is_let_in:
            raise FetchRefused("port", ports=", ".join(map(str, sorted(self._ports))))
        return Place(url, parts.scheme, host, port, _target(parts), is_let_in)

    def addresses(self, place: Place) -> list[str]:
        """Give the addresses behind it, all of them checked. Raises FetchRefused and OSError."""
        try:
            literal = [str(ipaddress.ip_address(place.host))]
        except ValueError:
            literal = []
        found = literal or self._resolve(place.host, place.port)
        for address in found:
            if not (place.is_let_in or self._allows(ipaddress.ip_address(address))):
                raise FetchRefused("address")
        return list(found)

    def judge(self, url: str) -> Place:
        """Refuse now what would be refused when fetched. Raises FetchRefused.

        A name that nobody knows at the moment passes: it may be known by then.
        """
        place = self.read(url)
        with suppress(OSError):
            self.addresses(place)
        return place


def _host(named: str) -> str:
    """The host in ASCII; numbers only in the one usual form of an address. Raises FetchRefused."""
    try:
        if ":" in named:
            return str(ipaddress.IPv6Address(named))
        host = named.encode("idna").decode("ascii").lower().removesuffix(".")
        if _NUMERIC.fullmatch(host.rpartition(".")[2]):
            return str(ipaddress.IPv4Address(host))
    except ValueError:
        raise FetchRefused("host") from None
    if not re.fullmatch(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*", host):
        raise FetchRefused("host")
    return host


def _target(parts: SplitResult) -> str:
    """What to ask the server for, in ASCII."""
    path = quote(parts.path or "/", safe=_SAFE)
    return f"{path}?{quote(parts.query, safe=_SAFE)}" if parts.query else path
