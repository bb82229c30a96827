"""The data dictionary for people: every table and element, searchable. It holds no data itself."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from edu.dictionary import queries, words
from edu.dictionary.elements import DataElement, DataTable
from edu.dictionary.forms import QuestionForm
from edu.http.paging import SIZE, Page
from edu.http.session import public

bp = Blueprint("dictionary", __name__, url_prefix="/dictionary")


@bp.get("")
@public
def show() -> ResponseReturnValue:
    """List the tables, or the elements that fit what is asked."""
    form = QuestionForm(request.args)
    question = form.question()
    if question.is_empty:
        return render_template(
            "edu/dictionary/show.html",
            form=form,
            packages=_by_package(queries.tables()),
            figures=queries.figures(),
            words=words,
        )
    found = queries.elements(question)
    return render_template(
        "edu/dictionary/found.html",
        form=form,
        count=len(found),
        page=_page(found, request.args.get("after", "")),
        words=words,
    )


@bp.get("/<table>")
@public
def table(table: str) -> ResponseReturnValue:
    """Show a table and its elements."""
    return render_template("edu/dictionary/table.html", table=queries.table(table), words=words)


def _by_package(tables: list[DataTable]) -> list[tuple[str, list[DataTable]]]:
    """The tables of each package, from the kernel upwards."""
    found = [
        (package, [table for table in tables if table.package == package])
        for package in words.PACKAGE_WORDS
    ]
    return [(package, own) for package, own in found if own]


def _page(found: list[DataElement], after: str) -> Page[DataElement]:
    names = [element.name for element in found]
    start = names.index(after) + 1 if after in names else 0
    shown = found[start : start + SIZE]
    return Page(shown, shown[-1].name if start + SIZE < len(found) else None)
