"""Titles as Vietnamese advertisements write them, with the ISCO-08 unit groups they may mean."""

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employer_portal.matching.core.titles import TitleIndex, fold, pieces

OCCUPATIONS = Path(__file__).parents[4] / "edu/taxonomy/data/occupations.csv"
TITLES = """
Tuyển thợ hàn điện, hàn mig | 7212
Công nhân hàn kết cấu | 7212 7214
Thợ hàn tig ống inox | 7212
Cần thợ sửa máy lạnh dân dụng | 7127
Nhân viên lắp đặt điều hòa | 7127
Kỹ thuật điện lạnh | 7127 3115
Thợ sửa tủ lạnh máy giặt | 7127 7412
Thợ điện nước công trình | 7411 7126
Nhân viên bảo trì điện nhà xưởng | 7411 7412
Thợ lắp tủ điện công nghiệp | 7411 7412
Kỹ sư điện lập trình PLC | 3119 3113 2151
Thợ tiện CNC | 7223
Nhân viên đứng máy phay CNC | 7223
Lập trình máy CNC | 3115 7223
Thợ sửa khuôn dập | 7222
Thợ máy xe hơi | 7231
Kỹ thuật viên sửa chữa chung ô tô | 7231
Thợ sửa xe tay ga | 7231
Thợ sơn xe ô tô | 7132
Thợ gò hàn ô tô | 7213
Thợ điện xe tải | 7412
Nhân viên rửa xe ô tô | 9122
Tài xế xe tải 5 tấn | 8332
Tài xế lái xe container | 8332
Lái xe nâng kho | 8344
Nhân viên lái xe du lịch 16 chỗ | 8322
Shipper giao hàng bằng xe máy | 8321
Thợ xây tô | 7112 7123
Thợ ốp gạch lát nền | 7122
Thợ sơn tường | 7131
Thợ làm trần thạch cao | 7123
Thợ cốt thép công trình | 7114
Thợ mộc nội thất gỗ công nghiệp | 7522
Giám sát thi công xây dựng | 3123 3112
Họa viên triển khai bản vẽ AutoCAD | 3118
Công nhân may quần áo | 8153 7531
Thợ may áo dài nữ | 7531
Tổ trưởng chuyền may | 3122
QC kiểm hàng may mặc | 7543
Nhân viên thiết kế rập áo | 7532
Công nhân lắp ráp linh kiện điện tử | 8212
Nhân viên kiểm tra chất lượng sản phẩm | 7543
Tổ trưởng tổ sản xuất | 3122
Lập trình viên PHP | 2512 2513
Lập trình viên front-end React | 2513 2512
Lập trình viên ứng dụng di động Flutter | 2514
Nhân viên test phần mềm | 2519
Nhân viên IT phần cứng mạng | 3512 3513 2522 7422
Kỹ thuật sửa laptop | 7422
Nhân viên quản trị hệ thống mạng | 2522 3513
Nhân viên thiết kế đồ hoạ quảng cáo | 2166
Nhân viên dựng video tiktok | 2654
Nhân viên marketing online facebook | 2431
Nhân viên livestream bán mỹ phẩm | 5242
Nhân viên bán hàng shopee lazada | 5244 5223
Kế toán tổng hợp nội bộ | 2411 3313
Kế toán công nợ phải thu | 3313
Nhân viên hành chính văn phòng | 4110
Thư ký giám đốc | 4120
Nhân viên tuyển dụng nhân sự | 4416
Lễ tân khách sạn 4 sao | 4224
Nhân viên dọn buồng khách sạn | 9112
Nhân viên phục vụ quán ăn | 5131
Đầu bếp món Việt | 5120 3434
Phụ bếp nhà hàng | 9412
Nhân viên pha chế trà sữa | 5132
Thợ làm bánh kem | 7512
Hướng dẫn viên du lịch nội địa | 5113
Nhân viên chăm sóc da spa | 5142
Thợ cắt tóc nam | 5141
Thợ làm nail biết tiếng Anh | 5142
Kỹ thuật viên massage body | 3255
Điều dưỡng phòng khám | 3221
Dược sĩ bán thuốc nhà thuốc | 3213
Hộ lý bệnh viện | 5321
Bảo mẫu trường mầm non | 5311
Chăm sóc người già tại nhà | 5322
Bảo vệ toà nhà | 5414
Nhân viên bốc xếp hàng hoá | 9333
Thủ kho vật tư | 4321
Nhân viên thu mua nguyên vật liệu | 3323
Nhân viên chứng từ xuất khẩu | 3331
Nhân viên tư vấn chăm sóc khách hàng qua điện thoại | 4225
Thợ lắp camera giám sát | 7422
Nhân viên kéo cáp quang | 7422
Công nhân nuôi tôm | 6221
Công nhân trại heo | 6121
Kỹ thuật trồng rau thuỷ canh | 6113
Công nhân chế biến hải sản | 7511
Bác sĩ thú y | 3240 2250
Vận hành trạm xử lý nước thải | 3132
Thợ lắp pin năng lượng mặt trời | 7411
Thợ vận hành máy đào | 8342
Giáo viên dạy nghề điện | 2320
Nhân viên vận hành robot hàn | 3139
"""
EXPECTED = {
    title.strip(): set(groups.split())
    for title, groups in (line.split("|") for line in TITLES.strip().splitlines())
}
NAMES = ("label_vi", "label_en", "synonyms_vi", "synonyms_en")


@pytest.fixture(scope="module")
def occupations():
    with OCCUPATIONS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def index(occupations):
    return TitleIndex(
        (row["isco08"], name)
        for row in occupations
        for key in NAMES
        for name in row[key].split("|")
    )


def without_accents(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@pytest.mark.parametrize("typed", [str, without_accents, str.upper])
def test_vietnamese_titles_are_found_among_the_first_five(index, typed):
    found = {
        title: [link.concept for link in index.search(typed(title), limit=5)] for title in EXPECTED
    }
    missed = [title for title, groups in EXPECTED.items() if groups.isdisjoint(found[title])]
    first = [title for title, groups in EXPECTED.items() if found[title][0] in groups]

    assert len(missed) <= 0.15 * len(EXPECTED), missed
    assert len(first) >= 0.80 * len(EXPECTED)


def test_the_titles_are_not_simply_names_in_the_taxonomy(occupations):
    names = {fold(name) for row in occupations for key in NAMES for name in row[key].split("|")}

    assert len(EXPECTED) >= 60
    assert sum(fold(title) in names for title in EXPECTED) <= 0.1 * len(EXPECTED)


def test_exact_spelling_decides_between_labels_that_folding_makes_equal():
    index = TitleIndex([("tailor", "thợ may"), ("mechanic", "thợ máy")])

    assert index.search("thợ may")[0].concept == "tailor"
    assert index.search("thợ máy")[0].concept == "mechanic"
    assert len({link.score for link in index.search("tho may")}) == 1


def test_the_place_of_a_tone_and_y_for_i_do_not_matter():
    index = TitleIndex([("a", "kỹ thuật điều hòa"), ("b", "kỳ thuật điều hóa")])

    assert index.search("kĩ thuật điều hoà")[0].concept == "a"


def test_a_concept_is_as_near_as_its_nearest_name_and_is_told_once():
    index = TitleIndex([("welder", "Welder"), ("welder", "thợ hàn"), ("cook", "đầu bếp")])

    links = index.search("tho han 6G")

    assert [(link.concept, link.label) for link in links] == [("welder", "thợ hàn")]


def test_unknown_letters_find_nothing():
    index = TitleIndex([("welder", "thợ hàn")])

    assert index.search("xyz") == index.search("") == index.search("!?") == []
    assert TitleIndex([]).search("thợ hàn") == []
    assert TitleIndex([("nameless", "–")]).search("thợ hàn") == []


def test_pieces_stay_inside_words():
    assert set(pieces("Hàn ô")) == {" h", "ha", "an", "n ", " ha", "han", "an ", " han", "han ",
                                    " o", "o ", " o "}  # fmt: skip


def test_common_pieces_are_not_read_when_rare_ones_have_told_enough():
    labels = [(str(number), f"thợ số {number}") for number in range(10_000)]

    assert TitleIndex([*labels, ("welder", "thợ hàn")]).search("thợ hàn")[0].concept == "welder"


@given(st.text(max_size=30))
def test_any_text_may_be_searched_for(text):
    index = TitleIndex([("welder", "thợ hàn"), ("cook", "đầu bếp")])

    assert all(0 < link.score <= 1.2 + 1e-9 for link in index.search(text))


@given(st.text(alphabet="thợhànmáyđiệnlạ ", min_size=1, max_size=20))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
