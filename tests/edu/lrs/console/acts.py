"""What people did, for the pages that show it."""

from edu.db import unit_of_work
from edu.lrs import public
from edu.lrs.core import build
from edu.lrs.core.vocabulary import ActivityType, Verb


def did(person, verb=Verb.COMPLETED, english="Arc welding", **parts):
    """Record that a person did something with one lesson."""
    lesson = build.activity(
        "https://hoc.example/bai/1", ActivityType.LESSON, name={"vi": "Hàn hồ quang", "en": english}
    )
    with unit_of_work():
        public.record(build.statement(public.agent_of(person), verb, lesson, **parts))
