"""Who gets in where: every role at every route, at home and in another college (ASVS 8.2)."""

import pytest

from edu.accounts import service as accounts
from edu.accounts.models import Role
from edu.db import unit_of_work
from edu.http.session import is_public
from tests.factories import a_college, a_person
from tests.house.doors import PUBLIC, doors

HIDDEN = {403, 404}
NOT_EVEN_READ = 422  # an empty form may be refused before the rule that asks who sends it
SERVER_ERRORS = range(500, 600)


@pytest.fixture
def colleges(app):
    return a_college("nha"), a_college("khac")


def ask(browser, door, place):
    return browser.open(door.path(place), method=door.method)


def test_the_list_of_public_doors_is_complete_and_true(app):
    marked = {e for e in app.view_functions if is_public(e)}

    assert marked - PUBLIC == set(), "public, but not on the list"
    assert PUBLIC - marked == set(), "on the list, but not public"


def test_every_other_door_belongs_to_a_family(app):
    lost = [str(d) for d in doors(app) if d.endpoint not in PUBLIC and not d.has_family]

    assert lost == [], "say in tests/house/doors.py whom they are for"


def test_a_stranger_is_asked_to_sign_in_everywhere_else(client, app, colleges):
    wrong = {}
    for door in doors(app):
        answer = ask(client, door, "nha")
        if door.endpoint in PUBLIC:
            expected = answer.status_code not in SERVER_ERRORS
        elif door.method == "GET" and not door.rule.startswith("/api/"):
            expected = answer.status_code == 303 and answer.location.startswith("/sign-in?next=/")
        else:
            expected = answer.status_code == 401
        if not expected:
            wrong[str(door)] = answer.status_code

    assert wrong == {}


@pytest.mark.parametrize("role", [*Role, None])
def test_each_role_gets_in_where_it_belongs_and_nowhere_else(as_user, app, colleges, role):
    here, _elsewhere = colleges
    browser = as_user(a_person("Ai Đó", role=role, at=here if role else None))
    wrong = {}
    for door in doors(app):
        if door.endpoint in PUBLIC | ENDS_THE_SESSION or not door.has_family:
            continue
        status = ask(browser, door, "nha").status_code
        if role not in door.family:
            expected = status in HIDDEN or (door.method != "GET" and status == NOT_EVEN_READ)
        elif door.method == "GET" and door.arguments <= {"place"}:
            expected = status == OTHERWISE.get(door.endpoint, 200)
        else:  # ids of nothing, empty forms
            expected = status not in SERVER_ERRORS and status != 401
        if not expected:
            wrong[str(door)] = status

    assert wrong == {}


OTHERWISE = {
    "profiles.preview": 404,  # the person of the matrix has none
    "lrs.show_tail": 303,  # a part of a page leads to the page
    "lrs_transfer.turn_back": 303,  # where forms are sent leads to the forms
}
"""What pages answer where it is not 200."""

ENDS_THE_SESSION = {"accounts.sign_out", "accounts.end_all_devices"}


@pytest.mark.parametrize("role", list(Role))
def test_no_role_of_one_college_opens_anything_of_another(as_user, app, colleges, role):
    here, _elsewhere = colleges
    browser = as_user(a_person("Ai Đó", role=role, at=here))
    wrong = {}
    for door in doors(app):
        if door.endpoint in PUBLIC or "place" not in door.arguments or not door.has_family:
            continue
        status = ask(browser, door, "khac").status_code
        shut = status in HIDDEN or (door.method != "GET" and status == NOT_EVEN_READ)
        if not shut and None not in door.family:
            wrong[str(door)] = status

    assert wrong == {}


def test_a_closed_account_and_an_ended_role_open_nothing(as_user, app, colleges):
    here, _elsewhere = colleges
    manager = a_person("Cựu", role=Role.MANAGER, at=here)
    browser = as_user(manager)
    with unit_of_work():
        from edu.db import utcnow

        manager.memberships[0].ended_at = utcnow()
    assert browser.get("/at/nha/people").status_code == 403

    with unit_of_work():
        manager.is_active = False
    opened = {
        str(door)
        for door in doors(app)
        if door.endpoint not in PUBLIC and ask(browser, door, "nha").status_code not in {303, 401}
    }
    assert opened == set()


@pytest.mark.parametrize("scopes", [["read"], ["write"], ["read", "write", "profile:read"]])
def test_access_tokens_open_no_page(client, app, colleges, scopes):
    here, _elsewhere = colleges
    manager = a_person("Quản Lý", role=Role.MANAGER, at=here)
    with unit_of_work():
        token = accounts.create_access_token(manager, name="Test", scopes=scopes)
    header = {"Authorization": f"Bearer {token}"}

    opened = {
        str(door)
        for door in doors(app)
        if door.endpoint not in PUBLIC
        and not door.rule.startswith("/api/")
        and client.open(door.path("nha"), method=door.method, headers=header).status_code
        not in {303, 401}
    }

    assert opened == set()
