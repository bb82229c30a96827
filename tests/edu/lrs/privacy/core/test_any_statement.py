"""A person taken out of whatever statement there may be."""

import copy

import orjson
from hypothesis import given
from hypothesis import strategies as st

from edu.lrs.core import build
from edu.lrs.core.json_in import write
from edu.lrs.core.validation.statement import check_statement
from edu.lrs.core.version import Version
from edu.lrs.core.vocabulary import Verb
from edu.lrs.privacy.core.rewriting import Subject, rewrite

NOBODY = build.agent_for("https://portal.example", "forgotten-x")
MAIL, ACCOUNT, NUMBER = "đặng.lan@x.example", "hoc-vien-200123", "57"
LAN = Subject(
    (
        {"objectType": "Agent", "mbox": f"mailto:{MAIL}"},
        build.agent_for("https://moodle.example", ACCOUNT),
        build.agent_for("https://h5p.example", NUMBER),
    ),
    ("Đặng Thị Lan", "Vi", ""),
)
TRACES = (MAIL, MAIL.upper(), MAIL.title(), ACCOUNT, ACCOUNT.upper())
FOREIGN = ("x", "57", "lan", f"{MAIL}.org", f"{ACCOUNT}9", "Vi", "Đặng Lan", "completed", "")

written = st.text(max_size=5).filter(str.isprintable)
words = st.sampled_from(FOREIGN) | written
whole = st.tuples(words, st.sampled_from(["", *TRACES, "Đặng Thị Lan"]), words).map(" ".join)
ids = st.sampled_from(["https://x.example/1", "tag:x.example,2026:1", "urn:x"])
ours = st.builds("{}/{}".format, ids, st.sampled_from(["1", *TRACES]))
names = st.dictionaries(st.sampled_from(["vi", "en-US"]), whole, max_size=2)
anything = st.recursive(
    st.none() | st.integers(-9, 9) | whole | st.sampled_from(LAN.agents),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(whole, inner, max_size=3),
    max_leaves=8,
)
extensions = st.dictionaries(ours, anything, max_size=2)


def some(**properties) -> st.SearchStrategy:
    return st.fixed_dictionaries({}, optional=properties)


@st.composite
def agents(draw):
    bare = draw(
        st.sampled_from([MAIL, f"{MAIL}.org", "minh@x.example"]).map(
            lambda mail: {"mbox": f"mailto:{mail}"}
        )
        | st.sampled_from([ACCOUNT, NUMBER, "9", MAIL]).map(
            lambda name: {"account": {"homePage": "https://moodle.example", "name": name}}
        )
        | st.just({"openid": "https://id.example/lan"})
    )
    return bare | draw(some(objectType=st.just("Agent"), name=whole))


groups = st.builds(
    lambda members, parts: {"objectType": "Group", "member": members} | parts,
    st.lists(agents(), min_size=1, max_size=2),
    some(name=whole),
)
components = st.lists(
    st.builds(lambda name, about: {"id": name, "description": about}, whole, names),
    max_size=3,
    unique_by=lambda each: each["id"],
)
definitions = some(
    name=names, description=names, type=ids, moreInfo=ours, extensions=extensions
) | st.builds(
    lambda choices, right: {
        "interactionType": "choice",
        "choices": choices,
        "correctResponsesPattern": right,
    },
    components,
    st.lists(whole, max_size=2),
)
activities = st.builds(lambda own, parts: {"id": own} | parts, ours, some(definition=definitions))
contexts = some(
    instructor=agents(),
    team=groups,
    contextActivities=some(parent=activities, other=st.lists(activities, max_size=2)),
    language=st.just("vi"),
    extensions=extensions,
)
results = some(response=whole, extensions=extensions, duration=st.just("PT1H"))


def said(target: st.SearchStrategy) -> st.SearchStrategy:
    return st.builds(
        lambda who, what, parts: (
            {"actor": who, "verb": Verb.COMPLETED.as_json(), "object": what} | parts
        ),
        agents() | groups,
        target,
        some(result=results, context=contexts, timestamp=st.just("2026-11-22T00:00:00Z")),
    )


inner = said(activities).map(lambda each: each | {"objectType": "SubStatement"})
someone = agents().map(lambda each: each | {"objectType": "Agent"})
statements = said(activities | inner | someone)


def texts_of(value) -> list[str]:
    """Every key and text, but not what identifies an agent."""
    if isinstance(value, dict):
        is_account = value.keys() == {"homePage", "name"}
        is_mail = isinstance(value.get("mbox"), str) and value["mbox"].startswith("mailto:")
        inside = [each for key, each in value.items() if not (is_mail and key == "mbox")]
        return [] if is_account else [*value, *(text for each in inside for text in texts_of(each))]
    if isinstance(value, list):
        return [text for each in value for text in texts_of(each)]
    return [value] if isinstance(value, str) else []


@given(statements)
def test_it_stays_valid_and_says_nothing_of_the_person(statement):
    check_statement(statement, Version.V1)
    before = copy.deepcopy(statement)

    changed = rewrite(statement, LAN, NOBODY)

    assert statement == before
    check_statement(changed, Version.V1)
    found = [text for text in texts_of(changed) if LAN.words.search(text)]
    assert found == []
    assert not any(write(agent)[1:-1] in write(changed) for agent in map(_bare, LAN.agents))
    assert changed["verb"] == statement["verb"]
    assert write(rewrite(changed, LAN, NOBODY)) == write(changed)


def _bare(agent: dict) -> dict:
    return {key: each for key, each in agent.items() if key != "objectType"}


@given(statements)
def test_the_sieve_lets_nothing_pass_that_changes(statement):
    content = write(statement)

    if write(rewrite(statement, LAN, NOBODY)) != content:
        assert LAN.may_be_in(content)


@given(statements)
def test_whom_it_does_not_concern_has_it_byte_for_byte(statement):
    stranger = Subject(
        (
            {"objectType": "Agent", "mbox": "mailto:an@y.example"},
            build.agent_for("https://moodle.example", "instructor"),
            build.agent_for("https://moodle.example", "5"),
        ),
        ("", "e", "Vi", "Nguyễn Văn An"),
    )

    assert write(rewrite(statement, stranger, NOBODY)) == write(statement)
    assert orjson.loads(write(statement)) == statement
