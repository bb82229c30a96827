"""What a learner chooses to show."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wtforms import BooleanField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired

from courses.public import CertificateCard
from edu.http.forms import Form, TextField, at_most, option
from edu.i18n import lazy, local
from edu.taxonomy.forms import FormWithSkills, SkillPickerField
from employer_portal.companies.forms import communes
from employer_portal.needs.models import Contract
from employer_portal.profiles.models import ContactWay, Profile
from employer_portal.profiles.service import Choice


class ProfileForm(FormWithSkills):
    """One page of choices; nothing is shown by making them."""

    headline = TextField(
        lazy("Yourself in one sentence"),
        [at_most(160)],
        description=lazy("What you do well and what you look for. Leave your name out."),
    )
    certificates = SelectMultipleField(lazy("Certificates to show"))
    declared = SkillPickerField(
        lazy("Skills you have without a certificate"),
        most=15,
        description=lazy("They count less than proven ones, but they count."),
    )
    contracts = SelectMultipleField(
        lazy("Work you would take"),
        choices=[option(one.value, one.label) for one in Contract],
        description=lazy("Nothing ticked means: anything."),
    )
    places = SelectMultipleField(
        lazy("Where you would work"), description=lazy("Nothing ticked means: anywhere.")
    )
    contact_way = RadioField(
        lazy("How an employer may reach you once you say yes"),
        choices=[option(way.value, way.label) for way in ContactWay],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: WTForms' own
        super().__init__(*args, **kwargs)
        self.places.choices = [place for place in communes() if place.value]

    def offer(self, certificates: Sequence[CertificateCard]) -> None:
        """Let the person choose among their valid certificates."""
        valid = [card for card in certificates if card.is_valid]
        self.certificates.choices = [option(str(card.id), local(card.title)) for card in valid]

    def choice(self) -> Choice:
        """What was chosen, as the service takes it."""
        return Choice(
            headline=self.headline.data or "",
            places=tuple(self.places.data or ()),
            contracts=tuple(self.contracts.data or ()),
            contact_way=ContactWay(self.contact_way.data),
            certificates=tuple(UUID(one) for one in self.certificates.data or ()),
            declared=self.declared.chosen,
        )


def as_chosen(profile: Profile | None) -> dict[str, Any]:
    """Give a profile as its form shows it."""
    if profile is None:
        return {"contact_way": ContactWay.EMAIL.value}
    return {
        "headline": profile.headline,
        "certificates": profile.certificates,
        "declared": [skill.code for skill in profile.declared()],
        "contracts": profile.contracts,
        "places": profile.places,
        "contact_way": profile.contact_way.value,
    }


class AgreeForm(Form):
    """A yes that nobody ticked beforehand."""

    agreed = BooleanField(
        lazy("I agree"),
        [InputRequired(lazy("Tick the box if you agree; nothing happens if you do not."))],
    )
