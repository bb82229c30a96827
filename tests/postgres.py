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


def main() -> int:
    """Start, run the command with EDU_TEST_DATABASE_URL, stop; give the command's exit code."""
    is_durable = sys.argv[1] == "--durable"
    command = sys.argv[2 if is_durable else 1 :]
    options = OPTIONS if is_durable else f"{OPTIONS} {FORGETFUL}"
    with tempfile.TemporaryDirectory(prefix="edu-pg-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        data, sockets = folder / "data", folder
        who = _as_user()
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": name}

        def run(*command: str) -> None:
            subprocess.run(
                command, check=True, stdout=subprocess.DEVNULL, env=environment, cwd=name, **who
            )

        run(_binary("initdb"), "-D", str(data), "-U", "edu", "-A", "trust", "-E", "UTF8")
        run(
            _binary("pg_ctl"),
            "-D",
            str(data),
            "-w",
            "-l",
            str(folder / "log"),
            "-o",
            f"{options} -k {sockets}",
            "start",
        )
        try:
            run(_binary("createdb"), "-h", str(sockets), "-U", "edu", "edu")
            url = f"postgresql+psycopg://edu@/edu?host={sockets}"
            return subprocess.run(
                command, check=False, env=os.environ | {"EDU_TEST_DATABASE_URL": url}
            ).returncode
        finally:
            run(_binary("pg_ctl"), "-D", str(data), "-m", "immediate", "stop")


if __name__ == "__main__":
    sys.exit(main())
