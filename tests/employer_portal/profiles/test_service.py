from datetime import date
from uuid import uuid4

import pytest

from courses.credentials.models import Certificate
from courses.public import CertificateRevoked
from edu.db import db, inside, unit_of_work, utcnow
from edu.errors import Invalid
from edu.events import emit
from edu.i18n import force_locale
from edu.jobs import run_due
from employer_portal.matching.core.match import Evidence
from employer_portal.profiles import queries, service
from employer_portal.profiles.models import Consent, Profile, Purpose
from employer_portal.profiles.service import Choice
from employer_portal.public import offer_mastery
from tests import factories


def evidence(profile: Profile) -> set[tuple[str, Evidence]]:
    return {(entry.skill.code, entry.evidence) for entry in profile.skills}


def test_only_chosen_certificates_prove_skills(learner, college, a_profile):
    shown = college.certify(learner, "sk-weld")
    college.certify(learner, "sk-care")

    profile = a_profile(learner, "draw", certificates=[shown])

    assert evidence(profile) == {
        ("sk-weld", Evidence.CREDENTIAL),
        ("sk-draw", Evidence.DECLARED),
    }


def test_showing_again_replaces_what_was_shown(learner, college, a_profile):
    certificate = college.certify(learner, "sk-weld")
    first = a_profile(learner, "draw", "care", certificates=[certificate])
    kept = {entry.skill.code: entry.id for entry in first.skills}

    again = a_profile(learner, "draw", headline=" Thợ hàn ")

    assert again.id == first.id
    assert again.headline == "Thợ hàn"
    assert {entry.skill.code: entry.id for entry in again.skills} == {"sk-draw": kept["sk-draw"]}


def test_a_certificate_of_somebody_else_is_refused(learner, college, a_profile):
    theirs = college.certify(factories.a_person("Khác"), "sk-weld")

    with pytest.raises(Invalid):
        a_profile(learner, certificates=[theirs])
    with pytest.raises(Invalid):
        a_profile(learner, certificates=[uuid4()])


def test_nobody_is_found_without_their_yes(learner, a_profile):
    a_profile(learner, "weld", agrees=False)

    assert not queries.has_agreed(learner.id, Purpose.BE_FOUND)
    assert queries.history_of(learner.id) == []


def test_a_yes_records_the_wording_that_was_read(learner, a_profile):
    a_profile(learner, "weld", agrees=False)

    with force_locale("vi"), unit_of_work():
        in_vietnamese = service.agree(learner, Purpose.BE_FOUND)
    other = factories.a_person("Khác")
    a_profile(other, "weld", agrees=False)
    with force_locale("en"), unit_of_work():
        in_english = service.agree(other, Purpose.BE_FOUND)

    assert (in_vietnamese.language, in_english.language) == ("vi", "en")
    assert in_vietnamese.text_version == service.TEXT_VERSION
    assert len(in_english.text_hash) == 32


def test_agreeing_twice_is_agreeing_once(learner, a_profile):
    a_profile(learner, "weld")

    with unit_of_work():
        service.agree(learner, Purpose.BE_FOUND)

    assert db.session.query(Consent).count() == 1


def test_a_yes_taken_back_stays_in_the_record(learner, a_profile):
    a_profile(learner, "weld")

    with unit_of_work():
        service.withdraw(learner, Purpose.BE_FOUND)
        service.withdraw(learner, Purpose.BE_FOUND)
        service.agree(learner, Purpose.BE_FOUND)

    states = [consent.withdrawn_at is None for consent in queries.history_of(learner.id)]
    assert states == [True, False]


def test_without_a_profile_there_is_nothing_to_agree_to(learner):
    with pytest.raises(service.NothingToShow), unit_of_work():
        service.agree(learner, Purpose.BE_FOUND)


def test_children_are_not_found(a_profile):
    child = factories.a_person("Bé", birth_date=date(utcnow().year - 14, 1, 1))
    unknown = factories.a_person("Không rõ", birth_date=None)

    with pytest.raises(service.TooYoung):
        a_profile(child, "weld")
    assert a_profile(unknown, "weld")


def test_a_revoked_certificate_proves_nothing_any_more(learner, college, a_profile):
    certificate = college.certify(learner, "sk-weld")
    profile = a_profile(learner, certificates=[certificate])

    with inside(college.organisation.id), unit_of_work():
        db.session.get(Certificate, certificate).revoked_at = utcnow()
        emit(
            CertificateRevoked(
                tenant_id=college.organisation.id,
                certificate_id=certificate,
                learner_id=learner.id,
                skill_codes=("sk-weld",),
            )
        )
    run_due()

    db.session.refresh(profile)
    assert profile.skills == []


def test_a_revocation_does_not_concern_who_shows_nothing(app):
    with unit_of_work():
        service.refresh(uuid4())


def test_mastery_is_shown_only_where_agreed_and_good(learner, a_profile, taxonomy):
    profile = a_profile(learner, "draw")
    estimates = {"sk-weld": (0.7, 0.8), "sk-safety": (0.3, 0.5), "sk-unknown": (0.9, 0.9)}
    with unit_of_work():
        assert not offer_mastery(learner.id, estimates)

    with unit_of_work():
        service.agree(learner, Purpose.SHOW_MASTERY)
    with unit_of_work():
        assert offer_mastery(learner.id, estimates)
        assert offer_mastery(learner.id, {"sk-weld": (0.75, 0.85)})

    assert evidence(profile) == {("sk-weld", Evidence.MASTERY), ("sk-draw", Evidence.DECLARED)}
    assert next(e.low for e in profile.skills if e.evidence == Evidence.MASTERY) == 0.75


def test_choosing_anew_keeps_estimates_and_withdrawing_drops_them(learner, a_profile):
    profile = a_profile(learner, "draw")
    with unit_of_work():
        service.agree(learner, Purpose.SHOW_MASTERY)
    run_due()  # analytics offers what it knows of the learner: nothing
    with unit_of_work():
        offer_mastery(learner.id, {"sk-weld": (0.7, 0.8)})
    a_profile(learner, "care")
    assert ("sk-weld", Evidence.MASTERY) in evidence(profile)

    with unit_of_work():
        service.withdraw(learner, Purpose.SHOW_MASTERY)

    assert evidence(profile) == {("sk-care", Evidence.DECLARED)}


def test_offers_for_people_without_a_profile_are_dropped(learner):
    with unit_of_work():
        assert not offer_mastery(learner.id, {"sk-weld": (0.7, 0.8)})


def test_a_deleted_profile_leaves_only_the_record_of_consents(learner, a_profile):
    a_profile(learner, "weld")

    with unit_of_work():
        service.delete(learner)
        service.delete(learner)

    assert queries.of(learner.id) is None
    assert not queries.has_agreed(learner.id, Purpose.BE_FOUND)
    assert len(queries.history_of(learner.id)) == 1


def test_withdrawing_without_a_profile_or_consent_is_harmless(learner):
    with unit_of_work():
        for purpose in Purpose:
            service.withdraw(learner, purpose)


def test_a_choice_may_be_empty(learner, a_profile):
    assert Choice().headline == ""
    assert queries.showcase(a_profile(learner)).skills == []
