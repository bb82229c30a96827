"""Exports that wait, are written or failed while somebody is forgotten."""

import pytest

from edu.db import inside, unit_of_work
from edu.jobs import run_due
from edu.lrs import public
from edu.lrs.core import build
from edu.lrs.core.vocabulary import Verb
from edu.lrs.privacy import jobs
from edu.lrs.privacy.models import ForgetMode
from edu.lrs.transfer import jobs as exports
from edu.lrs.transfer import queries, service
from edu.lrs.transfer.models import Failure, Format, TransferState
from edu.lrs.wanted import Wanted
from edu.storage import service as storage
from tests.edu.lrs.transfer.test_pages import PAGE
from tests.factories import a_college


@pytest.fixture
def known(lan):
    """Somebody of whom the record tells."""
    with unit_of_work():
        public.record(
            build.statement(public.agent_of(lan), Verb.PASSED, {"id": "https://hoc.example/1"})
        )
    return lan


def asked(manager, **filters):
    with unit_of_work():
        return service.ask_for_export(manager, Wanted(**filters), Format.NDJSON)


def forget(person, college) -> None:
    with inside(college.id), unit_of_work():
        made = jobs.start(public.agent_of(person), ForgetMode.PSEUDONYMISE, None)
    jobs.forget(college.id, made.id)


@pytest.fixture
def meanwhile(monkeypatch):
    """Does something each time a file has just been written, and not yet been noted."""

    def do(act) -> None:
        write = exports.write

        def then(*arguments):
            write(*arguments)
            act()

        monkeypatch.setattr(exports, "write", then)

    return do


def content_of(export) -> bytes:
    with storage.store().open(queries.get(export.id).blob_key) as file:
        return file.read()


@pytest.mark.parametrize("has_failed", [False, True])
def test_an_export_about_who_was_forgotten_is_never_written(
    browser, manager, college, known, has_failed
):
    export = asked(manager, agent=public.agent_of(known))
    if has_failed:
        with unit_of_work():
            service.fail(export, Failure.NO_ROOM)
    forget(known, college)

    address = f"{PAGE.format(college.code)}/{export.id}"
    browser.post(f"{address}/again")
    exports.export(college.id, export.id)
    run_due()

    assert (export.state, export.failure) == (TransferState.FAILED, Failure.FORGOTTEN)
    assert (export.blob_key, export.done) == ("", 0)
    page = browser.get(address).text
    assert "It was about somebody who has been forgotten" in page
    assert f"{address}/again" not in page


def test_one_that_is_being_written_ends_too(manager, college, known, meanwhile):
    export = asked(manager, agent=public.agent_of(known))
    before = set(storage.store().keys())
    meanwhile(lambda: forget(known, college))

    exports.export(college.id, export.id)

    assert (export.state, export.failure) == (TransferState.FAILED, Failure.FORGOTTEN)
    assert set(storage.store().keys()) == before


def test_an_end_is_not_undone_by_who_still_writes(manager, college, known):
    export = asked(manager, agent=public.agent_of(known))
    forget(known, college)

    with unit_of_work():
        service.note_written(export, 5)
        service.fail(export, Failure.NO_ROOM)

    assert (export.done, export.failure) == (0, Failure.FORGOTTEN)


def test_what_was_written_meanwhile_is_written_anew(manager, college, known, meanwhile):
    export = asked(manager)
    before = set(storage.store().keys())
    people = [known]
    meanwhile(lambda: people and forget(people.pop(), college))

    exports.export(college.id, export.id)

    assert export.state is TransferState.DONE
    assert str(known.id).encode() not in content_of(export)
    assert set(storage.store().keys()) - before == {export.blob_key}


def test_whose_forgetting_ends_later_leaves_no_file(manager, college, known):
    export = asked(manager)
    with unit_of_work():
        made = jobs.start(public.agent_of(known), ForgetMode.PSEUDONYMISE, None)
    exports.export(college.id, export.id)
    key = export.blob_key
    assert storage.store().exists(key)

    jobs.forget(college.id, made.id)

    assert not storage.store().exists(key)


def test_who_is_overtaken_each_time_gives_up_and_may_try_again(
    browser, manager, college, known, meanwhile
):
    export = asked(manager)
    before = set(storage.store().keys())
    meanwhile(lambda: forget(known, college))

    exports.export(college.id, export.id)

    assert (export.state, export.failure) == (TransferState.FAILED, Failure.OVERTAKEN)
    assert set(storage.store().keys()) == before
    address = f"{PAGE.format(college.code)}/{export.id}"
    assert "people were being forgotten" in browser.get(address).text
    assert f"{address}/again" in browser.get(address).text


def test_another_colleges_exports_go_on(manager, college, known, meanwhile):
    other = a_college()
    with inside(other.id):
        export = asked(manager)
    meanwhile(lambda: forget(known, college))

    exports.export(other.id, export.id)

    assert export.state is TransferState.DONE
