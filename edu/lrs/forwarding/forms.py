"""What managers type about targets."""

from typing import Any

from wtforms import BooleanField, SelectField, ValidationError
from wtforms.validators import Optional

from edu.http.forms import Form, SecretField, TextField, at_most, option, required
from edu.http.places import FetchRefused
from edu.http.safe_fetch import fetcher
from edu.i18n import lazy
from edu.lrs.core.version import Version
from edu.lrs.forms import an_iri
from edu.lrs.forwarding.models import Target, TargetKind
from edu.lrs.forwarding.service import Access, Wishes

_WHOLE = lazy("Its whole address (IRI). Leave it empty for all.")


class _TargetForm(Form):
    """What both kinds of target have."""

    name = TextField(
        lazy("Name"),
        [required(), at_most(100)],
        description=lazy("So that you know it again: “Record of the province”."),
    )

    def __init__(self, known: Target | None = None, **kwargs: Any) -> None:  # Any: WTForms' own
        super().__init__(obj=known, **kwargs)
        if known:
            del self.from_the_start  # it goes on from where it is

    def validate_url(self, field: TextField) -> None:
        """Refuse at once where nothing would ever be sent."""
        try:
            fetcher().places.judge(field.data.strip())
        except FetchRefused as refused:
            raise ValidationError(refused.message) from None

    def wishes(self) -> Wishes:
        """Say them in the service's words."""
        return Wishes(
            name=self.name.data,
            url=self.url.data,
            verb=self.verb.data or "",
            activity=self.activity.data or "",
            from_the_start="from_the_start" in self and self.from_the_start.data,
        )


class LrsForm(_TargetForm):
    """Another record store."""

    url = TextField(
        lazy("Address"),
        [required(), at_most(2000)],
        description=lazy("Where its xAPI begins: https://lrs.example/xapi"),
        render_kw={"type": "url", "inputmode": "url"},
    )
    username = TextField(lazy("Key"), [required(), at_most(200)])
    secret = SecretField(
        lazy("Secret"), [required(), at_most(500)], render_kw={"autocomplete": "off"}
    )
    version = SelectField(
        lazy("Version of xAPI"),
        choices=[option(version.value, version.value) for version in reversed(Version)],
        description=lazy("Choose 1.0.3 if the other side does not speak 2.0 yet."),
    )
    verb = TextField(
        lazy("Only this verb"), [Optional(), at_most(1000), an_iri()], description=_WHOLE
    )
    activity = TextField(
        lazy("Only this activity"), [Optional(), at_most(1000), an_iri()], description=_WHOLE
    )
    from_the_start = BooleanField(lazy("Send what is in the record already, too"))

    def __init__(self, known: Target | None = None, **kwargs: Any) -> None:  # Any: WTForms' own
        super().__init__(known, **kwargs)
        if known:
            self.secret.validators, self.secret.flags.required = [Optional(), at_most(500)], False
            self.secret.description = lazy("Leave it empty to keep the old secret.")

    def access(self) -> Access:
        """Say them in the service's words."""
        return Access(
            username=self.username.data,
            secret=self.secret.data or "",
            version=Version(self.version.data),
        )


class WebhookForm(_TargetForm):
    """A program that wants to be told."""

    url = TextField(
        lazy("Address"),
        [required(), at_most(2000)],
        description=lazy("It gets a POST for each statement: https://tool.example/hook"),
        render_kw={"type": "url", "inputmode": "url"},
    )
    verb = TextField(
        lazy("Only this verb"), [Optional(), at_most(1000), an_iri()], description=_WHOLE
    )
    activity = TextField(
        lazy("Only this activity"), [Optional(), at_most(1000), an_iri()], description=_WHOLE
    )
    from_the_start = BooleanField(lazy("Send what is in the record already, too"))

    def access(self) -> None:
        """It is given a secret, it gives none."""


def form_of(target: Target) -> LrsForm | WebhookForm:
    """Ask anew what is known about a target."""
    return LrsForm(target) if target.kind is TargetKind.LRS else WebhookForm(target)
