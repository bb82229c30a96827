"""Fuzzing that a failing build can be asked to repeat."""

import hypothesis


def repeatably(examples: int) -> hypothesis.settings:
    """Send so many examples, the same ones each time; keep and shrink none."""
    return hypothesis.settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
