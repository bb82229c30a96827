"""What a lesson says: a Markdown text in each language, under its title."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from courses.authoring.core.markdown import headings, read, title_of
from courses.authoring.core.places import Addresses, as_json, from_json


@dataclass(frozen=True)
class Wording:
    """The texts by language, the language it was written in first; where their addresses lead.

    machine_translated names the languages that a machine wrote and nobody corrected.
    """

    source: dict[str, str]
    targets: Mapping[str, Addresses] = field(default_factory=dict)
    machine_translated: Sequence[str] = ()

    @classmethod
    def stored(
        cls,
        source: dict[str, str],
        targets: Mapping[str, Mapping[str, Any]],  # Any: what `targets_as_json` gave
        machine_translated: Sequence[str],
    ) -> "Wording":
        """The wording of a stored version."""
        found = {
            tag: {address: from_json(document) for address, document in addresses.items()}
            for tag, addresses in targets.items()
        }
        return cls(source, found, machine_translated)

    @property
    def title(self) -> dict[str, str]:
        """The title of each text that has one."""
        titles = {tag: title_of(read(text).tokens) for tag, text in self.source.items()}
        return {tag: title for tag, title in titles.items() if title}

    def targets_as_json(self) -> dict[str, dict[str, dict[str, str]]]:
        """What the addresses in the texts lead to, as a version keeps it."""
        return {
            tag: {address: as_json(target) for address, target in found.items()}
            for tag, found in self.targets.items()
        }


def with_title(markdown: str, title: str) -> str:
    """The text under this title: in place of its own first heading of level 1, else before it."""
    return f"# {' '.join(title.split())}\n\n{without_title(markdown)}"


def without_title(markdown: str) -> str:
    """The text without its title, the first heading when that is of level 1."""
    tokens = read(markdown).tokens
    index, first = next(headings(tokens), (0, None))
    span = tokens[index].map if first is not None and first.level == 1 else None
    if span is None:
        return markdown
    lines = markdown.splitlines(keepends=True)
    return "".join(lines[: span[0]] + lines[span[1] :]).strip("\n")
