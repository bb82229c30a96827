"""What an export holds, in a line of words: each is a file of personal data, none like another."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from edu.accounts.models import Person
from edu.i18n import _, format_date, local
from edu.lrs.agents import our_people
from edu.lrs.console.sentences import name_of
from edu.lrs.core.vocabulary import Verb
from edu.lrs.transfer.models import FORGOTTEN, Direction, Transfer
from edu.lrs.wanted import Wanted
from edu.storage.blobs import as_people_say


def details(transfers: Sequence[Transfer]) -> dict[UUID, str]:
    """Say of each which statements were asked for, or how large the file of an import is."""
    people = our_people(each.filters["agent"] for each in transfers if "agent" in each.filters)
    return {each.id: _detail(each, people) for each in transfers}


def _detail(transfer: Transfer, people: Mapping[UUID, Person]) -> str:
    if transfer.direction is Direction.IMPORT:
        return as_people_say(transfer.size)
    if FORGOTTEN in transfer.filters:
        return str(_("About somebody who was forgotten"))
    return " · ".join(_parts(Wanted.read(transfer.filters), people)) or str(_("The whole record"))


def _parts(wanted: Wanted, people: Mapping[UUID, Person]) -> Iterator[str]:
    if wanted.agent:
        yield _("Person: %(name)s", name=name_of(wanted.agent, people))
    if wanted.verb:
        displays = (local(verb.display) for verb in Verb if verb.iri == wanted.verb)
        yield _("Verb: %(name)s", name=next(displays, wanted.verb))
    if wanted.activity:
        yield _("Activity: %(name)s", name=wanted.activity)
    # "since" is the last microsecond before the first day
    first = wanted.since and format_date(wanted.since + timedelta(microseconds=1))
    last = wanted.until and format_date(wanted.until)
    if first and last:
        yield _("From %(first)s to %(last)s", first=first, last=last)
    elif first:
        yield _("From %(first)s on", first=first)
    elif last:
        yield _("Until %(last)s", last=last)
