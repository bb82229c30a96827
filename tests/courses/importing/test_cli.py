import pytest

from courses.authoring import queries as authoring
from courses.catalogue import queries as catalogue
from courses.catalogue.models import ClassState
from courses.importing.cli import course
from courses.programmes import queries as programmes
from edu.accounts.models import Role
from edu.db import inside
from tests.courses.workshop import COURSE, zipped
from tests.factories import a_college, a_person


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "dien lanh"
    path.mkdir()
    for name, text in COURSE.items():
        (path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.fixture
def manager(dn_college):
    return a_person("Lê Thị Bích Ngọc", role=Role.MANAGER, at=dn_college)


@pytest.fixture
def run(app):
    return lambda *words: app.test_cli_runner().invoke(course, ["import", *map(str, words)])


def test_a_folder_becomes_a_new_open_module_with_a_class(dn_college, teacher, folder, run):
    done = run(folder, "--teacher", teacher.email, "--publish")

    assert done.exit_code == 0, done.output
    with inside(dn_college.id):
        module = programmes.module_called("DIEN-LANH")
        (group,) = catalogue.classes_of(module)
        assert module.title["en"] == "Refrigeration"
        assert module.curriculum.programme.is_open
        assert group.state == ClassState.PUBLISHED
        assert group.is_open
        assert all(unit.published for unit in authoring.units_in(module))


def test_importing_again_updates_the_same_module(dn_college, teacher, folder, run):
    run(folder, "--teacher", teacher.email, "--publish")

    again = run(folder, "--teacher", teacher.email, "--publish")

    assert "0  units new" in again.output
    assert "2  units unchanged" in again.output


def test_a_zip_goes_into_the_module_named(dn_college, module, teacher, tmp_path, run):
    path = tmp_path / "lanh.zip"
    path.write_bytes(zipped())

    done = run(path, "--module", module.code, "--college", "dn", "--teacher", teacher.email)

    assert done.exit_code == 0, done.output
    with inside(dn_college.id):
        assert len(authoring.drafts_in(module)) == 2


def test_without_a_teacher_it_is_a_managers(dn_college, manager, folder, run):
    run(folder)

    with inside(dn_college.id):
        module = programmes.module_called("DIEN-LANH")
        assert catalogue.classes_of(module)[0].teacher_id == manager.id


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--module", "NIX"], "no module NIX"),
        (["--teacher", "nobody@example.test"], "neither teaches nor manages"),
    ],
)
def test_what_cannot_be_is_said(manager, folder, run, options, said):
    done = run(folder, *options)

    assert done.exit_code == 2
    assert said in done.output


def test_an_unknown_college_is_refused(manager, folder, run):
    assert run(folder, "--college", "nix").exit_code == 1


def test_a_college_without_a_manager_needs_a_teacher(dn_college, folder, run):
    assert "--teacher" in run(folder).output


def test_several_colleges_must_be_told_apart(dn_college, folder, run):
    a_college("khac")

    done = run(folder)

    assert done.exit_code != 0
    assert "dn, khac" in done.output


def test_a_folder_without_lessons_is_refused(dn_college, teacher, tmp_path, run):
    done = run(tmp_path, "--teacher", teacher.email)

    assert done.exit_code == 1
    with inside(dn_college.id):
        assert programmes.open_curriculum() is None
