"""Programme codes of Circular 26/2020/TT-BLĐTBXH: 5510216 and 6510216 are one occupation."""

from dataclasses import dataclass

from courses.credits.core.rules import CodeScheme


class CodeRefused(ValueError):
    """No programme code under the scheme."""


@dataclass(frozen=True, slots=True)
class ProgrammeCode:
    """A code and its parts; the occupation is the tail that levels share."""

    level: str
    field: str
    group: str
    occupation: str


def read_code(scheme: CodeScheme, code: str) -> ProgrammeCode:
    """Take a code apart. Raises CodeRefused for a wrong length, letter or level."""
    right_form = code.isascii() and code.isdecimal() and len(code) == scheme.digits
    if not right_form or code[0] not in scheme.levels:
        raise CodeRefused(code)
    field_ends = 1 + scheme.field_digits
    return ProgrammeCode(
        level=scheme.levels[code[0]],
        field=code[1:field_ends],
        group=code[1 : field_ends + scheme.group_digits],
        occupation=code[1:],
    )
