"""Facts about what learners choose to show."""

from dataclasses import dataclass
from uuid import UUID

from edu.events import Event


@dataclass(frozen=True)
class ProfileChanged(Event):
    """A person shows more, less, or nothing any more."""

    person_id: UUID


@dataclass(frozen=True)
class MasteryWelcome(Event):
    """A person allows estimates of mastery to be shown: whoever makes them may offer them now."""

    person_id: UUID
