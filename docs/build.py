"""Build the handbook: `make docs` writes var/docs, pages that open without a server.

Every Markdown file of the project becomes a page; beside them stand references read from the code
itself: commands, the API's operations, the data dictionary. A link that leads nowhere, to no file
or to no heading of a page, ends the build.
"""

import posixpath
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import click
from flask import Flask
from markdown_it import MarkdownIt
from mdit_py_plugins.anchors import anchors_plugin

from edu import cli
from edu.app import create_app
from edu.dictionary.queries import tables
from edu.http.api import api

ROOT = Path(__file__).parents[1]
STYLES = ROOT / "edu" / "ui" / "static" / "css"
SHELL = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – Nghề Số</title>{styles}</head>
<body><div class="wrap stack-l"><nav class="cluster small" aria-label="Handbook">{menu}</nav>
<main class="prose">{body}</main></div></body>
</html>
"""
_LINK = re.compile(r'(?:href|src)="([^"]*)"')

Pages = dict[str, str]  # the address of a page within the handbook → its Markdown


def written() -> Pages:
    """The texts people wrote."""
    files = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    files += sorted((ROOT / "docs").rglob("*.md"))
    return {file.relative_to(ROOT).as_posix(): file.read_text("utf-8") for file in files}


def generated(app: Flask) -> Pages:
    """The texts the code itself can tell."""
    with app.test_request_context("/?lang=en"):
        return {
            "docs/reference/commands.md": _commands(app.cli),
            "docs/reference/api.md": _operations(),
            "docs/reference/data.md": _data(),
        }


def _commands(of_features: click.Group) -> str:
    told = sorted([*_walk(cli.main, ()), *_walk(of_features, ())])
    parts = ["# Commands", "Each command says more with `--help`."]
    parts += [f"## `edu {path}`\n\n{said}" for path, said in told]
    return "\n\n".join(parts) + "\n"


def _walk(group: click.Group, above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _walk(command, (*above, name))
        else:
            yield " ".join((*above, name)), command.get_short_help_str(300)


def _operations() -> str:
    rows = [
        f"| `{method.upper()}` | `{path}` | {told.get('summary', '')} |"
        for path, methods in sorted(api.spec["paths"].items())
        for method, told in methods.items()
    ]
    head = "# The API\n\nShapes in full: `/api/v1/openapi.json` (OpenAPI 3.1).\n\n"
    return head + "\n".join(["| | Address | What it does |", "| --- | --- | --- |", *rows]) + "\n"


def _data() -> str:
    parts = ["# The data dictionary", "The same as the portal's page `/data`, on paper."]
    for table in tables():
        rows = [
            f"| `{each.column}` | {_cell(each.meaning)} | {each.owner} | {each.sharing} |"
            f" {each.privacy} |"
            for each in table.elements
        ]
        head = ["| Element | Meaning | Owner | Sharing | Privacy |", "| --- " * 5 + "|"]
        parts += [f"## `{table.name}`", _cell(table.meaning), "\n".join([*head, *rows])]
    return "\n\n".join(parts) + "\n"


def _cell(text: Any) -> str:  # Any: a text, or one still to be translated
    return str(text).replace("|", "\\|").replace("<", "&lt;")


def build(target: Path, app: Flask) -> list[str]:
    """Write the handbook anew; return the links that lead nowhere, as "page: link"."""
    shutil.rmtree(target, ignore_errors=True)
    pages = written() | generated(app)
    markdown = MarkdownIt("commonmark").enable(["table"]).use(anchors_plugin, max_level=4)
    bodies = {name: markdown.render(text) for name, text in pages.items()}
    for name, body in bodies.items():
        file = target / name.replace(".md", ".html")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_page(name, body, pages), "utf-8")
    shutil.copytree(ROOT / "docs" / "images", target / "docs" / "images")
    for style in ("tokens.css", "base.css", "components.css"):
        shutil.copy(STYLES / style, target / style)
    return [f"{name}: {link}" for name in bodies for link in _broken(name, bodies)]


def _page(name: str, body: str, pages: Pages) -> str:
    up = "../" * name.count("/")
    styles = "".join(
        f'<link rel="stylesheet" href="{up}{style}">'
        for style in ("tokens.css", "base.css", "components.css")
    )
    menu = " ".join(
        f'<a href="{up}{other.replace(".md", ".html")}">{escape(_title(text))}</a>'
        for other, text in pages.items()
    )
    body = re.sub(r'(href="(?!https?:)[^"#]*)\.md(?=[#"])', r"\1.html", body)
    return SHELL.format(title=escape(_title(pages[name])), styles=styles, menu=menu, body=body)


def _title(text: str) -> str:
    return text.partition("\n")[0].strip("# ").replace("`", "")


def _broken(name: str, bodies: Mapping[str, str]) -> list[str]:
    """Links of a page to files, or to places in pages, that are not there."""
    links = [link for link in _LINK.findall(bodies[name]) if not re.match(r"[a-z]+:", link)]
    return [link for link in links if not _leads_somewhere(name, link, bodies)]


def _leads_somewhere(name: str, link: str, bodies: Mapping[str, str]) -> bool:
    path, _, place = unquote(link).partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
    if place and target in bodies:
        return f'id="{place}"' in bodies[target]
    return target in bodies or (ROOT / target).exists()


def main() -> int:
    """Build into var/docs; 1 when a link leads nowhere."""
    target = ROOT / "var" / "docs"
    broken = build(target, create_app())
    print(f"{target / 'README.html'}", *broken, sep="\n")  # noqa: T201
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
