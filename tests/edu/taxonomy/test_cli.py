import pytest
import sqlalchemy as sa

from edu.db import db
from edu.taxonomy import cli, queries
from edu.taxonomy.core import curated
from edu.taxonomy.models import Place, Skill
from tests.edu.taxonomy import esco_files

PROVINCES = "code,name,name_en,type\n48,Đà Nẵng,Da Nang,Thành phố\n"
COMMUNES = "code,name,name_en,type,province_code\n20194,Hải Vân,Hai Van,Phường,48\n"


@pytest.fixture
def edu(app, few, monkeypatch):
    """`edu("import", path)` runs `edu taxonomy import PATH`."""
    monkeypatch.setattr(curated, "read", lambda: few)

    def run(*arguments):
        return app.test_cli_runner().invoke(cli.taxonomy, [str(each) for each in arguments])

    return run


def count(kind):
    return db.session.scalar(sa.select(sa.func.count()).select_from(kind))


def test_without_paths_what_we_ship_is_installed(edu, few):
    result = edu("import")

    assert result.exit_code == 0
    assert "ours: release 1" in result.output
    assert count(Skill) == len(few.skills)
    assert "ours: nothing new" in edu("import").output


def test_a_folder_is_sorted_out(edu, tmp_path):
    esco_files.write(tmp_path)
    (tmp_path / "provinces.csv").write_text(PROVINCES, "utf-8")
    (tmp_path / "wards.csv").write_text(COMMUNES, "utf-8")
    (tmp_path / "notes.txt").write_text("not looked at", "utf-8")

    result = edu("import", tmp_path)

    assert result.exit_code == 0, result.output
    assert "ESCO: release 2" in result.output
    assert "units: release 3" in result.output
    assert queries.skill_by_code("esco-weld")
    assert queries.find_place("20194")


def test_what_was_left_out_is_named(edu, tmp_path):
    nobody = esco_files.WELDER.replace("welder", "nobody")
    paths = esco_files.write(tmp_path, needs=[(nobody, "essential", esco_files.WELD)])

    assert (
        f"left out of occupation_skill: unknown-occupation {nobody}" in edu("import", *paths).output
    )


def test_status_says_what_there_is(edu, tmp_path):
    edu("import", *esco_files.write(tmp_path))
    edu("import", *esco_files.write(tmp_path, skills=[]))

    lines = edu("status").output.splitlines()

    assert "skill esco 0, 2 retired" in [" ".join(line.split()) for line in lines]
    assert any(line.startswith("release 3") and "words.zip" in line for line in lines)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "no .zip or .csv"),
        ({"a.csv": "name\n"}, "a.csv is neither"),
        ({"a.csv": PROVINCES, "b.csv": PROVINCES}, "Only one list of provinces"),
        ({"a.csv": PROVINCES + "49,,,\n"}, "has 3 mistakes. Nothing was changed."),
    ],
    ids=["nothing", "unknown", "twice", "mistakes"],
)
def test_what_cannot_be_imported_is_refused_kindly(edu, tmp_path, files, said):
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")

    result = edu("import", tmp_path)

    assert result.exit_code == 1
    assert said in result.output
    assert all(place.source != "units" for place in db.session.scalars(sa.select(Place)))


def test_half_of_esco_is_refused_kindly(edu, tmp_path):
    words, _relations = esco_files.write(tmp_path)

    result = edu("import", words)

    assert result.exit_code == 1
    assert "table-missing" in result.output
    assert "occupationSkillRelations" in result.output


def test_progress_is_shown_on_a_terminal_only(capsys, monkeypatch):
    cli._Progress()("skill", 1000)
    assert capsys.readouterr().err == ""

    monkeypatch.setattr(cli.sys.stderr, "isatty", lambda: True)
    cli._Progress()("skill", 1000)
    assert "reading skill: 1,000" in capsys.readouterr().err
