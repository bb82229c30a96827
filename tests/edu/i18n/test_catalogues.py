"""Catalogues are compiled into HOME when the app starts, and only when they must be."""

import os

import pytest

from edu import i18n

NAME = "vi/LC_MESSAGES/messages"


@pytest.fixture
def sources(tmp_path, monkeypatch):
    """Catalogues of our own, in place of the product's."""
    folder = tmp_path / "sources"
    (folder / NAME).parent.mkdir(parents=True)
    (folder / f"{NAME}.po").write_text('msgid "Save"\nmsgstr "Lưu"\n', "utf-8")
    monkeypatch.setattr(i18n, "SOURCES", folder)
    return folder


def test_a_catalogue_is_compiled_at_the_first_start(sources, tmp_path):
    i18n.compile_catalogues(tmp_path / "home")

    assert "Lưu".encode() in (tmp_path / "home" / f"{NAME}.mo").read_bytes()


def test_what_is_compiled_already_is_left_alone(sources, tmp_path):
    i18n.compile_catalogues(tmp_path)
    (tmp_path / f"{NAME}.mo").write_bytes(b"kept")
    written = (sources / f"{NAME}.po").stat().st_mtime_ns
    os.utime(tmp_path / f"{NAME}.mo", ns=(written, written))

    i18n.compile_catalogues(tmp_path)

    assert (tmp_path / f"{NAME}.mo").read_bytes() == b"kept"


@pytest.mark.parametrize("seconds", [60, -60], ids=["a newer release", "back to an older one"])
def test_another_release_is_compiled_anew(sources, tmp_path, seconds):
    i18n.compile_catalogues(tmp_path)
    source = sources / f"{NAME}.po"
    other = source.stat().st_mtime_ns + seconds * 10**9
    source.write_text('msgid "Save"\nmsgstr "Cất"\n', "utf-8")
    os.utime(source, ns=(other, other))

    i18n.compile_catalogues(tmp_path)

    assert "Cất".encode() in (tmp_path / f"{NAME}.mo").read_bytes()


def test_nothing_is_left_lying_beside_it(sources, tmp_path):
    i18n.compile_catalogues(tmp_path / "home")

    assert [p.name for p in (tmp_path / "home").rglob("*.*")] == ["messages.mo"]
