from edu.accounts.models import Role
from edu.db import inside, unit_of_work
from oer_repository.public import Balance, balance_of, get, note_reuse
from tests.factories import a_college, a_person


def test_reuse_elsewhere_is_counted_once_for_each_place(college, resource):
    other = a_college("kythuat")
    hoa = a_person("Lê Hoa", role=Role.TEACHER, at=other)

    for place in ("unit:7", "unit:7", "unit:8"):
        with inside(other.id), unit_of_work():
            note_reuse(hoa, resource.id, place=place)

    assert get(resource.id).reuses == 2
    assert balance_of(college.id) == Balance(shared=1, given=2, taken=0)
    assert balance_of(other.id) == Balance(shared=0, given=0, taken=2)


def test_taking_ones_own_work_is_no_sharing(college, quang, resource):
    with inside(college.id), unit_of_work():
        note_reuse(quang, resource.id, place="unit:9")

    assert get(resource.id).reuses == 0
    assert balance_of(college.id) == Balance(shared=1, given=0, taken=0)
