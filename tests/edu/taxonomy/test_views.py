import pytest
from lxml import html

from edu.db import unit_of_work
from edu.taxonomy import queries
from edu.taxonomy.models import Status

ATTRIBUTION = "This service uses the ESCO classification of the European Commission."


def links(answer):
    return html.fromstring(answer.text).xpath("//main//a/@href")


def test_the_front_page_leads_to_trades_and_shelves(client, ours):
    answer = client.get("/taxonomy")

    assert {"/taxonomy/trades/welding", "/taxonomy/groups/sg-welding"} <= set(links(answer))
    assert ATTRIBUTION in answer.text


def test_the_front_page_of_an_empty_house_says_so(client):
    assert "No reference data yet" in client.get("/taxonomy").text


def test_the_front_page_leads_to_the_shelves_of_esco(client, esco):
    esco()

    assert "/taxonomy/groups/esco-S1" in links(client.get("/taxonomy"))


def test_a_search_shows_occupations_and_skills(client, ours):
    found = links(client.get("/taxonomy?q=hàn"))

    assert "/taxonomy/occupations/oc-welder" in found
    assert "/taxonomy/skills/sk-arc-welding" in found


def test_a_search_that_finds_nothing_says_the_words(client, ours):
    answer = client.get("/taxonomy?q=<zzz>")

    assert answer.status_code == 200
    assert "&lt;zzz&gt;" in answer.text


def test_a_trade_shows_levels_occupations_and_skills(client, ours):
    answer = client.get("/taxonomy/trades/welding")

    assert "College level" in answer.text
    assert "6520123" in answer.text
    assert "/taxonomy/occupations/oc-welder" in links(answer)
    assert any(link.startswith("/taxonomy/skills/") for link in links(answer))


def test_a_shelf_shows_its_skills_and_the_shelves_around_and_within(client, esco):
    esco()

    outer = links(client.get("/taxonomy/groups/esco-S1"))
    inner = links(client.get("/taxonomy/groups/esco-S1.2"))

    assert "/taxonomy/groups/esco-S1.2" in outer
    assert {"/taxonomy/groups/esco-S1", "/taxonomy/skills/esco-weld"} <= set(inner)


def test_a_skill_shows_who_takes_it(client, ours):
    answer = client.get("/taxonomy/skills/sk-arc-welding")

    assert "Shielded metal arc welding" in answer.text
    assert "/taxonomy/occupations/oc-welder" in links(answer)
    assert "/taxonomy/groups/sg-welding" in links(answer)


def test_a_skill_of_esco_shows_its_description(client, esco):
    esco()
    answer = client.get("/taxonomy/skills/esco-weld?lang=vi")

    assert html.fromstring(answer.text).xpath("//main//p[@lang='en'][.='Join.']")


def test_a_skill_that_nobody_takes_says_so(client, esco):
    esco(needs=[])

    assert "No occupation" in client.get("/taxonomy/skills/esco-weld").text


def test_an_occupation_shows_ours_before_what_esco_adds(client, esco):
    esco()
    answer = client.get("/taxonomy/occupations/oc-accountant")

    page = html.fromstring(answer.text)
    folded = page.xpath("//details[contains(@class,'disclosure')]//a/@href")
    assert folded == ["/taxonomy/skills/esco-metal"]
    assert "/taxonomy/skills/sk-accounting-software" in links(answer)
    assert "/taxonomy/trades/business-accounting" in links(answer)


def test_an_occupation_of_esco_alone_is_unfolded(client, esco):
    esco()
    page = html.fromstring(client.get("/taxonomy/occupations/esco-welder").text)

    (details,) = page.xpath("//details[contains(@class,'disclosure')]")
    assert details.get("open") is not None
    assert "essential" in details.text_content()


def test_a_retired_entry_says_so(client, ours):
    with unit_of_work():
        queries.skill_by_code("sk-arc-welding").status = Status.RETIRED
        queries.occupation_by_code("oc-welder").status = Status.RETIRED

    for address in ("/taxonomy/skills/sk-arc-welding", "/taxonomy/occupations/oc-welder"):
        assert "no longer in use" in client.get(address).text


@pytest.mark.parametrize("kind", ["skills", "occupations", "trades", "groups"])
def test_what_there_is_not_cannot_be_found(client, ours, kind):
    assert client.get(f"/taxonomy/{kind}/none").status_code == 404


def test_long_pages_ask_the_database_a_fixed_number_of_times(client, esco, count_queries):
    esco()
    client.get("/taxonomy/occupations/oc-accountant")

    with count_queries() as seen:
        client.get("/taxonomy/occupations/oc-accountant")
    assert len(seen) <= 5
    with count_queries() as seen:
        client.get("/taxonomy")
    assert len(seen) <= 6
