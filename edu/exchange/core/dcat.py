"""The open catalogue in the words of DCAT (W3C, version 3) and its European profile, as JSON-LD."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
EU = "http://publications.europa.eu/resource/authority"
LANGUAGES = {"vi": f"{EU}/language/VIE", "en": f"{EU}/language/ENG"}

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}

Text = Mapping[str, str]
Json = dict[str, Any]  # JSON-LD


@dataclass(frozen=True)
class Entry:
    """A dataset as the catalogue lists it: its page, and its files as format and address."""

    url: str
    identifier: str
    title: Text
    about: Text
    keywords: Text
    rhythm: str
    files: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Catalogue:
    """The whole: who publishes it, and where."""

    url: str
    title: Text
    about: Text
    publisher_url: str
    publisher: Text
    contact_url: str
    entries: Sequence[Entry]


FORMATS = {
    "csv": ("text/csv", f"{EU}/file-type/CSV"),
    "json": ("application/json", f"{EU}/file-type/JSON"),
}


def json_ld(catalogue: Catalogue) -> Json:
    """Describe the catalogue with every dataset and each of its files."""
    publisher = {
        "@id": catalogue.publisher_url,
        "@type": "foaf:Agent",
        "foaf:name": _texts(catalogue.publisher),
    }
    return {
        "@context": CONTEXT,
        "@id": catalogue.url,
        "@type": "dcat:Catalog",
        "dct:title": _texts(catalogue.title),
        "dct:description": _texts(catalogue.about),
        "dct:language": _languages(),
        "dct:license": _license(),
        "dct:publisher": publisher,
        "dcat:dataset": [_dataset(entry, catalogue) for entry in catalogue.entries],
    }


def _dataset(entry: Entry, catalogue: Catalogue) -> Json:
    return {
        "@id": entry.url,
        "@type": "dcat:Dataset",
        "dct:identifier": entry.identifier,
        "dct:title": _texts(entry.title),
        "dct:description": _texts(entry.about),
        "dcat:keyword": [
            {"@value": word.strip(), "@language": language}
            for language, words in entry.keywords.items()
            for word in words.split(",")
        ],
        "dcat:theme": _concept(f"{EU}/data-theme/EDUC"),
        "dct:accrualPeriodicity": {
            "@id": f"{EU}/frequency/{entry.rhythm}",
            "@type": "dct:Frequency",
        },
        "dct:language": _languages(),
        "dct:publisher": {"@id": catalogue.publisher_url},
        "dcat:contactPoint": {
            "@type": "vcard:Kind",
            "vcard:fn": _texts(catalogue.publisher),
            "vcard:hasURL": {"@id": catalogue.contact_url},
        },
        "dcat:landingPage": {"@id": entry.url, "@type": "foaf:Document"},
        "dcat:distribution": [_file(entry, *file) for file in entry.files],
    }


def _file(entry: Entry, kind: str, address: str) -> Json:
    media_type, file_type = FORMATS[kind]
    title = {language: f"{text} ({kind.upper()})" for language, text in entry.title.items()}
    return {
        "@id": f"{address}#file",
        "@type": "dcat:Distribution",
        "dct:title": _texts(title),
        "dct:license": _license(),
        "dct:format": {"@id": file_type, "@type": "dct:MediaTypeOrExtent"},
        "dcat:mediaType": {
            "@id": f"https://www.iana.org/assignments/media-types/{media_type}",
            "@type": "dct:MediaType",
        },
        "dcat:accessURL": {"@id": entry.url},
        "dcat:downloadURL": {"@id": address},
    }


def _texts(text: Text) -> list[Json]:
    return [{"@value": words, "@language": language} for language, words in text.items()]


def _languages() -> list[Json]:
    return [{"@id": address, "@type": "dct:LinguisticSystem"} for address in LANGUAGES.values()]


def _license() -> Json:
    return {"@id": LICENCE, "@type": "dct:LicenseDocument"}


def _concept(address: str) -> Json:
    return {
        "@id": address,
        "@type": "http://www.w3.org/2004/02/skos/core#Concept",
    }
