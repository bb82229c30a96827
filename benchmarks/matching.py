"""How long a title takes to be linked among 35,000 labels. Run: `python -m benchmarks.matching`.

The labels are the names in our taxonomy, each with further words, which makes them longer and more
alike than real ones: a hard case.
"""

import csv
from pathlib import Path
from random import Random
from statistics import quantiles
from time import process_time

from employer_portal.matching.core.titles import TitleIndex

OCCUPATIONS = Path(__file__).parents[1] / "edu/taxonomy/data/occupations.csv"
LABELS, QUERIES = 35_000, 400


def labels(rng: Random) -> list[tuple[str, str]]:
    """Names of our occupations and variations of them, up to the number wanted."""
    with OCCUPATIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [
        (row["code"], name)
        for row in rows
        for key in ("label_vi", "label_en", "synonyms_vi", "synonyms_en")
        for name in row[key].split("|")
    ]
    words = sorted({word for _, name in names for word in name.split()})
    while len(names) < LABELS:
        code, name = rng.choice(names[:1000])
        names.append((f"{code}-{len(names)}", f"{name} {' '.join(rng.sample(words, 2))}"))
    return names


def main() -> None:
    rng = Random(1)
    names = labels(rng)
    started = process_time()
    index = TitleIndex(names)
    print(f"index of {len(names)} labels: {process_time() - started:.1f} s CPU")
    took = []
    for _ in range(QUERIES):
        title = rng.choice(names)[1]
        started = process_time()
        index.search(title)
        took.append((process_time() - started) * 1000)
    cuts = quantiles(took, n=100)
    print(f"one title: median {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms, worst {max(took):.1f} ms")


if __name__ == "__main__":
    main()
