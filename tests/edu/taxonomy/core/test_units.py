from pathlib import Path

import pytest

from edu.taxonomy.core import curated, units
from edu.taxonomy.core.entries import Bilingual, Commune, CommuneKind, Province, ProvinceKind
from edu.taxonomy.core.sheets import Rule, SheetRefused

UNITS = Path(__file__).parents[5] / "shared" / "data" / "vn_units"

PROVINCES = """code,name,full_name,name_en,type
56,Khánh Hoà,Tỉnh Khánh Hoà,Khanh Hoa,Tỉnh
48,Đà Nẵng,Thành phố Đà Nẵng,Da Nang,Thành phố
"""
COMMUNES = """code,name,full_name,name_en,type,province_code
20333,Hoàng Sa,Đặc khu Hoàng Sa,Hoang Sa,Đặc khu,48
20320,Hoà Vang,Xã Hoà Vang,Hoa Vang,Xã,48
20200,Hoà Khánh,Phường Hoà Khánh,Hoa Khanh,Phường,48
"""


def test_provinces_come_by_code_in_modern_spelling():
    assert units.provinces("list.csv", PROVINCES.encode()) == (
        Province("48", Bilingual("Đà Nẵng", "Da Nang"), ProvinceKind.MUNICIPALITY),
        Province("56", Bilingual("Khánh Hòa", "Khanh Hoa"), ProvinceKind.PROVINCE),
    )


def test_communes_come_by_code_under_their_province():
    assert units.communes("list.csv", COMMUNES.encode(), of={"48"}) == (
        Commune("20200", "48", Bilingual("Hòa Khánh", "Hoa Khanh"), CommuneKind.WARD),
        Commune("20320", "48", Bilingual("Hòa Vang", "Hoa Vang"), CommuneKind.COMMUNE),
        Commune("20333", "48", Bilingual("Hoàng Sa", "Hoang Sa"), CommuneKind.SPECIAL_ZONE),
    )


def test_every_mistake_in_a_list_is_named():
    text = (
        "code,name,name_en,type,province_code\n"
        "20320,Hòa Vang,Hoa Vang,Huyện,48\n"
        "20320,,Hoa Tien,Xã,48\n"
        "2033,Hòa Tiến,Hoa Tien,Xã,99\n"
    )

    with pytest.raises(SheetRefused) as refusal:
        units.communes("list.csv", text.encode(), of={"48"})

    assert [(each.line, each.column, each.rule) for each in refusal.value.problems] == [
        (2, "type", Rule.NOT_A_CHOICE),
        (3, "code", Rule.DUPLICATE),
        (3, "name", Rule.EMPTY),
        (4, "province_code", Rule.UNKNOWN_CODE),
        (4, "code", Rule.FORM),
    ]


def test_a_list_of_something_else_is_refused():
    with pytest.raises(SheetRefused) as refusal:
        units.provinces("list.csv", b"id,title\n1,Hue\n")

    assert {each.rule for each in refusal.value.problems} == {Rule.COLUMN_MISSING}


@pytest.mark.parametrize(
    ("older", "modern"),
    [
        ("Hoà Vang", "Hòa Vang"),
        ("Thanh Hoá", "Thanh Hóa"),
        ("HOÀ  THUỶ ", "HÒA THỦY"),
        ("khoẻ", "khỏe"),
        ("Hoàn Kiếm", "Hoàn Kiếm"),
        ("hoặc", "hoặc"),
        ("Quý Lộc", "Quý Lộc"),
        ("Hòa Tiến", "Hòa Tiến"),
        ("La Dêê", "La Dêê"),
        ("Nguyễn Huệ", "Nguyễn Huệ"),
    ],
)
def test_tone_marks_stand_where_modern_spelling_puts_them(older, modern):
    assert units.modern_spelling(older) == modern


@pytest.mark.samples
@pytest.mark.skipif(not UNITS.is_dir(), reason="shared/data/vn_units is not on this machine")
def test_the_published_lists_agree_with_what_we_ship():
    shipped = curated.read()

    provinces = units.provinces("provinces", (UNITS / "provinces_34.csv").read_bytes())
    communes = units.communes(
        "wards", (UNITS / "wards_3321.csv").read_bytes(), of={each.code for each in provinces}
    )

    assert provinces == shipped.provinces
    assert len(communes) == 3321
    ours = [(each.code, each.label.vi, each.kind) for each in shipped.communes]
    theirs = [(each.code, each.label.vi, each.kind) for each in communes if each.province == "48"]
    assert ours == theirs
