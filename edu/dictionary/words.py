"""Words on screen for owners, classes and forms of data."""

from edu.db import Owner, Privacy, Sharing
from edu.dictionary.elements import Form, Representation
from edu.i18n import Text, _, lazy, ngettext

OWNER_WORDS: dict[Owner, Text] = {
    Owner.PERSON: lazy("The person"),
    Owner.COLLEGE: lazy("The college"),
    Owner.EMPLOYER: lazy("The employer"),
    Owner.PROVINCE: lazy("The province"),
    Owner.SYSTEM: lazy("The system"),
}

SHARING_WORDS: dict[Sharing, Text] = {
    Sharing.SHARED: lazy("Shared between sectors"),
    Sharing.SECTORAL: lazy("Within education"),
}

PRIVACY_WORDS: dict[Privacy, Text] = {
    Privacy.OPEN: lazy("Open"),
    Privacy.INTERNAL: lazy("Internal"),
    Privacy.PERSONAL: lazy("Personal"),
    Privacy.SENSITIVE: lazy("Sensitive"),
}

PRIVACY_TONES: dict[Privacy, str] = {
    Privacy.OPEN: "good",
    Privacy.INTERNAL: "plain",
    Privacy.PERSONAL: "warn",
    Privacy.SENSITIVE: "bad",
}

FORM_WORDS: dict[Form, Text] = {
    Form.IDENTIFIER: lazy("Identifier"),
    Form.TEXT: lazy("Text"),
    Form.WORDS: lazy("Text in several languages"),
    Form.TEXTS: lazy("List of texts"),
    Form.CHOICE: lazy("One of a list"),
    Form.WHOLE_NUMBER: lazy("Whole number"),
    Form.NUMBER: lazy("Number"),
    Form.TRUTH: lazy("Yes or no"),
    Form.MOMENT: lazy("Moment"),
    Form.DAY: lazy("Day"),
    Form.TIME: lazy("Time of day"),
    Form.BYTES: lazy("Bytes"),
    Form.STRUCTURE: lazy("Structured content"),
}

PACKAGE_WORDS: dict[str, Text] = {
    "edu": lazy("The kernel: people, organisations, learning records, reference data"),
    "oer_repository": lazy("Open learning resources"),
    "courses": lazy("Teaching and learning"),
    "employer_portal": lazy("Employers"),
    "analytics": lazy("Analytics"),
}


def form_words(representation: Representation) -> str:
    """Say in what form values come: "Text, at most 80 characters", "One of: draft, published"."""
    if representation.form is Form.CHOICE:
        return str(_("One of: %(choices)s", choices=", ".join(representation.choices)))
    words = str(FORM_WORDS[representation.form])
    if not representation.limit or representation.form is not Form.TEXT:
        return words
    limited = ngettext(
        "%(form)s, at most %(num)s character",
        "%(form)s, at most %(num)s characters",
        representation.limit,
        form=words,
    )
    return str(limited)
