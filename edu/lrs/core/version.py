"""The two versions of the Experience API spoken here, and how a request names one.

The 1.0.3 text is cited as "Data" (its part two) and "Communication" (part three), the 2.0.0 text as
"IEEE 9274.1.1".
"""

import re
from enum import StrEnum

from edu.lrs.core.problems import InvalidRequest, Rule

HEADER = "X-Experience-API-Version"

_HEADER_1_0 = re.compile(r"1\.0(?:\.[0-9]{1,4})?")
_HEADER_2_0 = re.compile(r"2\.0(?:\.[0-9]{1,4})?")


class Version(StrEnum):
    """A version of the specification; its value is what the response header says."""

    V1 = "1.0.3"
    V2 = "2.0.0"

    @property
    def default_for_statements(self) -> str:
        """The "version" given to a statement that came without one (Data 2.4.10)."""
        return "1.0.0" if self is Version.V1 else "2.0.0"


SUPPORTED = tuple(Version)


def negotiate(header: str | None) -> Version:
    """Read the version header of a request.

    Raises InvalidRequest when it is absent or names a version not spoken here: both are 400
    (Communication 3.3).
    """
    if header is None:
        raise InvalidRequest(Rule.VERSION_MISSING, "Communication 3.3", HEADER)
    if _HEADER_1_0.fullmatch(header):  # Communication 3.3: "1.0" and every "1.0." patch
        return Version.V1
    if _HEADER_2_0.fullmatch(header):  # IEEE 9274.1.1, 4.1: likewise for 2.0
        return Version.V2
    raise InvalidRequest(Rule.VERSION_UNKNOWN, "Communication 3.3", HEADER)


def about() -> dict[str, list[str]]:
    """Body of the About resource (Communication 2.8)."""
    return {"version": [str(version) for version in SUPPORTED]}
