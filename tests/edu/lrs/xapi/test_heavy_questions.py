"""Before anybody has shown a key, little is read; and nobody's question costs much to read."""

import tracemalloc

import pytest

from edu.lrs.xapi.asked import LONGEST_FORM, MOST_FIELDS
from tests.edu.lrs.xapi.conftest import ACTIVITY, HEADER

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "form",
    [b"a&" * (LONGEST_FORM // 2), b"content=" + b"%41" * (LONGEST_FORM // 3 - 3), b"a=b&" * 200],
    ids=["many fields", "all encoded", "some fields too many"],
)
@pytest.mark.parametrize("more", [0, 1])
def test_a_strangers_form_costs_little(tool, form, more):
    tool.authorization = None
    form += bytes(LONGEST_FORM + more - len(form)) if more else b""

    tracemalloc.start()
    answer = tool.ask("POST", "/statements?method=GET", data=form, content_type=FORM)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert answer.status_code == (401 if b"content" in form and not more else 413)
    assert most < 85 * LONGEST_FORM


def test_a_question_has_so_many_parts_at_most(tool):
    query = "&".join(f"x{number}=1" for number in range(MOST_FIELDS + 1))

    assert tool.get(f"/statements?{query}").status_code == 413
    assert tool.get("/statements?x=1&y=2").status_code == 400


def test_a_long_document_goes_by_the_alternate_syntax(old_tool):
    owner = {"activityId": ACTIVITY["id"], "profileId": "dai"}
    content = "x" * (LONGEST_FORM - 1000)
    said = {"Authorization": old_tool.authorization, HEADER: "1.0.3", "If-None-Match": "*"}
    form = owner | said | {"Content-Type": "text/plain", "content": content}

    put = old_tool.ask("POST", "/activities/profile?method=PUT", data=form)

    assert put.status_code == 204
    assert old_tool.get("/activities/profile", query=owner).text == content
