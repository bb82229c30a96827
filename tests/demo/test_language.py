import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo.conftest import COURSES, KERNEL, NEEDS, RESOURCES, toml

OLD_TONE_PLACE = re.compile(r"o[àáảãạèéẻẽẹ]\b|(?<!q)u[ỳýỷỹỵ]\b", re.IGNORECASE)
"""hoà, khoẻ, thuỷ: the taxonomy, and all of the product, writes hòa, khỏe, thủy."""

PLACEHOLDER = re.compile(r"lorem|ipsum|\bTODO\b|\bTBD\b|\bxxx\b|sk-\?\?\?|\{skill", re.IGNORECASE)

FILES = sorted(
    file
    for folder in (KERNEL, COURSES, NEEDS, RESOURCES)
    for file in folder.rglob("*")
    if file.suffix in {".toml", ".md", ".csv", ".yml", ".svg"}
)


def language_maps(value: object, path: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    if isinstance(value, dict):
        if {"vi", "en"} & value.keys():
            yield path, value
        for key, inner in value.items():
            yield from language_maps(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from language_maps(inner, f"{path}[{place}]")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_text_is_clean(file: Path):
    text = file.read_text("utf-8")

    assert unicodedata.is_normalized("NFC", text)
    assert not PLACEHOLDER.search(text)
    assert "\t" not in text
    assert not re.search(r"[ \u00a0]$", text, re.MULTILINE)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_vietnamese_tones_stand_where_the_product_puts_them(file: Path):
    assert OLD_TONE_PLACE.findall(file.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "file", [f for f in FILES if f.suffix == ".toml"], ids=lambda file: file.name
)
def test_whatever_is_said_is_said_in_both_languages(file: Path):
    for path, texts in language_maps(toml(file)):
        assert {"vi", "en"} <= texts.keys(), path
        for text in (texts["vi"], texts["en"]):
            said = text if isinstance(text, list) else [text]
            assert all(isinstance(words, str) and words.strip() == words != "" for words in said)


def test_english_texts_do_not_stay_vietnamese():
    letters = re.compile(r"[ăâêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
    for file in FILES:
        if file.name.endswith(".en.md"):
            prose = re.sub(r"```.*?```|`[^`]*`", "", file.read_text("utf-8"), flags=re.DOTALL)
            words = prose.split()
            foreign = [word for word in words if letters.search(word)]
            assert len(foreign) < len(words) * 0.03, (file.name, foreign)
