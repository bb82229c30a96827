"""The Vietnamese catalogue: complete, up to date, correctly spelt, and on every page."""

import html
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from edu.accounts.models import Role
from edu.ui import nav
from tests.factories import a_college, a_person, a_province, an_employer
from tests.house.doors import doors

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "edu/translations/vi/LC_MESSAGES/messages.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%")
LAST_SIGN = re.compile(r"[.?!:…]*$")
BAR = 9  # letters that a fifth of a phone's width of 320 px holds


def texts(message: Message) -> list[str]:
    """Its Vietnamese, in as many forms as it has."""
    return list(message.string) if message.pluralizable else [message.string]


def msgids(message: Message) -> list[str]:
    return list(message.id) if message.pluralizable else [message.id]


def key(message: Message) -> str:
    return msgids(message)[0]


@pytest.fixture(scope="module")
def catalogue() -> list[Message]:
    with SOURCE.open("rb") as lines:
        return [message for message in read_po(lines, "vi") if message.id]


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Catalog:
    """What `make messages` would find in the sources now."""
    template = tmp_path_factory.mktemp("messages") / "messages.pot"
    command = ["extract", "-F", str(ROOT / "babel.cfg"), "-k", "lazy means", "-o", str(template)]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        CommandLineInterface().run(["pybabel", "--quiet", *command, "."])
    with template.open("rb") as lines:
        return read_po(lines)


def test_the_catalogue_is_up_to_date(catalogue, collected):
    here, there = {key(m) for m in catalogue}, {key(m) for m in collected if m.id}

    assert sorted(there - here) == [], "new: run `make messages` and translate"
    assert sorted(here - there) == [], "gone: run `make messages`"


def test_everything_is_translated_and_nothing_guessed(catalogue):
    assert [key(m) for m in catalogue if not all(texts(m))] == []
    assert [key(m) for m in catalogue if m.fuzzy] == []


def test_vietnamese_has_one_form_for_every_number(catalogue):
    assert [key(m) for m in catalogue if m.pluralizable and len(m.string) != 1] == []


def test_placeholders_are_the_same_in_both_languages(catalogue):
    def placeholders(text: str) -> list[str]:
        return sorted(PLACEHOLDER.findall(text))

    wrong = [
        key(m) for m in catalogue for said in texts(m)
        if placeholders(said) != placeholders(msgids(m)[-1])
    ]  # fmt: skip

    assert wrong == []


def test_a_sentence_stays_a_sentence(catalogue):
    def last_sign(text: str) -> str:
        return LAST_SIGN.search(text.replace(" …", "…")).group().replace("!", ".")

    said = [(key(m), text) for m in catalogue for text in texts(m)]

    assert [pair for pair in said if last_sign(pair[0]) != last_sign(pair[1])] == []
    assert [pair for pair in said if pair[0][0].isupper() and pair[1][0].islower()] == []


def test_letters_are_composed_and_spaces_single(catalogue):
    said = [text for m in catalogue for text in texts(m)]

    assert [text for text in said if unicodedata.normalize("NFC", text) != text] == []
    assert [text for text in said if text != text.strip() or "  " in text] == []


def test_tones_stand_where_schoolbooks_put_them(catalogue):
    elsewhere = re.compile(
        r"o[àáảãạèéẻẽẹ](?!\w)|(?<!q)u[ỳýỷỹỵ](?!\w)|q[ùúủũụ]|g[ìíỉĩị]a(?!\w)", re.IGNORECASE
    )  # hoà, thuý, qúy and gía for hòa, thúy, quý and giá

    assert [text for m in catalogue for text in texts(m) if elsewhere.search(text)] == []


def test_the_committed_file_holds_neither_lines_nor_dates():
    text = SOURCE.read_text("utf-8")

    assert re.findall(r"^#: .*:\d+$", text, flags=re.MULTILINE) == []
    assert "-Date:" not in text


def test_the_words_of_the_phones_bar_are_short(app):
    with app.test_request_context("/?lang=vi", base_url="http://portal.test"):
        words = [str(item.label) for item in nav._items.values() if item.bottom]

    assert words
    assert [word for word in words if len(word) > BAR] == []


# Pages ----------------------------------------------------------------------------------------


def is_telling(text: str) -> bool:
    """Longer than three words, so that it cannot stand in a page by chance."""
    return len(re.findall(r"\w+", text)) > 3


def phrases(text: str) -> list[str]:
    """What stands between the placeholders of a text."""
    return [part.strip() for part in PLACEHOLDER.split(text) if is_telling(part)]


@pytest.fixture(scope="module")
def foreign(catalogue) -> dict[str, list[str]]:
    """For each language the other's phrases."""
    english = [phrase for m in catalogue for one in msgids(m) for phrase in phrases(one)]
    vietnamese = [phrase for m in catalogue for one in texts(m) for phrase in phrases(one)]
    return {"vi": english, "en": vietnamese}


@pytest.fixture
def pages(app, client, as_user):
    """`pages(language)`: every page whose address needs no id, as each kind of reader sees it."""
    college, employer, province = a_college("truong"), an_employer("xuong"), a_province()
    readers = [
        (college.code, client),
        (college.code, as_user(a_person(role=Role.LEARNER, at=college))),
        (college.code, as_user(a_person(role=Role.TEACHER, at=college))),
        (college.code, as_user(a_person(role=Role.MANAGER, at=college))),
        (employer.code, as_user(a_person(role=Role.RECRUITER, at=employer))),
        (province.code, as_user(a_person(role=Role.OFFICER, at=province))),
    ]
    addresses = [
        door for door in doors(app) if door.method == "GET" and door.arguments <= {"place"}
    ]

    def read(language: str) -> Iterator[tuple[str, str]]:
        for place, browser in readers:
            for door in addresses:
                answer = browser.get(f"{door.path(place)}?lang={language}")
                if answer.status_code == 200 and answer.mimetype == "text/html":
                    yield str(door), html.unescape(answer.text)

    return read


@pytest.mark.slow
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_page_mixes_the_languages(pages, foreign, language):
    seen = list(pages(language))

    found = {
        (door, phrase) for door, text in seen for phrase in foreign[language] if phrase in text
    }

    assert sorted(found) == []
    assert len({door for door, _ in seen}) > 30


@pytest.mark.parametrize("language", ["vi", "en"])
def test_error_pages_speak_the_readers_language(client, foreign, language):
    text = html.unescape(client.get(f"/nothing-here?lang={language}").text)

    assert "<h1" in text
    assert [phrase for phrase in foreign[language] if phrase in text] == []
