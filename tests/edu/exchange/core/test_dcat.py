from edu.exchange.core.dcat import Catalogue, Entry, json_ld

CATALOGUE = Catalogue(
    url="https://x.test/open-data/catalogue.jsonld",
    title={"vi": "Dữ liệu mở", "en": "Open data"},
    about={"en": "All of it."},
    publisher_url="https://x.test/at/danang/",
    publisher={"vi": "Đà Nẵng"},
    contact_url="https://x.test",
    entries=[
        Entry(
            url="https://x.test/open-data/skills",
            identifier="skills",
            title={"en": "Skills"},
            about={"en": "What people can do."},
            keywords={"en": "skills, ESCO", "vi": "kỹ năng"},
            rhythm="DAILY",
            files=[
                ("csv", "https://x.test/open-data/skills.csv"),
                ("json", "https://x.test/open-data/skills.json"),
            ],
        )
    ],
)


def test_texts_carry_their_language():
    assert json_ld(CATALOGUE)["dct:title"] == [
        {"@value": "Dữ liệu mở", "@language": "vi"},
        {"@value": "Open data", "@language": "en"},
    ]


def test_a_dataset_has_what_the_european_profile_asks_for():
    (dataset,) = json_ld(CATALOGUE)["dcat:dataset"]

    assert dataset["@id"] == "https://x.test/open-data/skills"
    assert [word["@value"] for word in dataset["dcat:keyword"]] == ["skills", "ESCO", "kỹ năng"]
    assert dataset["dct:accrualPeriodicity"]["@id"].endswith("/frequency/DAILY")
    assert dataset["dcat:theme"]["@id"].endswith("/data-theme/EDUC")
    assert dataset["dct:publisher"] == {"@id": "https://x.test/at/danang/"}


def test_each_file_says_where_it_is_and_under_which_licence():
    csv, json = json_ld(CATALOGUE)["dcat:dataset"][0]["dcat:distribution"]

    assert csv["dcat:downloadURL"] == {"@id": "https://x.test/open-data/skills.csv"}
    assert csv["dcat:mediaType"]["@id"].endswith("text/csv")
    assert json["dct:format"]["@id"].endswith("file-type/JSON")
    assert "creativecommons.org/licenses/by/4.0" in json["dct:license"]["@id"]
    assert csv["dct:title"] == [{"@value": "Skills (CSV)", "@language": "en"}]
