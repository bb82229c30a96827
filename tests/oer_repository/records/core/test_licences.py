import pytest

from oer_repository.records.core.licences import (
    TERMS,
    Licence,
    Work,
    attribution,
    for_adaptation_of,
    may_adapt,
)

L = Licence


@pytest.mark.parametrize(
    ("sources", "allowed"),
    [
        ([], set(L)),
        ([L.CC0], set(L)),
        ([L.BY], set(L) - {L.CC0}),
        ([L.BY_SA], {L.BY_SA}),
        ([L.BY_NC], {L.BY_NC, L.BY_NC_SA, L.BY_NC_ND}),
        ([L.BY_NC_SA], {L.BY_NC_SA}),
        ([L.BY_ND], set()),
        ([L.BY_NC_ND, L.BY], set()),
        ([L.BY, L.BY_SA], {L.BY_SA}),
        ([L.BY_SA, L.BY_NC], set()),
        ([L.BY_SA, L.BY_NC_SA], set()),
        ([L.BY_NC, L.BY_NC_SA], {L.BY_NC_SA}),
    ],
)
def test_what_is_made_from_works_may_be_shared_under(sources, allowed):
    assert set(for_adaptation_of(sources)) == allowed


@pytest.mark.parametrize("licence", list(L))
def test_changed_versions_are_forbidden_only_by_no_derivatives(licence):
    assert may_adapt(licence) is ("ND" not in licence.value)


@pytest.mark.parametrize("licence", list(L))
def test_the_terms_agree_with_the_licences_name(licence):
    terms = TERMS[licence]

    assert terms.share_alike is ("SA" in licence.value)
    assert terms.non_commercial is ("NC" in licence.value)
    assert terms.asks_attribution is (licence is not L.CC0)
    assert terms.url.startswith("https://creativecommons.org/")


def test_an_attribution_names_title_author_source_licence_and_change():
    work = Work("Cảm biến", ["Trần Minh Quang", "Lê Hoa"], "Sông Hàn", L.BY)

    said = attribution(work, language="vi", adapted=True)

    for part in ("Cảm biến", "Trần Minh Quang, Lê Hoa", "Sông Hàn", "CC BY 4.0", "Đã chỉnh sửa"):
        assert part in said
    assert "Adapted" not in attribution(work, language="en", adapted=False)
