"""What only the engines on local disk must do: several processes, rebuilds under readers."""

import multiprocessing
import shutil
import threading
from pathlib import Path

import pytest
from whoosh.index import EmptyIndexError

from edu.search.adapters.folders import Generations
from edu.search.adapters.tantivy_index import TantivySearchIndex
from edu.search.adapters.whoosh_index import WhooshSearchIndex
from edu.search.index import IndexBusy, SearchQuery


@pytest.fixture(params=[TantivySearchIndex, WhooshSearchIndex])
def engine(request):
    return request.param


@pytest.fixture
def home(engine, tmp_path) -> Path:
    """The folder below the given one that the engine calls its own."""
    names = {TantivySearchIndex: "tantivy-1", WhooshSearchIndex: "whoosh-1"}
    return tmp_path / names[engine]


def total(index, text: str = "") -> int:
    return index.search(SearchQuery(text=text)).total


def test_an_index_is_there_after_a_restart(engine, tmp_path, document):
    engine(tmp_path / "deep" / "search").put([document("one", "Nghề hàn")])

    assert total(engine(tmp_path / "deep" / "search"), "han") == 1


def test_another_reader_sees_each_commit_and_each_rebuild(engine, tmp_path, document):
    writer, reader = engine(tmp_path), engine(tmp_path)

    assert total(reader) == 0
    writer.put([document("one")])
    assert total(reader) == 1
    writer.rebuild([document("one"), document("two")])
    assert total(reader) == 2
    writer.remove(["one"])
    assert total(reader) == 1


def test_the_words_for_suggestions_follow_the_index(tmp_path, document):
    index = TantivySearchIndex(tmp_path)
    misspelt = SearchQuery(text="han hoi")

    index.put([document("one", "Nghề mộc")])
    assert index.search(misspelt).did_you_mean is None
    index.put([document("two", "Hàn hơi")])
    assert index.search(SearchQuery(text="hna hoi")).did_you_mean == "hàn hơi"
    assert index.search(SearchQuery(text="hna hoi")).did_you_mean == "hàn hơi"


def test_two_engines_may_share_a_folder(tmp_path, document):
    TantivySearchIndex(tmp_path).put([document("one")])
    WhooshSearchIndex(tmp_path).put([document("one"), document("two")])

    assert total(TantivySearchIndex(tmp_path)) == 1
    assert total(WhooshSearchIndex(tmp_path)) == 2


def test_a_rebuild_leaves_one_generation(engine, tmp_path, home, document):
    index = engine(tmp_path)
    for _ in range(3):
        index.rebuild([document("one")])

    assert len(list(home.glob("generation-*"))) == 1


def test_a_failed_rebuild_leaves_nothing_behind(engine, tmp_path, home):
    def broken():
        raise ConnectionError
        yield

    with pytest.raises(ConnectionError):
        engine(tmp_path).rebuild(broken())

    assert list(home.glob("generation-*")) == []


def test_only_one_writes_and_the_other_is_told(engine, tmp_path, home, document):
    impatient = engine(tmp_path, patience=0.1)
    with Generations(home).writing():
        for write in (
            lambda: impatient.put([document("one")]),
            lambda: impatient.remove(["one"]),
            lambda: impatient.rebuild([]),
        ):
            with pytest.raises(IndexBusy):
                write()

    impatient.put([document("one")])
    assert total(impatient) == 1


def test_a_reader_whose_files_are_gone_looks_again(engine, tmp_path, home, document, monkeypatch):
    writer, reader = engine(tmp_path), engine(tmp_path)
    writer.put([document("one")])
    assert total(reader) == 1

    real = Generations.current
    stale = real(Generations(home))
    writer.rebuild([document("one"), document("two")])
    shutil.rmtree(stale, ignore_errors=True)
    answers = iter([stale])  # what a reader read just before the switch
    monkeypatch.setattr(Generations, "current", lambda self: next(answers, None) or real(self))
    fresh = engine(tmp_path)

    assert total(fresh) == 2


def test_an_index_that_is_lost_says_so_and_can_be_rebuilt(engine, tmp_path, home, document):
    index = engine(tmp_path)
    index.put([document("one")])
    shutil.rmtree(Generations(home).current())

    with pytest.raises((ValueError, OSError, EmptyIndexError)):
        total(index)
    index.rebuild([document("one")])

    assert total(index) == 1


def _write_many(engine: type, folder: Path, first: int) -> None:
    from datetime import UTC, datetime

    from edu.search.index import Document, Text

    index = engine(folder)
    for number in range(first, first + 10):
        moment = datetime(2026, 11, 22, tzinfo=UTC)
        texts = {"vi": Text(f"Hàn {number}")}
        index.put([Document(id=str(number), kind="x", texts=texts, changed_at=moment)])


@pytest.mark.slow
def test_writers_in_two_processes_queue_while_others_read(engine, tmp_path):
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_write_many, args=(engine, tmp_path, 100 * n)) for n in (1, 2)]
    failures: list[Exception] = []
    done = threading.Event()

    def read() -> None:
        index = engine(tmp_path)
        while not done.is_set():
            try:
                total(index, "han")
            except Exception as failure:  # noqa: BLE001 (any failure fails the test below)
                failures.append(failure)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for each in (*writers, *readers):
        each.start()
    for writer in writers:
        writer.join(60)
    done.set()
    for reader in readers:
        reader.join(60)

    assert failures == []
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert total(engine(tmp_path), "hàn") == 20
