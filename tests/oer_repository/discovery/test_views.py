from edu.jobs import run_due


def test_it_is_found_without_accents(client, resource):
    run_due()

    page = client.get("/resources?q=cam+bien+nhiet&lang=vi").text

    assert "Cảm biến nhiệt" in page
    assert "CC BY 4.0" in page


def test_the_page_says_whose_work_it_is_in_the_readers_language(client, resource):
    vietnamese = client.get(f"/resources/{resource.id}?lang=vi").text
    english = client.get(f"/resources/{resource.id}?lang=en").text

    assert "“Cảm biến nhiệt” của Trần Minh Quang" in vietnamese
    assert "“Temperature sensors” by Trần Minh Quang" in english


def test_nothing_found_says_so(client, app):
    assert client.get("/resources?q=zzzz").status_code == 200


def test_an_unknown_resource_is_not_found(client, app):
    assert client.get("/resources/0189f6eb-dd26-70dd-a3a8-c187e4cdd095").status_code == 404
