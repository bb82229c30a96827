"""Every way into the app, read from `app.url_map`, and who is expected behind which."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from flask import Flask
from werkzeug.routing import Rule

from edu.accounts.models import Role

SOME_ID = UUID("0190a000-0000-7000-8000-000000000000")
"""The id of nothing."""

PUBLIC = frozenset(
    {
        "static",
        "home.show",
        "home.choose_language",
        "home.alive",
        "home.ready",
        "home.metrics",
        "home.robots",
        "home.favicon",
        "accounts.sign_in",
        "accounts.check_password",
        "accounts.ask_code",
        "accounts.check_code",
        "accounts.sign_out",
        "accounts.set_up_second_step",
        "accounts.turn_on_second_step",
        "joining.ask",
        "joining.join",
        "joining.waiting",
        "joining.send_again",
        "joining.ask_proof",
        "joining.prove",
        "joining.ask_reset",
        "joining.send_reset",
        "joining.ask_new_password",
        "joining.reset",
        "joining.show_invitation",
        "joining.accept_invitation",
        "tenancy.show",
        "api_description",
        "storage.show",
        "catalogue.index",
        "catalogue.show",
        "credentials.ask",
        "credentials.verify",
        "discovery.index",
        "discovery.show",
        "taxonomy.show",
        "taxonomy.group",
        "taxonomy.occupation",
        "taxonomy.skill",
        "taxonomy.find_skills",
        "taxonomy.trade",
        "dictionary.show",
        "dictionary.table",
        "dictionary_api.elements",
        "dictionary_api.schema",
        "taxonomy_api.changes",
        "taxonomy_api.occupations",
        "taxonomy_api.occupation",
        "taxonomy_api.skills",
        "taxonomy_api.skill",
        "open_data.index",
        "open_data.show",
        "open_data.catalogue",
        "open_data.download",
        "vacancies.index",
        "vacancies.show",
        "vacancies_api.job",
        "vacancies_api.jobs",
    }
)
"""Where strangers get in. Adding a line here is a decision, to be looked at by two people."""

EVERYBODY = frozenset(Role) | {None}
MANAGERS = frozenset({Role.MANAGER, Role.ADMIN})
TEACHERS = frozenset({Role.TEACHER, Role.MANAGER})
NOBODY_HERE: frozenset[Role | None] = frozenset()  # only in an organisation of another kind

FAMILIES: tuple[tuple[str, frozenset[Role | None]], ...] = (
    # one's own things
    (r"/account(/.*)?", EVERYBODY),
    (r"/api/v1/me", EVERYBODY),
    (r"/(children|guardians)(/.*)?", EVERYBODY),
    (r"/(credits|learning|skills)(/.*)?", EVERYBODY),
    (r"/certificates/<uuid:certificate_id>\.pdf", EVERYBODY),
    (r"/jobs/(profile|contacts)(/.*)?", EVERYBODY),
    (r"/jobs/<uuid:need_id>/offer", EVERYBODY),
    (r"/employers/register", EVERYBODY),
    # an organisation's managers
    (r"/at/<place>/(people|invitations)(/.*)?", MANAGERS),
    (r"/at/<place>/audit", MANAGERS),
    (r"/at/<place>/certificates(/.*)?", frozenset({Role.MANAGER})),
    (r"/at/<place>/dashboard(/quiet|/modules\.csv)?", frozenset({Role.MANAGER})),
    (r"/at/<place>/dashboard/colleges\.csv", NOBODY_HERE),  # the province's
    (r"/at/<place>/indicators\.csv", frozenset({Role.MANAGER, Role.OFFICER})),
    (r"/api/v1/province/indicators(\.csv)?", NOBODY_HERE),  # its officers, and machines by scope
    # its teachers
    (r"/at/<place>/teaching(/overview)?", TEACHERS),
    (r"/at/<place>/classes/<uuid:class_group_id>/(grades|publish)", TEACHERS),
    (r"/at/<place>/modules", TEACHERS),
    (r"/at/<place>/(modules|units|imports|resources)/.*", TEACHERS),
    (r"/at/<place>/feedback", TEACHERS),
    (r"/at/<place>/lrs/keys/tail", frozenset({Role.MANAGER})),
    (r"/at/<place>/lrs/keys(/.*)?", MANAGERS),
    (r"/at/<place>/lrs/(forwarding|transfers|people)(/.*)?", frozenset({Role.MANAGER})),
    (
        r"/at/<place>/lrs/statements(/.*)?",
        EVERYBODY,
    ),  # managers see all, others those about themselves
    # an employer's recruiters; the college of the matrix has no company
    (r"/at/<place>/(needs|contacts)(/.*)?", frozenset({Role.RECRUITER})),
    (r"/api/v1/at/<place>/needs", frozenset({Role.RECRUITER})),
    (r"/at/<place>/company", NOBODY_HERE),
    # officers of the province, which the college of the matrix is not
    (r"/at/<place>/employers(/.*)?", NOBODY_HERE),
    # its learners, and whoever else may look at a class
    (
        r"/at/<place>/classes/<uuid:class_group_id>/(enrolment|practice|quizzes|units)(/.*)?",
        EVERYBODY,
    ),
    # administrators of the province, who have no role in the college of the matrix
    (r"/audit", NOBODY_HERE),
)
"""Which roles of an organisation the addresses of a family are for: first match counts."""


@dataclass(frozen=True)
class Door:
    """One method of one route."""

    endpoint: str
    rule: str
    method: str
    arguments: frozenset[str]

    def path(self, place: str) -> str:
        """An address of this door, with ids of nothing."""
        return re.sub(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>", lambda m: _sample(m, place), self.rule)

    @property
    def family(self) -> frozenset[Role | None]:
        """Whom it is for. Raises LookupError."""
        for pattern, roles in FAMILIES:
            if re.fullmatch(pattern, self.rule):
                return roles
        raise LookupError(self.rule)

    @property
    def has_family(self) -> bool:
        """True when FAMILIES say whom it is for."""
        return any(re.fullmatch(pattern, self.rule) for pattern, _roles in FAMILIES)

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"


def _sample(match: re.Match[str], place: str) -> str:
    kind, name = match.groups()
    if name == "place":
        return place
    return {"uuid": str(SOME_ID), "int": "1", "float": "1.5"}.get(kind or "", "x")


def doors(app: Flask) -> Iterator[Door]:
    """Every method of every route of the portal, but HEAD and OPTIONS, which Flask answers."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if getattr(app.view_functions[rule.endpoint], "on_content_host", False):
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield _door(rule, method)


def _door(rule: Rule, method: str) -> Door:
    return Door(rule.endpoint, rule.rule, method, frozenset(rule.arguments))
