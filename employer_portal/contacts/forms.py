"""What the two say to each other."""

from wtforms import BooleanField, TextAreaField

from edu.http.forms import Form, at_most
from edu.i18n import lazy

LONGEST_MESSAGE = 600


class MessageForm(Form):
    """A few words with a question or an offer."""

    message = TextAreaField(
        lazy("A few words (if you like)"), [at_most(LONGEST_MESSAGE)], render_kw={"rows": 3}
    )


class YesForm(MessageForm):
    """A yes to one employer; what it allows further is not ticked beforehand."""

    may_keep = BooleanField(
        lazy("This employer may keep my details for later openings, for a year at most")
    )
