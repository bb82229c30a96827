"""Open data: a page and DCAT about everything, and each dataset as CSV and JSON."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from flask import Blueprint, Response, jsonify, render_template, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from edu.errors import NotFound
from edu.exchange import datasets
from edu.exchange.core.dcat import LICENCE, Catalogue, Entry, json_ld
from edu.exchange.core.sheets import Row, csv_lines, json_lines
from edu.exchange.datasets import Dataset
from edu.http.session import public
from edu.settings import in_force
from edu.tenancy import queries as tenancy

bp = Blueprint("open_data", __name__, url_prefix="/open-data")

Writer: TypeAlias = Callable[[Sequence[str], Iterable[Row]], Iterator[str]]

WRITERS: dict[str, tuple[str, Writer]] = {
    "csv": ("text/csv", csv_lines),
    "json": ("application/json", json_lines),
}
TITLE = {"vi": "Dữ liệu mở Nghề Số", "en": "Nghề Số open data"}
ABOUT = {
    "vi": "Những gì các cơ sở giáo dục trong tỉnh cùng công bố cho mọi người sử dụng.",
    "en": "What the colleges of the province publish together for everyone to use.",
}


@bp.get("")
@public
def index() -> ResponseReturnValue:
    """What there is."""
    return render_template("edu/exchange/index.html", datasets=datasets.all_declared())


@bp.get("/catalogue.jsonld")
@public
def catalogue() -> ResponseReturnValue:
    """The same for machines that gather catalogues, in DCAT."""
    answer = jsonify(json_ld(_catalogue()))
    answer.content_type = "application/ld+json"
    return _kept(answer)


@bp.get("/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    """One dataset: what its columns mean, and the files."""
    return render_template(
        "edu/exchange/show.html", dataset=datasets.get(code), kinds=list(WRITERS), licence=LICENCE
    )


@bp.get("/<code>.<any(csv, json):kind>")
@public
def download(code: str, kind: str) -> ResponseReturnValue:
    """The data, streamed."""
    dataset = datasets.get(code)
    media_type, write = WRITERS[kind]
    lines = write(dataset.names, dataset.rows())
    answer = Response(stream_with_context(lines), content_type=f"{media_type}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{code}.{kind}"'
    return _kept(answer)


def _kept(answer: Response) -> Response:
    """It is public: whoever asks again within the hour need not ask us."""
    answer.cache_control.public = True
    answer.cache_control.max_age = 3600
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _catalogue() -> Catalogue:
    province = tenancy.province()
    if province is None:
        raise NotFound
    return Catalogue(
        url=in_force().base_url + url_for(".catalogue"),
        title=TITLE,
        about=ABOUT,
        publisher_url=in_force().base_url + url_for("tenancy.show", place=province.code),
        publisher=province.name,
        contact_url=in_force().base_url,
        entries=[_entry(dataset) for dataset in datasets.all_declared()],
    )


def _entry(dataset: Dataset) -> Entry:
    base = in_force().base_url
    return Entry(
        url=base + url_for(".show", code=dataset.code),
        identifier=dataset.code,
        title=dataset.title,
        about=dataset.about,
        keywords=dataset.keywords,
        rhythm=dataset.rhythm,
        files=[
            (kind, base + url_for(".download", code=dataset.code, kind=kind)) for kind in WRITERS
        ],
    )
