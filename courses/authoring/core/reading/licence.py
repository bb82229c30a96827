"""Under which terms a course may be used, as its licence file says."""

import re

_FILE = re.compile(r"(LICEN[CS]E|COPYING)([.-][A-Za-z.-]+)?", re.IGNORECASE)
_COPYRIGHT = re.compile(r"^\s*(Copyright\b.{3,150})$", re.MULTILINE)
_NAMES = (
    ("MIT License", "MIT"),
    ("Apache License", "Apache-2.0"),
    ("Attribution-NonCommercial-ShareAlike 4.0", "CC-BY-NC-SA-4.0"),
    ("Attribution-NonCommercial-NoDerivatives 4.0", "CC-BY-NC-ND-4.0"),
    ("Attribution-NonCommercial 4.0", "CC-BY-NC-4.0"),
    ("Attribution-NoDerivatives 4.0", "CC-BY-ND-4.0"),
    ("Attribution-ShareAlike 4.0", "CC-BY-SA-4.0"),
    ("Attribution 4.0", "CC-BY-4.0"),
    ("CC0 1.0", "CC0-1.0"),
)
_OPENING = 400  # letters in which a licence names itself


def is_licence_file(path: str) -> bool:
    """True for LICENSE, LICENCE.md and the like in the course's root folder."""
    return _FILE.fullmatch(path) is not None


def licence_terms(text: str) -> dict[str, str]:
    """{"licence": SPDX identifier, "copyright": whose}, each only where the text says it."""
    opening = text[:_OPENING].lower()
    named = next((spdx for name, spdx in _NAMES if name.lower() in opening), None)
    owner = _COPYRIGHT.search(text)
    terms = {"licence": named} if named else {}
    return terms | ({"copyright": owner[1].strip()} if owner else {})
