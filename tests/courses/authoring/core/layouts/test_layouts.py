import pytest

from courses.authoring.core.course import UnitKind
from courses.authoring.core.layouts import beginners, plain
from courses.authoring.core.layouts.plan import OWN, variant


@pytest.mark.parametrize(
    ("path", "own", "language"),
    [
        ("a/b.md", "a/b.md", OWN),
        ("translations/vi/a/b.md", "a/b.md", "vi"),
        ("translations/zh-CN/README.md", "README.md", "zh-CN"),
        ("a/translations/README.vi.md", "a/README.md", "vi"),
        ("a/b.en.md", "a/b.md", "en"),
        ("b.pt-BR.md", "b.md", "pt-BR"),
        ("a/1.1 The key.md", "a/1.1 The key.md", OWN),
        ("translations/vi", "translations/vi", OWN),
    ],
)
def test_translations_pair_by_path(path, own, language):
    assert variant(path) == (own, language)


BEGINNERS = (
    "README.md",
    "docs/README.md",
    "hardware.md",
    "1-start/README.md",
    "1-start/lessons/2-deeper/README.md",
    "1-start/lessons/1-intro/README.md",
    "1-start/lessons/1-intro/assignment.md",
    "1-start/lessons/1-intro/pi.md",
    "1-start/lessons/1-intro/solution/README.md",
    "2-farm/10-late/README.md",
    "2-farm/9-early/README.md",
    "00-setup/README.md",
    "translations/vi/1-start/lessons/1-intro/README.md",
    "translations/vi/hardware.md",
    "quiz-app/src/assets/translations/en.json",
    "quiz-app/src/assets/translations/vi/group-1.json",
    "etc/quiz-app/src/assets/translations/vi/group-2.json",
    "quiz-app/package.json",
)


def test_the_beginners_layout_is_read_from_paths():
    plan = beginners.plan(BEGINNERS)

    assert [(unit.path, unit.kind.value, unit.section, unit.lesson) for unit in plan.units] == [
        ("00-setup/README.md", "lesson", None, None),
        ("1-start/lessons/1-intro/README.md", "lesson", "1-start", None),
        (
            "1-start/lessons/1-intro/pi.md",
            "page",
            "1-start",
            "1-start/lessons/1-intro/README.md",
        ),
        (
            "1-start/lessons/1-intro/assignment.md",
            "assignment",
            "1-start",
            "1-start/lessons/1-intro/README.md",
        ),
        ("1-start/lessons/2-deeper/README.md", "lesson", "1-start", None),
        ("2-farm/9-early/README.md", "lesson", "2-farm", None),
        ("2-farm/10-late/README.md", "lesson", "2-farm", None),
    ]
    assert [(section.path, dict(section.files)) for section in plan.sections] == [
        ("1-start", {OWN: "1-start/README.md"}),
        ("2-farm", {}),
    ]
    assert plan.front == {OWN: "README.md"}
    assert plan.lessons == 5


def test_languages_and_quizzes_are_gathered():
    plan = beginners.plan(BEGINNERS)

    assert plan.units[1].files == {
        OWN: "1-start/lessons/1-intro/README.md",
        "vi": "translations/vi/1-start/lessons/1-intro/README.md",
    }
    assert plan.quiz_files == {
        OWN: ("quiz-app/src/assets/translations/en.json",),
        "vi": (
            "quiz-app/src/assets/translations/vi/group-1.json",
            "etc/quiz-app/src/assets/translations/vi/group-2.json",
        ),
    }
    assert set(plan.others) == {
        "docs/README.md",
        "hardware.md",
        "1-start/lessons/1-intro/solution/README.md",
    }
    assert plan.others["hardware.md"] == {
        OWN: "hardware.md",
        "vi": "translations/vi/hardware.md",
    }


def test_the_plain_layout_is_read_from_paths():
    plan = plain.plan(
        (
            "course.yml",
            "README.md",
            "10-late.md",
            "2-early.md",
            "2-early.en.md",
            "notes.md",
            "Module01/README.md",
            "Module01/01.Basics.md",
            "Module01/02-bai-tap.md",
            "drafts/01-not-yet.md",
            "translations/en/Module01/01.Basics.md",
        )
    )

    assert [(unit.path, unit.kind, unit.section) for unit in plan.units] == [
        ("2-early.md", UnitKind.LESSON, None),
        ("10-late.md", UnitKind.LESSON, None),
        ("Module01/01.Basics.md", UnitKind.LESSON, "Module01"),
        ("Module01/02-bai-tap.md", UnitKind.ASSIGNMENT, "Module01"),
    ]
    assert plan.units[0].files == {OWN: "2-early.md", "en": "2-early.en.md"}
    assert plan.units[2].files["en"] == "translations/en/Module01/01.Basics.md"
    assert [section.files for section in plan.sections] == [{OWN: "Module01/README.md"}]
    assert plan.front == {OWN: "README.md"}
    assert set(plan.others) == {"notes.md", "drafts/01-not-yet.md"}


@pytest.mark.parametrize("layout", [beginners, plain])
def test_other_folders_have_no_lessons(layout):
    for paths in ((), ("README.md",), ("src/main.py", "docs/guide.md")):
        assert layout.plan(paths).lessons == 0
