"""Files of statements, as other programs read them."""

import csv
from datetime import datetime
from io import StringIO

import duckdb
import orjson
import pytest

from edu.lrs.transfer.columns import COLUMNS, Kind
from edu.lrs.transfer.models import Format
from edu.lrs.transfer.writing import write
from tests.edu.lrs.transfer.test_columns import kept

NASTY = 'dòng một\r\ndòng "hai", hết'


def written(tmp_path, kind, *statements):
    path = tmp_path / "statements"
    half = len(statements) // 2
    batches = [
        [orjson.dumps(each) for each in some] for some in (statements[:half], statements[half:])
    ]
    write(batches, path, kind, ["vi"])
    return path


def test_lines_are_statements(tmp_path):
    statements = [kept(), kept(result={"response": NASTY})]

    path = written(tmp_path, Format.NDJSON, *statements)

    assert [orjson.loads(line) for line in path.read_bytes().splitlines()] == statements


@pytest.mark.parametrize("kind", [Format.CSV, Format.EXCEL])
def test_csv_is_read_back_by_any_reader(tmp_path, kind):
    path = written(tmp_path, kind, kept(), kept(result={"response": NASTY, "success": True}))

    whole = path.read_bytes()
    rows = list(csv.DictReader(StringIO(whole.decode("utf-8-sig"), newline="")))

    assert whole.startswith(b"\xef\xbb\xbf") is (kind is Format.EXCEL)
    assert whole.count(b"\r\n") == len(rows) + 2  # the head, and the one inside the answer
    assert list(rows[0]) == list(COLUMNS)
    assert [row["response"] for row in rows] == ["", NASTY]
    assert (rows[1]["success"], rows[1]["object_name"]) == ("true", "Hàn")
    assert rows[0]["stored"] == "2026-11-22T03:04:05.000Z"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_no_text_is_a_formula(tmp_path, start):
    said = f"{start}HYPERLINK(1)"
    path = written(
        tmp_path,
        Format.CSV,
        kept(result={"response": said, "score": {"scaled": -0.5}}, context={"platform": said}),
    )

    [row] = csv.DictReader(StringIO(path.read_bytes().decode(), newline=""))

    assert (row["response"], row["platform"]) == (f"'{said}", f"'{said}")
    assert row["score_scaled"] == "-0.5"


def test_parquet_has_types_and_needs_no_escaping(tmp_path):
    said = kept(result={"response": "=" + NASTY, "score": {"raw": 7}, "success": False})

    path = written(tmp_path, Format.PARQUET, kept(), said)

    with duckdb.connect() as engine:
        engine.execute("SELECT * FROM read_parquet(?) ORDER BY response NULLS FIRST", [str(path)])
        names = [(column[0], str(column[1])) for column in engine.description]
        first, second = (dict(zip(COLUMNS, row, strict=True)) for row in engine.fetchall())
    kinds = {
        Kind.TEXT: "VARCHAR",
        Kind.MOMENT: "TIMESTAMP",
        Kind.NUMBER: "DOUBLE",
        Kind.BOOLEAN: "BOOLEAN",
    }
    assert names == [(name, kinds[kind]) for name, kind in COLUMNS.items()]
    assert (first["response"], first["success"]) == (None, None)
    assert (second["response"], second["success"], second["score_raw"]) == ("=" + NASTY, False, 7.0)
    assert second["stored"] == datetime(2026, 11, 22, 3, 4, 5)  # noqa: DTZ001 - UTC, as documented
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("letters", [3 << 20, 40 << 20])
def test_a_row_however_long_is_a_row_of_parquet(tmp_path, letters):
    said = kept(result={"response": "é" * (letters // 2)})

    path = written(tmp_path, Format.PARQUET, *[kept()] * 50, said, kept())

    with duckdb.connect() as engine:
        found = engine.execute("SELECT strlen(response) FROM read_parquet(?)", [str(path)])
        assert [length for (length,) in found.fetchall()] == [None] * 50 + [letters, None]


@pytest.mark.parametrize("kind", Format)
def test_an_empty_record_makes_a_file_that_can_be_read(tmp_path, kind):
    path = written(tmp_path, kind)

    if kind is Format.PARQUET:
        with duckdb.connect() as engine:
            assert engine.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall() == []
    elif kind is Format.NDJSON:
        assert path.read_bytes() == b""
    else:
        assert path.read_bytes().decode("utf-8-sig") == ",".join(COLUMNS) + "\r\n"
