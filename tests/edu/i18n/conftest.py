"""An app of nothing but languages, as first installed: Vietnamese, in Vietnam's time zone."""

from pathlib import Path

import pytest
from flask import Flask

from edu import i18n


class Reader:
    """Who is signed in, as far as languages care."""

    locale: str | None = None


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("languages")


@pytest.fixture
def speaking(home: Path, reader: Reader) -> Flask:
    made = Flask("speaking")
    i18n.init_app(
        made,
        home=home,
        default="vi",
        zone="Asia/Ho_Chi_Minh",
        of_actor=lambda: reader.locale,
    )
    made.add_url_rule("/", "word", lambda: i18n._("Save"))
    return made


@pytest.fixture
def in_vietnamese(speaking: Flask):
    with speaking.test_request_context("/?lang=vi"):
        yield


@pytest.fixture
def in_english(speaking: Flask):
    with speaking.test_request_context("/?lang=en"):
        yield
