"""What is shared, as an open dataset: titles, authors, licences; the works are at their pages."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from edu.db import db
from edu.exchange.core.sheets import Row
from edu.exchange.datasets import Column, Dataset, Rhythm
from edu.settings import in_force
from edu.tenancy.models import Organisation
from oer_repository.records.models import Resource, ResourceState


def _resources() -> Iterator[Row]:
    """Published resources of every college: they are open to everyone."""
    rows = db.session.execute(
        sa.select(Resource, Organisation.code)
        .join(Organisation, Organisation.id == Resource.tenant_id)
        .where(Resource.state == ResourceState.PUBLISHED)
        .options(selectinload(Resource.versions), selectinload(Resource.skills))
        .order_by(Resource.id)
        .execution_options(yield_per=100, all_tenants=True)
    )
    for resource, college in rows:
        version = resource.latest
        yield (
            str(resource.id),
            college,
            version.title.get("vi"),
            version.title.get("en"),
            "; ".join(version.authors),
            resource.licence,
            " ".join(sorted(version.body)),
            " ".join(sorted(entry.skill.code for entry in resource.skills)),
            version.published_at.date(),
            resource.reuses,
            f"{in_force().base_url}/resources/{resource.id}",
        )


RESOURCES = Dataset(
    code="open-resources",
    title={"vi": "Học liệu mở", "en": "Open learning resources"},
    about={
        "vi": "Học liệu mà các trường chia sẻ cho mọi người dùng, kèm giấy phép và số lần được "
        "dùng lại.",
        "en": "What colleges share for everyone's use, with its licence and how often it was "
        "reused.",
    },
    keywords={"vi": "học liệu mở, giấy phép mở", "en": "open educational resources, licence"},
    rhythm=Rhythm.CONTINUOUS,
    columns=(
        Column("id", {"vi": "Định danh.", "en": "Identifier."}),
        Column("college", {"vi": "Cơ sở đã chia sẻ.", "en": "The college that shared it."}),
        Column("title_vi", {"vi": "Tên tiếng Việt.", "en": "Title in Vietnamese."}),
        Column("title_en", {"vi": "Tên tiếng Anh.", "en": "Title in English."}),
        Column("authors", {"vi": "Tác giả.", "en": "Authors."}),
        Column("licence", {"vi": "Giấy phép (SPDX).", "en": "Licence (SPDX)."}),
        Column("languages", {"vi": "Ngôn ngữ.", "en": "Languages."}),
        Column("skills", {"vi": "Mã các kỹ năng.", "en": "Codes of the skills it teaches."}),
        Column("published_on", {"vi": "Ngày công bố.", "en": "Day of publication."}),
        Column("reuses", {"vi": "Số lần dùng lại.", "en": "How often it was reused."}),
        Column("page", {"vi": "Trang của học liệu.", "en": "Its page."}),
    ),
    rows=_resources,
)
