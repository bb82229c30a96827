"""The disk is full: what was acknowledged stays, reading goes on, and room is all it needs."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tests.reliability.installation import Installation

SIZE = "48m"


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of its own, in memory."""
    with tempfile.TemporaryDirectory(prefix="edu-") as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder]
        mounted = subprocess.run(mount, capture_output=True, check=False)
        if mounted.returncode:
            pytest.skip(f"cannot mount a small disk here: {mounted.stderr.decode().strip()}")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def on_small_disk(planted: Installation, installation, small_disk) -> Installation:
    """The installation, with its home on the small disk."""
    installation.home = small_disk / "home"
    shutil.copytree(planted.home, installation.home)
    return installation


def _store(installation: Installation) -> tuple[str, int]:
    key = str(uuid4())
    statement = {
        "id": key,
        "actor": {"mbox": "mailto:an@example.test"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"},
        "object": {
            "id": f"http://example.test/{key}",
            "definition": {"name": {"en": "x" * 50_000}},
        },
    }
    return key, installation.browser().put_statement(statement).status


def _fill(disk: Path) -> Path:
    """Leave a little room on the disk, and none after it."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        file.write(b"\0" * (shutil.disk_usage(disk).free - 2_000_000))
    return ballast


def test_a_full_disk_is_said_harms_nothing_and_needs_no_restart(
    on_small_disk, small_disk, record_property
):
    on_small_disk.serve()
    ballast = _fill(small_disk)

    told = [_store(on_small_disk) for _ in range(120)]
    pages = [on_small_disk.browser().get(path).status for path in ("/", "/healthz")]
    ballast.unlink()
    after = [_store(on_small_disk) for _ in range(3)]

    statuses = {status for _key, status in told}
    sent = {UUID(key).hex: status for key, status in [*told, *after]}
    kept = {key for key, status in sent.items() if status == 204}
    stored = {key for (key,) in on_small_disk.rows("SELECT id FROM lrs_statement")}
    assert statuses == {204, 507}
    assert pages == [200, 200]
    assert [status for _key, status in after] == [204] * 3
    assert stored & set(sent) == kept
    assert on_small_disk.rows("PRAGMA integrity_check") == [("ok",)]
    record_property("stored", len(kept))
