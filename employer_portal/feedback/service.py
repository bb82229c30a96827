"""Employers say what newcomers lacked."""

from collections.abc import Sequence

from edu.accounts.models import Person
from edu.audit import service as audit
from edu.db import db
from edu.errors import Forbidden
from edu.taxonomy.models import Skill
from employer_portal.companies import policy as companies
from employer_portal.feedback import queries
from employer_portal.feedback.models import Feedback, SkillLack
from employer_portal.needs.models import SkillNeed


def give(actor: Person, need: SkillNeed, lacked: Sequence[Skill]) -> Feedback:
    """Say which skills the people met for a need lacked; said again, it replaces what was said.

    Raises Forbidden for who does not recruit for the need's employer.
    """
    if not companies.can_hire(actor, need.tenant_id):
        raise Forbidden
    feedback = queries.about(need) or Feedback(need=need, given_by_id=actor.id)
    known = {entry.skill_id: entry for entry in feedback.lacks}
    feedback.given_by_id = actor.id
    feedback.lacks = [known.get(skill.id) or SkillLack(skill=skill) for skill in lacked]
    db.session.add(feedback)
    db.session.flush()
    audit.record("feedback.given", actor_id=actor.id, subject=feedback, skills=len(lacked))
    return feedback
