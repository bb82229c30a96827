import re
from pathlib import Path

import pytest

from edu.accounts import service as accounts
from edu.accounts.models import Role, TokenPurpose
from edu.db import inside, unit_of_work
from edu.joining import service
from tests.factories import a_college, a_person

GOLDEN = Path(__file__).parent / "letters"


def as_file(letter):
    """The letter as its golden file holds it: subject, blank line, text; tokens made one."""
    text = re.sub(r"(confirm|reset-password|invitation)/[\w-]{43}\b", r"\1/TOKEN", letter.text)
    return f"{letter.subject}\n\n{text}\n"


def golden(name):
    return (GOLDEN / name).read_text("utf-8")


@pytest.fixture
def person(request, app):
    with unit_of_work():
        return accounts.create_person(
            name="Lê Thị Hoa", email="hoa@song.example", locale=request.param
        )


languages = pytest.mark.parametrize("person", ["vi", "en"], indirect=True)


@languages
def test_the_letter_that_proves_an_address(person, letters):
    with unit_of_work():
        service.send_link(person, TokenPurpose.VERIFY_EMAIL)

    assert as_file(*letters()) == golden(f"prove.{person.locale}.txt")


@languages
def test_the_letter_about_a_new_password(person, letters):
    with unit_of_work():
        service.ask_reset(person.email)

    assert as_file(*letters()) == golden(f"reset.{person.locale}.txt")


@languages
def test_the_letter_to_who_has_an_account_already(person, letters):
    newcomer = service.Newcomer(name="?", email=person.email, password="sông Hàn mùa hè")
    with unit_of_work():
        service.join(newcomer)

    assert as_file(*letters()) == golden(f"known.{person.locale}.txt")


@languages
def test_the_letter_of_an_invitation(person, letters):
    college = a_college("hcm")
    manager = a_person("Phạm Quốc Huy", role=Role.MANAGER, at=college)
    with inside(college.id), unit_of_work():
        service.invite(person.email, Role.TEACHER, actor=manager)

    assert as_file(*letters()) == golden(f"invitation.{person.locale}.txt")


def test_what_looks_like_a_template_in_a_name_is_printed_as_it_is(app, letters):
    with unit_of_work():
        person = accounts.create_person(name="{{7*7}} {% raw %}", email="x@song.example")
    with unit_of_work():
        service.join(service.Newcomer(name="?", email=person.email, password="sông Hàn mùa hè"))

    assert "Chào {{7*7}} {% raw %}," in letters()[0].text


def test_whoever_asks_for_a_link_cannot_write_to_a_stranger_through_us(app, letters):
    with unit_of_work():
        service.join(
            service.Newcomer(
                name="WIN MONEY https://evil.example",
                email="stranger@song.example",
                password="sông Hàn mùa hè",
            )
        )

    (letter,) = letters()
    assert "evil" not in letter.text + letter.subject
