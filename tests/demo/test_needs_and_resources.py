from datetime import date

from tests.demo.conftest import COURSES, RESOURCES, codes

TODAY = date(2026, 11, 22)
LOWEST_WAGE = 4_730_000  # dong a month, region II: Decree 293/2025/NĐ-CP; full time
LICENCES = {"CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0"}
HAZARDOUS = {"oc-welder", "oc-steel-structure-worker", "oc-industrial-electrician"}


def test_needs_ask_for_known_occupations_and_skills(needs, skills):
    occupations = codes("occupations.csv")

    assert len(needs) >= 12
    assert len({need["code"] for need in needs}) == len(needs)
    for need in needs:
        asked = need["essential"] + need["optional"]
        assert need["occupation"] in occupations
        assert need["essential"]
        assert set(asked) <= skills.keys()
        assert len(set(asked)) == len(asked)


def test_needs_are_posted_by_someone_who_hires_there(needs, people, places):
    for need in needs:
        assert {"organisation": need["employer"], "role": "recruiter"} in people[need["posted_by"]][
            "roles"
        ]
        assert need["place"] in places


def test_every_employer_looks_for_someone(needs, organisations):
    assert {need["employer"] for need in needs} == {
        employer["code"] for employer in organisations["employer"]
    }


def test_needs_are_valid_on_the_day_of_the_demo(needs):
    for need in needs:
        assert need["published_on"] <= TODAY < need["valid_until"]
        assert need["openings"] > 0


def test_a_vacancy_says_what_it_pays_and_a_bare_need_does_not(needs):
    for need in needs:
        assert need["kind"] in {"job", "internship", "need"}
        if need["kind"] == "need":
            assert not {"pay_from", "pay_to", "contract", "minimum_age"} & need.keys()
            continue
        assert need["contract"] in {"full-time", "part-time", "seasonal", "internship"}
        assert (need["kind"] == "internship") == (need["contract"] == "internship")
        assert need["pay_from"] < need["pay_to"] <= 20_000_000
        if need["contract"] == "full-time":
            assert need["pay_from"] >= LOWEST_WAGE


def test_nobody_under_age_is_asked_to_do_hazardous_work(needs):
    for need in needs:
        if "minimum_age" in need:
            assert need["minimum_age"] >= (18 if need["occupation"] in HAZARDOUS else 16)


def test_most_skills_needed_are_taught_in_the_province(needs, modules):
    taught = {outcome["skill"] for module in modules.values() for outcome in module["outcomes"]}
    essential = {skill for need in needs for skill in need["essential"]}

    assert len(essential & taught) / len(essential) > 0.9
    assert essential - taught, "a gap, or the province would have nothing to decide"


def test_resources_lead_to_something_that_exists(resources):
    assert len(resources) >= 10
    assert len({resource["code"] for resource in resources}) == len(resources)
    for resource in resources:
        if lesson := resource.get("lesson"):
            folder, names = COURSES / "modules" / lesson["module"], [lesson["name"]]
            files = [folder / f"{name}.{tag}.md" for name in names for tag in ("vi", "en")]
        else:
            files = [RESOURCES / "texts" / f"{resource['text']}.{tag}.md" for tag in ("vi", "en")]
        if figure := resource.get("figure"):
            texts = [file.read_text("utf-8") for file in files]
            files.append(COURSES / "modules" / figure["module"] / figure["name"])
            assert all(f"]({figure['name']})" in text for text in texts), resource["code"]
        assert all(file.is_file() for file in files), resource["code"]
        assert resource["languages"] == ["vi", "en"]


def test_every_text_of_ours_is_offered(resources):
    offered = {resource["text"] for resource in resources if "text" in resource}
    there = {file.name.split(".")[0] for file in (RESOURCES / "texts").iterdir()}

    assert there == offered


def test_resources_name_author_licence_trade_and_skills(resources, people, skills):
    trades = {row["trade"] for row in codes("programmes.csv").values()}
    for resource in resources:
        assert {"organisation": resource["college"], "role": "teacher"} in people[
            resource["author"]
        ]["roles"]
        assert resource.get("reviewer") in people.keys() - {resource["author"]} | {None}
        assert resource["licence"] in LICENCES
        assert resource["trade"] in trades
        assert resource["level"] in {"beginner", "intermediate", "advanced"}
        assert set(resource["skills"]) <= skills.keys()
        assert len(resource["keywords"]["vi"]) == len(resource["keywords"]["en"]) >= 2
        assert resource["published_on"] <= TODAY
    assert {resource["licence"] for resource in resources} == LICENCES


def test_what_comes_from_a_course_has_its_licence_and_one_of_its_authors(
    resources, courses, people
):
    for resource in resources:
        if source := resource.get("lesson") or resource.get("figure"):
            about = courses[source["module"]].metadata

            assert resource["licence"] == about["licence"]
            assert people[resource["author"]]["name"] in about["author"].split(", ")
