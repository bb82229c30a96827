"""Let the catalogue of translations hold the first line of each table's docstring.

Named in `babel.cfg` as the way to read Python files: everything Babel finds itself, and beside it
the meaning of each class that is a table.
"""

import ast
from collections.abc import Collection, Iterator
from typing import Any, BinaryIO

from babel.messages.extract import extract_python


def python_and_tables(
    fileobj: BinaryIO,
    keywords: Any,  # Any: these three are Babel's own, passed on as they come
    comment_tags: Collection[str],
    options: Any,
) -> Iterator[tuple[Any, ...]]:
    """Find the messages of a Python file, as Babel asks for them."""
    yield from extract_python(fileobj, keywords, comment_tags, options)
    fileobj.seek(0)
    for node in ast.walk(ast.parse(fileobj.read())):
        if isinstance(node, ast.ClassDef) and _is_table(node) and (text := ast.get_docstring(node)):
            yield node.lineno, None, text.splitlines()[0], ["The meaning of a table"]


def _is_table(node: ast.ClassDef) -> bool:
    return any(
        isinstance(target, ast.Name) and target.id == "__tablename__"
        for statement in node.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
    )
