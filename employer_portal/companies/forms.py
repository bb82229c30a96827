"""What employers and officers type."""

from typing import Any

from wtforms import IntegerField, SelectField, TextAreaField
from wtforms.validators import NumberRange, Optional, Regexp

from edu.http.forms import Form, TextField, at_most, option, required
from edu.i18n import lazy, local, words
from edu.taxonomy import queries as taxonomy
from edu.tenancy import queries as tenancy
from employer_portal.companies import queries
from employer_portal.companies.models import Company
from employer_portal.companies.service import CompanyFacts

LONGEST_ABOUT = 2000
LARGEST = 1_000_000


class CompanyForm(Form):
    """An employer's entry in the register."""

    tax_code = TextField(
        lazy("Tax code"),
        [required(), at_most(20)],
        description=lazy("10 digits, for example 0300588569. The province checks it."),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    place_code = SelectField(lazy("Commune or ward"))
    industry_code = SelectField(lazy("Industry"))
    size = IntegerField(
        lazy("How many people work for you"),
        [Optional(), NumberRange(1, LARGEST, lazy("A number from 1 up, please."))],
        render_kw={"inputmode": "numeric"},
    )
    website = TextField(
        lazy("Website"),
        [
            Optional(),
            at_most(200),
            Regexp(r"https?://\S+$", message=lazy("It begins with https://")),
        ],
        render_kw={"type": "url"},
    )
    about_vi = TextAreaField(
        lazy("About you, in Vietnamese"),
        [at_most(LONGEST_ABOUT)],
        description=lazy("Two or three sentences: what you make, how newcomers are looked after."),
        render_kw={"rows": 4},
    )
    about_en = TextAreaField(
        lazy("About you, in English"), [at_most(LONGEST_ABOUT)], render_kw={"rows": 4}
    )

    def facts(self) -> CompanyFacts:
        """What was typed, as the service takes it."""
        return CompanyFacts(
            tax_code=self.tax_code.data,
            about=words(self.about_vi.data or "", self.about_en.data or ""),
            place_code=self.place_code.data,
            industry_code=self.industry_code.data,
            size=self.size.data,
            website=self.website.data or "",
        )

    def show(self, company: Company) -> None:
        """Fill the form with an entry as it stands."""
        self.process(
            formdata=None,
            obj=company,
            place_code=company.organisation.place_code,
            about_vi=company.organisation.about.get("vi", ""),
            about_en=company.organisation.about.get("en", ""),
        )


class RegisterForm(CompanyForm):
    """A new employer."""

    name = TextField(
        lazy("Name of the enterprise"),
        [required(), at_most(200)],
        description=lazy("As in the business register."),
        render_kw={"autocomplete": "organization"},
    )


class RefuseForm(Form):
    """Why an employer is refused."""

    because = TextField(lazy("Reason"), [required(), at_most(500)])


def offer_choices(form: CompanyForm) -> None:
    """Let the form choose among the province's communes and the sections of the economy."""
    form.place_code.choices = communes()
    form.industry_code.choices = [
        option("", ""),
        *(option(found.code, local(found.label)) for found in queries.industries()),
    ]


def communes() -> list[Any]:  # Any: as `option` gives it
    """List the communes of the province, with an empty choice first."""
    province = tenancy.province()
    found = taxonomy.children(province.place_code) if province else []
    named = [option(place.code, local(place.label)) for place in found]
    return [option("", ""), *named]
