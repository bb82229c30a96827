"""What we promise of the reference data that ships: enough of it, whole, and in good Vietnamese."""

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from edu.taxonomy.core import curated
from edu.taxonomy.core.entries import CodeSource, Level, Match, SkillKind
from edu.taxonomy.core.esco import EscoArchive
from edu.taxonomy.core.units import modern_spelling

ESCO = Path(__file__).parents[5] / "shared" / "data" / "esco"

VIETNAMESE_LETTER = re.compile(r"[à-ỹđ]", re.IGNORECASE)
# Names that are the same in Vietnamese: of languages, methods and standards.
INTERNATIONAL = {"HACCP", "Java", "JavaScript", "Logistics", "PHP", "Python"}
COMPONENTS_OF_DOMAIN = {1: 3, 2: 6, 3: 4, 4: 4, 5: 4, 6: 3}


@pytest.fixture(scope="module")
def shipped():
    return curated.read()


def rows_of(name):
    with (curated.SHIPPED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def texts():
    for name in curated.COLUMNS:
        for row in rows_of(name):
            yield from ((name, column, value) for column, value in row.items() if value)


def test_there_is_as_much_as_promised(shipped):
    assert len(shipped.skills) >= 320
    assert len(shipped.occupations) >= 110
    assert len(shipped.occupation_skills) >= 900
    assert len({each.trade for each in shipped.programmes}) >= 26
    assert len(shipped.industries) == 21
    assert len(shipped.provinces) == 34
    assert len(shipped.communes) == 94


def test_every_occupation_takes_at_least_five_skills_some_of_them_essential(shipped):
    every = Counter(each.occupation for each in shipped.occupation_skills)
    essential = Counter(
        each.occupation for each in shipped.occupation_skills if each.need == "essential"
    )

    for occupation in shipped.occupations:
        assert every[occupation.code] >= 5, occupation.code
        assert essential[occupation.code] >= 3, occupation.code


def test_every_skill_of_a_trade_is_taken_by_an_occupation(shipped):
    taken = {each.skill for each in shipped.occupation_skills}
    of_people = {SkillKind.TRANSVERSAL, SkillKind.DIGITAL}

    assert not [
        each.code
        for each in shipped.skills
        if each.code not in taken and each.kind not in of_people
    ]


def test_every_group_has_skills_and_every_programme_leads_somewhere(shipped):
    assert {each.group for each in shipped.skills} == {each.code for each in shipped.skill_groups}
    assert {each.programme for each in shipped.programme_occupations} == {
        each.code for each in shipped.programmes
    }
    assert {each.field for each in shipped.programmes} == {
        each.code for each in shipped.programme_fields
    }


def test_all_twenty_four_components_of_the_digital_framework_have_a_skill(shipped):
    components = {
        f"TT02-2025/{domain}.{number}"
        for domain, count in COMPONENTS_OF_DOMAIN.items()
        for number in range(1, count + 1)
    }

    assert len(components) == 24
    assert {each.framework for each in shipped.skills if each.framework} == components


def test_levels_of_a_trade_share_the_tail_of_the_national_code(shipped):
    tails = {}
    for programme in shipped.programmes:
        if programme.national_code:
            tails.setdefault(programme.trade, set()).add(programme.national_code[1:])

    assert all(len(tail) == 1 for tail in tails.values())
    assert len({tail for each in tails.values() for tail in each}) == len(tails)


def test_programmes_have_the_level_and_least_volume_of_the_rules(shipped):
    volumes = {(each.level, each.vqf, each.minimum_credits) for each in shipped.programmes}

    assert volumes == {
        (Level.ELEMENTARY, 1, 5),
        (Level.INTERMEDIATE, 4, 35),
        (Level.COLLEGE, 5, 60),
    }


def test_codes_read_in_the_circular_are_a_part_and_say_so(shipped):
    sources = Counter(each.code_source for each in shipped.programmes)

    assert sources[CodeSource.CIRCULAR] >= 20
    assert sources[CodeSource.NONE] == 1


def test_skills_and_occupations_are_found_by_the_words_people_use(shipped):
    for each in (*shipped.skills, *shipped.occupations):
        assert each.synonyms.vi, each.code
        assert each.synonyms.en, each.code


def test_labels_are_vietnamese(shipped):
    labels = [
        each.label.vi
        for each in (
            *shipped.skill_groups,
            *shipped.skills,
            *shipped.occupations,
            *shipped.programmes,
            *shipped.programme_fields,
            *shipped.industries,
        )
    ]

    assert not [
        label
        for label in labels
        if not VIETNAMESE_LETTER.search(label) and label not in INTERNATIONAL
    ]


def test_english_is_free_of_vietnamese_letters():
    assert not [
        value
        for _, column, value in texts()
        if column.endswith("_en") and re.search("[ạ-ỹđ]", value)
    ]


def test_descriptions_are_sentences(shipped):
    for occupation in shipped.occupations:
        for text in (occupation.description.vi, occupation.description.en):
            assert text[0].isupper(), occupation.code
            assert text.endswith("."), occupation.code


def test_labels_begin_with_a_capital_letter_and_do_not_end_like_a_sentence():
    for name, column, value in texts():
        if column in {"label_vi", "label_en"}:
            assert not value[0].islower(), (name, value)
            assert not value.endswith((".", ",", ";")), (name, value)


def test_text_is_composed_and_tone_marks_stand_as_in_hoa_with_the_mark_on_o():
    for name, column, value in texts():
        assert unicodedata.is_normalized("NFC", value), (name, value)
        if column.endswith("_vi"):
            assert modern_spelling(value) == value, (name, value)


def test_a_concept_of_esco_is_exactly_one_of_ours_at_most(shipped):
    for rows in (shipped.skills, shipped.occupations):
        exact = Counter(each.esco_uri for each in rows if each.esco_match is Match.EXACT)

        assert max(exact.values()) == 1
    assert all("/esco/skill/" in each.esco_uri for each in shipped.skills if each.esco_uri)
    assert all(
        "/esco/occupation/" in each.esco_uri for each in shipped.occupations if each.esco_uri
    )


@pytest.mark.samples
@pytest.mark.skipif(not ESCO.is_dir(), reason="shared/data/esco is not on this machine")
def test_every_concept_we_point_at_is_in_esco_and_has_the_same_nature(shipped):
    with EscoArchive(ESCO / "ESCO_v1.1.1_en_csv.zip") as archive:
        skills = {each.uri: each for batch in archive.skills() for each in batch}
        occupations = {each.uri: each for batch in archive.occupations() for each in batch}
        units = {
            each.code for batch in archive.isco_groups() for each in batch if len(each.code) == 4
        }

    for skill in shipped.skills:
        assert not skill.esco_uri or skill.esco_uri in skills, skill.code
        if skill.esco_match is Match.EXACT and skill.kind is SkillKind.KNOWLEDGE:
            assert skills[skill.esco_uri].type == "knowledge", skill.code
        if skill.esco_match is Match.EXACT and skill.kind is SkillKind.SKILL:
            assert skills[skill.esco_uri].type == "skill/competence", skill.code
    for occupation in shipped.occupations:
        assert occupation.isco in units, occupation.code
        assert not occupation.esco_uri or occupation.esco_uri in occupations, occupation.code
        if occupation.esco_match is Match.EXACT:
            assert occupations[occupation.esco_uri].isco == occupation.isco, occupation.code
