"""The demo employers, as written and as planted through the real services."""

import pytest

from edu.db import db, unit_of_work
from edu.demo import service as kernel
from edu.demo.service import read
from edu.taxonomy import service as taxonomy
from employer_portal.companies import queries as companies
from employer_portal.companies.core.tax_code import is_sound
from employer_portal.companies.models import Standing
from employer_portal.contacts.models import Contact, ContactState
from employer_portal.demo import service
from employer_portal.feedback import queries as feedback
from employer_portal.needs import queries as needs
from employer_portal.needs.models import SkillNeed
from employer_portal.profiles.models import Profile

PACKAGE = service.PACKAGE


def test_tax_codes_are_sound_invented_and_of_those_who_post():
    entries = read("employers.toml", PACKAGE)["employer"]
    posters = {
        (need["employer"], need["posted_by"]) for need in read("needs.toml", PACKAGE)["need"]
    }

    assert {(entry["code"], entry["recruiter"]) for entry in entries} == posters
    for entry in entries:
        assert is_sound(entry["tax_code"])
        assert entry["tax_code"].startswith("99")


def test_who_is_asked_shows_a_profile():
    shown = read("profiles.toml", PACKAGE)
    learners = {entry["learner"] for entry in shown["profile"]}

    assert {entry["learner"] for entry in shown["contact"]} <= learners


@pytest.mark.slow
def test_the_demo_happens_through_the_services(app):
    with unit_of_work():
        taxonomy.install_curated()
    kernel.plant()
    service.plant()

    told, shown = read("employers.toml", PACKAGE), read("profiles.toml", PACKAGE)
    every = {"all_tenants": True}
    waiting = [entry for entry in told["employer"] if entry.get("is_waiting")]
    assert companies.counts()[Standing.PENDING] == len(waiting) == 1
    posted = db.session.query(SkillNeed).execution_options(**every).count()
    assert posted == len(read("needs.toml", PACKAGE)["need"])
    assert db.session.query(Profile).count() == len(shown["profile"])
    states = {one.state for one in db.session.query(Contact).execution_options(**every)}
    assert states == {ContactState.ASKED, ContactState.ACCEPTED}
    assert len(feedback.missed()) > 5
    assert needs.occupations_for("tho han")[0].code == "oc-welder"
