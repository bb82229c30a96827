"""A pile as it is stored: every statement under its own number, keys and news."""

import struct
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from edu.db import db, inside
from edu.lrs.adapters import at_once
from edu.lrs.adapters.at_once import Bundle, Unnumbered
from edu.lrs.adapters.rows import DescriptionRow
from edu.lrs.models import Description, Mention, Statement
from edu.postgres import direct

COLLEGE = uuid4()


def key(name: str) -> bytes:
    return name.encode().ljust(16)


def a_bundle(*names: str) -> Bundle:
    """Statements that share a key and have one of their own; the last tells how it is worded."""
    statements = [
        Unnumbered(
            uuid4().bytes, (b'{"is":"%b",' % name.encode(), b"}"), {key(name): 1, key("a"): 2}
        )
        for name in names
    ]
    last = names[-1]
    wording = DescriptionRow(uuid4(), COLLEGE, key(last), len(names), key("mark"), last.encode())
    return Bundle(COLLEGE, statements, [wording])


def rows_of(wanted: sa.Select) -> list[tuple]:
    with inside(COLLEGE):
        return [tuple(row) for row in db.session.execute(wanted)]


@pytest.mark.parametrize("size", [1, 3])
def test_each_of_a_pile_is_found_by_its_own_keys(app, size):
    reader = direct()
    if reader is None:
        pytest.skip("needs PostgreSQL: make test-postgres")
    bundles = [a_bundle("b", "c"), a_bundle("d"), a_bundle("e", "f")][:size]

    assert at_once.store(reader, at_once.joined(bundles))

    given = [UUID(bytes=each.id) for bundle in bundles for each in bundle.statements]
    stored = rows_of(sa.select(Statement.id, Statement.seq).order_by(Statement.seq))
    assert [own_id for own_id, _ in stored] == given
    seqs = [seq for _, seq in stored]
    mentions = rows_of(sa.select(Mention.key, Mention.seq, Mention.usages))
    own = [(key(name), seq, 1) for name, seq in zip("bcdef", seqs, strict=False)]
    assert sorted(mentions) == sorted([*own, *((key("a"), seq, 2) for seq in seqs)])
    told = dict(rows_of(sa.select(Description.content, Description.seq)))
    last_of = {b"c": 1, b"d": 2, b"f": 4}
    assert told == {word: seqs[at] for word, at in last_of.items() if at < len(seqs)}


@pytest.mark.parametrize("count", [1, at_once.PIECE, 2 * at_once.PIECE + 1])
def test_long_lists_of_numbers_are_written_in_pieces(monkeypatch, count):
    counts: list[int] = []
    true = at_once._packer

    def packer(kind: str, count: int):
        counts.append(count)
        return true(kind, count)

    monkeypatch.setattr(at_once, "_packer", packer)

    written = at_once._packed("q", range(count))

    assert written == b"".join(struct.pack("!iq", 8, number) for number in range(count))
    assert max(counts) <= at_once.PIECE  # what is remembered takes 64 bytes for each
