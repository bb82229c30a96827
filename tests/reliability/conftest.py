"""Drills: the product as real processes on loopback, in folders of its own."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability.installation import Installation


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def planted() -> Iterator[Installation]:
    """A small college, planted once; nothing runs."""
    with tempfile.TemporaryDirectory(prefix="edu-") as folder:
        yield Installation.planted_by("tests.reliability.planting", Path(folder) / "home")


@pytest.fixture
def installation(planted: Installation) -> Iterator[Installation]:
    """A copy of the planted college for one drill; what runs at its end is ended."""
    with tempfile.TemporaryDirectory(prefix="edu-") as folder:  # short: sockets have short names
        home = Path(folder) / "home"
        shutil.copytree(planted.home, home)
        made = Installation(home, planted.told)
        yield made
        made.close()
