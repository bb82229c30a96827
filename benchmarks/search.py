"""Build and query the search engines side by side.

    python benchmarks/search.py --documents 20000 [--postgres URL] [--data FOLDER]

Reads the Vietnamese sections in FOLDER (`text_vi_*.jsonl.gz`, `course_*.jsonl.gz`); where it is
absent, texts are made of a small vocabulary, and the figures say little about real ones. Queries
are phrases drawn from the texts, half of them typed without accents; a query counts four facets,
ranks, and cuts ten snippets. Fifty misspelt ones ask for suggestions. One process, one thread.
"""

import argparse
import gzip
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import quantiles

import sqlalchemy as sa

from edu.search.adapters.memory_index import MemorySearchIndex
from edu.search.adapters.postgres_index import PostgresSearchIndex
from edu.search.adapters.tantivy_index import TantivySearchIndex
from edu.search.adapters.whoosh_index import WhooshSearchIndex
from edu.search.core.vietnamese import exact, folded, normalise, words
from edu.search.index import Document, SearchIndex, SearchQuery, Text

DEFAULT_DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "oer"
MADE_WORDS = (
    "nghề",
    "hàn",
    "điện",
    "lạnh",
    "máy",
    "tính",
    "kỹ",
    "thuật",
    "an",
    "toàn",
    "cơ",
    "khí",
)


def texts(data: Path, seed: random.Random) -> Iterator[tuple[str, str, str]]:
    """Titles, bodies and sources."""
    files = [*sorted(data.glob("course_*.jsonl.gz")), *sorted(data.glob("text_vi_*.jsonl.gz"))]
    for path in files:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["lang"] == "vi":
                    yield row["title"], row["body"][:3000], row["source"]
    while not files:
        yield (
            " ".join(seed.choices(MADE_WORDS, k=4)),
            " ".join(seed.choices(MADE_WORDS, k=200)),
            "made",
        )


def documents(data: Path, number: int, seed: random.Random) -> list[Document]:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        Document(
            id=str(position),
            kind="resource",
            texts={"vi": Text(title, body)},
            facets={
                "source": (source,),
                "college": (f"college {seed.randrange(12)}",),
                "year": (str(2010 + seed.randrange(16)),),
                "level": tuple(seed.sample(["elementary", "intermediate", "college"], 2)),
            },
            changed_at=start + timedelta(seconds=position),
        )
        for position, (title, body, source) in enumerate(islice(texts(data, seed), number))
    ]


def queries(found: list[Document], seed: random.Random) -> list[SearchQuery]:
    asked = []
    while len(asked) < 200:
        text = seed.choice(found).texts["vi"]
        run = [word.surface for word in words(normalise(text.body))]
        length = seed.randint(1, 4)
        if len(run) < length:
            continue
        start = seed.randrange(len(run) - length + 1)
        typed = " ".join(run[start : start + length])
        if len(asked) % 2:
            typed = folded(typed)
        facets = {"college": ("college 3",)} if len(asked) % 3 == 0 else {}
        counted = ("source", "college", "year", "level")
        asked.append(SearchQuery(text=typed, facets=facets, count_facets=counted, size=10))
    return asked


def misspelt(asked: list[SearchQuery], seed: random.Random) -> list[SearchQuery]:
    """Two letters of one word changed round; only those that find nothing need a suggestion."""
    wrong = []
    for query in asked[:50]:
        letters = list(query.text)
        place = seed.randrange(max(1, len(letters) - 1))
        letters[place : place + 2] = reversed(letters[place : place + 2])
        wrong.append(SearchQuery(text="".join(letters)))
    return wrong


def milliseconds(index: SearchIndex, asked: list[SearchQuery]) -> list[float]:
    taken = []
    for query in asked:
        start = time.perf_counter()
        index.search(query)
        taken.append(1000 * (time.perf_counter() - start))
    return taken


def folder_size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def exact_share(index: SearchIndex, asked: list[SearchQuery], found: list[Document]) -> float:
    """How much of what the first ten hits could hold of the phrase as it was typed they do hold."""
    keys = {
        one.id: f" {exact(one.texts['vi'].title)} ¶ {exact(one.texts['vi'].body)} " for one in found
    }
    good = possible = 0
    for query in asked[::2]:
        phrase = f" {exact(query.text)} "
        holders = {key for key, text in keys.items() if phrase in text}
        hits = index.search(SearchQuery(text=query.text, size=10)).items
        good += len(holders.intersection(hit.id for hit in hits))
        possible += min(10, len(holders))
    return good / possible


def report(
    name: str, index: SearchIndex, found: list[Document], asked: list[SearchQuery], folder: Path
) -> None:
    start = time.perf_counter()
    index.rebuild(found)
    build = time.perf_counter() - start
    start = time.perf_counter()
    index.put(found[:1])
    put = 1000 * (time.perf_counter() - start)
    milliseconds(index, asked)  # warm
    cuts = quantiles(milliseconds(index, asked), n=100)
    wrong = [query for query in misspelt(asked, random.Random(2)) if not index.search(query).total]
    suggesting = milliseconds(index, wrong) or [0.0]
    suggested = sum(bool(index.search(query).did_you_mean) for query in wrong)
    print(
        f"{name:9} build {build:7.1f} s  one put {put:6.0f} ms  {folder_size(folder):6.0f} MB  "
        f"p50 {cuts[49]:6.1f}  p95 {cuts[94]:6.1f}  p99 {cuts[98]:6.1f} ms  "
        f"exact phrase in top 10 {exact_share(index, asked, found):.2f}  "
        f"suggested {suggested}/{len(wrong)}, slowest {max(suggesting):.0f} ms",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--postgres", help="SQLAlchemy address of an empty database")
    parser.add_argument("--engines", nargs="+", default=["tantivy", "whoosh", "postgres"])
    arguments = parser.parse_args()
    seed = random.Random(1)
    found = documents(arguments.data, arguments.documents, seed)
    asked = queries(found, seed)
    engines: dict[str, Callable[[Path], SearchIndex]] = {
        "memory": lambda _: MemorySearchIndex(),
        "tantivy": TantivySearchIndex,
        "whoosh": WhooshSearchIndex,
        "postgres": lambda _: PostgresSearchIndex(sa.create_engine(arguments.postgres)),
    }
    print(f"{len(found)} documents, {len(asked)} queries")
    for name in arguments.engines:
        if name == "postgres" and not arguments.postgres:
            print("postgres  left out: no --postgres URL")
            continue
        with tempfile.TemporaryDirectory() as folder:
            report(name, engines[name](Path(folder)), found, asked, Path(folder))


if __name__ == "__main__":
    main()
