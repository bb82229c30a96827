"""Right and wrong answers to an item, for learners who exist only in the demo."""

from courses.assessment.core import items
from courses.assessment.core.scoring import Response


def right(item: items.Item) -> Response:
    """Answer as somebody who knows it."""
    match item:
        case items.SingleChoice():
            return item.correct
        case items.MultipleChoice():
            return item.correct
        case items.TextEntry():
            return next(answer.text for answer in item.answers if answer.score == 1)
        case items.Numeric():
            return str(item.value)
        case items.Order():
            return [entry.id for entry in item.entries]
        case _:
            return dict(item.pairs)


def wrong(item: items.Item) -> Response:
    """Answer as somebody who does not know it yet."""
    match item:
        case items.SingleChoice():
            return next(option.id for option in item.options if option.id != item.correct)
        case items.MultipleChoice():
            others = [option.id for option in item.options if option.id not in item.correct]
            return others[:1] or list(item.correct[:1])
        case items.TextEntry():
            return "không rõ"
        case items.Numeric():
            return str(item.value * 3 + 7)
        case items.Order():
            return [entry.id for entry in reversed(item.entries)]
        case _:
            rotated = [*list(item.pairs.values())[1:], next(iter(item.pairs.values()))]
            return dict(zip(item.pairs, rotated, strict=True))
