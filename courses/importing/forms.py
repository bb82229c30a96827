"""What one uploads to import a course, and the report in plain words."""

from collections.abc import Mapping

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField
from wtforms.validators import ValidationError

from courses.authoring.core.course import Reason
from courses.authoring.core.source import LIMITS
from edu.errors import DomainError
from edu.http.forms import Form
from edu.i18n import Text, _, format_decimal, lazy
from edu.settings import in_force
from edu.storage import sniff
from edu.storage.archives import ArchiveRefused
from edu.storage.blobs import as_people_say

UNREADABLE = lazy("This file cannot be read. Please make the zip anew and try again.")

REFUSALS: Mapping[str, Text] = {
    "course-unrecognised": lazy(
        "There is no lesson in this file. Lessons are Markdown files whose names begin with a "
        "number, such as 01-an-toan.md."
    ),
    "not-a-zip": lazy("This is not a zip file."),
    "too-many-entries": lazy("There are too many files in it."),
    "too-large": lazy("Unpacked, it is too large."),
    "entry-too-large": lazy("One of the files in it is too large."),
    "encrypted": lazy("It is protected by a password. Please make a zip without one."),
    "compression": lazy("It is packed in a way that we cannot read. Please make an ordinary zip."),
    "symbolic-link": lazy("It contains shortcuts to other files. Put the files themselves in."),
    "long-name": lazy("The name of one of the files in it is too long."),
    "bad-name": lazy("One of the files in it has a name that cannot be used."),
    "repeated-name": lazy("Two of the files in it have the same name."),
}
"""Why nothing was imported; for other codes see UNREADABLE."""


def limits() -> str:
    """Say beforehand what may be uploaded."""
    said: str = _(
        "A zip file of at most %(size)s with up to %(files)s files. Lessons are Markdown files "
        "(.md); pictures and quizzes come along.",
        size=as_people_say(in_force().max_upload_mb << 20),
        files=format_decimal(LIMITS.entries),
    )
    return said


class ImportForm(Form):
    """A course as a zip file."""

    file = FileField(lazy("The course"), [FileRequired(lazy("Please choose a file."))])
    publishes = BooleanField(
        lazy("Let learners see the lessons at once"),
        description=lazy("Otherwise they become drafts, which you can look at first."),
    )

    def validate_file(self, field: FileField) -> None:
        """Look at what was sent, whatever its name says."""
        try:
            sniff.check(field.data.stream, field.data.filename, sniff.Purpose.PACKAGE)
        except ArchiveRefused as refused:
            raise ValidationError(str(refusal(str(refused.values["reason"])))) from None
        except DomainError as refused:
            raise ValidationError(refused.message) from None


def refusal(code: str) -> Text:
    """Say in a sentence why nothing was imported."""
    return REFUSALS.get(code, UNREADABLE)


SENTENCES: Mapping[Reason, Text] = {
    Reason.HIDDEN: lazy("Hidden files and folders are left out."),
    Reason.SYMLINK: lazy("Shortcuts to other files are left out."),
    Reason.SPECIAL_FILE: lazy("Some entries are no files and are left out."),
    Reason.LANGUAGE_NOT_WANTED: lazy("Translations into other languages are left out."),
    Reason.NOT_LINKED: lazy("No lesson links to these texts, so they are left out."),
    Reason.NOT_USED: lazy("No lesson uses these files, so they are left out."),
    Reason.NOT_TEXT: lazy("These files are no readable text. Save them as UTF-8."),
    Reason.EMPTY_TEXT: lazy("These texts are empty."),
    Reason.UNSUPPORTED_FILE: lazy("Files of this kind cannot be offered to learners."),
    Reason.UNSAFE_IMAGE: lazy("These drawings contain programs and are left out."),
    Reason.BROKEN_LINK: lazy("These links lead to nothing in the course. Their words are kept."),
    Reason.BROKEN_ANCHOR: lazy("These links lead to a heading that is not there."),
    Reason.MISSING_IMAGE: lazy(
        "These pictures are not in the file. Learners see their description instead."
    ),
    Reason.EXTERNAL_IMAGE: lazy(
        "These pictures are on other sites. They became links, so that no other site learns who "
        "reads the lesson."
    ),
    Reason.UNSAFE_ADDRESS: lazy("These links could harm the reader. Their words are kept."),
    Reason.METADATA_LINE: lazy("These lines at the top of a text could not be read."),
    Reason.TRANSLATION_MISSING: lazy(
        "There is no translation. Learners read these in the language there is."
    ),
    Reason.TRANSLATION_INCOMPLETE: lazy("These translations lack a part of the original."),
    Reason.QUIZ_UNREADABLE: lazy("These quiz files could not be read."),
    Reason.QUIZ_EMPTY: lazy("These quizzes have no question that can be asked."),
    Reason.QUIZ_MISSING: lazy("These links lead to a quiz that is not in the file."),
    Reason.QUESTION_UNREADABLE: lazy("These questions could not be read."),
    Reason.QUESTION_WITHOUT_KEY: lazy("These questions do not say which answer is right."),
    Reason.QUIZ_TRANSLATION_DIFFERS: lazy(
        "The translation of these quizzes asks something else, so only the original is used."
    ),
    Reason.ORIGINAL_IMAGE_USED: lazy(
        "The translated picture is missing; the original picture is shown."
    ),
    Reason.TRANSLATOR_NOTE_MOVED: lazy(
        "A machine translated these texts. Learners are told so until you have checked them."
    ),
    Reason.HTML_REMOVED: lazy("Programs, forms and styles inside these texts are removed."),
    Reason.ALT_MISSING: lazy(
        "These pictures have no description. Blind learners do not know what they show."
    ),
    Reason.TITLE_FROM_NAME: lazy("There is no title; the name of the file serves as one."),
    Reason.TITLE_FROM_ORIGINAL: lazy("The translation has no title; the original's is used."),
    Reason.TITLE_FROM_QUIZZES: lazy("The course has no title; that of its quizzes is used."),
    Reason.QUIZ_NOT_ATTACHED: lazy("No lesson asks these quizzes; they wait in the question bank."),
    Reason.QUIZ_LINK_DIFFERS: lazy(
        "The translation links to other quizzes than the original; the original's are used."
    ),
}
"""What was changed or left out, and what that means."""

TAKEN: Mapping[Reason, Text] = {
    Reason.LESSON: lazy("Lessons, in each language"),
    Reason.PAGE: lazy("Further pages"),
    Reason.ASSIGNMENT: lazy("Assignments"),
    Reason.INTRODUCTION: lazy("Introductions"),
    Reason.QUIZ: lazy("Quizzes"),
    Reason.IMAGE: lazy("Pictures"),
    Reason.ATTACHMENT: lazy("Files to download"),
}
"""What was taken, as the report counts it."""

ADVICE: Mapping[Reason, Text] = {
    Reason.BROKEN_LINK: lazy("Open the lesson and take the link out, or name a unit's file."),
    Reason.MISSING_IMAGE: lazy("Open the lesson and add the picture, or import again with it."),
    Reason.ALT_MISSING: lazy("Open the lesson and say in a sentence what the picture shows."),
    Reason.TRANSLATION_MISSING: lazy("Open the lesson and write the other language."),
}
"""What a teacher can do about it."""
