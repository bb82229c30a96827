"""Fetching from addresses that people give, without being led to where people may not go.

A name is resolved once, every address it has is checked, and the connection goes to a checked
address: what the name says a moment later is no matter. Each redirect starts from the beginning.
ASVS 1.3.6.
"""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urljoin

from edu.errors import DomainError
from edu.http.places import (
    DEFAULT_PORTS,
    PORTS,
    Allows,
    FetchRefused,
    Place,
    Places,
    Resolve,
    is_public,
    system_resolve,
)
from edu.i18n import lazy
from edu.settings import in_force

Connect: TypeAlias = Callable[[str, int, float], socket.socket]

_REDIRECTS = {301, 302, 303, 307, 308}
_CHUNK_BYTES = 64 << 10


class FetchFailed(DomainError):
    """We went there and it did not go well. `values`: `reason`.

    Reasons: unreachable, too-slow, too-large, media-type, redirects, garbled.
    """

    code = "fetch-failed"
    status = 502
    title = lazy("The other server did not give what we asked for. Please try again later.")

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much a fetch may take: body in bytes; seconds in all, redirects included."""

    body_bytes: int = 10 << 20
    seconds: float = 20.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer, whatever its status; `url` is where it came from after redirects.

    Header names are in lower case; `media_type` has no parameters and is "" where none was said.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    media_type: str
    body: bytes


def system_connect(address: str, port: int, timeout: float) -> socket.socket:
    """Open a connection to an IP address. Raises OSError."""
    return socket.create_connection((address, port), timeout)


class SafeFetcher:
    """Fetches. The parts that touch the network can be given, for tests and for closed networks."""

    def __init__(  # noqa: PLR0913 - keyword-only: each part can be given
        self,
        *,
        resolve: Resolve = system_resolve,
        allows: Allows = is_public,
        connect: Connect = system_connect,
        tls: ssl.SSLContext | None = None,
        ports: frozenset[int] = PORTS,
        let_in: frozenset[tuple[str | None, int | None]] = frozenset(),
    ) -> None:
        """Go only to addresses that `allows` allows, on `ports`; trust what `tls` trusts.

        `let_in` are hosts with ports that are allowed besides: each as it stands in the address,
        at that port, and not by way of another host.
        """
        self.places = Places(resolve, allows, ports, let_in)
        self._connect = connect
        self._tls = tls or ssl.create_default_context()

    def get(
        self,
        url: str,
        *,
        accept: Sequence[str] = (),
        headers: Mapping[str, str] | None = None,
        limits: FetchLimits | None = None,
    ) -> Fetched:
        """Fetch a URL, following redirects.

        `accept` lists media types ("text/xml", "image/*") of which a good answer must have one;
        without it any will do. `headers` are sent to the first host alone. An answer of any status
        is given back. Raises FetchRefused and FetchFailed.
        """
        limits = limits or FetchLimits()
        deadline = time.monotonic() + limits.seconds
        place = self.places.read(url)
        sent = dict(headers or {})
        for _ in range(limits.redirects + 1):
            answer = self._ask("GET", place, _Request(accept, sent, None), limits, deadline)
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not location:
                return answer
            following = self.places.read(_joined(place.url, location))
            if (place.scheme, following.scheme) == ("https", "http"):
                raise FetchRefused("downgrade")
            if following.host != place.host:
                sent = {}
                if following.is_let_in:
                    raise FetchRefused("address")
            place = following
        raise FetchFailed("redirects")

    def post(
        self,
        url: str,
        body: bytes,
        *,
        accept: Sequence[str] = (),
        headers: Mapping[str, str] | None = None,
        limits: FetchLimits | None = None,
    ) -> Fetched:
        """Send a body to a URL. Redirects are not followed but given back. Raises like `get`."""
        limits = limits or FetchLimits()
        request = _Request(accept, dict(headers or {}), body)
        return self._ask(
            "POST", self.places.read(url), request, limits, time.monotonic() + limits.seconds
        )

    def _ask(
        self, method: str, place: Place, request: "_Request", limits: FetchLimits, deadline: float
    ) -> Fetched:
        try:
            plain = self._open(place, deadline)
            with plain, self._secured(plain, place, deadline) as connection:
                return _exchange(method, place, request, limits, _Deadline(connection, deadline))
        except TimeoutError:
            raise FetchFailed("too-slow") from None
        except OSError:
            raise FetchFailed("unreachable") from None
        except (http.client.HTTPException, ValueError):
            raise FetchFailed("garbled") from None

    def _open(self, place: Place, deadline: float) -> socket.socket:
        """Connect to the first address that answers, after all of them were checked."""
        failure: OSError = OSError("no address")
        for address in self.places.addresses(place):
            try:
                return self._connect(address, place.port, _left(deadline))
            except OSError as error:
                failure = error
        raise failure

    def _secured(self, plain: socket.socket, place: Place, deadline: float) -> socket.socket:
        if place.scheme == "http":
            return plain
        plain.settimeout(_left(deadline))
        return self._tls.wrap_socket(plain, server_hostname=place.host)


def fetcher() -> SafeFetcher:
    """Go as this installation may: to the open internet, and where its settings let us in."""
    return SafeFetcher(let_in=in_force().private_places())


@dataclass(frozen=True, slots=True)
class _Request:
    accept: Sequence[str]
    headers: Mapping[str, str]
    body: bytes | None


class _Reader(io.RawIOBase):
    """Reads from a socket until the deadline, however little comes at a time."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self._connection = connection
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # always this type
        self._connection.settimeout(_left(self._deadline))
        return self._connection.recv_into(buffer)


class _Deadline:
    """As much of a socket as `http.client` uses, with one deadline for everything."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self._connection = connection
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._connection.settimeout(_left(self._deadline))
        self._connection.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self._connection, self._deadline))

    def close(self) -> None:
        """Leave it to who opened it: the body is read after `http.client` is done with it."""


def _exchange(
    method: str, place: Place, request: _Request, limits: FetchLimits, connection: _Deadline
) -> Fetched:
    client = http.client.HTTPConnection(place.host, place.port)
    client.default_port = DEFAULT_PORTS[place.scheme]  # else Host would say :443
    client.sock = connection
    headers = {
        "Accept": ", ".join(request.accept) or "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
        "User-Agent": "nghe-so",
        **request.headers,
    }
    client.request(method, place.target, body=request.body, headers=headers)
    with client.getresponse() as response:
        said = {name.lower(): value for name, value in response.getheaders()}
        media_type = said.get("content-type", "").partition(";")[0].strip().lower()
        is_good = http.client.OK <= response.status < http.client.MULTIPLE_CHOICES
        if is_good and request.accept and not _is_one_of(media_type, request.accept):
            raise FetchFailed("media-type")
        if said.get("content-encoding", "identity") != "identity":
            raise FetchFailed("garbled")
        body = _body(response, limits.body_bytes)
        return Fetched(place.url, response.status, said, media_type, body)


def _body(response: http.client.HTTPResponse, limit: int) -> bytes:
    if (response.length or 0) > limit:
        raise FetchFailed("too-large")
    body = bytearray()
    while chunk := response.read(_CHUNK_BYTES):
        body += chunk
        if len(body) > limit:
            raise FetchFailed("too-large")
    if response.length:
        raise FetchFailed("garbled")  # the connection ended before the body did
    return bytes(body)


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError:
        raise FetchRefused("url") from None


def _is_one_of(media_type: str, accepted: Sequence[str]) -> bool:
    family = f"{media_type.partition('/')[0]}/*"
    return media_type in accepted or family in accepted


def _left(deadline: float) -> float:
    """Seconds until the deadline. Raises TimeoutError when it has passed."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
