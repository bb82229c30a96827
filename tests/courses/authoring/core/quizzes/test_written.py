import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.assessment.core.items import Match, MultipleChoice, Numeric, Order, SingleChoice
from courses.assessment.core.scoring import score
from courses.authoring.core.course import QuizPlace, Reason
from courses.authoring.core.quizzes.draft import Fault
from courses.authoring.core.quizzes.written import read_quiz


def only(source):
    draft = read_quiz("", source, "vi")
    assert draft.faults == ()
    (item,) = draft.items
    return item


def test_one_right_option_is_a_single_choice_with_feedback():
    item = only(
        "? Linh kiện nào cản trở **dòng điện**?\n"
        "- [x] Điện trở\n"
        "  > Đo bằng ôm.\n"
        "- [ ] Tụ điện\n"
        "  > Tụ tích điện,\n"
        "  rồi phóng ra.\n"
        "! Điện trở kháng là sự cản trở.\n"
    )

    assert isinstance(item, SingleChoice)
    assert item.prompt == {"vi": "Linh kiện nào cản trở **dòng điện**?"}
    assert [option.text["vi"] for option in item.options] == ["Điện trở", "Tụ điện"]
    assert item.correct == "1"
    assert item.feedback == {
        "option.1": {"vi": "Đo bằng ôm."},
        "option.2": {"vi": "Tụ tích điện,\nrồi phóng ra."},
        "explanation": {"vi": "Điện trở kháng là sự cản trở."},
    }


def test_several_right_options_are_a_multiple_choice():
    item = only("? Cảm biến?\n- [x] LDR\n- [X] DHT11\n- [ ] Rơ-le\n")

    assert isinstance(item, MultipleChoice)
    assert item.correct == ("1", "2")


def test_answers_are_texts_with_or_without_accents():
    strict = only("? Thủ đô?\n= Hà Nội\n= Thăng Long\n")
    tolerant = only("? Thủ đô?\n~ Hà Nội\n")

    assert score(strict, "thăng long").correct
    assert not score(strict, "Ha Noi").correct
    assert score(tolerant, "ha noi").correct


@pytest.mark.parametrize(
    ("answer", "value", "tolerance", "relative", "unit"),
    [
        ("3", 3, 0, False, ""),
        ("3 V", 3, 0, False, "V"),
        ("3,3V ± 0,1", 3.3, 0.1, False, "V"),
        ("3.3 ± 0.1 V", 3.3, 0.1, False, "V"),
        ("220 V ± 5 %", 220, 0.05, True, "V"),
        ("220 +- 5%", 220, 0.05, True, ""),
        ("-40 °C +/- 2", -40, 2, False, "°C"),
        ("25 %", 25, 0, False, "%"),
        ("25 % ± 2 %", 25, 2, False, "%"),
        ("1.000,5", 1000.5, 0, False, ""),
    ],
)
def test_a_single_number_asks_for_a_number(answer, value, tolerance, relative, unit):
    item = only(f"? Bao nhiêu?\n= {answer}\n")

    assert isinstance(item, Numeric)
    assert (item.value, item.relative, item.unit) == (value, relative, unit)
    assert item.tolerance == pytest.approx(tolerance)


@pytest.mark.parametrize(
    "answers",
    ["= 3\n= ba", "~ 3", "= 3 pin AA", "= 1.2.3", "= 3 ± 1.2.3", "= khoảng 3", "= 802.11n chuẩn"],
)
def test_anything_else_asks_for_a_text(answers):
    assert only(f"? Bao nhiêu?\n{answers}\n").kind == "text-entry"


def test_numbered_lines_are_put_in_order():
    item = only("? Thứ tự?\n1. Ngắt điện\n2. Kiểm tra\n3. Sửa\n")

    assert isinstance(item, Order)
    assert [entry.text["vi"] for entry in item.entries] == ["Ngắt điện", "Kiểm tra", "Sửa"]


def test_arrows_are_matched_and_may_leave_a_right_side_over():
    item = only("? Đơn vị?\n- Điện áp => vôn\n- Sụt áp => vôn\n- Dòng => ampe\n- => oát\n")

    assert isinstance(item, Match)
    assert [source.text["vi"] for source in item.sources] == ["Điện áp", "Sụt áp", "Dòng"]
    assert [target.text["vi"] for target in item.targets] == ["vôn", "ampe", "oát"]
    assert item.pairs == {"1": "1", "2": "1", "3": "2"}


def test_texts_go_on_over_lines_and_code():
    item = only(
        "? Chương trình này in gì?\n\n```python\nx = 1\n- [x] not an option\n  print(x)\n```\n"
        "- [x] 1\n- [ ] 2\n"
    )

    assert item.prompt["vi"] == (
        "Chương trình này in gì?\n\n```python\nx = 1\n- [x] not an option\n  print(x)\n```"
    )
    assert len(item.options) == 2


def test_a_question_may_have_a_name():
    assert only("? Bao nhiêu? {#series}\n= 3\n").id == "series"
    assert only("? Bao nhiêu?\n= 3\n").id.startswith("q-")


def test_the_same_question_has_the_same_id_and_another_another():
    assert only("? A?\n= 3\n").id == only("? A?\n\n= 3\n").id
    assert only("? A?\n= 3\n").id != only("? A?\n= 4\n").id


@pytest.mark.parametrize(
    ("info", "name", "place"),
    [
        ("", "check", QuizPlace.CHECK),
        ("pre", "pre", QuizPlace.PRE),
        ("post", "post", QuizPlace.POST),
        ("pre #warm-up", "warm-up", QuizPlace.PRE),
        ("#Khởi-động", "khởi-động", QuizPlace.CHECK),
    ],
)
def test_a_quiz_has_a_place_and_a_name(info, name, place):
    draft = read_quiz(info, "? A?\n= 3\n", "vi")

    assert (draft.id, draft.place) == (name, place)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("? A?\n- [ ] b\n- [ ] c\n", Fault(Reason.QUESTION_WITHOUT_KEY, "A?")),
        ("? A?\n", Fault(Reason.QUESTION_WITHOUT_KEY, "A?")),
        ("? A?\n- [x] b\n", Fault(Reason.QUESTION_UNREADABLE, "A?")),
        ("? A?\n- [x] b\n= c\n", Fault(Reason.QUESTION_UNREADABLE, "A?")),
        ("? A?\n- => b\n- => c\n", Fault(Reason.QUESTION_UNREADABLE, "A?")),
        ("\nA?\n\n- [x] b\n", Fault(Reason.QUESTION_UNREADABLE, "A?")),
        ("- [x] b\n", Fault(Reason.QUESTION_UNREADABLE, "b")),
        ("? A?\n> early\n- [ ] b\n- [x] c\n", Fault(Reason.QUESTION_UNREADABLE, "A?")),
    ],
)
def test_a_question_that_cannot_be_scored_is_named(source, fault):
    draft = read_quiz("", source, "vi")

    assert draft.items == (None,)
    assert draft.faults == (fault,)


def test_one_bad_question_spoils_no_other():
    draft = read_quiz("", "? A?\n\n? B?\n= 3\n", "vi")

    assert [item and item.prompt["vi"] for item in draft.items] == [None, "B?"]


@given(
    st.lists(
        st.sampled_from(
            [
                "? q",
                "- [x] a",
                "- [ ] b",
                "= 3",
                "~ c",
                "1. d",
                "> e",
                "! f",
                "- g => h",
                "i",
                "```",
            ]
        ),
        max_size=12,
    )
)
def test_reading_never_fails_and_every_question_is_an_item_or_a_fault(lines):
    draft = read_quiz("", "\n".join(lines), "vi")

    assert len(draft.faults) == draft.items.count(None)
