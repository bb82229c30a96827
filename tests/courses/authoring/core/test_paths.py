import pytest

from courses.authoring.core.paths import (
    humanised,
    is_external,
    natural,
    number_of,
    resolve,
)


@pytest.mark.parametrize(
    ("base", "href", "place"),
    [
        ("a/b.md", "c.md", ("a/c.md", "")),
        ("a/b.md", "../c.md#top", ("c.md", "top")),
        ("a/b.md", "../../c.md", None),
        ("a/b.md", "..", ("", "")),
        ("a/b.md", "../..", None),
        ("a/b.md", "/images/x.png", ("images/x.png", "")),
        ("a/b.md", "/", ("", "")),
        ("a/b.md", "?plain=1", ("a/b.md", "")),
        ("a/b.md", "c%20d.md?x=1#m%E1%BA%A1ch", ("a/c d.md", "mạch")),
        ("a/b.md", "..\\c.md", ("c.md", "")),
        ("b.md", "lessons/", ("lessons", "")),
        ("b.md", "http://[", None),
    ],
)
def test_relative_addresses_are_resolved_inside_the_course(base, href, place):
    assert resolve(base, href) == place


@pytest.mark.parametrize(
    ("href", "external"),
    [
        ("https://a.example", True),
        ("mailto:a@b.example", True),
        ("javascript:x", True),
        ("//a.example/x", True),
        ("a/b.md", False),
        ("#x", False),
        ("./a:b.md", False),
    ],
)
def test_an_address_with_a_scheme_or_a_host_is_external(href, external):
    assert is_external(href) is external


@pytest.mark.parametrize(
    ("name", "number"),
    [("07-relay.md", 7), ("Module01", 1), ("bai 3.md", 3), ("relay.md", None), ("v2", None)],
)
def test_names_begin_with_their_number(name, number):
    assert number_of(name) == number


def test_numbers_sort_as_numbers_and_readme_comes_first():
    paths = ["10-b/a.md", "2-a/2.md", "2-a/10.md", "2-a/README.md", "README.md", "2-a/assets/x"]

    assert sorted(paths, key=natural) == [
        "README.md",
        "2-a/README.md",
        "2-a/2.md",
        "2-a/10.md",
        "2-a/assets/x",
        "10-b/a.md",
    ]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("a/2-deeper-dive", "Deeper dive"),
        ("01_an_toan.md", "An toan"),
        ("1.2 The key.md", "The key"),
        ("7", "7"),
        ("07.md", "07"),
    ],
)
def test_a_name_makes_a_title(path, title):
    assert humanised(path) == title
