"""In which group of skills each of ESCO's skills stands, found by walking up what is broader."""

from collections.abc import Container, Iterable, Mapping

from edu.taxonomy.core.esco import Broader

FURTHEST = 12
"""Steps upward before we give up: ESCO is six deep, and a circle would have no end."""


def above(relations: Iterable[Broader]) -> dict[str, list[str]]:
    """The addresses right above each address, in the order of the address: always the same."""
    found: dict[str, list[str]] = {}
    for relation in relations:
        found.setdefault(relation.uri, []).append(relation.broader_uri)
    return {uri: sorted(uris) for uri, uris in found.items()}


def nearest(uri: str, *, among: Container[str], ladder: Mapping[str, list[str]]) -> str:
    """The nearest address above `uri` that is among these, by the fewest steps; "" if none."""
    here = [uri]
    for _step in range(FURTHEST):
        here = list(dict.fromkeys(up for each in here for up in ladder.get(each, ())))
        for each in here:
            if each in among:
                return each
    return ""
