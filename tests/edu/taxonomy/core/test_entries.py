import dataclasses
import hashlib

import pytest

from edu.taxonomy.core.entries import (
    Bilingual,
    Industry,
    ProgrammeField,
    Province,
    ProvinceKind,
    Synonyms,
    fingerprint,
)

HUE = Province(code="46", label=Bilingual(vi="Huế", en="Hue"), kind=ProvinceKind.MUNICIPALITY)


def test_equal_rows_have_equal_fingerprints_of_32_bytes():
    again = Province(kind=ProvinceKind("municipality"), label=Bilingual("Huế", "Hue"), code="46")

    assert fingerprint(HUE) == fingerprint(again)
    assert len(fingerprint(HUE)) == 32


def test_a_fingerprint_stays_the_same_from_release_to_release():
    content = '["Province",{"code":"46","kind":"municipality","label":{"en":"Hue","vi":"Huế"}}]'

    assert fingerprint(HUE) == hashlib.sha256(content.encode()).digest()


@pytest.mark.parametrize(
    "change",
    [
        {"code": "47"},
        {"kind": ProvinceKind.PROVINCE},
        {"label": Bilingual("Huế", "Huế")},
    ],
)
def test_any_change_changes_the_fingerprint(change):
    assert fingerprint(dataclasses.replace(HUE, **change)) != fingerprint(HUE)


def test_rows_of_two_kinds_never_share_a_fingerprint():
    label = Bilingual("Giáo dục", "Education")

    assert fingerprint(Industry("P", label)) != fingerprint(ProgrammeField("P", label))


@pytest.mark.parametrize("thing", ["text", {"code": "46"}, Province])
def test_only_rows_have_fingerprints(thing):
    with pytest.raises(TypeError):
        fingerprint(thing)


def test_texts_come_by_language():
    assert HUE.label.by_language() == {"vi": "Huế", "en": "Hue"}
    assert Synonyms(vi=("cố đô",)).by_language() == {"vi": ["cố đô"], "en": []}
