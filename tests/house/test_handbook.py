"""The handbook builds, tells of everything, and its links lead somewhere."""

import pytest

from docs import build as handbook


@pytest.fixture(scope="module")
def built(built_app, tmp_path_factory):
    target = tmp_path_factory.mktemp("handbook")
    return target, handbook.build(target, built_app)


def test_no_link_leads_nowhere(built):
    assert built[1] == []


def test_every_text_of_the_project_is_a_page(built):
    target, _ = built

    for name in handbook.written():
        assert (target / name.replace(".md", ".html")).exists()


def test_a_link_to_a_missing_page_is_told(monkeypatch, tmp_path, built_app):
    monkeypatch.setattr(handbook, "written", lambda: {"README.md": "# A\n\n[b](docs/none.md)"})

    assert handbook.build(tmp_path / "out", built_app) == ["README.md: docs/none.md"]


def test_a_link_to_a_missing_heading_is_told(monkeypatch, tmp_path, built_app):
    pages = {
        "README.md": "# A b\n\n[1](#a-b) [2](docs/c.md#d) [3](#none) [4](docs/c.md#none)",
        "docs/c.md": "# D\n\n[up](../README.md#a-b) [out](https://a.example/b#c)",
    }
    monkeypatch.setattr(handbook, "written", lambda: pages)

    broken = handbook.build(tmp_path / "out", built_app)

    assert broken == ["README.md: #none", "README.md: docs/c.md#none"]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("commands", "edu course import"),
        ("api", "/api/v1/province/indicators"),
        ("data", "<code>enrolment</code>"),
    ],
)
def test_the_references_are_read_from_the_code(built, page, told):
    assert told in (built[0] / "docs" / "reference" / f"{page}.html").read_text("utf-8")
