from datetime import date

import pytest

from courses.programmes import queries, service
from courses.programmes.models import CurriculumState
from courses.programmes.service import CurriculumFixed, ModuleText
from edu.db import inside, unit_of_work
from edu.errors import NotFound
from tests.courses.classroom import a_curriculum, a_module, a_skill
from tests.factories import a_college

TEXT = ModuleText(code="DL101", title={"vi": "Điện lạnh"}, about={}, credits=3)


@pytest.fixture
def here(dn_college):
    with inside(dn_college.id):
        yield


def test_a_curriculum_in_force_is_not_changed(here, dn_college):
    version = a_curriculum(dn_college)
    with unit_of_work():
        service.add_module(version, TEXT)
        service.put_in_force(version)

    with pytest.raises(CurriculumFixed), unit_of_work():
        service.add_module(version, TEXT)


def test_a_new_version_replaces_the_one_in_force(here, dn_college):
    first = a_curriculum(dn_college)
    with unit_of_work():
        service.put_in_force(first)
        second = service.draft_version(
            first.programme, valid_from=date(2027, 9, 1), rule_set=first.rule_set, credits=60
        )
        service.put_in_force(second)

    assert (first.state, second.state) == (CurriculumState.REPLACED, CurriculumState.IN_FORCE)


def test_an_open_programme_goes_on_growing(here):
    with unit_of_work():
        version = service.open_curriculum()
        service.add_module(version, TEXT)
        again = service.open_curriculum()

    assert again.id == version.id
    assert version.programme.is_open
    assert queries.module_called("DL101").credits == 3


def test_modules_are_found_by_the_skills_they_build(here, dn_college):
    brazing, wiring = a_skill(), a_skill()
    mine = a_module(dn_college, [brazing])
    a_module(dn_college, [wiring])
    elsewhere = a_module(a_college("khac"), [brazing])

    found = queries.modules_teaching([brazing.id])

    assert {m.id for m in found} == {mine.id, elsewhere.id}
    assert queries.modules_teaching([]) == []


def test_the_modules_of_another_college_are_not_found_by_id(here):
    theirs = a_module(a_college("khac"))

    with pytest.raises(NotFound):
        queries.module(theirs.id)


def test_prerequisites_and_outcomes_keep_their_order(here, dn_college):
    skill = a_skill()
    version = a_curriculum(dn_college)
    with unit_of_work():
        first = service.add_module(version, TEXT)
        second = service.add_module(
            version,
            ModuleText(code="DL102", title={"vi": "Sửa"}, about={}, credits=2),
            outcomes=[({"vi": "Hàn"}, skill.id), ({"vi": "Đo"}, None)],
            after=[first],
        )

    assert [outcome.text["vi"] for outcome in second.outcomes] == ["Hàn", "Đo"]
    assert [entry.required.id for entry in second.prerequisites] == [first.id]
    assert [m.position for m in (first, second)] == [0, 1]
