"""What a learner's browser sends for an item, read back into a response."""

from werkzeug.datastructures import MultiDict

from courses.assessment.core.items import Item, Match, MultipleChoice, Order
from courses.assessment.core.scoring import Response

CHOICE = "choice"


def response_from(item: Item, sent: MultiDict[str, str]) -> Response:
    """Read the answer to an item from its form; nothing chosen reads as no answer."""
    match item:
        case MultipleChoice():
            return sent.getlist(CHOICE)
        case Order():
            return _ordered(item, sent)
        case Match():
            pairs = {source.id: sent.get(f"{CHOICE}-{source.id}", "") for source in item.sources}
            return {source: target for source, target in pairs.items() if target}
        case _:
            return sent.get(CHOICE, "").strip()


def _ordered(item: Order, sent: MultiDict[str, str]) -> list[str]:
    """Entries by the number the learner gave each; equal numbers keep the list's order."""
    if not any(sent.get(f"{CHOICE}-{entry.id}") for entry in item.entries):
        return []
    places = [
        (sent.get(f"{CHOICE}-{entry.id}", type=int) or len(item.entries), entry.id)
        for entry in item.entries
    ]
    return [entry for _, entry in sorted(places, key=lambda place: place[0])]
