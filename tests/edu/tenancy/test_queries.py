from edu.db import db, new_id
from edu.tenancy import queries
from tests.factories import a_college


def test_several_are_read_at_once_and_those_at_hand_not_again(app, count_queries):
    first, second, third = (a_college() for _college in range(3))
    ids = [first.id, second.id, third.id]
    db.session.expunge(second)
    db.session.expunge(third)

    with count_queries() as seen:
        found = queries.named([*ids, new_id()])
        again = queries.named(ids)

    assert found == again
    assert list(found) == ids
    assert found[first.id] is first
    assert len(seen) == 1


def test_naming_none_asks_nothing(app, count_queries):
    with count_queries() as seen:
        assert queries.named([]) == {}

    assert seen == []
