"""What costs far more to read than to send is refused, or read once."""

import pytest
from joserfc.jwk import RSAKey

from edu.lrs.core import json_in, signature
from edu.lrs.core.identity import person
from edu.lrs.core.json_in import MOST_CONTAINERS, write
from edu.lrs.core.problems import InvalidJson, InvalidStatement, Rule
from edu.lrs.core.values import duration
from edu.lrs.core.version import Version
from tests.edu.lrs.core.test_signature import PLAIN, private_key, sign, signed


@pytest.mark.parametrize("thing", [b"{}", b"[]"])
def test_too_many_objects_are_too_large(thing):
    body = b"[" + thing + (b"," + thing) * MOST_CONTAINERS + b"]"

    with pytest.raises(InvalidJson) as caught:
        json_in.parse(body, max_bytes=1 << 30)

    assert caught.value.rule is Rule.TOO_LARGE


def test_a_long_text_is_no_object():
    assert json_in.parse(b'"' + b"x" * (MOST_CONTAINERS + 1) + b'"', max_bytes=1 << 30)


def test_a_signature_of_many_statements_is_read_once(monkeypatch):
    read = []

    def counted(content: bytes):
        read.append(content)
        return well_formed(content)

    well_formed = signature._well_formed
    monkeypatch.setattr(signature, "_well_formed", counted)
    content = sign(write(PLAIN), RSAKey.import_key(private_key()))
    statement, contents = signed(PLAIN, content)

    signature.check_signatures([statement] * 50, contents, Version.V1)

    assert len(read) == 1
    with pytest.raises(InvalidStatement):
        signature.check_signatures(
            [statement, statement | {"result": {"success": False}}], contents, Version.V1
        )


def test_a_person_of_very_many_names_is_told_whole():
    agents = [{"mbox": "mailto:lan@x.vn", "name": f"Lan {number}"} for number in range(50_000)]

    told = person([*agents, *agents])

    assert told["name"] == [each["name"] for each in agents]
    assert told["mbox"] == ["mailto:lan@x.vn"]


def test_equal_accounts_are_told_once():
    account = {"homePage": "https://hoc.example", "name": "lan"}

    told = person([{"account": account}, {"account": dict(reversed(account.items()))}])

    assert told == {"objectType": "Person", "account": [account]}


@pytest.mark.parametrize("written", ["P1." + "1" * 2_000_000, "P" + "1" * 2_000_000])
def test_a_long_duration_is_refused(written):
    with pytest.raises(InvalidStatement):
        duration(written)
