import pytest

from courses.authoring.core.reading.licence import is_licence_file, licence_terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        (
            "MIT License\n\nCopyright (c) 2021 A Company\n\nPermission",
            {"licence": "MIT", "copyright": "Copyright (c) 2021 A Company"},
        ),
        ("Attribution 4.0 International\n\n===", {"licence": "CC-BY-4.0"}),
        ("Creative Commons Attribution-ShareAlike 4.0", {"licence": "CC-BY-SA-4.0"}),
        ("Attribution-NonCommercial-ShareAlike 4.0 Int", {"licence": "CC-BY-NC-SA-4.0"}),
        ("All rights reserved.", {}),
        ("x" * 500 + "MIT License", {}),
    ],
)
def test_a_licence_says_its_name_at_the_top(text, terms):
    assert licence_terms(text) == terms


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("LICENSE", True),
        ("licence.md", True),
        ("LICENSE-CODE", True),
        ("COPYING", True),
        ("a/LICENSE", False),
        ("LICENSES.csv7", False),
    ],
)
def test_it_stands_in_the_root(path, expected):
    assert is_licence_file(path) is expected
