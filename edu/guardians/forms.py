"""What a parent types."""

from edu.http.forms import Form, email_field
from edu.i18n import lazy


class ChildForm(Form):
    """The address of a child's account."""

    email = email_field(lazy("Your child's e-mail address"))
