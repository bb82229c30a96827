"""Run a command with a throw-away PostgreSQL: `python -m tests.postgres pytest …`.

The server listens on a Unix socket in a temporary folder and ends with the command. PostgreSQL
refuses to run as root, so as root it runs as the user `nobody`. It does not wait for the disk, but
with `--durable` before the command it does: for measuring.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

OPTIONS = "-c listen_addresses='' -c max_connections=100"
FORGETFUL = "-c fsync=off -c full_page_writes=off"


def _binary(name: str) -> str:
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / name).exists():
            return str(folder / name)
    found = shutil.which(name)
    if found is None:
        sys.exit(f"PostgreSQL's {name} is not installed: apt-get install postgresql")
    return found


def _as_user() -> dict[str, object]:
    """A non-root identity for the server's processes."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid}


class Server:
    """A server in a folder of its own; `url` is for SQLAlchemy."""

    def __init__(self, folder: Path, *, is_durable: bool = False) -> None:
        folder.chmod(0o777)
        self.folder = folder
        self.options = OPTIONS if is_durable else f"{OPTIONS} {FORGETFUL}"
        self.url = f"postgresql+psycopg://edu@/edu?host={folder}"
        data = str(folder / "data")
        self._run("initdb", "-D", data, "-U", "edu", "-A", "trust", "-E", "UTF8")

    def start(self) -> None:
        """Start it, or start it anew."""
        options = f"{self.options} -k {self.folder}"
        self._control("-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def create_database(self) -> None:
        """Make the one database that `url` names."""
        self._run("createdb", "-h", str(self.folder), "-U", "edu", "edu")

    def stop(self) -> None:
        """End it as a power cut would: nothing is finished, nothing written back."""
        self._control("-m", "immediate", "stop")

    def _control(self, *words: str) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), *words)

    def _run(self, name: str, *words: str) -> None:
        subprocess.run(
            (_binary(name), *words),
            check=True,
            stdout=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(self.folder)},
            cwd=self.folder,
            **_as_user(),
        )


def main() -> int:
    """Start, run the command with EDU_TEST_DATABASE_URL, stop; give the command's exit code."""
    is_durable = sys.argv[1] == "--durable"
    command = sys.argv[2 if is_durable else 1 :]
    with tempfile.TemporaryDirectory(prefix="edu-pg-") as name:
        server = Server(Path(name), is_durable=is_durable)
        server.start()
        try:
            server.create_database()
            environment = os.environ | {"EDU_TEST_DATABASE_URL": server.url}
            return subprocess.run(command, check=False, env=environment).returncode
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(main())
