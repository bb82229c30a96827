"""What other packages may know and do: share, find, reuse, with attribution."""

from oer_repository.deposit.service import Deposit, LicenceClash, keep_picture, share
from oer_repository.records.core.licences import (
    TERMS,
    Licence,
    attribution,
    for_adaptation_of,
    may_adapt,
)
from oer_repository.records.events import ResourcePublished
from oer_repository.records.queries import Card, by_origin, card, get
from oer_repository.sharing.queries import Balance, balance_of
from oer_repository.sharing.service import note_reuse

__all__ = [
    "TERMS",
    "Balance",
    "Card",
    "Deposit",
    "Licence",
    "LicenceClash",
    "ResourcePublished",
    "attribution",
    "balance_of",
    "by_origin",
    "card",
    "for_adaptation_of",
    "get",
    "keep_picture",
    "may_adapt",
    "note_reuse",
    "share",
]
