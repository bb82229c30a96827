"""Statements on their way to webhooks."""

import hashlib
import hmac
from base64 import b64decode, b64encode

from edu.db import inside, unit_of_work, utcnow
from edu.jobs import run_due
from edu.lrs import public
from edu.lrs.core.vocabulary import Verb
from edu.lrs.forwarding import queries, service
from tests.edu.lrs.forwarding.conftest import said, to_lrs, to_webhook


def test_a_webhook_gets_each_statement_signed(elsewhere, college):
    ids = [said("mot", Verb.PASSED), said("hai", Verb.PASSED)]
    said("ba", Verb.FAILED)

    made = to_webhook(elsewhere, verb=Verb.PASSED.iri)
    run_due()

    assert elsewhere.taken == ids
    for heard, statement_id in zip(elsewhere.heard, ids, strict=True):
        message_id, sent_at = heard.headers["webhook-id"], heard.headers["webhook-timestamp"]
        key = b64decode(made.secret.removeprefix("whsec_"))
        signed = f"{message_id}.{sent_at}.".encode() + heard.body
        mac = b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        assert heard.headers["webhook-signature"] == f"v1,{mac}"
        assert message_id == statement_id
        assert abs(utcnow().timestamp() - int(sent_at)) < 60
        assert heard.json["type"] == "statement.stored"
        with inside(college.id):
            [known] = [e for e in public.statements() if e.statement["id"] == statement_id]
        assert heard.json["data"] == known.statement


def test_a_webhook_that_refuses_one_gets_the_next(elsewhere, college):
    said("mot")
    second = said("hai")
    elsewhere.refuses = {"/mot": 400}

    made = to_webhook(elsewhere)
    run_due()

    assert elsewhere.taken == [second]
    assert queries.dead_count(made.target) == 1


def test_a_removed_target_is_not_asked(elsewhere, college):
    said("mot")
    target = to_lrs(elsewhere)
    with unit_of_work():
        service.remove(target)

    run_due()

    assert elsewhere.heard == []
