import pytest
import sqlalchemy as sa

from edu.accounts import service as accounts
from edu.accounts.models import Person
from edu.db import WriteOutsideUnit, db, new_id, unit_of_work
from edu.http.api import IdempotencyKey


def test_ids_sort_by_time_and_are_uuid_version_7():
    ids = [new_id() for _ in range(50)]

    assert all(i.version == 7 and i.variant == "specified in RFC 4122" for i in ids)
    assert len(set(ids)) == 50


def test_nothing_of_a_failed_unit_is_stored(app):
    with pytest.raises(ZeroDivisionError), unit_of_work():
        accounts.create_person(name="Lê Thị Hoa", email="hoa@songhan.example")
        _ = 1 / 0

    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 0


def test_writing_outside_a_unit_is_refused(app):
    db.session.add(
        IdempotencyKey(person_id=new_id(), key="a", request_hash=b"", status=1, body=b"")
    )

    with pytest.raises(WriteOutsideUnit):
        db.session.flush()
    db.session.expunge_all()
