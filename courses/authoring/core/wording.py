"""A lesson's title and its text: written apart, kept together as one Markdown text."""

from courses.authoring.core.markdown import headings, parse


def with_title(markdown: str, title: str) -> str:
    """The text under its title: in place of its own first heading of level 1, else before it."""
    return f"# {' '.join(title.split())}\n\n{without_title(markdown)}"


def without_title(markdown: str) -> str:
    """The text without its title, the first heading when that is of level 1."""
    tokens = parse(markdown).tokens
    index, first = next(headings(tokens), (0, None))
    span = tokens[index].map if first is not None and first.level == 1 else None
    if span is None:
        return markdown
    lines = markdown.splitlines(keepends=True)
    return "".join(lines[: span[0]] + lines[span[1] :]).strip("\n")
