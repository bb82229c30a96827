"""Who may make which keys: nobody one that sees more of others than they may themselves."""

import pytest

from edu.accounts.models import Role
from edu.lrs.console import policy
from edu.lrs.keys.models import LrsKey, Scope
from tests.factories import a_college, a_person

MUTE = {Scope.WRITE, Scope.DEFINE}
OWN = {Scope.READ_MINE}
OTHERS = {Scope.READ, Scope.ALL_READ, Scope.ALL, Scope.STATE, Scope.PROFILE}


@pytest.fixture
def admin(college):
    return a_person("Quản Trị", role=Role.ADMIN, at=college)


def grants(actor) -> set[Scope]:
    return {scope for scope in Scope if policy.can_grant(actor, [scope])}


def rotates(actor) -> set[Scope]:
    return {scope for scope in Scope if policy.can_rotate(actor, LrsKey(scopes=[str(scope)]))}


def test_these_are_all_scopes():
    assert set(Scope) == MUTE | OWN | OTHERS


def test_a_manager_makes_every_key_and_may_see_a_new_secret_of_each(manager):
    assert grants(manager) == rotates(manager) == set(Scope)


def test_an_administrator_makes_no_key_that_reads_what_others_stored(admin):
    assert grants(admin) == MUTE | OWN


def test_an_administrator_sees_no_secret_with_which_marks_are_read(admin):
    assert rotates(admin) == MUTE


@pytest.mark.parametrize("further", sorted(OTHERS))
def test_one_scope_too_many_is_enough(admin, further):
    scopes = [str(scope) for scope in (*MUTE, further)]

    assert not policy.can_grant(admin, scopes)
    assert not policy.can_rotate(admin, LrsKey(scopes=scopes))


def test_who_was_a_manager_elsewhere_is_none_here(college):
    elsewhere = a_person("Quản Lý Khác", role=Role.MANAGER, at=a_college())

    assert grants(elsewhere) == rotates(elsewhere) == set()


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.MANAGER, Role.ADMIN}])
def test_nobody_else_keeps_keys(college, role):
    actor = a_person("Người Khác", role=role, at=college)

    assert grants(actor) == rotates(actor) == set()
