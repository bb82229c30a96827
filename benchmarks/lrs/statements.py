"""The statements that are measured with: answers to quiz questions, some 1.1 kB each.

A college of a thousand learners, fifty classes and a thousand questions: each statement is found by
seven keys, and each differs by its id, time and registration.
"""

import random
from functools import cache
from urllib.parse import quote
from uuid import UUID

import orjson

from edu.lrs.core.json_in import JsonObject

LEARNERS = 1000
CLASSES = 50
QUESTIONS = 1000
SOUGHT_LEARNER, SOUGHT_CLASS = 7, 3
HERE = "https://portal.example"
VERBS = ("answered", "answered", "answered", "attempted", "experienced", "completed")


@cache
def uuid_of(kind: str, number: int) -> str:
    """An id that is the same each time."""
    return str(UUID(int=random.Random(f"{kind} {number}").getrandbits(128), version=4))


def random_id(chance: random.Random) -> str:
    """Make an id by the given chance."""
    return str(UUID(int=chance.getrandbits(128), version=4))


def actor(learner: int) -> JsonObject:
    account = {"homePage": HERE, "name": uuid_of("learner", learner)}
    return {"objectType": "Agent", "name": f"Learner {learner}", "account": account}


def verb(word: str) -> JsonObject:
    display = {"vi": "đã trả lời", "en": word}
    return {"id": f"http://adlnet.gov/expapi/verbs/{word}", "display": display}


def statement(chance: random.Random) -> JsonObject:
    """Make one; equal chances make equal statements."""
    return _answered(chance, chance.randrange(LEARNERS), chance.randrange(QUESTIONS))


def run(chance: random.Random, count: int) -> list[JsonObject]:
    """Make what one learner did in one class: a search by registration finds it."""
    return [
        _answered(chance, SOUGHT_LEARNER, SOUGHT_CLASS + CLASSES * chance.randrange(10))
        for _ in range(count)
    ]


def _answered(chance: random.Random, learner: int, question: int) -> JsonObject:
    course = f"{HERE}/classes/{question % CLASSES}"
    answer = chance.choice("abcd")
    return {
        "id": random_id(chance),
        "timestamp": f"2026-11-22T{chance.randrange(24):02}:15:30.123Z",
        "actor": actor(learner),
        "verb": verb(chance.choice(VERBS)),
        "object": {
            "objectType": "Activity",
            "id": f"{course}/questions/{question}",
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
                "name": {"vi": f"Câu hỏi {question}"},
                "interactionType": "choice",
                "correctResponsesPattern": ["abcd"[question % 4]],
                "choices": [{"id": letter, "description": {"vi": letter}} for letter in "abcd"],
            },
        },
        "result": {
            "score": {"scaled": 1, "raw": 10, "min": 0, "max": 10},
            "success": True,
            "response": answer,
            "duration": f"PT{chance.randrange(90)}.5S",
        },
        "context": {
            "registration": registration(learner, question % CLASSES),
            "language": "vi",
            "contextActivities": {
                "parent": [{"id": f"{course}/quiz"}],
                "grouping": [{"id": course}],
            },
        },
    }


def registration(learner: int, of_class: int) -> str:
    """One learner's run of one class."""
    return uuid_of("registration", learner * CLASSES + of_class)


def searches() -> dict[str, str]:
    """The questions that stores are asked, by name: query strings without the limit."""
    agent = orjson.dumps(
        {name: kept for name, kept in actor(SOUGHT_LEARNER).items() if name != "name"}
    )
    return {
        "agent": f"agent={quote(agent)}",
        "verb": f"verb={quote(verb('completed')['id'])}",
        "since": "since=2026-01-01T00:00:00Z",
        "registration": f"registration={registration(SOUGHT_LEARNER, SOUGHT_CLASS)}",
    }
