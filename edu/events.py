"""Facts that packages tell each other, stored with the change and delivered after it.

`emit` writes one job per subscriber in the same transaction (an outbox), so a fact is delivered
at least once, or was never true. Subscribers are idempotent.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import TypeAdapter

from edu import jobs


@dataclass(frozen=True)
class Event:
    """A fact, named in the past tense; carries ids and plain values."""


E = TypeVar("E", bound=Event)

_adapters: dict[type[Event], TypeAdapter[Any]] = {}  # Any: each its own kind
_subscribers: defaultdict[type[Event], list[str]] = defaultdict(list)


def subscribe(kind: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Call the function once for each fact of that kind, soon after it was stored."""
    adapter = _adapter(kind)

    def register(function: Callable[[E], None]) -> Callable[[E], None]:
        def deliver(**values: Any) -> None:  # Any: JSON, checked by the adapter
            function(adapter.validate_python(values))

        name = f"{function.__module__}.{function.__qualname__}"
        jobs.register_delivery(name, deliver)
        if name not in _subscribers[kind]:
            _subscribers[kind].append(name)
        return function

    return register


def emit(event: Event) -> None:
    """Announce a fact from within the unit of work that makes it true."""
    if names := _subscribers[type(event)]:
        values = _adapter(type(event)).dump_python(event, mode="json")
        for name in names:
            jobs.add(name, values)


def _adapter(kind: type[E]) -> TypeAdapter[E]:
    """What turns facts of that kind into JSON and back; slow to make, so made once."""
    found = _adapters.get(kind)
    if found is None:
        found = _adapters[kind] = TypeAdapter(kind)
    return found
