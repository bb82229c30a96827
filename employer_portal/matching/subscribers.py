"""Needs and profiles change: matching follows, once for however many changes wait."""

from edu.db import unit_of_work
from edu.events import subscribe
from edu.jobs import enqueue_once
from employer_portal.matching import jobs
from employer_portal.needs.events import NeedChanged
from employer_portal.profiles.events import ProfileChanged


@subscribe(NeedChanged)
def need_changed(event: NeedChanged) -> None:
    """Match a need anew."""
    with unit_of_work():
        enqueue_once(jobs.match_need, str(event.need_id), event.tenant_id, event.need_id)


@subscribe(ProfileChanged)
def profile_changed(event: ProfileChanged) -> None:
    """Match a profile anew."""
    with unit_of_work():
        enqueue_once(jobs.match_profile, str(event.person_id), event.person_id)
