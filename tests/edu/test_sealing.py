from functools import partial
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu import sealing
from edu.sealing import UnreadableError

AN, BINH = UUID(int=1), UUID(int=2)

seal = partial(sealing.seal, purpose="second step")
unseal = partial(sealing.unseal, purpose="second step")


@given(st.binary(max_size=64), st.text(min_size=1))
def test_what_was_sealed_is_read_again(plain, secret):
    assert unseal(seal(plain, secret, owner=AN), [secret], owner=AN) == plain


def test_a_seal_shows_nothing_and_never_looks_the_same():
    plain = b"twenty bytes of a key"[:20]
    one, two = seal(plain, "s", owner=AN), seal(plain, "s", owner=AN)

    assert one != two
    assert len(one) == 64  # the width of the column
    assert plain not in one.encode()


def test_a_former_secret_still_reads():
    sealed = seal(b"key", "former", owner=AN)

    assert unseal(sealed, ["present", "older", "former"], owner=AN) == b"key"


@pytest.mark.parametrize("known", [[], ["present"], ["former "], ["FORMER"]])
def test_without_its_secret_it_stays_shut(known):
    with pytest.raises(UnreadableError):
        unseal(seal(b"key", "former", owner=AN), known, owner=AN)


def test_moved_to_another_ones_row_it_stays_shut():
    with pytest.raises(UnreadableError):
        unseal(seal(b"key", "s", owner=AN), ["s"], owner=BINH)


def test_taken_for_something_else_it_stays_shut():
    sealed = seal(b"key", "s", owner=AN)

    with pytest.raises(UnreadableError):
        sealing.unseal(sealed, ["s"], purpose="target", owner=AN)


@pytest.mark.parametrize("place", [0, 15, 40, -3])
def test_a_letter_changed_is_noticed(place):
    letters = list(seal(b"twenty bytes of a key"[:20], "s", owner=AN))
    letters[place] = "A" if letters[place] != "A" else "B"

    with pytest.raises(UnreadableError):
        unseal("".join(letters), ["s"], owner=AN)


@pytest.mark.parametrize("nonsense", ["", "A", "AAAA", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "ế"])
def test_nonsense_is_unreadable_not_a_crash(nonsense):
    with pytest.raises(UnreadableError):
        unseal(nonsense, ["s"], owner=AN)
