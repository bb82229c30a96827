"""What statements tell anew, and what need not be looked at again."""

from uuid import uuid4

import pytest

from edu.lrs import descriptions, links
from edu.lrs.core import identity
from edu.lrs.core.identity import Usage
from edu.lrs.descriptions import News
from tests.edu.lrs.core.cases import WHOLE, as_substatement
from tests.edu.lrs.xapi.conftest import ACTIVITY, VERB, a_statement

NAMED = {"mbox": "mailto:lan@hoc.example", "name": "Lan"}


@pytest.fixture
def here(monkeypatch):
    """An organisation of which this process knows nothing, as of any other."""
    monkeypatch.setattr(descriptions, "_stored", {})
    return uuid4()


def gathered(tenant_id, *statements, may_define=True) -> News:
    news = News(tenant_id, may_define=may_define)
    for seq, statement in enumerate(statements, start=1):
        news.gather(seq, statement)
    return news


def told(news: News) -> list[int]:
    return [len(news.names), len(news.wordings)]


def test_what_is_told_again_is_no_news_once_it_is_stored(here):
    first = gathered(here, a_statement(actor=NAMED), a_statement(actor=NAMED))
    assert told(first) == [3, 3]
    assert told(gathered(here, a_statement(actor=NAMED))) == [3, 3]  # nobody said it was stored

    first.remember()
    assert told(gathered(here, a_statement(actor=NAMED))) == [0, 0]


def test_another_wording_is_news_of_a_known_thing(here):
    gathered(here, a_statement()).remember()
    renamed = ACTIVITY | {"definition": {"name": {"vi": "Hàn khí"}}}

    [wording] = gathered(here, a_statement(), a_statement(object=renamed)).wordings

    assert wording.key == links.key_of(here, ACTIVITY["id"])
    assert wording.seq == 2
    assert "Hàn khí".encode() in wording.content


def test_wordings_of_who_may_not_define_are_left_to_who_may(here):
    only_names = gathered(here, a_statement(), may_define=False)
    assert told(only_names) == [3, 0]
    only_names.remember()

    assert told(gathered(here, a_statement(), may_define=False)) == [0, 0]
    assert told(gathered(here, a_statement())) == [3, 2]


def test_every_organisation_is_told_by_itself(here):
    gathered(here, a_statement()).remember()

    assert told(gathered(uuid4(), a_statement())) == [3, 2]


@pytest.mark.parametrize("is_known", [False, True])
@pytest.mark.parametrize(
    "statement",
    [
        WHOLE,
        as_substatement(WHOLE),
        a_statement(object={"objectType": "Group", "member": [NAMED]}),
        a_statement(object={"objectType": "StatementRef", "id": str(uuid4())}),
        a_statement(context={"registration": str(uuid4()).upper()}),
    ],
)
def test_the_keys_are_those_of_all_that_a_statement_names(here, statement, is_known):
    if is_known:
        gathered(here, statement).remember()

    found = News(here, may_define=True).gather(1, statement)

    assert found == links.by_key(here, identity.names(statement))


@pytest.mark.parametrize("is_known", [False, True])
def test_a_verb_and_an_activity_written_alike_are_two(here, is_known):
    alike = {"id": VERB["id"]}
    statement = a_statement(verb=alike, object=alike)
    if is_known:
        gathered(here, statement).remember()

    found = News(here, may_define=True).gather(1, statement)

    assert found[links.key_of(here, identity.verb_key(VERB["id"]))] == Usage.VERB.bit
    assert found[links.key_of(here, VERB["id"])] == Usage.OBJECT.bit


def test_a_registration_with_the_key_of_an_activity_is_both(here):
    key = links.key_of(here, ACTIVITY["id"])

    found = News(here, may_define=True).gather(1, a_statement(context={"registration": key.hex()}))

    assert found[key] == Usage.OBJECT.bit | Usage.REGISTRATION.bit


def test_only_so_much_is_remembered_and_nothing_long(here, monkeypatch):
    monkeypatch.setattr(descriptions, "MOST_REMEMBERED", 4)
    monkeypatch.setattr(descriptions, "LONGEST_REMEMBERED", 300)
    long = ACTIVITY | {"definition": {"name": {"vi": "Hàn " * 100}}}

    gathered(here, a_statement(object=long)).remember()
    assert told(gathered(here, a_statement(object=long))) == [1, 1]
    for number in range(3):
        gathered(here, a_statement(object={"id": f"https://hoc.example/{number}"})).remember()
    assert told(gathered(here, a_statement(object={"id": "https://hoc.example/2"}))) == [0, 0]
    gathered(here, a_statement(object={"id": "https://hoc.example/3"})).remember()
    assert told(gathered(here, a_statement(object={"id": "https://hoc.example/0"}))) == [3, 1]
