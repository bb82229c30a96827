"""What is read of an Accept-Language header: enough for people, little for those who overdo it."""

from hypothesis import given
from hypothesis import strategies as st

from edu.lrs.core.formats import canonical
from edu.lrs.core.languages import MOST_RANGES, one_language, parse_accept_language

WORDS = {"vi": "hàn", "en": "welding"}
LESSON = {"id": "https://hoc.example/1"}
TAGS = st.sampled_from(["vi", "en", "de", "vi-VN", "VI", "*"])
RANGES = st.lists(st.tuples(TAGS, st.integers(0, 10)), max_size=60)


@given(RANGES)
def test_each_range_is_kept_once_and_the_best_come_first(wanted):
    header = ",".join(f"{tag};q={quality / 10}" for tag, quality in wanted)

    read = parse_accept_language(header)

    best: dict[str, float] = {}
    for tag, quality in wanted:
        best[tag.lower()] = max(quality / 10, best.get(tag.lower(), 0))
    assert read == best
    assert list(read.values()) == sorted(best.values(), reverse=True)


def test_of_many_ranges_the_best_are_kept():
    many = ",".join(f"x{number};q=0.1" for number in range(30_000))

    read = parse_accept_language(f"{many},vi,en;q=0.5")

    assert len(read) == MOST_RANGES
    assert list(read)[:2] == ["vi", "en"]
    assert one_language(WORDS, read) == {"vi": "hàn"}


def test_a_long_tag_is_looked_at_in_its_first_letters():
    long = "vi-x" + "-abcdefgh" * 200_000

    assert one_language({"en": "welding", long: "hàn"}, {"vi": 1.0}) == {long: "hàn"}


def test_a_page_asks_once_for_what_it_is_about():
    asked: list[str] = []

    def find(iri: str) -> dict:
        asked.append(iri)
        return {"name": WORDS} if iri == LESSON["id"] else WORDS

    describe = canonical(parse_accept_language("en"), definition=find, display=find)
    statement = {"actor": {"mbox": "mailto:lan@x.vn"}, "verb": {"id": "x:did"}, "object": LESSON}

    told = [describe(statement) for _ in range(3)]

    assert [each["object"]["definition"] for each in told] == [{"name": {"en": "welding"}}] * 3
    assert [each["verb"]["display"] for each in told] == [{"en": "welding"}] * 3
    assert sorted(asked) == ["https://hoc.example/1", "x:did"]
