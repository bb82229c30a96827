"""Official lists of provinces and communes take over what we ship."""

import pytest

from edu.db import unit_of_work
from edu.taxonomy import queries, service
from edu.taxonomy.core.sheets import SheetRefused
from edu.taxonomy.models import PlaceKind, Source, Status
from tests.edu.taxonomy.conftest import install

PROVINCES = "code,name,name_en,type\n48,Đà Nẵng,Da Nang,Thành phố\n56,Khánh Hòa,Khanh Hoa,Tỉnh\n"


COMMUNES = (
    "code,name,name_en,type,province_code\n"
    "20194,Hải Vân,Hai Van,Phường,48\n"
    "99999,Làng Mới,New Village,Xã,48\n"
)


def units(tmp_path, **files):
    paths = []
    for name, text in files.items():
        paths.append(tmp_path / f"{name}.csv")
        paths[-1].write_text(text, "utf-8")
    with unit_of_work():
        return service.import_units(paths)


def test_official_lists_take_over_what_we_ship(ours, tmp_path):
    report = units(tmp_path, communes=COMMUNES, provinces=PROVINCES)

    assert queries.find_place("99999").kind is PlaceKind.COMMUNE
    assert queries.find_place("20194").source is Source.UNITS
    assert report.tallies["commune"].as_counts() == {
        "added": 1, "changed": 1, "retired": 93, "unchanged": 0, "refused": 0,
    }  # fmt: skip
    assert report.tallies["province"].retired == 32
    assert [place.code for place in queries.children("48")] == ["20194", "99999"]


def test_a_list_of_provinces_alone_leaves_communes_alone(ours, tmp_path):
    report = units(tmp_path, provinces=PROVINCES)

    assert report.tallies["province"].changed == 2
    assert len(queries.children("48")) == 94


def test_official_lists_twice_change_nothing_and_ours_do_not_come_back(ours, tmp_path, few):
    units(tmp_path, provinces=PROVINCES, communes=COMMUNES)

    assert units(tmp_path, provinces=PROVINCES, communes=COMMUNES).release is None
    assert install(few).release is None
    assert queries.find_place("20197").status is Status.RETIRED


def test_communes_of_provinces_that_a_list_leaves_out_stay(ours, tmp_path):
    other = "code,name,name_en,type,province_code\n22333,Bắc Nha Trang,Bac Nha Trang,Phường,56\n"

    report = units(tmp_path, communes=other)

    assert report.tallies["commune"].retired == 0
    assert len(queries.children("48")) == 94


def test_a_list_with_mistakes_is_refused_whole(ours, tmp_path):
    with pytest.raises(SheetRefused):
        units(tmp_path, provinces=PROVINCES + "57,,,\n", communes=COMMUNES)

    assert queries.find_place("20194").source is Source.OURS
