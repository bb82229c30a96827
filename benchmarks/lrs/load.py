"""Clients that cost little themselves: prepared requests over kept connections, one thread.

Server and clients share the machine, so what a client costs is missing at the server. This one
takes some ten microseconds a request.
"""

import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

END = b"\r\n\r\n"
LARGEST, LONGEST_HEAD = 1 << 20, 4096  # bytes of an answer, and of its head


@dataclass
class Measured:
    """What some requests took."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)  # seconds, sorted
    wrong: list[bytes] = field(default_factory=list)  # heads of answers that were not 200 or 204

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds

    def at(self, share: float) -> float:
        """Give the latency, in milliseconds, that so large a share stays below."""
        return self.latencies[min(int(len(self.latencies) * share), len(self.latencies) - 1)] * 1000


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """Write a request of HTTP/1.1."""
    said = {"Host": "127.0.0.1", **headers}
    if body:
        said["Content-Length"] = str(len(body))
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {text}" for name, text in said.items())]
    return "\r\n".join(lines).encode() + END + body


def run(port: int, requests: Sequence[bytes], connections: int) -> Measured:
    """Send each request once, so many at a time; every connection sends its next when answered."""
    measured = Measured()
    rest = iter(requests)
    with selectors.DefaultSelector() as waiting:
        began = time.perf_counter()
        under_way = sum(_Connection(port, waiting).send_next(rest) for _ in range(connections))
        while under_way:
            for key, _ in waiting.select():
                connection: _Connection = key.data
                if connection.has_answer(measured):
                    under_way -= not connection.send_next(rest)
        measured.seconds = time.perf_counter() - began
    measured.latencies.sort()
    return measured


class _Connection:
    """One kept connection with one request under way."""

    def __init__(self, port: int, waiting: selectors.BaseSelector) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.waiting = waiting
        waiting.register(self.socket, selectors.EVENT_READ, self)
        self.buffer = memoryview(bytearray(LARGEST))
        self.received = 0
        self.expected: int | None = None  # bytes of the whole answer, once its head has come
        self.sent_at = 0.0

    def send_next(self, rest: Iterator[bytes]) -> bool:
        """Send a further request; close where there is none."""
        following = next(rest, None)
        if following is None:
            self.waiting.unregister(self.socket)
            self.socket.close()
            return False
        self.received, self.expected = 0, None
        self.sent_at = time.perf_counter()
        self.socket.sendall(following)
        return True

    def has_answer(self, measured: Measured) -> bool:
        """Read what has come; True, and noted, once that is a whole answer."""
        count = self.socket.recv_into(self.buffer[self.received :])
        if not count:
            raise ConnectionResetError("the server hung up, or said too much")
        self.received += count
        if self.expected is None:
            head, found, _ = bytes(self.buffer[: min(self.received, LONGEST_HEAD)]).partition(END)
            if not found:
                return False
            self.expected = len(head) + len(END) + _length(head)
        if self.received < self.expected:
            return False
        measured.latencies.append(time.perf_counter() - self.sent_at)
        said = bytes(self.buffer[:500])
        if said.split(b" ", 2)[1] not in {b"200", b"204"}:
            measured.wrong.append(said)
        return True


def _length(head: bytes) -> int:
    lowered = head.lower()
    place = lowered.find(b"content-length:")
    if place < 0:
        if b"chunked" in lowered:
            raise ValueError("a chunked answer")
        return 0
    return int(lowered[place + 15 :].split(b"\r", 1)[0])
