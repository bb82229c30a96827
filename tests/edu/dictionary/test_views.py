import pytest
from lxml import html

from edu.dictionary import queries


def rows(answer):
    return html.fromstring(answer.text).xpath("//main//tbody/tr")


def test_the_front_page_lists_every_table(client):
    answer = client.get("/dictionary")

    links = set(html.fromstring(answer.text).xpath("//main//ul[@class='rows']//a/@href"))
    assert links == {f"/dictionary/{table.name}" for table in queries.tables()}


def test_the_front_page_marks_tables_of_personal_data(client):
    page = html.fromstring(client.get("/dictionary").text)

    (row,) = page.xpath("//li[.//a[@href='/dictionary/person']]")
    assert {"Personal", "Sensitive"} & set(row.text_content().split())


def test_a_search_shows_what_fits(client):
    answer = client.get("/dictionary?q=preferred+label&table=skill")

    (row,) = rows(answer)
    assert "skill.label" in row.text_content()
    assert row.xpath(".//a/@href")[0] == "/dictionary/skill#label"
    assert "1 data element" in answer.text


def test_the_form_remembers_what_was_asked(client):
    page = html.fromstring(client.get("/dictionary?q=label&owner=province").text)

    assert page.xpath("//input[@name='q']/@value") == ["label"]
    assert page.xpath("//select[@name='owner']/option[@selected]/@value") == ["province"]


def test_a_filter_that_is_not_offered_asks_for_nothing(client):
    answer = client.get("/dictionary?owner=nobody")

    assert answer.status_code == 200
    assert "/dictionary/person" in answer.text


def test_a_search_that_finds_nothing_says_so(client):
    assert "No data element fits" in client.get("/dictionary?q=zzzz").text


def test_a_long_answer_comes_in_pages_that_follow_each_other(client):
    seen, address = [], "/dictionary?privacy=internal"
    while address:
        page = html.fromstring(client.get(address).text)
        seen += page.xpath("//main//tbody/tr/@id")
        address = next(iter(page.xpath("//a[@rel='next']/@href")), None)

    wanted = queries.elements(queries.Question(privacy="internal"))
    assert seen == [each.name for each in wanted]
    assert len(seen) > 50


def test_an_unknown_place_in_the_list_is_its_beginning(client):
    first = client.get("/dictionary?privacy=internal")

    assert len(rows(client.get("/dictionary?privacy=internal&after=x"))) == len(rows(first))


def test_a_table_shows_its_elements_and_where_they_are_used(client):
    answer = client.get("/dictionary/skill")

    assert len(rows(answer)) == len(queries.table("skill").elements)
    (code,) = [row for row in rows(answer) if row.get("id") == "code"]
    text = " ".join(code.text_content().split())
    assert "Code, unique in its list." in text
    assert "Text, at most 80 characters · required · unique" in text
    assert "The province" in text
    assert "occupation_skill.skill_id" in answer.text
    assert "One of: active, retired" in answer.text


def test_a_reference_leads_to_its_table(client):
    (row,) = [
        each
        for each in rows(client.get("/dictionary/occupation_skill"))
        if each.get("id") == "skill_id"
    ]

    assert "/dictionary/skill" in row.xpath(".//a/@href")


@pytest.mark.parametrize("address", ["/dictionary/unicorn", "/api/v1/dictionary/unicorn"])
def test_a_table_there_is_not_cannot_be_found(client, address):
    assert client.get(address).status_code == 404
