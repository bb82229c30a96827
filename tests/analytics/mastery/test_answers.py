"""Every answer moves what is believed of a learner, once."""

import sqlalchemy as sa

from analytics.mastery import queries, service
from analytics.mastery.models import ItemDifficulty, MasteryStep
from analytics.mastery.service import Observed
from edu.db import db, new_id, unit_of_work, utcnow
from edu.jobs import run_due
from tests.courses.classroom import RIGHT, WRONG, a_class, answer, enrol


def known_skills(person) -> dict[str, queries.Known]:
    return {entry.skill.code: entry for entry in queries.of_person(person.id)}


def steps() -> int:
    return db.session.scalar(sa.select(sa.func.count(MasteryStep.id)))


def observed(answer, *skills) -> Observed:
    return Observed(
        answer_id=answer.id,
        person_id=answer.learner_id,
        item_id=answer.item_id,
        skill_ids=tuple(skill.id for skill in skills),
        score=answer.score,
        shown_at=answer.shown_at,
        answered_at=answer.answered_at,
    )


def test_a_right_answer_raises_the_estimate_of_its_skill(room, an):
    place = enrol(room, an)
    answer(room, place, RIGHT)
    run_due()
    first = known_skills(an)["brazing"]

    answer(room, place, RIGHT, question=2)
    run_due()

    second = known_skills(an)["brazing"]
    assert (first.answers, second.answers) == (1, 2)
    assert 0.5 < first.mastery.mean < second.mastery.mean
    assert second.mastery.high - second.mastery.low < first.mastery.high - first.mastery.low


def test_a_wrong_answer_lowers_it(room, an):
    answer(room, enrol(room, an), WRONG)
    run_due()

    assert known_skills(an)["brazing"].mastery.mean < 0.5


def test_an_answer_delivered_twice_counts_once(room, an, brazing):
    given = answer(room, enrol(room, an))
    run_due()
    before = known_skills(an)["brazing"].answers, steps()

    with unit_of_work():
        service.observe(observed(given, brazing))

    assert (known_skills(an)["brazing"].answers, steps()) == before == (1, 1)


def test_an_item_of_two_skills_moves_both(college, an, brazing, charging):
    room = a_class(college, [brazing, charging])

    answer(room, enrol(room, an))
    run_due()

    known = known_skills(an)
    assert set(known) == {"brazing", "charging"}
    assert known["brazing"].mastery.mean == known["charging"].mastery.mean > 0.5
    assert steps() == 2


def test_a_skill_seen_before_keeps_its_evidence_when_asked_with_another(
    college, an, brazing, charging
):
    alone = a_class(college, [brazing])
    answer(alone, enrol(alone, an))
    together = a_class(college, [brazing, charging])
    answer(together, enrol(together, an))
    run_due()

    known = known_skills(an)
    assert known["brazing"].answers == 2
    assert known["charging"].answers == 1
    assert known["brazing"].mastery.mean > known["charging"].mastery.mean


def test_the_item_learns_too(room, an):
    given = answer(room, enrol(room, an), WRONG)
    run_due()

    item = db.session.scalar(
        sa.select(ItemDifficulty).where(ItemDifficulty.item_id == given.item_id)
    )
    assert item.answers == 1
    assert item.difficulty > 0


def test_an_item_without_skills_says_nothing(college, an):
    room = a_class(college)
    answer(room, enrol(room, an))
    run_due()

    assert queries.of_person(an.id) == []
    assert steps() == 0


def test_an_answer_of_somebody_who_is_gone_says_nothing(room, an, brazing):
    given = answer(room, enrol(room, an))
    gone = observed(given, brazing)
    with unit_of_work():
        service.observe(
            Observed(
                **{
                    **{name: getattr(gone, name) for name in gone.__dataclass_fields__},
                    "person_id": new_id(),
                    "answer_id": new_id(),
                }
            )
        )

    assert steps() == 0


def test_results_are_the_latest_of_each_skill(room, an, brazing):
    place = enrol(room, an)
    for response in [WRONG] * 3 + [RIGHT] * 7 + [WRONG]:
        answer(room, place, response)
        run_due()

    assert queries.latest_results(an.id) == {brazing.id: [True] * 7 + [False]}
    assert queries.latest_results(an.id, each=2) == {brazing.id: [True, False]}


def test_nothing_is_known_of_who_never_answered(an):
    assert queries.of_person(an.id) == []
    assert queries.latest_results(an.id) == {}
    assert queries.general_of(an.id).precision == 0


def test_who_is_weak_in_what_is_told_only_when_it_is_sure(room, an, brazing):
    ben = enrol(room, an)
    for _ in range(3):
        answer(room, ben, WRONG)
    run_due()
    assert queries.weak_in([an.id], [brazing.id]) == {}

    answer(room, ben, WRONG)
    run_due()

    assert queries.weak_in([an.id], [brazing.id]) == {an.id: [brazing]}
    assert queries.weak_in([an.id], []) == {}


def test_who_answers_well_is_weak_in_nothing(room, an, brazing):
    place = enrol(room, an)
    for _ in range(5):
        answer(room, place, RIGHT)
    run_due()

    assert queries.weak_in([an.id], [brazing.id]) == {}
    assert utcnow() >= known_skills(an)["brazing"].seen_at
