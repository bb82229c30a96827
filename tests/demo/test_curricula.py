from decimal import Decimal

import pytest

from courses.credits.core.condition import unmet
from courses.credits.core.load import Hours, credits_of
from courses.credits.core.rule_set import shipped
from courses.credits.core.volume import Outline, volume_conditions, volume_of
from tests.demo.conftest import codes

LEVELS = {0: "elementary", 4: "intermediate", 5: "college"}
RULES = shipped()["vn-vocational-2022"]


def listed(version):
    return [code for semester in version["semesters"] for code in semester]


@pytest.fixture(scope="session")
def versions(programmes):
    return [(p, version) for p in programmes.values() for version in p["versions"]]


def test_a_module_is_worth_what_its_hours_are_worth(modules):
    for module in modules.values():
        internship = module["kind"] == "internship"
        practice = Decimal(module["practice_hours"])
        hours = Hours(
            theory=Decimal(module["theory_hours"]),
            practice=Decimal(0) if internship else practice,
            project=practice if internship else Decimal(0),
            self_study=Decimal(0),
        )

        assert credits_of(RULES.credit, hours).total == module["credits"], module["code"]


def test_every_module_says_what_one_can_do_after_it(modules, skills):
    for module in modules.values():
        assert module["kind"] in {"general", "theory", "integrated", "practice", "internship"}
        assert module["outcomes"]
        assert {outcome["skill"] for outcome in module["outcomes"]} <= skills.keys()
        assert len({outcome["skill"] for outcome in module["outcomes"]}) == len(module["outcomes"])


def test_every_curriculum_adds_up_to_its_credits(versions, modules):
    for programme, version in versions:
        total = sum(modules[code]["credits"] for code in listed(version))

        assert total == version["credits"], (programme["code"], version["valid_from"])


def test_no_module_stands_twice_in_a_curriculum_and_none_stands_in_no_curriculum(versions, modules):
    taught = set()
    for _, version in versions:
        assert len(set(listed(version))) == len(listed(version))
        taught |= set(listed(version))

    assert taught == modules.keys()


def test_what_must_come_first_comes_first(versions, modules):
    for _, version in versions:
        order = listed(version)
        for place, code in enumerate(order):
            assert set(modules[code].get("requires", [])) <= set(order[:place]), code


def test_every_programme_is_as_large_and_as_long_as_its_level_asks(versions, modules):
    for programme, version in versions:
        if programme["is_open"]:
            continue
        taught = [modules[code] for code in listed(version)]
        outline = Outline(
            credits=Decimal(version["credits"]),
            modules=len(taught),
            years=Decimal(programme["years"]),
            theory_hours=Decimal(sum(module["theory_hours"] for module in taught)),
            practice_hours=Decimal(sum(module["practice_hours"] for module in taught)),
        )
        volume = volume_of(RULES.volumes, LEVELS[programme["level"]], programme["entry"])

        assert not unmet(volume_conditions(volume, outline)), programme["code"]


def test_one_version_of_a_programme_is_in_force_under_rules_then_in_force(programmes):
    for programme in programmes.values():
        dates = [version["valid_from"] for version in programme["versions"]]
        states = [version["state"] for version in programme["versions"]]

        assert dates == sorted(dates)
        assert states.count("in-force") == 1
        assert set(states[: states.index("in-force")]) <= {"replaced"}
        assert set(states[states.index("in-force") + 1 :]) <= {"draft"}
        for version in programme["versions"]:
            assert shipped()[version["rule_set"]].is_in_force(version["valid_from"])


def test_programmes_are_those_of_the_taxonomy(programmes, departments):
    taxonomy = codes("programmes.csv")
    for programme in programmes.values():
        known = taxonomy[programme["taxonomy"]]

        assert known["level"] == LEVELS[programme["level"]]
        assert known["code_source"] == programme["code_source"]
        assert programme["is_open"] or known["national_code"] == programme["code"]
        assert departments[programme["department"]] == programme["college"]


def test_a_trade_of_every_kind_is_taught(programmes):
    assert len(programmes) >= 6
    assert {college for college, _ in programmes} == {"songhan", "kythuat", "tragiang"}
    assert sum(programme["is_open"] for programme in programmes.values()) == 1
