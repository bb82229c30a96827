"""Whatever JSON is sent, the answer is yes or InvalidStatement."""

import copy

import orjson
from hypothesis import given
from hypothesis import strategies as st

from edu.lrs.core.equality import equivalent
from edu.lrs.core.identity import activity_mentions, agent_mentions
from edu.lrs.core.problems import InvalidStatement
from edu.lrs.core.validation.statement import check_batch, check_statement
from edu.lrs.core.version import Version
from tests.edu.lrs.core.cases import WHOLE, as_substatement

VERSIONS = st.sampled_from(Version)


def keys_in(value):
    """Every property name in a value, so that arbitrary JSON hits the rules' own names."""
    if isinstance(value, dict):
        return set(value).union(*map(keys_in, value.values()))
    if isinstance(value, list):
        return set().union(*map(keys_in, value))
    return set()


KEYS = st.sampled_from(sorted(keys_in(WHOLE) | {"member", "contextAgents", "steps"})) | st.text()
WORDS = st.sampled_from(
    ["Agent", "Group", "Activity", "SubStatement", "StatementRef", "http://x.example/a", "choice"]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | WORDS
JSON = st.recursive(
    LEAVES,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(KEYS, inside, max_size=5),
    max_leaves=30,
)


def places(value, way=()):
    """The way to every place in a value."""
    yield way
    inside = value.items() if isinstance(value, dict) else ()
    inside = enumerate(value) if isinstance(value, list) else inside
    for step, item in inside:
        yield from places(item, (*way, step))


def all_numbers_fit(value):
    """False for what no parser here returns: huge integers, NaN, lone surrogates."""
    try:
        return orjson.loads(orjson.dumps(value)) == value
    except orjson.JSONEncodeError:
        return False


def path_of_refusal(check, value, version):
    """Where it was refused, None when it was not."""
    try:
        check(value, version)
    except InvalidStatement as problem:
        return problem.path
    return None


PLANNED = as_substatement(WHOLE)
PLACES = [(whole, way) for whole in (WHOLE, PLANNED) for way in places(whole) if way]


@given(JSON, VERSIONS)
def test_arbitrary_json_is_answered(value, version):
    path = path_of_refusal(check_statement, value, version)
    assert path is None or path == "" or path.startswith("/")
    if path is not None and not isinstance(value, list):
        assert path_of_refusal(check_batch, value, version) == path


@given(st.sampled_from(PLACES), JSON, VERSIONS)
def test_a_statement_with_one_place_spoilt_is_answered(place, value, version):
    whole, way = place
    spoilt = copy.deepcopy(whole)
    inside = spoilt
    for step in way[:-1]:
        inside = inside[step]
    inside[way[-1]] = value
    if path_of_refusal(check_statement, spoilt, version) is None:  # what passes can be used
        assert agent_mentions(spoilt) is not None
        assert activity_mentions(spoilt) is not None
        if all_numbers_fit(value):
            assert equivalent(spoilt, copy.deepcopy(spoilt))
