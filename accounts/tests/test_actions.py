"""What changes an account, and who may."""

from datetime import timedelta

import pytest

from accounts import actions
from accounts.models import Deed, User
from accounts.refusal import Refused
from accounts.roles import Kind
from accounts.tests.make import NOW, make_administrator, make_user

pytestmark = pytest.mark.django_db


def create(actor, **fields):
    fields = {"username": "liuwan-dj", "name": "王宁", "now": NOW} | fields
    return actions.create_user(actor, **fields)


def verbs():
    return list(Deed.objects.order_by("pk").values_list("verb", flat=True))


def test_the_system_administrator_creates_an_account_without_rights():
    user, password = create(make_administrator(kind=Kind.SYSTEM))
    assert (user.kind, user.check_password(password), user.must_change_password) == (
        Kind.BUSINESS,
        True,
        True,
    )
    assert (user.initial_expires_at, verbs()) == (NOW + timedelta(hours=72), ["user.created"])


@pytest.mark.parametrize("kind", [Kind.SECURITY, Kind.AUDIT, Kind.BUSINESS])
def test_nobody_else_creates_accounts(kind):
    with pytest.raises(Refused):
        create(make_administrator(kind=kind))


def test_a_user_name_taken_is_refused_at_its_field():
    actor = make_administrator(kind=Kind.SYSTEM)
    create(actor)
    with pytest.raises(Refused) as refused:
        create(actor)
    assert refused.value.field == "username"


def test_a_reset_gives_a_new_one_time_password_and_voids_the_old():
    user = make_user(password="the-old-sentence")
    password = actions.reset_password(make_administrator(kind=Kind.SYSTEM), user, now=NOW)
    user.refresh_from_db()
    assert user.check_password(password) and not user.check_password("the-old-sentence")
    assert (user.must_change_password, verbs()) == (True, ["password.reset"])


def test_locking_twice_leaves_one_row():
    actor, user = make_administrator(kind=Kind.SYSTEM), make_user()
    for _time in range(2):
        actions.lock_user(actor, user, now=NOW)
    user.refresh_from_db()
    assert (user.is_active, user.session_version, verbs()) == (False, 1, ["user.locked"])


def test_an_unlocked_account_is_in_use_again():
    actor, user = make_administrator(kind=Kind.SYSTEM), make_user(is_active=False)
    actions.unlock_user(actor, user, now=NOW)
    user.refresh_from_db()
    assert (user.is_active, verbs()) == (True, ["user.unlocked"])


@pytest.mark.parametrize("action", [actions.lock_user, actions.unlock_user, actions.reset_password])
@pytest.mark.parametrize("kind", Kind.values)
def test_an_administrator_does_not_act_on_the_own_account(action, kind):
    actor = make_administrator(kind=kind)
    with pytest.raises(Refused):
        action(actor, actor.user, now=NOW)


@pytest.mark.parametrize("action", [actions.lock_user, actions.unlock_user, actions.reset_password])
@pytest.mark.parametrize("kind", [Kind.SECURITY, Kind.AUDIT, Kind.BUSINESS])
def test_only_the_system_administrator_locks_and_resets(action, kind):
    with pytest.raises(Refused):
        action(make_administrator(kind=kind), make_user(), now=NOW)


def test_an_edit_names_what_changed():
    user = make_user(name="王宁", post="干事")
    actions.describe_user(
        make_administrator(kind=Kind.SYSTEM),
        user,
        name="王宁",
        post="主任",
        phone="",
        email="",
        now=NOW,
    )
    user.refresh_from_db()
    assert (user.post, Deed.objects.get().params) == ("主任", {"changed": ["post"]})


def test_an_empty_installation_gets_two_administrators_once():
    first = actions.first_administrators(now=NOW)
    again = actions.first_administrators(now=NOW)
    users = {user.username: user for user in User.objects.all()}
    assert [(name, users[name].kind) for name, _word in first] == [
        ("system", Kind.SYSTEM),
        ("security", Kind.SECURITY),
    ]
    assert all(users[name].check_password(word) for name, word in first)
    assert again == []


def test_no_row_of_the_trail_holds_a_password():
    actor = make_administrator(kind=Kind.SYSTEM)
    user, first = create(actor)
    second = actions.reset_password(actor, user, now=NOW)
    told = repr(list(Deed.objects.values()))
    assert (first in told, second in told) == (False, False)
