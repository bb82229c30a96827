import pytest

from edu.lrs.core.alternate_request import Request, is_alternate, read
from edu.lrs.core.problems import InvalidRequest, Rule
from edu.lrs.core.version import HEADER, Version

PUT = [("method", "PUT")]
CONTENT = ("content", '{"tên": 1}')
V1 = (HEADER, "1.0.3")


def refused(query, form, version_header="1.0.3"):
    with pytest.raises(InvalidRequest) as caught:
        read(query, form, version_header=version_header)
    return caught.value.rule


def test_a_form_says_what_was_meant():  # XAPI-00125
    form = [
        ("statementId", "x"),
        ("authorization", "Basic abc"),
        ("Content-Type", "application/json"),
        ("x-experience-api-version", "1.0.2"),
        CONTENT,
    ]
    assert read(PUT, form, version_header=None) == Request(
        Version.V1,
        "PUT",
        {
            "Authorization": "Basic abc",
            "Content-Type": "application/json",
            "X-Experience-API-Version": "1.0.2",
        },
        (("statementId", "x"),),
        '{"tên": 1}'.encode(),
    )


def test_the_real_version_header_serves_where_the_form_has_none():
    meant = read([("method", "GET")], [("limit", "1")], version_header="1.0.3")
    assert (meant.version, meant.headers, meant.content) == (Version.V1, {}, None)


def test_only_a_post_with_a_method_speaks_this_syntax():
    assert is_alternate("POST", PUT)
    assert is_alternate("POST", [("limit", "1"), *PUT])
    assert not is_alternate("POST", [("Method", "PUT")])
    assert not is_alternate("PUT", PUT)


@pytest.mark.parametrize(
    ("query", "form", "rule"),
    [
        ([*PUT, ("statementId", "x")], [V1, CONTENT], Rule.ALTERNATE_SYNTAX),
        ([*PUT, *PUT], [V1, CONTENT], Rule.METHOD),
        ([("method", "PATCH")], [V1, CONTENT], Rule.METHOD),
        ([("method", "put")], [V1, CONTENT], Rule.METHOD),
        (PUT, [V1], Rule.PARAMETER_MISSING),
        ([("method", "POST")], [V1], Rule.PARAMETER_MISSING),
        (PUT, [(HEADER, "0.8"), CONTENT], Rule.VERSION_UNKNOWN),
        (PUT, [(HEADER, "2.0.0"), CONTENT], Rule.ALTERNATE_SYNTAX),
    ],
)
def test_a_request_that_breaks_the_syntax_is_refused(query, form, rule):
    assert refused(query, form) is rule


def test_a_version_is_named_somewhere():
    assert refused(PUT, [CONTENT], version_header=None) is Rule.VERSION_MISSING
    assert refused(PUT, [CONTENT], version_header="2.0.0") is Rule.ALTERNATE_SYNTAX
