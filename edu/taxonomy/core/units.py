"""Administrative units from lists as they are published: `provinces_34.csv`, `wards_3321.csv`.

Two tiers since 1 July 2025: provinces (code, name, name_en, type) and communes (the same and
province_code). Further columns are passed over. Names come out in NFC with the tone mark where
modern spelling puts it, so that "Hoà Vang" and "Hòa Vang" are one name, and one fingerprint.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import TypeVar

from edu.taxonomy.core import sheets
from edu.taxonomy.core.curated import COMMUNE_CODE, PROVINCE_CODE
from edu.taxonomy.core.entries import Bilingual, Commune, CommuneKind, Province, ProvinceKind
from edu.taxonomy.core.sheets import Row, Rule, Sheet, SheetRefused

Kind = TypeVar("Kind", bound=StrEnum)

PROVINCE_KINDS = {"Thành phố": ProvinceKind.MUNICIPALITY, "Tỉnh": ProvinceKind.PROVINCE}
COMMUNE_KINDS = {
    "Phường": CommuneKind.WARD,
    "Xã": CommuneKind.COMMUNE,
    "Đặc khu": CommuneKind.SPECIAL_ZONE,
}

# The older spelling marks the last letter of an open oa, oe or uy; in the newer one the mark moves
# to the first. After q, u belongs to the consonant. The five tone marks are written decomposed;
# another mark after one, as in "hoặc", shows a vowel that is not a plain a, e or y.
TONES = "\u0300\u0301\u0303\u0309\u0323"
LATE_TONE = re.compile(
    rf"(?<!q)(o(?=[ae])|u(?=y))(\w)([{TONES}])(?![\w\u0300-\u036f])", re.IGNORECASE
)


def provinces(file: str, content: bytes) -> tuple[Province, ...]:
    """The provinces of a list, by code.

    Raises SheetRefused with every mistake; `file` is how they are to call it.
    """
    sheet = sheets.read(file, content, ["code", "name", "name_en", "type"], others=True)
    sheet.check_unique("code")
    found = tuple(
        Province(
            code=row.formed("code", PROVINCE_CODE),
            label=_name(row),
            kind=_kind(row, PROVINCE_KINDS),
        )
        for row in sheet.rows
    )
    _refuse_mistakes(sheet)
    return tuple(sorted(found, key=lambda each: each.code))


def communes(file: str, content: bytes, *, of: Collection[str]) -> tuple[Commune, ...]:
    """The communes of a list, by code; `of` holds the codes of the provinces there are.

    Raises SheetRefused with every mistake; `file` is how they are to call it.
    """
    columns = ["code", "name", "name_en", "type", "province_code"]
    sheet = sheets.read(file, content, columns, others=True)
    sheet.check_unique("code")
    sheet.check_known("province_code", of)
    found = tuple(
        Commune(
            code=row.formed("code", COMMUNE_CODE),
            province=row.cells["province_code"],
            label=_name(row),
            kind=_kind(row, COMMUNE_KINDS),
        )
        for row in sheet.rows
    )
    _refuse_mistakes(sheet)
    return tuple(sorted(found, key=lambda each: each.code))


def modern_spelling(name: str) -> str:
    """A Vietnamese name in NFC, single-spaced, with tone marks placed as in "hòa", not "hoà"."""
    decomposed = unicodedata.normalize("NFD", " ".join(name.split()))
    return unicodedata.normalize("NFC", LATE_TONE.sub(r"\1\3\2", decomposed))


def _name(row: Row) -> Bilingual:
    for column in ("name", "name_en"):
        row.cells[column] = modern_spelling(row.cells[column])
    return Bilingual(vi=row.text("name"), en=row.text("name_en"))


def _kind(row: Row, kinds: Mapping[str, Kind]) -> Kind:
    word = modern_spelling(row.cells["type"])
    if word not in kinds:
        row.note("type", Rule.NOT_A_CHOICE, word)
        return next(iter(kinds.values()))
    return kinds[word]


def _refuse_mistakes(sheet: Sheet) -> None:
    if sheet.problems:
        raise SheetRefused(sorted(sheet.problems, key=lambda each: each.line))
