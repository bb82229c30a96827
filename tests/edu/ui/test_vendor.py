"""Third-party front-end files: copied from node_modules, named and locked without addresses."""

import json
from pathlib import Path

from edu.ui import vendor

ROOT = Path(vendor.__file__).parents[2]


def test_files_are_copied_to_their_place(tmp_path):
    (tmp_path / "modules/a/dist").mkdir(parents=True)
    (tmp_path / "modules/a/dist/a.js").write_text("1")

    missing = vendor.copy(tmp_path / "modules", tmp_path / "out", {"deep/a.js": "a/dist/a.js"})

    assert missing == []
    assert (tmp_path / "out/deep/a.js").read_text() == "1"


def test_what_is_missing_is_named_and_the_rest_copied(tmp_path):
    (tmp_path / "b.js").write_text("2")

    missing = vendor.copy(tmp_path, tmp_path / "out", {"a.js": "a.js", "b.js": "b.js"})

    assert missing == ["a.js"]
    assert (tmp_path / "out/b.js").read_text() == "2"


def test_missing_files_are_told_kindly_and_fail_only_where_asked_for(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(vendor, "copy", lambda: ["htmx.org/dist/htmx.min.js"])
    monkeypatch.setattr(vendor, "install", lambda: None)

    assert vendor.main([]) == 1
    assert vendor.main(["--install"]) == 0
    assert "htmx.org/dist/htmx.min.js" in capsys.readouterr().err


def test_every_copied_file_belongs_to_a_locked_package_with_a_hash_and_no_address():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {
        name.removeprefix("node_modules/"): entry
        for name, entry in lock["packages"].items()
        if name
    }

    assert all("resolved" not in entry and entry["integrity"] for entry in packages.values())
    for source in vendor.FILES.values():
        assert any(source.startswith(f"{name}/") for name in packages), source
