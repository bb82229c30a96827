"""What can go wrong, as the business says it. `edu/http/errors.py` alone turns it into answers."""

from collections.abc import Mapping

from edu.i18n import Text, lazy


class DomainError(Exception):
    """A rule was broken. Subclasses live beside their rule and say `code`, `status`, `title`.

    `values` fill the placeholders of `title`; `fields` maps form fields to messages.
    """

    code = "error"
    status = 409
    title: Text = lazy("That is not possible right now.")

    def __init__(self, *, fields: Mapping[str, Text] | None = None, **values: object) -> None:
        super().__init__(self.code, values)
        self.values = values
        self.fields = dict(fields or {})

    @property
    def message(self) -> str:
        """The title in the reader's language with its values filled in."""
        text = str(self.title)
        return text % self.values if self.values else text


class NotFound(DomainError):
    """It does not exist, or the actor may not know that it does: the same answer for both."""

    code = "not-found"
    status = 404
    title = lazy("We could not find that.")


class Forbidden(DomainError):
    """The actor is known, and may see the thing, but may not do this."""

    code = "forbidden"
    status = 403
    title = lazy("Your account may not do that.")


class SignInRequired(DomainError):
    """Nobody is signed in."""

    code = "sign-in-required"
    status = 401
    title = lazy("Please sign in first.")


class Invalid(DomainError):
    """What was sent does not hold together; `fields` says what to mend."""

    code = "invalid"
    status = 422
    title = lazy("Some answers need another look.")


class TooMany(DomainError):
    """More requests than the stated limit. `retry_after` is in seconds."""

    code = "too-many-requests"
    status = 429
    title = lazy("That was too many attempts. Please wait a little and try again.")

    def __init__(self, retry_after: int = 60) -> None:
        super().__init__()
        self.retry_after = retry_after


class TooLarge(DomainError):
    """The body is over the limit."""

    code = "too-large"
    status = 413
    title = lazy("The file is larger than the limit of %(limit)s.")


class StorageFull(DomainError):
    """Nothing more can be stored until somebody makes room; reading goes on."""

    code = "storage-full"
    status = 507
    title = lazy("Our storage is full, so this was not saved. Please tell the operator.")


class StorageAway(DomainError):
    """The database does not answer just now."""

    code = "storage-away"
    status = 503
    title = lazy("Our database does not answer right now. Please try again in a moment.")
