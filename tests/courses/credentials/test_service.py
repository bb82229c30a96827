import re

import pytest

from courses.credentials import service
from courses.credentials.service import ALPHABET
from edu.db import inside, today, unit_of_work
from edu.errors import Forbidden, Invalid
from edu.jobs import run_due


def test_asking_twice_gives_the_same_certificate(college, entry, certificate):
    with inside(college.id), unit_of_work():
        again = service.issue(entry)

    assert again.id == certificate.id
    assert certificate.number == f"SONGHAN-{today().year}-00001"


def test_the_public_code_cannot_be_guessed_and_is_easy_to_type(certificate):
    assert re.fullmatch(f"[{ALPHABET}]{{16}}", certificate.public_code)
    assert not set(certificate.public_code) & set("01ILO")


def test_the_certificate_keeps_what_was_true_when_it_was_issued(an, certificate):
    with unit_of_work():
        an.name = "Nguyễn Ánh"

    assert certificate.holder_name == "Nguyễn Thị Ngọc Ánh"
    assert certificate.details["credits"] == 3


def test_only_the_colleges_managers_revoke(college, an, certificate):
    with inside(college.id), pytest.raises(Forbidden), unit_of_work():
        service.revoke(an, certificate, because="Tôi muốn thế")


def test_revoking_needs_a_reason(college, manager, certificate):
    with inside(college.id), pytest.raises(Invalid), unit_of_work():
        service.revoke(manager, certificate, because="  ")


def test_a_revoked_certificate_stays_revoked_for_the_first_reason(college, manager, certificate):
    for because in ("Thi hộ", "Lý do khác"):
        with inside(college.id), unit_of_work():
            service.revoke(manager, certificate, because=because)

    assert certificate.revoked_because == "Thi hộ"
    run_due()


def test_the_register_counts_on_past_five_digits(college, certificate):
    prefix = certificate.number.removesuffix("00001")
    for last, following in (("99999", "100000"), ("100000", "100001")):
        with inside(college.id), unit_of_work():
            certificate.number = prefix + last
        with inside(college.id):
            assert next(service.numbers(college)) == prefix + following
