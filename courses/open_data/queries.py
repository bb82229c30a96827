"""Programmes, modules and classes as open datasets. All of it is public, at every college."""

from collections.abc import Iterator
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from courses.catalogue.models import ClassGroup, ClassState
from courses.programmes.models import CurriculumState, CurriculumVersion, Module, Programme
from edu.db import db, today
from edu.exchange.core.sheets import Row
from edu.exchange.datasets import Column, Dataset, Rhythm
from edu.settings import in_force
from edu.tenancy import queries as tenancy
from edu.tenancy.models import OrganisationKind

AT_A_TIME = {"yield_per": 200, "all_tenants": True}

COLLEGE = Column("college", {"vi": "Mã cơ sở giáo dục.", "en": "Code of the college."})
TITLE = (
    Column("title_vi", {"vi": "Tên tiếng Việt.", "en": "Name in Vietnamese."}),
    Column("title_en", {"vi": "Tên tiếng Anh.", "en": "Name in English."}),
)


def _colleges() -> dict[UUID, str]:
    """The codes of the colleges that are open, by id."""
    return {college.id: college.code for college in tenancy.of_kind(OrganisationKind.COLLEGE)}


def _programmes() -> Iterator[Row]:
    colleges = _colleges()
    versions = db.session.scalars(
        sa.select(CurriculumVersion)
        .join(CurriculumVersion.programme)
        .where(
            CurriculumVersion.state == CurriculumState.IN_FORCE,
            CurriculumVersion.tenant_id.in_(colleges),
        )
        .options(joinedload(CurriculumVersion.programme))
        .order_by(Programme.code, CurriculumVersion.id)
        .execution_options(**AT_A_TIME)
    )
    for version in versions:
        programme = version.programme
        yield (
            colleges[version.tenant_id],
            programme.code,
            programme.title.get("vi"),
            programme.title.get("en"),
            programme.level,
            version.credits,
            version.valid_from,
            programme.is_open,
        )


def _modules() -> Iterator[Row]:
    """One line for each outcome; a module without outcomes has one line."""
    colleges = _colleges()
    modules = db.session.scalars(
        sa.select(Module)
        .join(Module.curriculum)
        .where(CurriculumVersion.state == CurriculumState.IN_FORCE, Module.tenant_id.in_(colleges))
        .options(
            joinedload(Module.curriculum).joinedload(CurriculumVersion.programme),
            selectinload(Module.outcomes),
        )
        .order_by(Module.code, Module.id)
        .execution_options(**AT_A_TIME)
    )
    for module in modules:
        head = (
            colleges[module.tenant_id],
            module.curriculum.programme.code,
            module.code,
            module.title.get("vi"),
            module.title.get("en"),
            module.credits,
            module.theory_hours,
            module.practice_hours,
        )
        for outcome in module.outcomes:
            skill = outcome.skill.code if outcome.skill else None
            yield (*head, outcome.text.get("vi"), outcome.text.get("en"), skill)
        if not module.outcomes:
            yield (*head, None, None, None)


def _classes() -> Iterator[Row]:
    colleges = _colleges()
    groups = db.session.scalars(
        sa.select(ClassGroup)
        .where(
            ClassGroup.state == ClassState.PUBLISHED,
            ClassGroup.is_open,
            ClassGroup.ends_on >= today(),
            ClassGroup.tenant_id.in_(colleges),
        )
        .order_by(ClassGroup.starts_on, ClassGroup.id)
        .execution_options(**AT_A_TIME)
    )
    for group in groups:
        college = colleges[group.tenant_id]
        yield (
            college,
            group.code,
            group.module.code,
            group.module.title.get("vi"),
            group.module.title.get("en"),
            group.starts_on,
            group.ends_on,
            group.capacity,
            f"{in_force().base_url}/at/{college}/classes/{group.id}",
        )


PROGRAMMES = Dataset(
    code="programmes",
    title={"vi": "Chương trình đào tạo", "en": "Programmes of study"},
    about={
        "vi": "Các chương trình đang có hiệu lực ở mọi cơ sở giáo dục trong tỉnh.",
        "en": "The programmes in force at every college of the province.",
    },
    keywords={"vi": "chương trình đào tạo, giáo dục nghề nghiệp", "en": "programmes, vocational"},
    rhythm=Rhythm.IRREGULAR,
    columns=(
        COLLEGE,
        Column("programme", {"vi": "Mã chương trình.", "en": "Code of the programme."}),
        *TITLE,
        Column(
            "level",
            {
                "vi": "Bậc của Khung trình độ quốc gia.",
                "en": "Level of the national qualifications framework.",
            },
        ),
        Column("credits", {"vi": "Số tín chỉ.", "en": "Volume in credits."}),
        Column("valid_from", {"vi": "Ngày có hiệu lực.", "en": "First day in force."}),
        Column("is_open", {"vi": "Mở cho mọi người.", "en": "Open to everyone."}),
    ),
    rows=_programmes,
)

MODULES = Dataset(
    code="modules",
    title={"vi": "Mô-đun và chuẩn đầu ra", "en": "Modules and their outcomes"},
    about={
        "vi": "Mô-đun của các chương trình đang có hiệu lực; mỗi dòng là một chuẩn đầu ra kèm kỹ "
        "năng tương ứng.",
        "en": "The modules of programmes in force, a line for each outcome with the skill it "
        "builds.",
    },
    keywords={"vi": "mô-đun, chuẩn đầu ra, kỹ năng", "en": "modules, outcomes, skills"},
    rhythm=Rhythm.IRREGULAR,
    columns=(
        COLLEGE,
        Column("programme", {"vi": "Mã chương trình.", "en": "Code of the programme."}),
        Column("module", {"vi": "Mã mô-đun.", "en": "Code of the module."}),
        *TITLE,
        Column("credits", {"vi": "Số tín chỉ.", "en": "Credits."}),
        Column("theory_hours", {"vi": "Giờ lý thuyết.", "en": "Hours of theory."}),
        Column("practice_hours", {"vi": "Giờ thực hành.", "en": "Hours of practice."}),
        Column("outcome_vi", {"vi": "Chuẩn đầu ra.", "en": "Outcome in Vietnamese."}),
        Column("outcome_en", {"vi": "Chuẩn đầu ra tiếng Anh.", "en": "Outcome in English."}),
        Column("skill", {"vi": "Mã kỹ năng.", "en": "Code of the skill it builds."}),
    ),
    rows=_modules,
)

CLASSES = Dataset(
    code="open-classes",
    title={"vi": "Lớp học phần mở", "en": "Open classes"},
    about={
        "vi": "Các lớp mà bất kỳ ai cũng có thể đăng ký, chưa kết thúc.",
        "en": "Classes that anyone may join and that have not ended.",
    },
    keywords={"vi": "lớp học, tuyển sinh", "en": "classes, enrolment"},
    rhythm=Rhythm.CONTINUOUS,
    columns=(
        COLLEGE,
        Column("class", {"vi": "Mã lớp.", "en": "Code of the class."}),
        Column("module", {"vi": "Mã mô-đun.", "en": "Code of the module."}),
        *TITLE,
        Column("starts_on", {"vi": "Ngày bắt đầu.", "en": "First day."}),
        Column("ends_on", {"vi": "Ngày kết thúc.", "en": "Last day."}),
        Column(
            "capacity", {"vi": "Số chỗ; trống: không giới hạn.", "en": "Places; empty: no limit."}
        ),
        Column("page", {"vi": "Trang của lớp.", "en": "Page of the class."}),
    ),
    rows=_classes,
)

DATASETS = (PROGRAMMES, MODULES, CLASSES)
