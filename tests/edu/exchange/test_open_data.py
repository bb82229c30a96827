"""Open data through its public doors."""

import csv
import io

import pytest

from edu.exchange import datasets
from edu.exchange.datasets import Column, Dataset, Rhythm
from tests.factories import a_province

WORD = {"vi": "Từ", "en": "Words"}


@pytest.fixture
def words(monkeypatch) -> Dataset:
    """The only dataset there is."""
    made = Dataset(
        code="words",
        title=WORD,
        about={"vi": "Mọi từ.", "en": "All the words."},
        keywords={"vi": "từ", "en": "words"},
        rhythm=Rhythm.DAILY,
        columns=(Column("word", WORD), Column("length", {"vi": "Dài", "en": "Length"})),
        rows=lambda: iter([("hàn", 3), ("=1+1", 4)]),
    )
    monkeypatch.setattr(datasets, "_declared", {})
    datasets.declare(made)
    return made


def test_the_page_lists_what_there_is(client, words):
    page = client.get("/open-data?lang=en")

    assert page.status_code == 200
    assert "All the words." in page.text
    assert "/open-data/words" in page.text


def test_without_datasets_the_page_says_so(client, monkeypatch):
    monkeypatch.setattr(datasets, "_declared", {})

    assert "Nothing is published yet" in client.get("/open-data?lang=en").text


def test_a_dataset_explains_its_columns_and_offers_its_files(client, words):
    page = client.get("/open-data/words?lang=en")

    assert "Length" in page.text
    assert "/open-data/words.csv" in page.text
    assert "/open-data/words.json" in page.text


def test_the_data_as_csv(client, words):
    answer = client.get("/open-data/words.csv")

    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.text == "word,length\r\nhàn,3\r\n'=1+1,4\r\n"
    assert "words.csv" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_data_as_json(client, words):
    assert client.get("/open-data/words.json").json == [
        {"word": "hàn", "length": 3},
        {"word": "=1+1", "length": 4},
    ]


@pytest.mark.parametrize("address", ["nothing", "nothing.csv", "words.xml"])
def test_what_there_is_not_is_not_found(client, words, address):
    assert client.get(f"/open-data/{address}").status_code == 404


def test_the_catalogue_for_machines(client, words):
    a_province()

    answer = client.get("/open-data/catalogue.jsonld")

    assert answer.content_type == "application/ld+json"
    document = answer.get_json(force=True)
    assert document["@type"] == "dcat:Catalog"
    (dataset,) = document["dcat:dataset"]
    assert dataset["@id"] == "http://portal.test/open-data/words"
    downloads = [file["dcat:downloadURL"]["@id"] for file in dataset["dcat:distribution"]]
    assert downloads == [
        "http://portal.test/open-data/words.csv",
        "http://portal.test/open-data/words.json",
    ]


def test_without_a_province_there_is_no_publisher_and_no_catalogue(client, words):
    assert client.get("/open-data/catalogue.jsonld").status_code == 404


def test_every_dataset_of_the_house_keeps_to_its_columns(client, app):
    for dataset in datasets.all_declared():
        answer = client.get(f"/open-data/{dataset.code}.csv")
        rows = list(csv.reader(io.StringIO(answer.text, newline="")))

        assert answer.status_code == 200
        assert all(len(row) == len(dataset.columns) for row in rows)
        assert len(set(dataset.names)) == len(dataset.names)
        for text in (dataset.title, dataset.about, *(c.meaning for c in dataset.columns)):
            assert set(text) == {"vi", "en"}
