import pytest

from edu.db import db, unit_of_work
from edu.errors import NotFound
from edu.taxonomy import queries
from edu.taxonomy.models import Occupation, OccupationSkill, Skill, Source, Status


def add(*rows):
    with unit_of_work():
        db.session.add_all(rows)
    return rows


def a_skill(code, vi="", en="", synonyms=None, **values):
    label = {tag: text for tag, text in (("vi", vi), ("en", en)) if text}
    return Skill(code=code, label=label, synonyms=synonyms or {}, **values)


def codes(entries):
    return [entry.code for entry in entries]


def test_a_skill_is_found_by_code_also_when_retired(app):
    add(a_skill("sk-old", "Cũ", status=Status.RETIRED))

    assert queries.skill_by_code("sk-old").label == {"vi": "Cũ"}
    with pytest.raises(NotFound):
        queries.skill_by_code("sk-none")


def test_skills_come_in_the_order_asked_for(app):
    add(a_skill("sk-a", "A"), a_skill("sk-b", "B"))

    assert codes(queries.skills_by_codes(["sk-b", "sk-x", "sk-a", "sk-b"])) == ["sk-b", "sk-a"]


def test_search_needs_no_accents_and_no_whole_words(app):
    add(a_skill("sk-arc", "Hàn hồ quang tay"), a_skill("sk-cook", "Nấu ăn"))

    assert codes(queries.search_skills("ho qu")) == ["sk-arc"]
    assert codes(queries.search_skills("quang han")) == ["sk-arc"]
    assert codes(queries.search_skills("hàn")) == ["sk-arc"]


def test_search_looks_at_synonyms_and_at_what_esco_adds(app):
    add(a_skill("sk-arc", "Hàn", synonyms={"vi": ["thợ que"]}, esco_names=["stick welding"]))

    assert codes(queries.search_skills("tho que")) == ["sk-arc"]
    assert codes(queries.search_skills("stick")) == ["sk-arc"]


def test_search_finds_nothing_for_no_words(app):
    add(a_skill("sk-arc", "Hàn"))

    assert queries.search_skills("  % … ") == []
    assert queries.search_skills("zzz") == []


def test_retired_skills_are_not_found_by_words(app):
    add(a_skill("sk-old", "Hàn", status=Status.RETIRED))

    assert queries.search_skills("hàn") == []


def test_the_better_a_name_fits_the_earlier_it_comes(app):
    add(
        a_skill("sk-prefix", "Hang động"),
        a_skill("sk-inside", "Máy và hàn tay"),
        a_skill("sk-equal", "Hàn"),
        a_skill("sk-starts", "Hàn ống"),
        a_skill("sk-synonym", "Nối kim loại", synonyms={"vi": ["hàn"]}),
    )

    assert codes(queries.search_skills("han")) == [
        "sk-equal",
        "sk-synonym",
        "sk-starts",
        "sk-inside",
        "sk-prefix",
    ]


def test_a_label_counts_more_than_a_synonym(app):
    add(
        a_skill("sk-robot", "Chạy rô-bốt", synonyms={"vi": ["hàn rô-bốt"]}),
        a_skill("sk-welder", "Làm thợ hàn lâu năm ngoài trời"),
    )

    assert codes(queries.search_skills("hàn")) == ["sk-welder", "sk-robot"]


def test_accents_typed_are_meant_where_something_has_them(app):
    add(a_skill("sk-weld", "Hàn"), a_skill("sk-limit", "Hạn chế"))

    assert codes(queries.search_skills("hạn")) == ["sk-limit"]
    assert codes(queries.search_skills("hãn")) == ["sk-weld", "sk-limit"]


def test_ours_comes_before_what_esco_says_as_well(app):
    add(a_skill("esco-x", en="welding", source=Source.ESCO), a_skill("sk-x", en="welding"))

    assert codes(queries.search_skills("welding")) == ["sk-x", "esco-x"]


def test_search_gives_no_more_than_asked_for(app):
    add(*(a_skill(f"sk-{number}", f"Hàn {number}") for number in range(9)))

    assert len(queries.search_skills("han", 3)) == 3


def test_occupations_are_found_alike(app):
    add(Occupation(code="oc-w", label={"vi": "Thợ hàn"}))

    assert codes(queries.search_occupations("han tho")) == ["oc-w"]
    assert queries.occupation_by_code("oc-w").label == {"vi": "Thợ hàn"}
    with pytest.raises(NotFound):
        queries.occupation_by_code("oc-x")


@pytest.fixture
def welder(app):
    occupation = Occupation(code="oc-w", label={"vi": "Thợ hàn"})
    add(
        occupation,
        *(
            OccupationSkill(
                occupation=occupation, skill=skill, is_essential=essential, source=source
            )
            for skill, essential, source in (
                (a_skill("sk-z", "Zinc"), True, Source.OURS),
                (a_skill("sk-a", "An toàn"), True, Source.OURS),
                (a_skill("sk-e", "Aa"), True, Source.ESCO),
                (a_skill("sk-u", "Aaa"), False, Source.OURS),
                (a_skill("sk-old", "Cũ", status=Status.RETIRED), True, Source.OURS),
            )
        ),
    )
    return occupation


def test_skills_of_an_occupation_come_by_weight_source_and_name(welder, count_queries):
    with count_queries() as seen:
        needs = queries.skills_of(welder)
        found = [need.skill.code for need in needs]

    assert found == ["sk-a", "sk-z", "sk-e", "sk-u"]
    assert len(seen) == 1


def test_occupations_of_a_skill_come_by_weight_and_are_counted(welder):
    skill = queries.skill_by_code("sk-u")
    other = Occupation(code="oc-a", label={"vi": "Khác"})
    gone = Occupation(code="oc-gone", label={"vi": "Cũ"}, status=Status.RETIRED)
    add(
        OccupationSkill(occupation=other, skill=skill, is_essential=True),
        OccupationSkill(occupation=gone, skill=skill, is_essential=True),
    )

    assert [need.occupation.code for need in queries.occupations_needing(skill)] == ["oc-a", "oc-w"]
    assert [need.occupation.code for need in queries.occupations_needing(skill, 1)] == ["oc-a"]
    assert queries.occupations_taking(skill) == 2


def test_shelves_count_their_skills(ours):
    shelf = next(each for each in queries.shelves() if each.group.code == "sg-welding")

    assert shelf.skills == len(queries.skills_in(shelf.group)) > 0
    assert queries.shelves("sg-welding") == []
    assert queries.shelves(source=Source.ESCO) == []
    assert queries.find_group("sg-none") is None
    assert queries.group_by_code("sg-welding") == shelf.group


def test_trades_stand_in_their_fields_with_their_levels(ours):
    fields = {field.code: trades for field, trades in queries.trades()}

    assert sorted(fields) == ["34", "52"]
    (welding,) = fields["52"]
    assert (welding.code, welding.label["vi"]) == ("welding", "Hàn")
    levels = [level.level for level in welding.levels]
    assert levels == sorted(levels)
    assert queries.trade_by_code("welding") == welding
    with pytest.raises(NotFound):
        queries.trade_by_code("alchemy")


def test_a_trade_leads_to_occupations_those_it_aims_at_first(ours):
    aims = queries.occupations_after(queries.trade_by_code("welding"))

    assert len({aim.occupation_id for aim in aims}) == len(aims) > 1
    assert [aim.is_main for aim in aims] == sorted((aim.is_main for aim in aims), reverse=True)
    assert aims[0].is_main
    trades = queries.trades_towards(aims[0].occupation)
    assert "welding" in [trade.code for trade in trades]


def test_the_skills_behind_occupations_are_essential_ones(welder):
    assert codes(queries.skills_behind([welder.id])) == ["sk-a", "sk-z"]
    assert codes(queries.skills_behind([welder.id], limit=1)) == ["sk-a"]


def test_places_stand_within_each_other(ours):
    assert len(queries.places()) == 34
    communes = queries.children("48")
    assert len(communes) == 94
    first, second = communes[:2]
    assert queries.find_place(first.code) == first
    assert queries.find_place("00") is None
    assert queries.place_names([first.code, second.code, "00"]) == {
        first.code: first.label,
        second.code: second.label,
    }


def test_the_inventory_counts_by_source_and_status(app):
    add(
        a_skill("sk-a", "A"),
        a_skill("sk-b", "B", status=Status.RETIRED),
        a_skill("esco-c", en="C", source=Source.ESCO),
    )

    assert [
        (stock.list, stock.source, stock.active, stock.retired) for stock in queries.inventory()
    ] == [("skill", Source.ESCO, 1, 0), ("skill", Source.OURS, 1, 1)]


def test_releases_come_latest_first(esco):
    esco()

    assert [(each.number, each.source) for each in queries.releases()] == [
        (2, Source.ESCO),
        (1, Source.OURS),
    ]
    assert queries.releases()[0].files == ["words.zip", "relations.zip"]
