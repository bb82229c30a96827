"""Counts of a college, of all colleges, of its modules and its days."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from courses.credentials.models import Certificate
from courses.credits.models import Basis, CreditEntry
from courses.enrolment import service as enrolments
from courses.figures import queries
from courses.figures.queries import Figures
from edu.accounts.models import Role
from edu.db import db, inside, pretend, today, unit_of_work, utcnow
from tests.courses.classroom import (
    a_class,
    a_curriculum,
    a_module,
    a_skill,
    answer,
    enrol,
    finish_lesson,
    open_lesson,
)
from tests.factories import a_college, a_person


@pytest.fixture
def room(dn_college):
    return a_class(dn_college, [a_skill("brazing")])


def credit(room, place, *, mark="8.0", entered_at=None) -> CreditEntry:
    with inside(room.college.id), unit_of_work():
        enrolments.complete(place)
        entry = CreditEntry(
            learner_id=place.learner_id,
            enrolment_id=place.id,
            module_id=room.module.id,
            module_code=room.module.code,
            module_title=room.module.title,
            credits=3,
            mark=Decimal(mark),
            basis=Basis.STUDY,
            rule_set="vn-vocational-2022",
            entered_at=entered_at or utcnow(),
        )
        db.session.add(entry)
        return entry


def certify(room, entry, *, revoked=False) -> None:
    with inside(room.college.id), unit_of_work():
        db.session.add(
            Certificate(
                learner_id=entry.learner_id,
                credit_entry_id=entry.id,
                number=str(entry.id)[-8:],
                public_code=str(entry.id)[-12:],
                holder_name="Ánh",
                title=entry.module_title,
                revoked_at=utcnow() if revoked else None,
            )
        )


def test_a_college_without_anything_counts_nothing(dn_college):
    assert queries.of_college(dn_college.id) == Figures(*[0] * 14)
    assert queries.of_all() == Figures(*[0] * 14)


def test_who_learns_now_is_counted_once(dn_college, learner):
    for _ in range(2):
        enrol(a_class(dn_college), learner)

    figures = queries.of_college(dn_college.id)

    assert figures.learners == 1
    assert figures.classes == 2
    assert figures.places_ended == 0


def test_nobody_learns_in_a_class_that_is_over(dn_college, learner):
    room = a_class(dn_college)
    enrol(room, learner)

    with pretend(utcnow() + timedelta(days=200)):
        figures = queries.of_college(dn_college.id)

    assert (figures.learners, figures.classes) == (0, 0)
    assert (figures.places_ended, figures.people_ended, figures.places_completed) == (1, 1, 0)


def test_a_place_given_back_has_ended_without_being_completed(room, learner):
    place = enrol(room, learner)
    with inside(room.college.id), unit_of_work():
        enrolments.withdraw(learner, place)

    figures = queries.of_college(room.college.id)

    assert (figures.learners, figures.places_ended, figures.places_completed) == (0, 1, 0)


def test_opening_a_lesson_or_answering_makes_one_active_for_thirty_days(dn_college):
    reader, practiser, idler = (a_person(name) for name in ("Đọc", "Luyện", "Nghỉ"))
    room = a_class(dn_college, [a_skill("brazing")])
    open_lesson(room, enrol(room, reader))
    answer(room, enrol(room, practiser))
    enrol(room, idler)

    assert queries.of_college(dn_college.id).recent_learners == 2
    with pretend(utcnow() + timedelta(days=31)):
        assert queries.of_college(dn_college.id).recent_learners == 0


def test_credits_and_certificates_with_the_people_behind_them(dn_college, learner):
    ben = a_person("Lê Văn Bền", role=Role.LEARNER, at=dn_college)
    rooms = [a_class(dn_college) for _ in range(2)]
    entries = [credit(room, enrol(room, learner)) for room in rooms]
    entries.append(
        credit(rooms[0], enrol(rooms[0], ben), entered_at=utcnow() - timedelta(days=400))
    )
    certify(rooms[0], entries[0])
    certify(rooms[0], entries[2], revoked=True)

    figures = queries.of_college(dn_college.id)

    assert (figures.credits, figures.credits_this_year, figures.people_with_credits) == (9, 6, 2)
    assert (figures.certificates, figures.people_with_certificates) == (1, 1)
    assert (figures.places_completed, figures.people_ended) == (3, 2)


def test_the_year_begins_by_the_installations_clock(room, learner):
    """On the last evening of the year in UTC it is the new year's morning in Đà Nẵng."""
    entered_at = datetime(2026, 12, 31, 20, 0, tzinfo=UTC)
    credit(room, enrol(room, learner), entered_at=entered_at)

    with pretend(datetime(2027, 3, 1, tzinfo=UTC)):
        assert queries.of_college(room.college.id).credits_this_year == 3


def test_modules_in_force_with_digital_outcomes_and_with_lessons(dn_college):
    digital = a_skill("safe-passwords", framework="3.1")
    a_class(dn_college, [digital, a_skill("brazing")])
    a_module(dn_college, [digital])
    a_module(dn_college)
    a_curriculum(dn_college)

    figures = queries.of_college(dn_college.id)

    assert figures.modules == 3
    assert figures.modules_with_digital_outcome == 2
    assert figures.modules_with_units == 1


def test_another_colleges_learners_are_not_counted(room, learner):
    other = a_college("kythuat")
    enrol(room, learner)

    assert queries.of_college(other.id).learners == 0


def test_who_learns_at_two_colleges_counts_once_among_all(room, learner):
    enrol(room, learner)
    elsewhere = a_class(a_college("kythuat"))
    enrol(elsewhere, learner)

    everywhere = queries.of_all()

    assert everywhere.learners == 1
    assert everywhere.classes == 2
    assert everywhere.modules == 2


def test_each_module_with_its_places_completions_and_marks(dn_college, learner):
    ben = a_person("Lê Văn Bền", role=Role.LEARNER, at=dn_college)
    busy, quiet = a_class(dn_college), a_class(dn_college)
    credit(busy, enrol(busy, learner), mark="9.0")
    credit(busy, enrol(busy, ben), mark="7.0")
    enrol(quiet, learner)
    with inside(dn_college.id), unit_of_work():
        enrolments.withdraw(learner, enrolments.enrol(quiet.group, learner))
    enrol(quiet, ben)

    first, second = queries.modules_of(dn_college.id)

    assert (first.code, first.enrolled, first.completed) == (busy.module.code, 2, 2)
    assert first.average_mark == pytest.approx(8.0)
    assert (second.code, second.enrolled, second.completed) == (quiet.module.code, 1, 0)
    assert second.average_mark is None


def test_a_day_ends_at_midnight_of_the_installation(dn_college, learner):
    room = a_class(dn_college, [a_skill("brazing")], questions=2)
    with pretend(datetime(2026, 11, 20, 17, 30, tzinfo=UTC)):  # 00:30 of the 21st in Đà Nẵng
        finish_lesson(room, enrol(room, learner))

    before, then = (
        queries.day_of(dn_college.id, datetime(2026, 11, day, tzinfo=UTC).date())
        for day in (20, 21)
    )

    assert (before.people, before.units_completed, before.answers) == (0, 0, 0)
    assert (then.people, then.units_completed, then.answers) == (1, 1, 2)


def test_a_day_is_one_colleges(room, learner):
    finish_lesson(room, enrol(room, learner))

    assert queries.day_of(a_college("kythuat").id, today()).people == 0
    assert queries.day_of(room.college.id, today()).people == 1


def test_learners_by_the_commune_where_they_live(room, learner):
    ben, homeless = a_person("Lê Văn Bền"), a_person("Không rõ")
    with unit_of_work():
        learner.place_code = ben.place_code = "20194"
    for one in (learner, ben, homeless):
        enrol(room, one)

    assert queries.learners_by_commune() == {"20194": 2}


def test_modules_by_the_skill_they_build(dn_college):
    brazing, charging = a_skill("brazing"), a_skill("charging")
    a_module(dn_college, [brazing, charging])
    a_module(a_college("kythuat"), [brazing])

    assert queries.modules_by_skill() == {brazing.id: 2, charging.id: 1}
