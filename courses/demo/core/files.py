"""The files of the demo's story, as plain values."""

import csv
import io
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO

PACKAGE = "courses.demo"
RESOURCES = "oer_repository.demo"


@cache
def outlines() -> Mapping[str, Mapping[str, Any]]:
    """What each module is, by code (Any: TOML, checked by tests/demo)."""
    folder = files(PACKAGE) / "data" / "outlines"
    documents = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    found = (tomllib.loads((folder / name).read_text("utf-8"))["module"] for name in documents)
    return {module["code"]: module for modules in found for module in modules}


@cache
def skills_of_items() -> Mapping[str, Mapping[str, list[str]]]:
    """Which skills each question asks for, by module and item."""
    asked: defaultdict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    table = (files(PACKAGE) / "data" / "item_skills.csv").read_text("utf-8")
    for row in csv.DictReader(io.StringIO(table)):
        asked[row["module"]][row["item"]].append(row["skill"])
    return asked


def lesson_folder(code: str) -> Path:
    """Where a module's lessons are written, if they are."""
    return Path(str(files(PACKAGE) / "data" / "modules" / code))


def text_of(name: str, language: str) -> str:
    """One of the texts that the demo colleges share."""
    return (files(RESOURCES) / "data" / "texts" / f"{name}.{language}.md").read_text("utf-8")


def drawings_of(resource: Mapping[str, Any]) -> Iterator[tuple[str, BinaryIO]]:
    """The drawing of a demo module that a shared text shows, if it shows one, with its name."""
    if figure := resource.get("figure"):
        content = (lesson_folder(figure["module"]) / figure["name"]).read_bytes()
        yield figure["name"], io.BytesIO(content)
