"""The reference data as open datasets: skills, and the occupations that ask for them."""

from collections.abc import Iterator

import sqlalchemy as sa

from edu.db import db
from edu.exchange.core.sheets import Row
from edu.exchange.datasets import Column, Dataset, Rhythm
from edu.taxonomy.models import Occupation, OccupationSkill, Skill, Status

AT_A_TIME = 500  # rows held while streaming


def _skills() -> Iterator[Row]:
    rows = db.session.scalars(
        sa.select(Skill).order_by(Skill.code).execution_options(yield_per=AT_A_TIME)
    )
    for skill in rows:
        yield (
            skill.code,
            skill.label.get("vi"),
            skill.label.get("en"),
            skill.kind,
            skill.group_code,
            skill.framework,
            skill.uri,
            skill.status,
        )


def _occupation_skills() -> Iterator[Row]:
    rows = db.session.execute(
        sa.select(Occupation, Skill.code, OccupationSkill.is_essential)
        .join(OccupationSkill, OccupationSkill.occupation_id == Occupation.id)
        .join(Skill, Skill.id == OccupationSkill.skill_id)
        .where(Occupation.status == Status.ACTIVE, Skill.status == Status.ACTIVE)
        .order_by(Occupation.code, Skill.code)
        .execution_options(yield_per=AT_A_TIME)
    )
    for occupation, skill, is_essential in rows:
        yield (
            occupation.code,
            occupation.label.get("vi"),
            occupation.label.get("en"),
            occupation.isco,
            skill,
            is_essential,
        )


SKILLS = Dataset(
    code="skills",
    title={"vi": "Danh mục kỹ năng", "en": "Skills"},
    about={
        "vi": "Các kỹ năng mà chương trình đào tạo và nhu cầu tuyển dụng trong tỉnh cùng dùng, "
        "kèm địa chỉ khái niệm tương ứng trong ESCO.",
        "en": "The skills that curricula and employers of the province share, each with the "
        "address of the same concept in ESCO where there is one.",
    },
    keywords={"vi": "kỹ năng, năng lực số, ESCO", "en": "skills, digital competence, ESCO"},
    rhythm=Rhythm.IRREGULAR,
    columns=(
        Column("code", {"vi": "Mã kỹ năng.", "en": "Code of the skill."}),
        Column("label_vi", {"vi": "Tên tiếng Việt.", "en": "Name in Vietnamese."}),
        Column("label_en", {"vi": "Tên tiếng Anh.", "en": "Name in English."}),
        Column("kind", {"vi": "Loại kỹ năng.", "en": "Kind of skill."}),
        Column("group", {"vi": "Mã nhóm kỹ năng.", "en": "Code of its group."}),
        Column(
            "framework",
            {
                "vi": "Năng lực thành phần của Khung năng lực số (Thông tư 02/2025/TT-BGDĐT).",
                "en": "Component of the digital competence framework (Circular 02/2025/TT-BGDĐT).",
            },
        ),
        Column("esco", {"vi": "Địa chỉ trong ESCO.", "en": "Address in ESCO."}),
        Column("status", {"vi": "Đang dùng hay đã thôi dùng.", "en": "In use or retired."}),
    ),
    rows=_skills,
)

OCCUPATION_SKILLS = Dataset(
    code="occupation-skills",
    title={"vi": "Kỹ năng theo nghề nghiệp", "en": "Skills of occupations"},
    about={
        "vi": "Mỗi nghề nghiệp cần những kỹ năng nào: mỗi dòng là một nghề và một kỹ năng.",
        "en": "Which skills each occupation takes: one line for an occupation and a skill.",
    },
    keywords={"vi": "nghề nghiệp, kỹ năng", "en": "occupations, skills"},
    rhythm=Rhythm.IRREGULAR,
    columns=(
        Column("occupation", {"vi": "Mã nghề nghiệp.", "en": "Code of the occupation."}),
        Column("label_vi", {"vi": "Tên nghề tiếng Việt.", "en": "Its name in Vietnamese."}),
        Column("label_en", {"vi": "Tên nghề tiếng Anh.", "en": "Its name in English."}),
        Column("isco", {"vi": "Nhóm nghề ISCO-08.", "en": "Unit group of ISCO-08."}),
        Column("skill", {"vi": "Mã kỹ năng.", "en": "Code of the skill."}),
        Column(
            "is_essential",
            {"vi": "Thiết yếu hay chỉ hữu ích.", "en": "Essential, or else useful."},
        ),
    ),
    rows=_occupation_skills,
)
