"""Who is led to which dashboard from the front page of a workplace."""

import pytest

from edu.accounts.models import Role
from tests.analytics.dashboards.conftest import COLLEGE, PROVINCE, TEACHING
from tests.factories import a_person


@pytest.mark.parametrize(
    ("who", "place", "links"),
    [
        ("manager", "songhan", {COLLEGE, TEACHING}),
        ("teacher", "songhan", {TEACHING}),
        ("officer", "danang", {PROVINCE}),
    ],
)
def test_the_front_page_of_a_workplace_leads_to_the_dashboards(as_user, request, who, place, links):
    person = request.getfixturevalue(who)

    page = as_user(person).get(f"/at/{place}/").text

    found = {link for link in (COLLEGE, TEACHING, PROVINCE) if f'href="{link}"' in page}
    assert found == links


def test_who_keeps_the_system_is_not_led_to_figures(as_user, college):
    admin = a_person("Kỹ thuật", role=Role.ADMIN, at=college)

    page = as_user(admin).get("/at/songhan/").text

    assert COLLEGE not in page
    assert TEACHING not in page
