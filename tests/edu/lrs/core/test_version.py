import pytest

from edu.lrs.core.problems import InvalidRequest, Rule
from edu.lrs.core.version import HEADER, SUPPORTED, Version, about, negotiate


@pytest.mark.parametrize(
    ("header", "version"),
    [
        *((header, Version.V1) for header in ("1.0", "1.0.0", "1.0.1", "1.0.2", "1.0.3", "1.0.32")),
        *((header, Version.V2) for header in ("2.0", "2.0.0", "2.0.1")),
    ],
)
def test_a_header_names_a_version(header, version):
    assert negotiate(header) is version


@pytest.mark.parametrize(
    "header",
    ["", "0.8", "0.9", "0.95", "1", "1.", "1.0.", "1.1.0", "2", "2.1.0", "3.0.0", "01.0", "1.0.3 "],
)
def test_other_versions_are_refused(header):  # XAPI-00331
    with pytest.raises(InvalidRequest) as caught:
        negotiate(header)
    assert (caught.value.rule, caught.value.name) == (Rule.VERSION_UNKNOWN, HEADER)
    assert str(caught.value) == f"{HEADER}: version-unknown (Communication 3.3)"


def test_a_request_must_name_its_version():
    with pytest.raises(InvalidRequest) as caught:
        negotiate(None)
    assert caught.value.rule is Rule.VERSION_MISSING


def test_about_lists_what_is_spoken():  # XAPI-00316
    assert about() == {"version": ["1.0.3", "2.0.0"]}
    assert [negotiate(version) for version in SUPPORTED] == list(Version)
