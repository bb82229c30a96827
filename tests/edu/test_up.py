"""`edu up` says on the terminal what this machine lacks; it runs all the same."""

from io import BytesIO

import pytest
from click.testing import CliRunner
from flask.cli import ScriptInfo

from edu import cli, pdf


@pytest.fixture
def up(built_app, monkeypatch):
    """Run `edu up` as far as the parts would start; give what it says."""
    started = []
    monkeypatch.setattr(cli, "create_app", lambda _settings: built_app)
    monkeypatch.setattr(cli, "prepare", lambda: None)
    monkeypatch.setattr(cli.supervisor, "hold_home", lambda _settings: BytesIO())
    monkeypatch.setattr(cli.supervisor, "check_port", lambda _settings: None)
    monkeypatch.setattr(cli.supervisor, "run", lambda *_, **__: started.append("parts"))

    def run() -> str:
        result = CliRunner().invoke(cli.up, obj=ScriptInfo(create_app=lambda: built_app))
        assert result.exit_code == 0, result.output
        assert started == ["parts"]
        return result.output

    return run


def test_without_pango_it_says_what_to_install_and_runs(up, monkeypatch):
    monkeypatch.setattr(pdf, "find_library", lambda _name: None)

    assert "libpango-1.0-0" in up()


def test_with_pango_it_says_nothing_of_it(up, monkeypatch):
    monkeypatch.setattr(pdf, "find_library", lambda name: f"lib{name}.so.0")

    assert "libpango" not in up()
