"""One statement with everything in it, and a way to say: this change breaks that rule."""

import copy
from dataclasses import dataclass
from typing import Any

from edu.lrs.core.problems import InvalidStatement, Rule
from edu.lrs.core.validation.statement import check_statement
from edu.lrs.core.version import Version

BOTH = (Version.V1, Version.V2)
DROP = object()
STATEMENT_ID = "6690e6c9-3ef0-4ed3-8b37-7f3964730bee"
SHA2 = "01" * 32

WHOLE: dict[str, Any] = {
    "id": "fd41c918-b88b-4b20-a0a5-a4c32391aaa0",
    "actor": {"objectType": "Agent", "name": "Lan", "mbox": "mailto:lan@hoc.example"},
    "verb": {
        "id": "http://adlnet.gov/expapi/verbs/answered",
        "display": {"vi": "đã trả lời", "en-GB": "answered"},
    },
    "object": {
        "objectType": "Activity",
        "id": "https://hoc.example/cau-hoi/1",
        "definition": {
            "name": {"vi": "Câu 1"},
            "description": {"vi": "Chọn que hàn"},
            "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
            "moreInfo": "https://hoc.example/cau-hoi/1/them",
            "interactionType": "choice",
            "correctResponsesPattern": ["a[,]b"],
            "choices": [{"id": "a", "description": {"vi": "E6013"}}, {"id": "b"}],
            "extensions": {"https://hoc.example/x/khó": 0.5},
        },
    },
    "result": {
        "score": {"scaled": 0.5, "raw": 5, "min": 0, "max": 10},
        "success": True,
        "completion": True,
        "response": "a",
        "duration": "PT1M12.5S",
        "extensions": {"https://hoc.example/x/lan": 2},
    },
    "context": {
        "registration": "ec531277-b57b-4c15-8d91-d292c5b2b8f7",
        "instructor": {
            "name": "Thầy Hải",
            "account": {"homePage": "https://hoc.example", "name": "hai"},
        },
        "team": {"objectType": "Group", "member": [{"openid": "https://id.example/minh"}]},
        "contextActivities": {
            "parent": [{"id": "https://hoc.example/bai/1"}],
            "grouping": [{"id": "https://hoc.example/mon/1"}],
            "category": {"id": "https://hoc.example/ho-so/1"},
            "other": [{"id": "https://hoc.example/khac/1"}],
        },
        "revision": "2",
        "platform": "Nghề Số",
        "language": "vi",
        "statement": {"objectType": "StatementRef", "id": STATEMENT_ID},
        "extensions": {"https://hoc.example/x/xuong": {"may": None}},
    },
    "timestamp": "2026-11-22T08:00:00.123+07:00",
    "stored": "2026-11-22T01:00:01Z",
    "authority": {"account": {"homePage": "https://hoc.example", "name": "lrs"}},
    "version": "1.0.0",
    "attachments": [
        {
            "usageType": "https://hoc.example/dung/bao-cao",
            "display": {"vi": "Báo cáo"},
            "description": {"vi": "Báo cáo xưởng"},
            "contentType": "text/plain; charset=utf-8",
            "length": 10,
            "sha2": SHA2,
            "fileUrl": "https://hoc.example/tep/1",
        }
    ],
}
NOT_IN_SUBSTATEMENTS = ("id", "stored", "version", "authority")


@dataclass(frozen=True)
class Case:
    """Put `value` at `where` of the whole statement; the outcome is `rule` at `path`, or none."""

    requirement: str
    where: str
    value: object
    rule: Rule | None = None
    path: str | None = None
    versions: tuple[Version, ...] = BOTH

    def __str__(self) -> str:
        value = "absent" if self.value is DROP else repr(self.value)
        return f"{self.requirement} {self.where} {value[:50]} {self.rule or 'passes'}"

    def statement(self) -> dict[str, Any]:
        return changed(WHOLE, self.where, self.value)

    @property
    def expected(self) -> tuple[str, Rule] | None:
        if self.rule is None:
            return None
        return ("/" + self.where if self.path is None else self.path, self.rule)

    @property
    def fits_substatement(self) -> bool:
        return self.where.partition("/")[0] not in NOT_IN_SUBSTATEMENTS and not (
            isinstance(self.value, dict) and self.value.get("objectType") == "SubStatement"
        )


def changed(statement: dict[str, Any], where: str, value: object) -> dict[str, Any]:
    """A copy of the statement with one value put or dropped; "/" goes inside, numbers index."""
    copied = copy.deepcopy(statement)
    *way, last = (int(step) if step.isdigit() else step for step in where.split("/"))
    inside: Any = copied
    for step in way:
        inside = inside[step]
    if value is DROP:
        del inside[last]
    else:
        inside[last] = copy.deepcopy(value)
    return copied


def as_substatement(statement: dict[str, Any]) -> dict[str, Any]:
    """A statement about someone planning the given one."""
    planned = {name: value for name, value in statement.items() if name not in NOT_IN_SUBSTATEMENTS}
    return {
        "actor": WHOLE["actor"],
        "verb": {"id": "https://hoc.example/dong-tu/du-dinh"},
        "object": {"objectType": "SubStatement"} | planned,
    }


def outcome(statement: object, version: Version) -> tuple[str, Rule] | None:
    """Path and rule of the refusal, None when the statement passes."""
    try:
        check_statement(statement, version)
    except InvalidStatement as problem:
        return problem.path, problem.rule
    return None
