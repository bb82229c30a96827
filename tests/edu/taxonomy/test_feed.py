import pytest

from edu.db import unit_of_work
from edu.errors import Invalid
from edu.taxonomy import feed, queries
from edu.taxonomy.models import Status


def read_all(limit, since=""):
    found = []
    while batch := feed.changes(since, limit):
        found += batch
        since = batch[-1].cursor
    return found, since


def test_everything_is_read_once_in_batches_of_any_size(ours):
    whole = feed.changes(limit=10_000)

    assert (
        len(whole)
        == sum(tally.added for name, tally in ours.tallies.items() if name != "occupation_skill")
        - ours.tallies["programme_occupation"].added
    )
    assert read_all(7)[0] == whole
    assert len({(entry.list, entry.code) for entry in whole}) == len(whole)


def test_whoever_comes_back_reads_only_what_changed_since(ours, esco):
    _all, cursor = read_all(500)

    esco()

    later, _cursor = read_all(500, cursor)
    changed = {(entry.list, entry.code) for entry in later}
    assert ("skill", "esco-weld") in changed
    assert ("skill", "sk-accounting-software") in changed  # ESCO added names
    assert ("occupation", "oc-accountant") in changed  # and a relation
    assert {entry.release for entry in later} == {2}


def test_a_retired_entry_is_told(esco):
    esco()
    _all, cursor = read_all(500)

    esco(skills=[], needs=[])

    told = {(entry.code, entry.status) for entry in read_all(500, cursor)[0]}
    assert ("esco-weld", Status.RETIRED) in told


def test_an_entry_changed_within_the_cursors_release_is_not_lost(ours):
    (first,) = feed.changes(limit=1)
    with unit_of_work():
        queries.group_by_code(first.code).release = 2

    assert first.code in {entry.code for entry in feed.changes(first.cursor, limit=10_000)}


@pytest.mark.parametrize("cursor", ["x", "1", "1.2", "1.x.sk-a", "1.2."])
def test_what_is_no_cursor_is_refused(app, cursor):
    with pytest.raises(Invalid):
        feed.changes(cursor)
