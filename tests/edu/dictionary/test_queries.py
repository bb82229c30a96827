from decimal import Decimal
from typing import Any, ClassVar

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from edu.db import Base, Owner, Privacy, Sharing, Steward, TenantOwned, means
from edu.dictionary import queries
from edu.dictionary.elements import Form, Representation
from edu.dictionary.queries import Question, Undeclared
from edu.errors import NotFound
from edu.i18n import LanguageMap


@pytest.fixture(autouse=True)
def asked(app):
    """Somebody reads English."""
    with app.test_request_context("/?lang=en", base_url="http://portal.test"):
        yield


def element(name):
    table, _, column = name.partition(".")
    return next(each for each in queries.table(table).elements if each.column == column)


def names(question):
    return [each.name for each in queries.elements(question)]


def test_every_table_and_column_of_the_house_is_in_it():
    listed = {each.name for table in queries.tables() for each in table.elements}

    assert listed == {
        str(column) for table in Base.metadata.tables.values() for column in table.columns
    }


def test_tables_come_by_package_and_feature():
    tables = queries.tables()

    assert [(each.feature, each.name) for each in tables] == sorted(
        (each.feature, each.name) for each in tables
    )
    skill = queries.table("skill")
    assert (skill.package, skill.feature, skill.is_tenants) == ("edu", "edu.taxonomy", False)
    assert str(skill.meaning) == "A skill, a piece of knowledge or a transversal competence."
    assert queries.table("enrolment").is_tenants


def test_what_a_column_leaves_unsaid_its_tables_steward_says():
    label = element("skill.label")

    assert (label.owner, label.sharing, label.privacy) == (
        Owner.PROVINCE,
        Sharing.SHARED,
        Privacy.OPEN,
    )
    assert str(label.meaning) == "Preferred label, in each language."
    assert element("skill.id").owner is Owner.SYSTEM  # said by the column itself


@pytest.mark.parametrize(
    ("name", "representation"),
    [
        ("skill.id", Representation(Form.IDENTIFIER)),
        ("skill.code", Representation(Form.TEXT, 80)),
        ("skill.search_text", Representation(Form.TEXT)),
        ("skill.label", Representation(Form.WORDS)),
        ("skill.esco_names", Representation(Form.TEXTS)),
        ("skill.synonyms", Representation(Form.STRUCTURE)),
        ("skill.fingerprint", Representation(Form.BYTES, 32)),
        ("skill.status", Representation(Form.CHOICE, choices=("active", "retired"))),
        ("skill.release", Representation(Form.WHOLE_NUMBER)),
        ("occupation_skill.is_essential", Representation(Form.TRUTH)),
        ("taxonomy_release.created_at", Representation(Form.MOMENT)),
        ("person.birth_date", Representation(Form.DAY)),
    ],
)
def test_the_form_of_values_is_read_from_the_column(name, representation):
    assert element(name).representation == representation


def test_references_are_known_from_both_ends():
    skill_id = element("occupation_skill.skill_id")

    assert skill_id.refers_to == "skill.id"
    assert "occupation_skill.skill_id" in element("skill.id").used_in
    assert element("skill.code").used_in == ()


def test_what_must_be_there_and_what_is_unique():
    code, birth = element("skill.code"), element("person.birth_date")

    assert (code.is_required, code.is_unique) == (True, True)
    assert (birth.is_required, birth.is_unique) == (False, False)
    assert element("skill.id").is_unique


def test_the_most_private_element_marks_the_table():
    person = queries.table("person")

    assert {each.privacy for each in person.elements} >= {Privacy.PERSONAL, person.most_private}
    assert person.most_private is Privacy.SENSITIVE
    assert queries.table("skill").most_private is Privacy.OPEN


def test_words_are_found_in_names_and_meanings_with_or_without_accents():
    assert "skill.label" in names(Question(words="preferred lab"))
    assert "programme_code.national_code" in names(Question(words="BLDTBXH"))
    assert "occupation_skill.skill_id" in names(Question(words="skill id"))
    assert names(Question(words="zzz")) == []


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        (Question(table="skill"), lambda each: each.table == "skill"),
        (Question(owner="province"), lambda each: each.owner is Owner.PROVINCE),
        (Question(sharing="shared"), lambda each: each.sharing is Sharing.SHARED),
        (Question(privacy="sensitive"), lambda each: each.privacy is Privacy.SENSITIVE),
    ],
)
def test_a_filter_gives_what_fits_and_nothing_else(question, fits):
    every = queries.elements(Question())

    found = queries.elements(question)

    assert found == [each for each in every if fits(each)]
    assert 0 < len(found) < len(every)


def test_filters_add_up():
    both = names(Question(table="person", privacy="sensitive"))

    assert both
    assert all(name.startswith("person.") for name in both)


def test_only_an_empty_question_is_empty():
    assert Question().is_empty
    assert not Question(words="x").is_empty


def test_a_table_there_is_not_cannot_be_found():
    with pytest.raises(NotFound):
        queries.table("unicorn")


def test_figures_count_the_whole_dictionary():
    figures = queries.figures()

    assert figures.elements == len(queries.elements(Question()))
    assert figures.shared == len(queries.elements(Question(sharing="shared")))
    assert figures.open == len(queries.elements(Question(privacy="open")))
    assert figures.personal == sum(
        len(queries.elements(Question(privacy=each))) for each in ("personal", "sensitive")
    )


# Tables of no house ---------------------------------------------------------------------------


class Elsewhere(DeclarativeBase):
    """Tables that the dictionary does not list, to read one by one."""

    __steward__: ClassVar[Steward] = Steward()
    type_annotation_map = {LanguageMap: sa.JSON, dict[str, Any]: sa.JSON}


def test_a_column_that_says_nothing_is_a_mistake_of_the_code():
    class Silent(Elsewhere):
        """It has a meaning; its column has none."""

        __tablename__ = "silent"
        id: Mapped[int] = mapped_column(primary_key=True)

    with pytest.raises(Undeclared, match=r"silent\.id"):
        queries._element(Silent, Silent.__table__.c.id, [])


def test_a_table_that_says_nothing_is_a_mistake_of_the_code():
    class Nameless(Elsewhere):
        __tablename__ = "nameless"
        id: Mapped[int] = mapped_column(primary_key=True, info=means("Number."))

    with pytest.raises(Undeclared, match="Nameless"):
        queries.first_line(Nameless)


def test_optional_and_unannotated_json_is_told_apart():
    class Loose(Elsewhere):
        """A table."""

        __tablename__ = "loose"
        id: Mapped[int] = mapped_column(primary_key=True, info=means("Number."))
        label: Mapped[LanguageMap | None] = mapped_column(info=means("Label."))
        free = mapped_column(sa.JSON, info=means("Anything."))
        price: Mapped[Decimal] = mapped_column(info=means("Price."))

    found = {
        column.name: queries._element(Loose, column, []).representation.form
        for column in Loose.__table__.columns
    }

    assert found == {
        "id": Form.WHOLE_NUMBER,
        "label": Form.WORDS,
        "free": Form.STRUCTURE,
        "price": Form.NUMBER,
    }


def test_a_tenants_table_is_one_that_the_guard_filters():
    tenants = {each.name for each in queries.tables() if each.is_tenants}

    assert tenants == {
        mapper.class_.__tablename__
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, TenantOwned)
    }
