"""`edu up` says what this machine lacks and runs all the same; no command makes an app in vain."""

from io import BytesIO

import pytest
from click.testing import CliRunner

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
        result = CliRunner().invoke(cli.up)
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


@pytest.mark.parametrize(
    ("words", "apps"),
    [(["up"], 1), (["serve"], 1), (["worker"], 1), (["settings"], 0), (["wipe", "--yes"], 0)],
)
def test_a_command_makes_no_app_that_it_does_not_need(up, built_app, monkeypatch, words, apps):
    made = []

    def make(_settings=None):
        made.append("app")
        return built_app

    for place in (cli, cli.main):
        monkeypatch.setattr(place, "create_app", make)
    for place in (cli.server, cli.worker):
        monkeypatch.setattr(place, "run", lambda *_: None)
    monkeypatch.setattr(cli, "wipe", lambda _settings: None)

    result = CliRunner().invoke(cli.main, words)

    assert result.exit_code == 0, result.output
    assert len(made) == apps
