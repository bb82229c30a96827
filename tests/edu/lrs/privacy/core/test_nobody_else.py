"""Who is not meant, and what is no text, stays as it is when a person is taken out."""

import pytest

from edu.lrs.core import build
from edu.lrs.core.json_in import write
from edu.lrs.core.validation.statement import check_statement
from edu.lrs.core.version import Version
from edu.lrs.core.vocabulary import ActivityType, Verb
from edu.lrs.privacy.core.rewriting import Subject, is_told_of, rewrite, speaks_of

NOBODY = build.agent_for("https://portal.example", "forgotten-x")
MINH = build.agent_for("https://h5p.example", "minh", name="Lê Minh")
MAIL = "lan.tran@x.example"
UUID_OF_LAN = "0190a000-0000-7000-8000-00000000000a"


def by_mail(address: str, **parts) -> dict:
    return {"objectType": "Agent", "mbox": f"mailto:{address}"} | parts


def on_moodle(name: str) -> dict:
    return build.agent_for("https://moodle.example", name)


LAN = Subject((by_mail(MAIL), on_moodle("200123")), ("Trần Thị Lan",))


def everything(**parts) -> dict:
    """A statement of somebody else in which every kind of place is taken."""
    lesson = build.activity(
        "https://hoc.example/bai/1", ActivityType.LESSON, name={"vi": "Hàn", "en": "Welding"}
    )
    statement = build.statement(
        MINH,
        Verb.COMPLETED,
        lesson,
        result={"completion": True, "duration": "PT5M", "extensions": {"https://x.example/a": 1}},
        context={
            "instructor": by_mail("thay@x.example"),
            "language": "vi",
            "registration": "0190a000-0000-7000-8000-000000000001",
            "contextActivities": {"parent": [lesson], "other": [lesson]},
        },
    )
    said = {"id": "0190a000-0000-7000-8000-000000000002", "timestamp": "2026-11-22T00:00:00Z"}
    authority = {"authority": build.agent_for("https://portal.example", "system")}
    return statement | said | authority | {"version": "1.0.0"} | parts


@pytest.mark.parametrize(
    "name",
    [
        *("instructor", "context", "object", "account", "extensions", "contextActivities"),
        *("completed", "activities", "Activity", "lesson", "definition", "registration"),
        *("system", "portal", "Agent", "https", "57", "7", "vi", "en", "PT5M", "1.0.0"),
        *("2026-11-22T00:00:00Z", "0190a000-0000-7000-8000-000000000002", "homePage"),
    ],
)
def test_an_account_called_like_a_word_of_the_format_changes_nothing(name):
    statement = everything()

    assert write(rewrite(statement, Subject((on_moodle(name),)), NOBODY)) == write(statement)


@pytest.mark.parametrize("name", ["", " ", "Vi", "vi", "Hàn", "https", "http", "e", "completed"])
def test_what_a_person_is_called_changes_no_keys_and_no_addresses(name):
    lan = by_mail(MAIL)
    statement = everything(actor=lan | {"name": name})

    changed = rewrite(statement, Subject((lan,), (name,)), NOBODY)

    assert changed == statement | {"actor": NOBODY}


def test_a_longer_name_goes_from_words_but_not_from_ids():
    lesson = {
        "id": "https://hoc.example/Trần-Lan",
        "definition": {
            "name": {"vi": "Bài của Trần-Lan"},
            "moreInfo": "https://x.example/Trần-Lan",
        },
    }
    statement = everything(actor=by_mail(MAIL, name="Trần-Lan"), object=lesson)

    changed = rewrite(statement, LAN, NOBODY)

    assert changed["object"] == lesson | {
        "definition": lesson["definition"] | {"name": {"vi": "Bài của forgotten-x"}}
    }


@pytest.mark.parametrize(
    "stranger",
    [
        build.agent_for("https://thu-vien.example", "200123", name="Lê Minh"),
        build.agent_for("https://moodle.example/200123", "5"),
        by_mail(f"{MAIL}.org"),
        by_mail(f"{MAIL}-2.org"),
        by_mail(f"thu.{MAIL}"),
        {"objectType": "Agent", "openid": "https://id.example/200123"},
        {"objectType": "Group", "mbox": f"mailto:{MAIL}.org", "member": [MINH]},
    ],
)
@pytest.mark.parametrize(
    "place",
    [
        lambda agent: {"actor": agent},
        lambda agent: {"object": agent},
        lambda agent: {"authority": agent},
        lambda agent: {"context": {"instructor": agent}},
        lambda agent: {"actor": {"objectType": "Group", "member": [agent]}},
        lambda agent: {"result": {"extensions": {"https://x.example/who": [agent]}}},
    ],
)
def test_a_stranger_whose_identifier_looks_alike_keeps_it(stranger, place):
    statement = everything(**place(stranger))

    assert write(rewrite(statement, LAN, NOBODY)) == write(statement)
    assert not LAN.is_actor_of(statement)


@pytest.mark.parametrize(
    "own",
    [
        by_mail("Lan.Tran@X.example"),
        by_mail("LAN.TRAN@x.example", name="Lan"),
        build.agent_for("https://thu-vien.example", MAIL),
        build.agent_for("https://thu-vien.example", MAIL.upper()),
        build.agent_for("https://thu-vien.example", UUID_OF_LAN.upper()),
    ],
)
def test_who_is_written_otherwise_is_known_all_the_same(own):
    lan = Subject((by_mail(MAIL), build.agent_for("https://portal.example", UUID_OF_LAN)))
    statement = everything(actor=own)

    assert lan.may_be_in(write(statement))
    assert lan.is_actor_of(statement)
    assert rewrite(statement, lan, NOBODY) == statement | {"actor": NOBODY}


@pytest.mark.parametrize("name", ["Đặng Lan", "ĐẶNG.LAN", 'Đặng "Lan"', "Straße-7", "ΑΣΑΣ.ΟΣ", "Ơ"])
def test_capitals_of_any_alphabet_are_found(name):
    for agent in (on_moodle(name), by_mail("Đặng.Lan@x.example")):
        statement = everything(actor=agent)
        subject = Subject((agent,))

        assert subject.may_be_in(write(statement))
        assert rewrite(statement, subject, NOBODY)["actor"] == NOBODY


def test_an_address_goes_from_texts_in_any_case_but_not_from_a_longer_one():
    words = f"{MAIL.upper()}, {MAIL}.org {MAIL}-b.org x-{MAIL} <{MAIL}>. {MAIL}."
    changed = rewrite(everything(result={"response": words}), LAN, NOBODY)

    assert changed["result"]["response"] == (
        f"forgotten-x, {MAIL}.org {MAIL}-b.org x-{MAIL} <forgotten-x>. forgotten-x."
    )


def test_a_tool_called_like_the_person_keeps_its_addresses():
    subject = Subject((on_moodle("moodle"),))
    activity = {"id": "https://moodle.example/users/moodle?of=moodle"}
    other = {"id": "moodle:course/1"}

    changed = rewrite(everything(object=activity), subject, NOBODY)

    assert changed["object"]["id"] == "https://moodle.example/users/forgotten-x?of=forgotten-x"
    assert rewrite(everything(object=other), subject, NOBODY)["object"] == other


def test_every_text_of_an_activity_loses_the_identifier():
    said = {"vi": f"của {MAIL}"}
    activity = {
        "id": f"https://x.example/{MAIL}",
        "definition": {
            "name": said,
            "description": said,
            "type": "https://x.example/200123",
            "moreInfo": f"https://x.example/{MAIL}/more",
            "extensions": {f"https://x.example/{MAIL}": {MAIL: [MAIL]}},
            "interactionType": "choice",
            "correctResponsesPattern": [MAIL],
            "choices": [{"id": MAIL, "description": said}, {"id": "200123"}, {"id": "x"}],
        },
    }
    statement = everything(
        object=activity,
        context={
            "contextActivities": {"parent": activity, "other": [activity]},
            "platform": MAIL,
            "revision": MAIL,
        },
    )

    changed = rewrite(statement, LAN, NOBODY)

    check_statement(changed, Version.V1)
    assert MAIL.encode() not in write(changed)
    assert changed["object"]["definition"]["type"] == activity["definition"]["type"]
    assert [each["id"] for each in changed["object"]["definition"]["choices"]] == [
        "forgotten-x",
        "x",
    ]
    assert changed["context"]["contextActivities"]["parent"] == changed["object"]


def test_descriptions_of_files_lose_the_identifier_and_the_rest_stays():
    file = {
        "usageType": "https://x.example/200123",
        "display": {"vi": f"của {MAIL}"},
        "description": {"vi": f"của {MAIL}"},
        "contentType": "text/plain; x=200123",
        "length": 1,
        "sha2": "a" * 64,
        "fileUrl": f"https://x.example/{MAIL}",
    }

    [changed] = rewrite(everything(attachments=[file]), LAN, NOBODY)["attachments"]

    assert changed == file | {
        "display": {"vi": "của forgotten-x"},
        "description": {"vi": "của forgotten-x"},
        "fileUrl": "https://x.example/forgotten-x",
    }


def test_what_others_are_called_loses_identifiers_but_not_the_name_they_share():
    stranger = MINH | {"name": f"Trần Thị Lan {MAIL}"}
    nameless = {"objectType": "Group", "name": "Nhóm Trần Thị Lan", "member": [LAN.agents[0], MINH]}
    statement = everything(actor=nameless, context={"instructor": stranger})

    changed = rewrite(statement, LAN, NOBODY)

    assert changed["context"]["instructor"] == MINH | {"name": "Trần Thị Lan forgotten-x"}
    assert changed["actor"]["name"] == "Nhóm forgotten-x"
    assert changed["actor"]["member"] == [NOBODY, MINH]


@pytest.mark.parametrize(
    ("name", "wording", "is_told"),
    [
        (f"mbox mailto:{MAIL}", None, True),
        ("mbox mailto:Lan.Tran@x.example", {"name": "Lan"}, True),
        ("account https://moodle.example 200123", None, True),
        ("account https://thu-vien.example 200123", None, False),
        ("account https://thu-vien.example 200123", {"name": "Lê Minh"}, False),
        (f"account https://thu-vien.example {MAIL}", None, True),
        ("account https://h5p.example minh", MINH | {"name": f"Minh {MAIL}"}, True),
        ("https://x.example/200123", None, True),
        ("https://x.example/200123", {"name": {"vi": "Hàn"}}, True),
        ("https://x.example/2001234", None, False),
        ("https://x.example/1", {"name": {"vi": "200123"}}, True),
        ("https://x.example/1", {"name": {"vi": "1200123"}}, False),
        ("https://x.example/1", {"type": "https://x.example/200123"}, False),
        ("verb https://x.example/200123", None, False),
        ("verb https://x.example/200123", {"vi": "200123"}, False),
    ],
)
def test_only_what_names_the_person_is_told_of_the_person(name, wording, is_told):
    assert is_told_of(name, wording, LAN) is is_told


@pytest.mark.parametrize(
    ("content", "speaks"),
    [
        ({"partner": MAIL.upper()}, True),
        ({MAIL: 1}, True),
        ({"who": by_mail("Lan.Tran@x.example")}, True),
        ({"account": {"homePage": "https://moodle.example", "name": "200123"}}, True),
        ({"account": {"homePage": "https://thu-vien.example", "name": "200123"}}, False),
        ({"mbox": MAIL}, True),
        ([f"{MAIL}.org", "2001234", 200123, None], False),
    ],
)
def test_any_json_speaks_of_the_person_or_not(content, speaks):
    assert speaks_of(content, LAN) is speaks


def test_a_short_account_is_sought_as_an_account():
    subject = Subject((on_moodle("57"),))

    assert not subject.may_be_in(write(everything(result={"response": "57"})))
    assert subject.may_be_in(write(everything(actor=on_moodle("57"))))
    assert rewrite(everything(actor=on_moodle("57")), subject, NOBODY)["actor"] == NOBODY
