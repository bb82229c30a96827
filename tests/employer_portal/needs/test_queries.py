from uuid import uuid4

import pytest

from edu.db import inside
from edu.errors import NotFound
from employer_portal.companies.models import Standing
from employer_portal.needs import queries
from employer_portal.needs.models import NeedKind


def test_titles_find_occupations_without_accents(taxonomy):
    assert queries.occupations_for("tho han 6G")[0].code == "oc-welder"
    assert queries.occupations_for("  ") == []


def test_an_occupation_suggests_its_skills(taxonomy):
    suggested = queries.skills_taken_by(taxonomy.welder)

    assert {skill.code for skill, is_essential in suggested if is_essential} == {
        "sk-weld",
        "sk-safety",
    }
    assert [skill.code for skill, is_essential in suggested if not is_essential] == ["sk-draw"]


def test_a_draft_of_another_employer_is_not_found(employer, a_need, an_employer, learner):
    draft = a_need(is_published=False)
    other = an_employer()

    with pytest.raises(NotFound):
        queries.get_for(learner, draft.id)
    with pytest.raises(NotFound), inside(other.organisation.id):
        queries.own(other.recruiter, draft.id)
    with pytest.raises(NotFound):
        queries.get_for(learner, uuid4())
    assert queries.get_for(employer.recruiter, draft.id).id == draft.id


def test_demand_counts_outlooks_too_and_only_what_is_open(an_employer, a_need, taxonomy):
    verified, pending = an_employer(), an_employer(Standing.PENDING)
    a_need(verified, openings=4)
    a_need(verified, kind=NeedKind.OUTLOOK, openings=10)
    a_need(pending, openings=50)

    assert queries.demand([taxonomy["weld"].id, taxonomy["care"].id]) == {taxonomy["weld"].id: 2}
    first = queries.skill_demand()[0]
    assert (first.needs, first.openings) == (2, 14)
