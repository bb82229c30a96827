import re
from html import unescape

from edu.accounts.models import Role
from edu.db import inside, unit_of_work
from edu.jobs import run_due
from edu.search import current
from oer_repository.public import share
from oer_repository.records import queries
from tests.factories import a_college, a_person
from tests.oer_repository.conftest import a_deposit


def test_it_is_found_without_accents(client, resource):
    run_due()

    page = client.get("/resources?q=cam+bien+nhiet&lang=vi").text

    assert "Cảm biến nhiệt" in page
    assert "CC BY 4.0" in page


def test_what_does_not_fit_on_a_page_is_on_the_next(client, college, quang, monkeypatch):
    monkeypatch.setattr(queries, "SIZE", 2)
    current.searchables.rebuild(current.index())
    with inside(college.id), unit_of_work():
        shared = [share(quang, a_deposit(origin=f"unit:{number}")) for number in range(3)]
    run_due()

    first = client.get("/resources?q=cam+bien&licence=CC-BY-4.0").text
    [onward] = re.findall(r'href="(/resources\?[^"]*after=[^"]*)"', first)
    second = client.get(unescape(onward)).text

    def on(page):
        return {one.id for one in shared if f"/resources/{one.id}" in page}

    assert "licence=CC-BY-4.0" in onward
    assert (len(on(first)), len(on(second))) == (2, 1)
    assert on(first) | on(second) == {one.id for one in shared}


def test_many_colleges_cost_no_more_queries_than_one(client, resource, count_queries):
    current.searchables.rebuild(current.index())
    with count_queries() as one:
        client.get("/resources")
    for code in ("hai", "ba"):
        college = a_college(code)
        teacher = a_person("Lê Thị Mai", role=Role.TEACHER, at=college)
        with inside(college.id), unit_of_work():
            share(teacher, a_deposit())
    run_due()

    with count_queries() as many:
        page = client.get("/resources").text

    assert page.count("Temperature sensors") == 3
    assert len(many) == len(one), [each for each in many if each not in one]


def test_the_page_says_whose_work_it_is_in_the_readers_language(client, resource):
    vietnamese = client.get(f"/resources/{resource.id}?lang=vi").text
    english = client.get(f"/resources/{resource.id}?lang=en").text

    assert "“Cảm biến nhiệt” của Trần Minh Quang" in vietnamese
    assert "“Temperature sensors” by Trần Minh Quang" in english


def test_nothing_found_says_so(client, app):
    assert client.get("/resources?q=zzzz").status_code == 200


def test_an_unknown_resource_is_not_found(client, app):
    assert client.get("/resources/0189f6eb-dd26-70dd-a3a8-c187e4cdd095").status_code == 404


def test_a_resource_with_a_picture_shows_it_in_the_list(client, college, quang):
    html = '<p><img src="http://content.test/files/x/a.svg?a=1&amp;b=2" alt="Vòng tuần hoàn"></p>'
    with inside(college.id), unit_of_work():
        share(quang, a_deposit(html={"vi": html}))
    run_due()

    page = client.get("/resources?lang=vi").text

    assert 'src="http://content.test/files/x/a.svg?a=1&amp;b=2" alt="" loading="lazy"' in page


def test_a_resource_without_a_picture_shows_none(client, resource):
    run_due()

    assert "card-picture" not in client.get("/resources?lang=vi").text
