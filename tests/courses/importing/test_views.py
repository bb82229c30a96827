import io
from uuid import UUID

import pytest

from courses.authoring import queries as authoring
from courses.importing import queries
from courses.importing.models import ImportState
from edu.accounts.models import Role
from edu.db import inside
from edu.jobs import run_due
from edu.storage import service as storage
from tests.courses.workshop import COURSE, zipped
from tests.factories import a_college, a_person


@pytest.fixture
def upload(as_user, module):
    """`upload(person, content)`: choose a file and press the button."""

    def send(person, content=None, *, name="lanh.zip", publishes=False):
        fields = {"file": (io.BytesIO(zipped() if content is None else content), name)}
        return as_user(person).post(
            f"/at/dn/modules/{module.id}/import?lang=en",
            data={**fields, **({"publishes": "y"} if publishes else {})},
            content_type="multipart/form-data",
        )

    return send


def run_of(answer):
    return UUID(answer.headers["Location"].rsplit("/", 1)[1])


def test_the_limits_are_said_before_anything_is_chosen(as_user, teacher, module):
    page = as_user(teacher).get(f"/at/dn/modules/{module.id}/import?lang=en").text

    assert "64 MB" in page
    assert "20,000 files" in page


def test_a_zip_becomes_drafts_and_a_report(as_user, teacher, module, upload):
    answer = upload(teacher)
    waiting = as_user(teacher).get(answer.headers["Location"] + "?lang=en").text
    run_due()
    report = as_user(teacher).get(answer.headers["Location"] + "?lang=en").text

    assert answer.status_code == 303
    assert "hx-get" in waiting
    assert "hx-get" not in report
    assert "The lessons are drafts" in report
    assert "These pictures are not in the file" in report
    assert "There is no translation" in report
    with inside(module.tenant_id):
        assert len(authoring.drafts_in(module)) == 2


def test_published_at_once_learners_see_the_lessons(as_user, teacher, module, upload):
    answer = upload(teacher, publishes=True)
    run_due()

    page = as_user(teacher).get(answer.headers["Location"] + "?lang=en").text

    assert "learners of the module see them now" in page
    with inside(module.tenant_id):
        assert all(unit.published for unit in authoring.units_in(module))
        assert authoring.drafts_in(module) == {}


def test_the_progress_asks_for_a_whole_page_when_it_is_over(as_user, teacher, upload):
    where = upload(teacher).headers["Location"]
    asking = {"HX-Request": "true"}

    before = as_user(teacher).get(where, headers=asking)
    run_due()
    after = as_user(teacher).get(where, headers=asking)

    assert before.text.lstrip().startswith("<div")
    assert "HX-Refresh" not in before.headers
    assert after.headers["HX-Refresh"] == "true"


def test_a_report_leads_to_the_lessons_it_is_about(as_user, teacher, module, upload):
    answer = upload(teacher)
    run_due()

    page = as_user(teacher).get(answer.headers["Location"]).text

    with inside(module.tenant_id):
        unit = authoring.unit_by_slug(module, "02-gas.md")
    assert f"/at/dn/units/{unit.id}/edit" in page


def test_a_zip_without_lessons_is_refused_in_plain_words(as_user, teacher, module, upload):
    answer = upload(teacher, zipped({"chao.txt": "xin chào"}))
    run_due()

    page = as_user(teacher).get(answer.headers["Location"] + "?lang=en").text

    assert "Nothing was imported" in page
    assert "There is no lesson in this file" in page
    with inside(module.tenant_id):
        assert authoring.units_in(module) == []


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"this is no zip", "lanh.zip", "is not what its name"),
        (b"", "lanh.zip", "This file is empty"),
        (zipped(), "lanh.exe", "Files of this kind are not accepted"),
        (zipped({"../out.md": "x"}), "lanh.zip", "a name that cannot be used"),
    ],
)
def test_what_is_no_zip_to_trust_is_refused_at_the_field(upload, teacher, content, name, words):
    answer = upload(teacher, content, name=name)

    assert answer.status_code == 422
    assert words in answer.text


def test_nothing_chosen_is_said(as_user, teacher, module):
    answer = as_user(teacher).post(f"/at/dn/modules/{module.id}/import", data={})

    assert answer.status_code == 422


def test_the_file_is_forgotten_once_it_is_taken(app, teacher, module, upload):
    answer = upload(teacher)
    with inside(module.tenant_id):
        key = queries.get(run_of(answer)).blob_key
    assert storage.store().exists(key)

    run_due()

    assert not storage.store().exists(key)


def test_a_second_run_of_the_same_job_changes_nothing(app, teacher, module, upload):
    from courses.importing import jobs

    answer = upload(teacher)
    run_due()
    jobs.run(module.tenant_id, run_of(answer))

    with inside(module.tenant_id):
        assert queries.get(run_of(answer)).state == ImportState.DONE


def test_earlier_imports_are_listed(as_user, teacher, module, upload):
    upload(teacher)

    page = as_user(teacher).get(f"/at/dn/modules/{module.id}/import").text

    assert "lanh.zip" in page


@pytest.mark.parametrize("role", [Role.LEARNER, Role.RECRUITER])
def test_others_cannot_tell_that_the_module_is_there(as_user, dn_college, module, upload, role):
    other = a_person("Ai Đó", role=role, at=dn_college)

    assert as_user(other).get(f"/at/dn/modules/{module.id}/import").status_code == 404
    assert upload(other).status_code == 404


def test_a_teacher_of_another_college_does_not_see_the_report(as_user, teacher, upload):
    where = upload(teacher).headers["Location"]
    vy = a_person("Đỗ Thị Khánh Vy", role=Role.TEACHER, at=a_college("khac"))

    assert as_user(vy).get(where).status_code == 404
    assert as_user(vy).get(where.replace("/at/dn/", "/at/khac/")).status_code == 404


def test_a_stranger_is_asked_to_sign_in(client, module):
    answer = client.get(f"/at/dn/modules/{module.id}/import")

    assert answer.status_code == 303
    assert "/sign-in" in answer.headers["Location"]


def test_an_import_again_says_that_nothing_is_new(as_user, teacher, upload):
    upload(teacher, publishes=True)
    run_due()

    answer = upload(teacher, zipped(COURSE))
    run_due()

    page = as_user(teacher).get(answer.headers["Location"] + "?lang=en").text
    assert page.index("As before") > 0
    assert "The lessons are drafts" in page
