import json
import tomllib
from copy import deepcopy
from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.credits.core.bad_rule import BadRule
from courses.credits.core.rule_set import parse, parse_json, parse_toml, shipped, unconfirmed
from courses.credits.core.scale import band_of

DATA = files("courses.credits") / "data"


def document(rule_set_id: str = "vn-vocational-2022") -> dict:
    return tomllib.loads((DATA / f"{rule_set_id}.toml").read_text("utf-8"), parse_float=Decimal)


def changed(path: list, value: object, rule_set_id: str = "vn-vocational-2022") -> dict:
    """The document with one value replaced; the value `...` removes it."""
    table = document(rule_set_id)
    inner = table
    for step in path[:-1]:
        inner = inner[step]
    if value is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return table


def test_the_five_systems_and_their_neighbours_are_shipped():
    assert set(shipped()) == {
        "vn-continuing-2019",
        "vn-elementary-2018",
        "vn-general-2021",
        "vn-qualifications-2016",
        "vn-university-2021",
        "vn-vocational-2022",
        "vn-vocational-year-based",
    }


@pytest.mark.parametrize("rule_set_id", sorted(shipped()))
def test_a_file_is_named_after_its_rule_set(rule_set_id):
    assert document(rule_set_id)["id"] == rule_set_id


def test_rules_without_a_published_source_are_listed_for_the_registrar():
    assert unconfirmed(shipped()["vn-vocational-2022"]) == (
        "scales[0].points",
        "scales[1]",
        "scales[1].points",
        "grading",
        "module_mark",
        "exam_admission",
        "average",
        "recognition",
    )


def test_a_rule_set_is_in_force_on_both_its_end_days():
    rule_set = parse(document() | {"valid_until": date(2026, 12, 31)})

    assert not rule_set.is_in_force(date(2022, 5, 14))
    assert rule_set.is_in_force(date(2022, 5, 15))
    assert rule_set.is_in_force(date(2026, 12, 31))
    assert not rule_set.is_in_force(date(2027, 1, 1))
    assert shipped()["vn-vocational-2022"].is_in_force(date(2050, 1, 1))


def test_json_means_the_same_as_toml():
    text = json.dumps(document(), default=str)

    assert parse_json(text) == shipped()["vn-vocational-2022"]


def test_a_registrar_changes_one_number_in_a_copy():
    table = changed(["exam_admission", "theory_attendance"], 0.8) | {"id": "college-2027"}

    assert parse(table).exam_admission.theory_attendance == Decimal("0.8")
    assert shipped()["vn-vocational-2022"].exam_admission.theory_attendance == Decimal("0.70")


def test_choosing_the_other_scale_is_one_word():
    assert parse(changed(["grading", "scale"], "vn-vocational-half")).scale.bands[
        1
    ].points == Decimal("3.5")


def test_a_rule_set_that_grades_nothing_has_no_scale():
    assert shipped()["vn-qualifications-2016"].scale is None


LETTERS = ["scales", 0]
BANDS = [*LETTERS, "bands"]


@pytest.mark.parametrize(
    ("path", "value", "where", "code"),
    [
        (["id"], ..., "id", "missing"),
        (["id"], "", "id", "empty"),
        (["author"], "", "author", "empty"),
        (["colour"], "red", "colour", "unknown"),
        (["title", "vi"], ..., "title.vi", "missing"),
        (["valid_from"], "soon", "valid_from", "type"),
        (["valid_until"], date(2020, 1, 1), "valid_until", "order"),
        (["period_source", "text"], "", "period_source.text", "empty"),
        (["grading", "scale"], "unknown", "grading.scale", "reference"),
        (["grading", "resit"], "worst", "grading.resit", "type"),
        (["scales", 1, "id"], "vn-vocational-letter", "scales", "duplicate"),
        ([*LETTERS, "maximum"], 0, "scales[0].maximum", "order"),
        ([*LETTERS, "places"], -1, "scales[0].places", "range"),
        ([*LETTERS, "passes_from"], 11, "scales[0].passes_from", "range"),
        ([*LETTERS, "passes_from"], 4.5, "scales[0].passes_from", "reference"),
        ([*LETTERS, "points_source"], ..., "scales[0].points_source", "missing"),
        ([*BANDS, 0, "code"], "", "scales[0].bands[0].code", "empty"),
        ([*BANDS, 1, "code"], "A", "scales[0].bands[1].code", "duplicate"),
        ([*BANDS, 1, "highest"], 8.3, "scales[0].bands[1].highest", "gap"),
        ([*BANDS, 1, "highest"], 8.5, "scales[0].bands[1].highest", "overlap"),
        ([*BANDS, 1, "lowest"], 9, "scales[0].bands[1].highest", "order"),
        ([*BANDS, 0, "highest"], 9.9, "scales[0].bands[0].highest", "range"),
        ([*BANDS, 4, "lowest"], 0.5, "scales[0].bands[4].lowest", "range"),
        ([*BANDS, 0, "points"], ..., "scales[0].bands", "missing"),
        ([*BANDS, 0, "points"], 2, "scales[0].bands", "order"),
        (["module_mark", "parts", 0, "weight"], 0.5, "module_mark.parts", "sum"),
        (["module_mark", "parts", 0, "weight"], 0, "module_mark.parts[0].weight", "range"),
        (
            ["module_mark", "parts", 0, "coefficients"],
            {},
            "module_mark.parts[0].coefficients",
            "empty",
        ),
        (
            ["module_mark", "parts", 0, "coefficients"],
            {"regular": 0},
            "module_mark.parts[0].coefficients.regular",
            "range",
        ),
        (
            ["module_mark", "parts", 0, "coefficients"],
            {"final": 1},
            "module_mark.parts",
            "duplicate",
        ),
        (["exam_admission", "theory_attendance"], 70, "exam_admission.theory_attendance", "range"),
        (["exam_admission", "test_average"], -1, "exam_admission.test_average", "range"),
        (["average", "places"], -1, "average.places", "range"),
        (["semester_class", "bands"], [], "semester_class.bands", "empty"),
        (
            ["semester_class", "bands", 1, "highest"],
            3.5,
            "semester_class.bands[1].highest",
            "overlap",
        ),
        (
            ["semester_class", "demotions", 0, "of"],
            "fail",
            "semester_class.demotions[0].of",
            "reference",
        ),
        (
            ["semester_class", "demotions", 0, "discipline"],
            "frown",
            "semester_class.demotions[0].discipline",
            "reference",
        ),
        (
            ["semester_class", "demotions", 1, "resits"],
            0,
            "semester_class.demotions[1].resits",
            "range",
        ),
        (["graduation", "average"], 0, "graduation.average", "range"),
        (["credit", "theory_hours"], 0, "credit.theory_hours", "range"),
        (["credit", "theory_period_minutes"], 0, "credit.theory_period_minutes", "range"),
        (["credit", "practice_hours_highest"], 20, "credit.practice_hours_highest", "order"),
        (["credit", "self_study_hours"], -1, "credit.self_study_hours", "range"),
        (
            ["teaching_load", "practice_hours_a_day"],
            0,
            "teaching_load.practice_hours_a_day",
            "range",
        ),
        (
            ["teaching_load", "theory_periods_a_week"],
            5,
            "teaching_load.theory_periods_a_week",
            "order",
        ),
        (["class_size", "hazardous"], 0, "class_size.hazardous", "range"),
        (["class_size", "practice"], 9, "class_size.practice", "order"),
        (["calendar", "semesters_highest"], 1, "calendar.semesters_highest", "order"),
        (["calendar", "main_semester_weeks"], 0, "calendar.main_semester_weeks", "range"),
        (["drop", "main_semester_weeks"], 0, "drop.main_semester_weeks", "range"),
        (["suspension", "reasons"], [], "suspension.reasons", "empty"),
        (["recognition", "evidence"], [], "recognition.evidence", "empty"),
        (["recognition", "largest_share"], 2, "recognition.largest_share", "range"),
        (["volumes", 0, "credits_lowest"], 0, "volumes[0].credits_lowest", "range"),
        (["volumes", 0, "credits_highest"], 5, "volumes[0].credits_highest", "order"),
        (["volumes", 0, "years_highest"], 0.5, "volumes[0].years_highest", "order"),
        (["volumes", 0, "theory_share_highest"], 25, "volumes[0].theory_share_highest", "range"),
    ],
)
def test_nonsense_in_the_vocational_rules_is_refused(path, value, where, code):
    with pytest.raises(BadRule) as refusal:
        parse(changed(path, value))

    assert (refusal.value.path, refusal.value.code) == (where, code)


@pytest.mark.parametrize(
    ("rule_set_id", "path", "value", "where", "code"),
    [
        ("vn-university-2021", ["warnings", "failed_share"], 50, "warnings.failed_share", "range"),
        (
            "vn-university-2021",
            ["warnings", "semester_average"],
            0.5,
            "warnings.semester_average",
            "order",
        ),
        ("vn-university-2021", ["warnings", "most_in_a_row"], 0, "warnings.most_in_a_row", "range"),
        ("vn-university-2021", ["warnings", "cumulative"], [], "warnings.cumulative", "empty"),
        ("vn-university-2021", ["warnings", "cumulative"], [2, 1], "warnings.cumulative", "order"),
        (
            "vn-university-2021",
            ["semester_load", "largest_share"],
            "1/2",
            "semester_load.largest_share",
            "order",
        ),
        (
            "vn-university-2021",
            ["semester_load", "smallest_share"],
            0,
            "semester_load.smallest_share",
            "range",
        ),
        (
            "vn-university-2021",
            ["semester_load", "longest_duration"],
            0.5,
            "semester_load.longest_duration",
            "range",
        ),
        (
            "vn-general-2021",
            ["subject_classes", "lift_from"],
            1,
            "subject_classes.lift_from",
            "range",
        ),
        ("vn-general-2021", ["subject_classes", "classes"], [], "subject_classes.classes", "empty"),
        (
            "vn-general-2021",
            ["subject_classes", "classes", 0, "every"],
            1,
            "subject_classes.classes",
            "order",
        ),
        (
            "vn-qualifications-2016",
            ["programme_code", "levels"],
            {},
            "programme_code.levels",
            "empty",
        ),
        (
            "vn-qualifications-2016",
            ["programme_code", "levels"],
            {"x": "y"},
            "programme_code.levels.x",
            "type",
        ),
        (
            "vn-qualifications-2016",
            ["programme_code", "digits"],
            5,
            "programme_code.digits",
            "range",
        ),
        (
            "vn-qualifications-2016",
            ["programme_code", "field_digits"],
            0,
            "programme_code.field_digits",
            "range",
        ),
    ],
)
def test_nonsense_in_the_other_rules_is_refused(rule_set_id, path, value, where, code):
    with pytest.raises(BadRule) as refusal:
        parse(changed(path, value, rule_set_id))

    assert (refusal.value.path, refusal.value.code) == (where, code)


def test_text_that_is_no_toml_says_so():
    with pytest.raises(tomllib.TOMLDecodeError):
        parse_toml("id = ")


@pytest.mark.parametrize(
    "scale",
    [s for rule_set in shipped().values() for s in rule_set.scales if s.bands],
    ids=lambda s: s.id,
)
@given(tenths=st.integers(0, 100))
def test_every_mark_lies_in_exactly_one_band(scale, tenths):
    mark = Decimal(tenths) / 10

    holding = [band for band in scale.bands if band.lowest <= mark <= band.highest]

    assert holding == [band_of(scale.bands, mark)]


def test_changing_a_document_leaves_the_shipped_rules_alone():
    table = deepcopy(document())
    table["average"]["places"] = 1

    assert parse(table) != shipped()["vn-vocational-2022"]
