"""The indicators as an open dataset, without what rests on few people."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from uuid import UUID

import sqlalchemy as sa

from analytics.indicators.models import IndicatorValue
from analytics.indicators.queries import in_order, indicator_of
from edu.db import db
from edu.exchange.core.few import K, hidden, is_few
from edu.exchange.core.sheets import Row
from edu.exchange.datasets import Column, Dataset, Rhythm
from edu.tenancy.models import OrganisationKind

FEW = f"<{K}"
BESIDE = "*"  # hidden beside a small figure


def _indicators() -> Iterator[Row]:
    values = db.session.scalars(
        sa.select(IndicatorValue).order_by(IndicatorValue.day).execution_options(yield_per=1000)
    )
    for _day, of_day in groupby(values, key=lambda row: row.day):
        rows = in_order(of_day)
        gone = _hidden_in(rows)
        for row in rows:
            yield _shown(row, is_hidden=row.id in gone)


def _hidden_in(rows: Sequence[IndicatorValue]) -> frozenset[UUID]:
    """What one day may not show. The colleges are parts of the province's total."""
    gone: set[UUID] = {row.id for row in rows if is_few(row.people)}
    for code in {row.indicator for row in rows}:
        parts = {
            row.id: row.people
            for row in rows
            if row.indicator == code and row.organisation.kind == OrganisationKind.COLLEGE
        }
        gone |= hidden(parts)
    return frozenset(gone)


def _shown(row: IndicatorValue, *, is_hidden: bool) -> Row:
    indicator = indicator_of(row)
    return (
        row.day,
        row.organisation.code,
        row.organisation.name.get("vi"),
        row.organisation.name.get("en"),
        indicator.code,
        indicator.title.get("vi"),
        indicator.title.get("en"),
        None if is_hidden else row.value,
        (FEW if is_few(row.people) else BESIDE) if is_hidden else None,
        indicator.unit,
        indicator.target,
        indicator.source.get("vi"),
        indicator.source.get("en"),
    )


INDICATORS = Dataset(
    code="indicators",
    title={"vi": "Chỉ số đào tạo nghề", "en": "Indicators of vocational education"},
    about={
        "vi": "Chỉ số mỗi ngày của tỉnh và của từng cơ sở. Số liệu dựa trên dưới năm người được "
        "ẩn đi.",
        "en": "Each day's indicators of the province and of each college. What rests on fewer "
        "than five people is hidden.",
    },
    keywords={"vi": "chỉ số, giáo dục nghề nghiệp", "en": "indicators, vocational education"},
    rhythm=Rhythm.DAILY,
    columns=(
        Column("day", {"vi": "Ngày.", "en": "The day."}),
        Column("organisation", {"vi": "Mã tỉnh hoặc cơ sở.", "en": "Code of the organisation."}),
        Column("name_vi", {"vi": "Tên tiếng Việt.", "en": "Its name in Vietnamese."}),
        Column("name_en", {"vi": "Tên tiếng Anh.", "en": "Its name in English."}),
        Column("indicator", {"vi": "Mã chỉ số.", "en": "Code of the indicator."}),
        Column("title_vi", {"vi": "Tên chỉ số.", "en": "Its title in Vietnamese."}),
        Column("title_en", {"vi": "Tên chỉ số tiếng Anh.", "en": "Its title in English."}),
        Column("value", {"vi": "Giá trị; trống nếu được ẩn.", "en": "Value; empty when hidden."}),
        Column(
            "hidden",
            {
                "vi": "“<5”: dựa trên dưới năm người; “*”: ẩn để không suy ra được số kia.",
                "en": "“<5”: rests on fewer than five people; “*”: hidden so that such a figure "
                "cannot be worked out.",
            },
        ),
        Column("unit", {"vi": "Đơn vị; “share”: từ 0 đến 1.", "en": "Unit; a share is 0 to 1."}),
        Column("target", {"vi": "Mục tiêu.", "en": "Target, where one is set."}),
        Column("source_vi", {"vi": "Căn cứ.", "en": "What asks for it, in Vietnamese."}),
        Column("source_en", {"vi": "Căn cứ, tiếng Anh.", "en": "What asks for it."}),
    ),
    rows=_indicators,
)
