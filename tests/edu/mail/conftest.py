"""A mail server on loopback that does as it is told."""

import base64
import socketserver
import ssl
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509

from tests.edu.loopback import self_signed, serving


class Handler(socketserver.StreamRequestHandler):
    """One connection: enough of RFC 5321 for one letter."""

    server: "SmtpServerOnLoopback"

    def handle(self):
        if self.server.is_tls:
            self._wrap()
        self._say("220 ready")
        while line := self.rfile.readline():
            command = line.decode().strip()
            self.server.commands.append(command)
            if not self._answer(command):
                return

    def finish(self):
        super().finish()
        self.request.close()  # after STARTTLS it is not the one that the server closes

    def _answer(self, command: str) -> bool:
        verb = command.partition(" ")[0].upper()
        if verb in self.server.answers:
            self._say(self.server.answers[verb])
        elif verb == "EHLO":
            tls = ["250-STARTTLS"] if self.server.offers_starttls else []
            self._say("\r\n".join(["250-here", *tls, "250 AUTH PLAIN"]))
        elif verb == "STARTTLS":
            self._say("220 go")
            self._wrap()
        elif verb == "AUTH":
            said = base64.b64decode(command.split(" ")[2]).decode()
            self._say("235 welcome" if said == "\0an\0mat:khau" else "535 wrong password")
        elif verb == "DATA":
            self._say("354 go on")
            self.server.letters.append(self._read_letter())
            self._say("250 taken")
        elif verb == "QUIT":
            self._say("221 bye")
            return False
        else:
            self._say("250 fine")
        return True

    def _read_letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)

    def _wrap(self):
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        self.rfile.close()
        self.setup()

    def _say(self, text: str):
        self.wfile.write(f"{text}\r\n".encode())


class SmtpServerOnLoopback(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, context: ssl.SSLContext):
        super().__init__(("127.0.0.1", 0), Handler)
        self.context = context
        self.is_tls = False
        self.offers_starttls = True
        self.answers: dict[str, str] = {}
        self.commands: list[str] = []
        self.letters: list[bytes] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, *_):
        """Clients that do not trust our certificate hang up; that is what is tested."""


@pytest.fixture(scope="session")
def certificate(tmp_path_factory) -> Path:
    """A certificate and its key for 127.0.0.1 that only those trust who are told to."""
    path = tmp_path_factory.mktemp("certificate") / "both.pem"
    return self_signed(path, x509.IPAddress(ip_address("127.0.0.1")))


@pytest.fixture
def server(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(SmtpServerOnLoopback(context)) as server:
        yield server
