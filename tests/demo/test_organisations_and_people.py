import re
from datetime import date

from edu.accounts.models import Role
from tests.demo.conftest import codes

TODAY = date(2026, 11, 22)
"""The day on which the demo province is told; who is a minor then."""


def age(person, day=TODAY):
    born = person["born"]
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def test_codes_of_organisations_are_unique_and_fit_into_an_address(
    organisation_codes, organisations, departments
):
    every = [*organisation_codes, *departments]

    assert len(organisation_codes) == 1 + len(organisations["college"] + organisations["employer"])
    assert len(set(every)) == len(every)
    assert all(re.fullmatch(r"[a-z][a-z0-9-]{1,38}", code) for code in every)


def test_the_province_has_colleges_in_town_and_in_the_mountains(organisations, places):
    kinds = [places[college["place"]]["kind"] for college in organisations["college"]]

    assert len(kinds) == 3
    assert set(kinds) == {"ward", "commune"}


def test_employers_stand_in_real_communes_and_known_industries(organisations, places):
    industries = codes("industries.csv")

    assert len(organisations["employer"]) == 8
    for employer in organisations["employer"]:
        assert employer["place"] in places
        assert employer["industry"] in industries
        assert employer["size"] > 0


def test_people_have_their_own_unreachable_address(people):
    addresses = [person["email"] for person in people.values()]

    assert len(set(addresses)) == len(addresses) >= 60
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+@[a-z]+\.example", address) for address in addresses)


def test_people_live_in_real_communes_and_hold_known_roles(people, places, organisation_codes):
    for person in people.values():
        assert person["place"] in places
        for role in person["roles"]:
            assert role["organisation"] in organisation_codes
            assert role["role"] in set(Role)


def test_there_is_one_demo_account_for_each_kind_of_visitor(people):
    accounts = {p["account"]: p for p in people.values() if "account" in p}
    roles = {
        account: [role["role"] for role in person["roles"]] for account, person in accounts.items()
    }

    assert roles == {
        "learner": ["learner"],
        "teacher": ["teacher"],
        "manager": ["manager"],
        "employer": ["recruiter"],
        "officer": ["officer"],
        "parent": [],
    }


def test_the_demo_learner_is_a_minor_with_a_parent_who_is_not(people, guardianships):
    accounts = {p["account"]: p for p in people.values() if "account" in p}

    assert age(accounts["learner"]) == 17
    assert age(accounts["parent"]) >= 18
    assert [(row["guardian"], row["learner"]) for row in guardianships] == [
        (accounts["parent"]["key"], accounts["learner"]["key"])
    ]


def test_every_learner_is_admitted_to_a_programme_of_their_college(people, programmes):
    learners = [p for p in people.values() if any(r["role"] == "learner" for r in p["roles"])]

    assert len(learners) >= 40
    for learner in learners:
        programme = learner["programme"]
        assert (programme["college"], programme["code"]) in programmes
        assert {"organisation": programme["college"], "role": "learner"} in learner["roles"]
        assert age(learner, programme["entered"]) >= 15


def test_teachers_work_in_a_department_of_their_college(people, departments):
    teachers = [p for p in people.values() if any(r["role"] == "teacher" for r in p["roles"])]

    for teacher in teachers:
        assert {"organisation": departments[teacher["department"]], "role": "teacher"} in teacher[
            "roles"
        ]


def test_every_organisation_has_someone_who_speaks_for_it(people, organisations):
    def held(role):
        return {r["organisation"] for p in people.values() for r in p["roles"] if r["role"] == role}

    assert held("manager") == {college["code"] for college in organisations["college"]}
    assert held("recruiter") == {employer["code"] for employer in organisations["employer"]}
    assert held("officer") == {organisations["province"]["code"]}
    assert held("trainer")
