"""A server on loopback stands for the open internet; only tests may say that it is allowed."""

import ipaddress
import socket
import socketserver
import ssl
import time

import pytest

from edu.http.places import FetchRefused, is_public
from edu.http.safe_fetch import FetchFailed, SafeFetcher, system_connect
from tests.edu.loopback import serving

LOOPBACK = ipaddress.ip_address("127.0.0.1")


def answer(body: bytes = b"hello", status: str = "200 OK", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return answer(b"", status, f"Location: {location}")


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        connection = self.request
        if self.server.tls:
            connection = self.server.tls.wrap_socket(connection, server_side=True)
        with connection:
            request = b""
            while b"\r\n\r\n" not in request:
                if not (chunk := connection.recv(65536)):
                    return
                request += chunk
            self.server.requests.append(request.decode())
            target = request.split(b" ")[1].decode()
            for piece in self.server.pieces(target):
                connection.sendall(piece)


class Internet(socketserver.ThreadingTCPServer):
    """One server that answers for every name."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.tls: ssl.SSLContext | None = None
        self.requests: list[str] = []
        self.answers: dict[str, bytes] = {}
        self.drip = 0.0

    def pieces(self, target: str):
        whole = self.answers.get(target, answer())
        if not self.drip:
            return [whole]
        return self._dripping(whole)

    def _dripping(self, whole: bytes):
        for byte in whole:
            time.sleep(self.drip)
            yield bytes([byte])

    def handle_error(self, *_):
        """Clients that hang up are what is tested."""


@pytest.fixture
def internet():
    with serving(Internet()) as server:
        yield server


class Network:
    """Counts what the fetcher does: names resolved, connections opened."""

    def __init__(self, server: Internet):
        self.server = server
        self.names: dict[str, list[str]] = {}
        self.resolved: list[str] = []
        self.connected: list[tuple[str, int]] = []

    def resolve(self, host: str, _port: int) -> list[str]:
        self.resolved.append(host)
        if host == "nowhere.test":
            raise socket.gaierror
        return self.names.get(host, ["127.0.0.1"])

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        self.connected.append((address, port))
        if address == "9.9.9.9":
            raise ConnectionRefusedError
        return system_connect("127.0.0.1", self.server.server_address[1], timeout)

    def fetcher(self, **more) -> SafeFetcher:
        more.setdefault("allows", lambda address: address == LOOPBACK or is_public(address))
        return SafeFetcher(resolve=self.resolve, connect=self.connect, **more)


@pytest.fixture
def network(internet):
    return Network(internet)


@pytest.fixture
def fetcher(network):
    return network.fetcher()


def refusal(fetch) -> str:
    with pytest.raises(FetchRefused) as refused:
        fetch()
    return str(refused.value.values["reason"])


def failure(fetch) -> str:
    with pytest.raises(FetchFailed) as failed:
        fetch()
    return str(failed.value.values["reason"])
