"""The rule tables leave out no requirement and no rule."""

from itertools import chain

from edu.lrs.core.problems import Rule
from tests.edu.lrs.core import test_actor_rules, test_object_rules, test_result_and_context_rules

# The requirements of ADL's suite that one statement alone can break or meet.
REQUIREMENTS = {
    f"XAPI-{number:05}"
    for number in chain(
        [1, *range(3, 11), 13, 17, 19, 20, 22, 23, 24, 25],
        range(27, 64),
        range(65, 87),
        range(88, 95),
        [98, *range(101, 108), *range(118, 122), 123, 124],
    )
} | {"XAPI-00087-1", "XAPI-00087-2"}

STATEMENT_RULES = set(list(Rule)[list(Rule).index(Rule.NULL) : list(Rule).index(Rule.ID_MISMATCH)])

CASES = [
    *test_actor_rules.CASES,
    *test_object_rules.CASES,
    *test_result_and_context_rules.CASES,
]


def test_every_requirement_on_statements_has_a_case():
    covered = {case.requirement for case in CASES} | {
        requirement for requirement, *_ in test_object_rules.PLAIN_CASES
    }
    assert covered >= REQUIREMENTS


def test_every_rule_on_statements_refuses_something():
    refusing = {case.rule for case in CASES} | {
        expected[1] for *_, expected in test_object_rules.PLAIN_CASES if expected
    }
    assert refusing >= STATEMENT_RULES - {Rule.SAME_ID_TWICE}  # which takes two statements
