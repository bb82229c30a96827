from itertools import count, islice

import pytest

from edu.batches import batches


@pytest.mark.parametrize(
    ("things", "pieces"),
    [("", []), ("ab", ["ab"]), ("abc", ["abc"]), ("abcd", ["abc", "d"])],
)
def test_a_row_is_cut_into_pieces_of_a_size(things, pieces):
    assert ["".join(piece) for piece in batches(things, 3)] == pieces


def test_no_more_is_taken_than_asked_for():
    endless = count()

    assert list(islice(batches(endless, 3), 2)) == [[0, 1, 2], [3, 4, 5]]
    assert next(endless) == 6
