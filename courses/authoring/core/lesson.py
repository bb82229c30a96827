"""A lesson in all its languages, in blocks, as HTML."""

from collections.abc import Mapping, Sequence

from courses.authoring.core.blocks import Block, split, translated
from courses.authoring.core.html import Words
from courses.authoring.core.places import Places
from courses.authoring.core.render import Rendered, render_lesson
from courses.authoring.core.wording import Wording


def lesson(
    where: Places,
    wording: Wording,
    *,
    previous: Mapping[str, Sequence[Block]],
    words: Mapping[str, Words],
) -> dict[str, Rendered]:
    """The lesson by language. Blocks keep their ids from previous, and from the first language."""
    shown: dict[str, Rendered] = {}
    original: tuple[Block, ...] = ()
    for language, text in wording.source.items():
        known = wording.targets.get(language, {})
        parts = split(text, known, previous.get(language, ()))
        parts = translated(parts, original) if original else parts
        original = original or parts
        shown[language] = render_lesson(text, parts, where.around(known, words[language]))
    return shown
