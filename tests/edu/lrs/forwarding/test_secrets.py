"""The secret that opens another record store."""

from edu.cli import seal_anew
from edu.db import db, unit_of_work
from edu.jobs import run_due
from edu.lrs.forwarding import queries, service
from edu.lrs.forwarding.models import TargetState
from edu.settings import in_force
from tests.edu.lrs.forwarding.conftest import said, started, to_lrs


def test_the_secret_is_sealed_and_opens_with_a_former_key(elsewhere, college, monkeypatch):
    target = to_lrs(elsewhere)
    assert "bí mật" not in target.sealed_secret
    first = said("mot")
    former = in_force().secret()
    monkeypatch.setattr(type(in_force()), "secret", lambda _self: "another")

    run_due()
    assert (target.state, target.status) == (TargetState.HALTED, 401)

    monkeypatch.setattr(type(in_force()), "former_secrets", lambda _self: [former])
    with unit_of_work():
        started(target)
    run_due()
    assert elsewhere.taken == [first]


def test_secrets_are_sealed_anew_when_the_key_changes(app, elsewhere, college, monkeypatch):
    target = to_lrs(elsewhere)
    former = in_force().secret()
    monkeypatch.setattr(type(in_force()), "secret", lambda _self: "another")
    runner = app.test_cli_runner()

    lost = runner.invoke(seal_anew)
    monkeypatch.setattr(type(in_force()), "former_secrets", lambda _self: [former])
    done = runner.invoke(seal_anew)
    monkeypatch.setattr(type(in_force()), "former_secrets", lambda _self: [])

    assert (lost.exit_code, done.exit_code) == (1, 0)
    assert "no known secret opens that of Bạn." in lost.output
    assert "Secrets of forwarding: 1 sealed with the present secret." in done.output
    db.session.expire_all()
    assert service.secret_of(queries.get(target.id)) == "bí mật"
