"""How long one answer takes to learn from. Run: `python -m benchmarks.mastery`."""

from datetime import UTC, datetime
from random import Random
from time import process_time

from analytics.mastery.core.estimate import (
    General,
    Item,
    Skill,
    State,
    probability_correct,
    update,
)

ANSWERS, ROUNDS = 100_000, 3
NOW = datetime(2026, 9, 7, tzinfo=UTC)


def microseconds(skills: int) -> tuple[float, float]:
    """CPU time of an update and of a prediction, the best of some rounds."""
    rng = Random(1)
    results = [rng.random() < 0.6 for _ in range(ANSWERS)]
    updates, predictions = [], []
    for _ in range(ROUNDS):
        state = State(General(), (Skill(),) * skills, Item())
        started = process_time()
        for result in results:
            state = update(state, result, NOW)
        updates.append(process_time() - started)
        started = process_time()
        for _ in results:
            probability_correct(state, NOW)
        predictions.append(process_time() - started)
    return min(updates) / ANSWERS * 1e6, min(predictions) / ANSWERS * 1e6


if __name__ == "__main__":
    for skills in (1, 2, 3):
        learned, predicted = microseconds(skills)
        print(f"{skills} skills: update {learned:.1f} µs, predict {predicted:.1f} µs")
