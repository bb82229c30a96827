"""A statement as a row."""

from datetime import UTC, datetime

import orjson
import pytest

from edu.lrs.core import build
from edu.lrs.core.intake import complete
from edu.lrs.core.version import Version
from edu.lrs.core.vocabulary import ActivityType, Verb
from edu.lrs.transfer.columns import COLUMNS, flat, seconds_of

MOMENT = datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)
LAN = build.agent_for("https://hoc.example", "lan", name="Lan")
TOOL = build.agent_for("https://hoc.example", "tool")
LESSON = build.activity(
    "https://hoc.example/bai", ActivityType.LESSON, name={"vi": "Hàn", "en-GB": "Welding"}
)


def kept(**parts) -> dict:
    statement = build.statement(LAN, Verb.PASSED, LESSON) | parts
    return orjson.loads(
        orjson.dumps(
            complete(
                statement,
                statement_id="0190a000-0000-7000-8000-000000000001",
                stored="2026-11-22T03:04:05.000000Z",
                authority=TOOL,
                version=Version.V1,
            )
        )
    )


def test_every_column_is_filled_from_its_place():
    row = flat(
        kept(
            timestamp="2026-11-22T10:00:00+07:00",
            result={
                "score": {"scaled": -0.5, "raw": 1, "min": 0, "max": 4},
                "success": False,
                "completion": True,
                "duration": "PT1H2.5S",
                "response": "=1+1",
                "extensions": {"https://x.vn/e": [1]},
            },
            context={
                "registration": "0190a000-0000-7000-8000-000000000002",
                "instructor": {"mbox": "mailto:co@hoc.example"},
                "team": {"objectType": "Group", "member": [LAN, TOOL]},
                "platform": "Moodle",
                "language": "vi",
                "contextActivities": {"parent": [{"id": "https://a.vn"}, {"id": "https://b.vn"}]},
                "extensions": {},
            },
        ),
        ["en", "vi"],
    )

    assert row.keys() == COLUMNS.keys()
    assert row["stored"] == MOMENT
    assert row["timestamp"] == datetime(2026, 11, 22, 3, tzinfo=UTC)
    assert (row["actor"], row["actor_name"]) == ("account https://hoc.example lan", "Lan")
    assert (row["verb"], row["verb_name"]) == (Verb.PASSED.iri, "passed")
    assert (row["object_type"], row["object"]) == ("Activity", "https://hoc.example/bai")
    assert (row["object_name"], row["activity_type"]) == ("Welding", str(ActivityType.LESSON))
    assert [row[f"score_{n}"] for n in ("scaled", "raw", "min", "max")] == [-0.5, 1, 0, 4]
    assert (row["success"], row["completion"]) == (False, True)
    assert (row["duration_seconds"], row["response"]) == (3602.5, "=1+1")
    assert row["registration"] == "0190a000-0000-7000-8000-000000000002"
    assert row["parents"] == "https://a.vn https://b.vn"
    assert (row["groupings"], row["categories"]) == (None, None)
    assert row["instructor"] == "mbox mailto:co@hoc.example"
    assert row["team"] == "account https://hoc.example lan; account https://hoc.example tool"
    assert (row["platform"], row["language"]) == ("Moodle", "vi")
    assert row["result_extensions"] == '{"https://x.vn/e":[1]}'
    assert row["context_extensions"] is None
    assert (row["authority"], row["version"]) == ("account https://hoc.example tool", "1.0.0")


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (build.reference(build.UUID(int=1)), ("StatementRef", str(build.UUID(int=1)), None)),
        (
            {"objectType": "Agent", "mbox": "mailto:binh@x.vn", "name": "Bình"},
            ("Agent", "mbox mailto:binh@x.vn", "Bình"),
        ),
        (
            {"objectType": "SubStatement", "actor": LAN, "verb": {"id": "https://v"}},
            ("SubStatement", None, None),
        ),
    ],
)
def test_every_kind_of_object_fits(target, said):
    row = flat(kept() | {"object": target}, ["vi"])

    assert (row["object_type"], row["object"], row["object_name"]) == said


@pytest.mark.parametrize(
    ("duration", "seconds"),
    [
        ("PT0S", 0),
        ("PT1.25S", 1.25),
        ("PT1,5M", 90),
        ("P1DT2H", 93600),
        ("P2W", 1209600),
        ("P1Y", None),
        ("P1M", None),
        ("P", None),
        ("", None),
    ],
)
def test_durations_are_seconds_unless_months_are_counted(duration, seconds):
    assert seconds_of(duration) == seconds
