"""What a manager chooses about people."""

from wtforms import SelectField

from edu.accounts.models import Person, Role
from edu.http.forms import Form, option
from edu.i18n import lazy
from edu.joining.forms import InviteForm
from edu.tenancy.models import Organisation
from edu.tenancy.policy import ROLES_OF, may_give


class RoleForm(Form):
    """A further role for somebody."""

    role = SelectField(lazy("Role"), coerce=Role)


def offer_roles(form: RoleForm | InviteForm, actor: Person, organisation: Organisation) -> None:
    """Let the form choose among the roles that the actor may give here."""
    kind = organisation.kind
    form.role.choices = [
        option(role.value, str(role.label))
        for role in ROLES_OF[kind]
        if may_give(actor, role, kind)
    ]
