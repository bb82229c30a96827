"""Drills: the product as real processes on loopback, in folders of its own."""

import json
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability.installation import Installation


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture(scope="session")
def planted() -> Iterator[Installation]:
    """A small college, planted once; nothing runs."""
    with tempfile.TemporaryDirectory(prefix="edu-") as folder:
        made = Installation(Path(folder) / "home", _free_port(), {})
        told = subprocess.run(
            [sys.executable, "-m", "tests.reliability.planting"],
            env=made.environment,
            capture_output=True,
            check=False,
        )
        assert told.returncode == 0, told.stderr.decode()[-3000:]
        made.told = json.loads(told.stdout)
        yield made


@pytest.fixture
def installation(planted: Installation) -> Iterator[Installation]:
    """A copy of the planted college for one drill; what runs at its end is ended."""
    with tempfile.TemporaryDirectory(prefix="edu-") as folder:  # short: sockets have short names
        home = Path(folder) / "home"
        shutil.copytree(planted.home, home)
        made = Installation(home, _free_port(), planted.told)
        yield made
        made.close()
