"""Rules of the house that no linter knows, read from the sources."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("edu", "oer_repository", "courses", "employer_portal", "analytics")

FEATURE_FILES = {
    *("__init__", "events", "models", "policy", "queries", "service", "views", "forms"),
    *("api", "schemas", "jobs", "subscribers", "cli", "wiring", "public"),
}
FEATURE_FOLDERS = {"core", "adapters", "templates", "data", "static", "sample"}
NO_NAMES = {"utils", "helpers", "common", "managers", "base", "misc", "util", "helper"}

LONGEST_FILE = 400
LONGEST_FUNCTION = 40  # lines of its body after the docstring


TABLES = {"edu/ui/styleguide.py:samples"}
"""Functions that are one long table of values."""


def sources() -> Iterator[tuple[str, str]]:
    """Every Python file of the product: its name from the root, and its text."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def tools() -> Iterator[tuple[str, str]]:
    """What serves the product but is no part of it: tests and measurements."""
    for folder in ("tests", "benchmarks"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def templates() -> Iterator[tuple[str, str]]:
    """Every template of the product."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("templates/**/*.html")):
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def features() -> Iterator[Path]:
    """Every feature folder of the packages above the kernel."""
    for package in PACKAGES[1:]:
        for path in sorted((ROOT / package).iterdir()):
            if path.is_dir() and (path / "__init__.py").exists():
                yield path


FORBIDDEN: dict[str, tuple[str, tuple[str, ...]]] = {
    "only edu/db.py commits": (r"\bsession(?:\(\))?\.commit\(", ("edu/db.py",)),
    "SQL text lives in edu/db.py and adapters": (
        r"(?<!_where=)\b(?:sa|sqlalchemy)\.text\(|import text\b|exec_driver_sql|\b__table__\b(?!_)",
        ("edu/db.py", "edu/sqlite.py", "edu/statistics.py", "*/adapters/*"),
    ),
    "utcnow is the only clock": (
        r"datetime\.(?:now|utcnow|today)\(|date\.today\(|\btime\.time\(",
        ("edu/db.py", "*/adapters/*"),
    ),
    "a day is the installation's, not Greenwich's: edu.db.today": (
        r"(?:utcnow\(\)|now\(UTC\))\.date\(\)",
        ("edu/db.py",),
    ),
    "settings are read in one place": (
        r"os\.environ|os\.getenv|\bgetenv\(",
        ("edu/settings.py", "edu/cli.py", "edu/supervisor.py"),
    ),
    "who asks is asked of edu/http/session.py": (r"\bcurrent_user\b|flask_login", ()),
    "nothing from outside is unpickled or run": (
        r"\bpickle\b(?!,)(?! must)|\bmarshal\.|\bshell=True|\beval\(|\bexec\(",
        ("edu/worker.py",),
    ),
    "what goes through Redis is JSON, which runs nothing": (
        r"(?<!\.)\b(?:Queue|_Worker)\((?!SimpleWorker)(?!.*serializer=JSONSerializer)",
        (),
    ),
    "log lines are events": (
        r"\bprint\(",
        ("*/cli.py", "edu/supervisor.py", "edu/mail/adapters/*"),
    ),
    "no old query style": (r"\.query\.(?:get|filter|all)\b|db\.Model\b", ()),
    "tests patch nothing": (r"unittest\.mock|mock\.patch", ()),
    "languages go through edu/i18n.py": (r"\bflask_babel\b|import gettext\b", ("edu/i18n.py",)),
}


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_what_belongs_in_one_place_is_nowhere_else(rule):
    pattern, allowed = FORBIDDEN[rule]

    found = [
        f"{name}:{number}: {line.strip()}"
        for name, text in sources()
        if not any(Path(name).match(place) for place in allowed)
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(pattern, line) and not line.lstrip().startswith(("#", '"""'))
    ]

    assert found == [], rule


def test_no_file_has_a_name_that_says_nothing():
    found = [name for name, _text in (*sources(), *tools()) if Path(name).stem in NO_NAMES]

    assert found == []


def test_a_feature_holds_only_files_whose_names_tell_their_part():
    strange = []
    for feature in features():
        for path in feature.iterdir():
            known = FEATURE_FILES if path.suffix == ".py" else FEATURE_FOLDERS
            if path.name != "__pycache__" and path.stem not in known:
                strange.append(path.relative_to(ROOT).as_posix())

    assert strange == []


def test_init_files_are_empty():
    assert [name for name, text in sources() if name.endswith("__init__.py") and text.strip()] == []


def test_files_are_short_enough_to_be_read():
    assert {
        name: length
        for name, text in (*sources(), *tools())
        if (length := len(text.splitlines())) > LONGEST_FILE
    } == {}


def test_functions_are_short_enough_to_be_seen_whole():
    long = {}
    for name, text in sources():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) and node.body[1:] else node.body
                length = (node.end_lineno or 0) - body[0].lineno + 1
                if length > LONGEST_FUNCTION and f"{name}:{node.name}" not in TABLES:
                    long[f"{name}:{node.name}"] = length

    assert long == {}


def test_templates_trust_nothing_that_people_wrote():
    """`|safe` is for our own drawings; text of people comes through nh3 and Markup in code."""
    allowed = {"edu/ui/templates/macros/icons.html"}

    found = [
        n
        for n, text in templates()
        if re.search(r"(?<![\"'])\|\s*safe\b", text) and n not in allowed
    ]

    assert found == []


def test_templates_hold_no_text_of_one_language_alone():
    vietnamese = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]")
    known = re.compile(
        r"\{#.*?#\}|_\(\s*(?:\"[^\"]*\"|'[^']*')|Nghề Số|Tiếng Việt", flags=re.DOTALL
    )  # comments, translatable text (which may quote an example), two names

    found = [
        name
        for name, text in templates()
        if vietnamese.search(known.sub("", text)) and not name.endswith("styleguide.html")
    ]

    assert found == []


def test_nothing_names_a_folder_of_one_machine():
    pattern = re.compile(r"(?<![\w.])/(?:home|root|Users|work)/\w")
    files = [*sources(), *templates()]
    files += [(p.name, p.read_text("utf-8")) for p in (ROOT / "docs").rglob("*.md")]

    assert [name for name, text in files if pattern.search(text)] == []


def test_no_script_takes_messages_from_other_windows():
    """ASVS 3.5.5: who listens must check origin and shape; until packages need it, nobody does."""
    scripts = [*(ROOT / "edu" / "ui" / "static" / "js").glob("*.js")]
    listens = re.compile(r"""['"]message['"]|onmessage|postMessage|MessageChannel""")

    assert scripts
    assert [file.name for file in scripts if listens.search(file.read_text("utf-8"))] == []
