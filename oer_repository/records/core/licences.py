"""Open licences: what they allow, what they ask, and how to say whose work it is.

Sources: the Creative Commons legal codes 4.0 and CC's compatible-licence lists; attribution by
TASL (title, author, source, licence) as Creative Commons recommends. A school's own "here only"
terms are no open licence and have no place in an open repository.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Licence(StrEnum):
    """The licences under which a resource may be shared here; all are CC 4.0 or CC0."""

    CC0 = "CC0-1.0"
    BY = "CC-BY-4.0"
    BY_SA = "CC-BY-SA-4.0"
    BY_NC = "CC-BY-NC-4.0"
    BY_NC_SA = "CC-BY-NC-SA-4.0"
    BY_ND = "CC-BY-ND-4.0"
    BY_NC_ND = "CC-BY-NC-ND-4.0"


@dataclass(frozen=True)
class Terms:
    """What a licence allows and asks, its short name and its address."""

    name: str
    url: str
    asks_attribution: bool = True
    share_alike: bool = False
    non_commercial: bool = False
    no_derivatives: bool = False


def _cc(elements: str, **flags: bool) -> Terms:
    return Terms(
        f"CC {elements.upper()} 4.0",
        f"https://creativecommons.org/licenses/{elements}/4.0/",
        **flags,
    )


TERMS: Mapping[Licence, Terms] = {
    Licence.CC0: Terms(
        "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/", asks_attribution=False
    ),
    Licence.BY: _cc("by"),
    Licence.BY_SA: _cc("by-sa", share_alike=True),
    Licence.BY_NC: _cc("by-nc", non_commercial=True),
    Licence.BY_NC_SA: _cc("by-nc-sa", share_alike=True, non_commercial=True),
    Licence.BY_ND: _cc("by-nd", no_derivatives=True),
    Licence.BY_NC_ND: _cc("by-nc-nd", non_commercial=True, no_derivatives=True),
}


def may_adapt(licence: Licence) -> bool:
    """True unless the licence forbids sharing changed versions (section 2(a)(1) of ND codes)."""
    return not TERMS[licence].no_derivatives


def for_adaptation_of(sources: Sequence[Licence]) -> tuple[Licence, ...]:
    """List the licences under which a work made from these may be shared; () when none.

    Share-alike asks for the same licence (CC BY-SA 4.0 §3(b)(1)); non-commercial and attribution
    terms of a source must not be dropped. Nothing may be made from a no-derivatives work.
    """
    if any(not may_adapt(source) for source in sources):
        return ()
    alike = {source for source in sources if TERMS[source].share_alike}
    if len(alike) > 1:
        return ()
    asks_nc = any(TERMS[source].non_commercial for source in sources)
    asks_by = any(TERMS[source].asks_attribution for source in sources)
    if alike:
        (only,) = alike
        return (only,) if TERMS[only].non_commercial or not asks_nc else ()
    return tuple(
        licence
        for licence, terms in TERMS.items()
        if (terms.non_commercial or not asks_nc) and (terms.asks_attribution or not asks_by)
    )


@dataclass(frozen=True)
class Work:
    """What an attribution names."""

    title: str
    authors: Sequence[str]
    source: str
    licence: Licence


_SENTENCES = {
    "vi": (
        "“{title}” của {authors}, nguồn {source}, giấy phép {licence} ({url}).",
        " Đã chỉnh sửa.",
    ),
    "en": ("“{title}” by {authors}, from {source}, licensed {licence} ({url}).", " Adapted."),
}


def attribution(work: Work, *, language: str, adapted: bool) -> str:
    """Say whose work it is: title, author, source, licence, and whether it was changed (§3(a))."""
    sentence, changed = _SENTENCES[language]
    terms = TERMS[work.licence]
    said = sentence.format(
        title=work.title,
        authors=", ".join(work.authors),
        source=work.source,
        licence=terms.name,
        url=terms.url,
    )
    return said + (changed if adapted else "")
