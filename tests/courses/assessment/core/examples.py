"""One item of every kind, small enough to reckon by hand; and a strategy for all others."""

from hypothesis import strategies as st

from courses.assessment.core.items import (
    AcceptedAnswer,
    Match,
    MultipleChoice,
    Numeric,
    Option,
    Order,
    SingleChoice,
    TextEntry,
)


def options(ids, *, fixed=""):
    return tuple(
        Option(id=i, text={"vi": f"Phương án {i}", "en": f"Option {i}"}, fixed=i in fixed)
        for i in ids
    )


SINGLE = SingleChoice(
    id="resistor",
    prompt={"vi": "Linh kiện nào cản trở dòng điện?", "en": "Which part resists current?"},
    options=options("abc"),
    correct="b",
    feedback={
        "option.a": {"vi": "Tụ điện tích điện."},
        "correct": {"vi": "Đúng."},
        "incorrect": {"vi": "Chưa đúng."},
        "explanation": {"vi": "Điện trở."},
    },
)
MULTIPLE = MultipleChoice(
    id="sensors", prompt={"en": "Which are sensors?"}, options=options("abcde"), correct=("a", "c")
)
TEXT = TextEntry(
    id="capital",
    prompt={"vi": "Thủ đô của Việt Nam?"},
    answers=(AcceptedAnswer(text="Hà Nội"), AcceptedAnswer(text="Thăng Long", score=0.5)),
)
NUMBER = Numeric(id="volt", prompt={"en": "How many volts?"}, value=3.2, tolerance=0.1, unit="V")
ORDER = Order(id="cycle", prompt={"en": "In order?"}, entries=options("abcd"))
MATCH = Match(
    id="units",
    prompt={"en": "Which unit?"},
    sources=options("xyz"),
    targets=options("pqrs"),
    pairs={"x": "p", "y": "q", "z": "q"},
)
ALL = (SINGLE, MULTIPLE, TEXT, NUMBER, ORDER, MATCH)

ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,8}", fullmatch=True)
words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(str.strip)
texts = st.dictionaries(st.sampled_from(["vi", "en", "zh-Hant"]), words, min_size=1)


@st.composite
def some_options(draw, least=2):
    names = draw(st.lists(ids, min_size=least, max_size=6, unique=True))
    return tuple(Option(id=name, text=draw(texts), fixed=draw(st.booleans())) for name in names)


@st.composite
def items(draw, kind=None):
    kind = kind or draw(st.sampled_from(ALL)).kind
    asked = {"id": draw(ids), "prompt": draw(texts), "feedback": {"correct": draw(texts)}}
    flag = draw(st.booleans())
    match kind:
        case "single-choice":
            some = draw(some_options())
            right = draw(st.sampled_from(some)).id
            return SingleChoice(**asked, options=some, correct=right, shuffle=flag)
        case "multiple-choice":
            some = draw(some_options())
            right = draw(st.lists(st.sampled_from(some), min_size=1, unique_by=lambda o: o.id))
            correct = tuple(option.id for option in right)
            return MultipleChoice(**asked, options=some, correct=correct, partial=flag)
        case "text-entry":
            part = st.floats(0.1, 1)
            more = st.builds(AcceptedAnswer, text=words, score=part)
            answers = (AcceptedAnswer(text=draw(words)), *draw(st.lists(more, max_size=3)))
            return TextEntry(**asked, answers=answers, fold_case=flag, fold_accents=flag)
        case "numeric":
            value = draw(st.floats(allow_nan=False, allow_infinity=False))
            return Numeric(**asked, value=value, tolerance=draw(st.floats(0, 1e6)), relative=flag)
        case "order":
            return Order(**asked, entries=draw(some_options()), partial=flag)
        case _:
            sources, targets = draw(some_options(1)), draw(some_options())
            target = st.sampled_from([option.id for option in targets])
            pairs = {source.id: draw(target) for source in sources}
            return Match(**asked, sources=sources, targets=targets, pairs=pairs, partial=flag)


def right_answer(item):
    match item.kind:
        case "single-choice":
            return item.correct
        case "multiple-choice":
            return list(item.correct)
        case "text-entry":
            return item.answers[0].text
        case "numeric":
            return repr(item.value)
        case "order":
            return [entry.id for entry in item.entries]
        case _:
            return dict(item.pairs)


@st.composite
def answered_items(draw):
    """An item and an answer its form could have sent."""
    item = draw(items())
    match item.kind:
        case "single-choice":
            return item, draw(st.sampled_from(item.options)).id
        case "multiple-choice":
            ticked = draw(st.lists(st.sampled_from(item.options), unique_by=lambda o: o.id))
            return item, [option.id for option in ticked]
        case "text-entry" | "numeric":
            return item, draw(st.text(max_size=30))
        case "order":
            return item, [entry.id for entry in draw(st.permutations(item.entries))]
        case _:
            target = st.sampled_from([option.id for option in item.targets])
            some = draw(st.lists(st.sampled_from(item.sources), unique_by=lambda o: o.id))
            return item, {source.id: draw(target) for source in some}
