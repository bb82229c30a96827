"""What newcomers lacked, as an employer ticks it."""

from wtforms import SelectMultipleField

from edu.http.forms import option
from edu.i18n import lazy, local
from edu.taxonomy.forms import FormWithSkills, SkillPickerField
from edu.taxonomy.models import Skill
from employer_portal.feedback.models import Feedback
from employer_portal.needs.models import SkillNeed


class FeedbackForm(FormWithSkills):
    """Ticks beside what was asked for, and room for what nobody thought of."""

    asked = SelectMultipleField(lazy("Of the skills you asked for, which were missing?"))
    other = SkillPickerField(lazy("Was anything else missing?"), most=8)

    def ask_about(self, need: SkillNeed) -> None:
        """Offer the skills of the need."""
        self.asked.choices = [
            option(entry.skill.code, local(entry.skill.label)) for entry in need.skills
        ]

    def lacked(self, need: SkillNeed) -> list[Skill]:
        """The skills ticked, each once."""
        ticked = set(self.asked.data or ())
        asked = [entry.skill for entry in need.skills if entry.skill.code in ticked]
        codes = {skill.code for skill in asked}
        return [*asked, *(skill for skill in self.other.chosen if skill.code not in codes)]


def as_said(feedback: Feedback | None, need: SkillNeed) -> dict[str, list[str]]:
    """Give what was said before as the form shows it."""
    said = [entry.skill.code for entry in feedback.lacks] if feedback else []
    asked = {entry.skill.code for entry in need.skills}
    return {
        "asked": [code for code in said if code in asked],
        "other": [code for code in said if code not in asked],
    }
