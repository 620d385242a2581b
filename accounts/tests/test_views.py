"""Signing in, out and changing the password, through the pages."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Deed, User
from accounts.roles import Kind
from accounts.tests.make import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "kabe-tusa-remu-47"
SIGN_IN = "/account/sign-in/"
CHANGE = "/account/password/"
SETTINGS = "/account/settings/"


def enter(client, *, username="liuwan", password=PASSWORD, address="10.0.0.1", **fields):
    data = {"username": username, "password": password} | fields
    return client.post(SIGN_IN, data, REMOTE_ADDR=address)


def make_member(**fields):
    return make_user(username="liuwan", password=PASSWORD, **fields)


def reasons(response):
    errors = response.context["form"].errors.as_data()
    return {field: [fault.code for fault in faults] for field, faults in errors.items()}


def deeds():
    return list(Deed.objects.order_by("pk").values_list("verb", flat=True))


def test_sign_in_with_the_right_password_opens_the_home_page(client):
    make_member()
    response = enter(client)
    assert (response.status_code, response["Location"], deeds()) == (302, "/", ["session.began"])


def test_sign_in_writes_the_address_into_the_trail(client):
    make_member()
    enter(client, address="10.0.0.7")
    assert Deed.objects.get().address == "10.0.0.7"


@pytest.mark.parametrize(
    "attempt",
    [
        {"username": "nobody"},
        {"password": "wrong-password"},
        {"password": "x" * 10_000},
        {"username": ""},
        {"password": ""},
        {"username": "ｌｉｕｗａｎ"},
        {"username": "liu\u200bwan"},
        {"username": "LIUWAN"},
        {"username": "l" * 300},
        {"username": "liuwan\x00"},
    ],
)
def test_sign_in_gives_one_answer_to_everything_wrong(client, attempt):
    make_member()
    response = enter(client, **attempt)
    assert (response.status_code, reasons(response)) == (422, {"__all__": ["wrong"]})


def test_sign_in_of_a_locked_account_answers_as_a_wrong_password(client):
    make_member(is_active=False)
    assert reasons(enter(client)) == {"__all__": ["wrong"]}


def test_five_failures_lock_the_account_from_that_address_only(client):
    make_member()
    codes = [enter(client, password="wrong-password").status_code for _try in range(6)]
    here = enter(client).status_code
    elsewhere = enter(client, address="10.0.0.2").status_code
    assert (codes, here, elsewhere) == ([422, 422, 422, 422, 429, 429], 429, 302)


def test_the_lock_leaves_other_accounts_at_the_same_address_alone(client):
    make_member()
    make_user(username="shibu", password=PASSWORD)
    for _try in range(6):
        enter(client, password="wrong-password")
    assert enter(client, username="shibu").status_code == 302


def test_an_unknown_name_is_locked_in_the_same_way(client):
    codes = [enter(client, username="nobody").status_code for _try in range(6)]
    assert codes == [422, 422, 422, 422, 429, 429]


def test_the_lock_ends_after_half_an_hour_and_guesses_do_not_prolong_it(client):
    make_member()
    with time_machine.travel("2026-11-20 10:00", tick=False) as clock:
        for _try in range(5):
            enter(client, password="wrong-password")
        clock.shift(timedelta(minutes=20))
        enter(client, password="wrong-password")
        clock.shift(timedelta(minutes=11))
        assert enter(client).status_code == 302


def test_guesses_during_the_lock_leave_one_row_in_the_trail(client):
    make_member()
    for _try in range(9):
        enter(client, password="wrong-password")
    assert deeds() == ["session.refused"] * 4 + ["session.locked_out"]


def test_a_changed_user_agent_does_not_escape_the_lock(client):
    make_member()
    codes = [
        client.post(
            SIGN_IN,
            {"username": "liuwan", "password": "wrong-password"},
            HTTP_USER_AGENT=f"browser {n}",
        ).status_code
        for n in range(6)
    ]
    assert codes[-2:] == [429, 429]


def test_a_forged_forwarded_address_does_not_escape_the_lock(client):
    make_member()
    codes = [
        client.post(
            SIGN_IN,
            {"username": "liuwan", "password": "wrong-password"},
            HTTP_X_FORWARDED_FOR=f"10.9.9.{n}",
        ).status_code
        for n in range(6)
    ]
    assert codes[-2:] == [429, 429]


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "/\tevil",
        " //evil.example",
        "data:text/html,x",
        "evil.example",
        "/ok\r\nSet-Cookie: a=b",
    ],
)
def test_sign_in_never_leads_to_another_site(client, target):
    make_member()
    assert enter(client, next=target)["Location"] == "/"


def test_sign_in_leads_back_to_the_page_left(client):
    make_member()
    assert (
        enter(client, next="/account/inbox/?view=done")["Location"] == "/account/inbox/?view=done"
    )


def test_sign_in_changes_the_session_key(client):
    make_member()
    client.get(SIGN_IN)
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies["session"] = session.session_key
    enter(client)
    assert client.cookies["session"].value != session.session_key


def test_a_one_time_password_opens_only_its_own_change(client):
    make_member(must_change_password=True)
    enter(client)
    response = client.get(SETTINGS)
    assert response["Location"] == f"{CHANGE}?next={SETTINGS}"


def test_a_one_time_password_is_void_after_72_hours(client):
    make_member(must_change_password=True, initial_expires_at=timezone.now() - timedelta(minutes=1))
    assert reasons(enter(client)) == {"__all__": ["initial_over"]}


def test_changing_the_password_opens_the_portal_and_ends_other_sessions(client, make_client):
    user = make_member(must_change_password=True)
    other = make_client()
    other.force_login(user)
    client.force_login(user)
    new = "shang-wu-kai-hui-2026"
    response = client.post(
        f"{CHANGE}?next={SETTINGS}",
        {"old": PASSWORD, "new": new, "again": new, "next": SETTINGS},
    )
    user.refresh_from_db()
    assert (response["Location"], user.must_change_password) == (SETTINGS, False)
    assert (client.get(SETTINGS).status_code, other.get(SETTINGS).status_code) == (200, 302)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"old": "not-the-old-one"}, "old"),
        ({"new": "short", "again": "short"}, "new"),
        ({"new": "password1234", "again": "password1234"}, "new"),
        ({"new": "liuwan-liuwan", "again": "liuwan-liuwan"}, "new"),
        ({"new": PASSWORD, "again": PASSWORD}, "new"),
        ({"new": "x" * 10_000, "again": "x" * 10_000}, "new"),
        ({"again": "another-sentence-9"}, "again"),
    ],
)
def test_a_bad_change_of_password_answers_422_at_its_field(client, fields, wrong):
    client.force_login(make_member())
    good = {"old": PASSWORD, "new": "shang-wu-kai-hui", "again": "shang-wu-kai-hui"}
    response = client.post(CHANGE, good | fields)
    assert response.status_code == 422
    assert wrong in response.context["form"].errors


def test_five_wrong_present_passwords_end_the_session(client):
    client.force_login(make_member())
    bad = {"old": "wrong", "new": "shang-wu-kai-hui", "again": "shang-wu-kai-hui"}
    codes = [client.post(CHANGE, bad).status_code for _try in range(5)]
    assert (codes, client.get(SETTINGS).status_code) == ([422, 422, 422, 422, 302], 302)


def test_signing_out_is_a_post_and_ends_the_session(client):
    client.force_login(make_member())
    assert client.get("/account/sign-out/").status_code == 405
    assert client.post("/account/sign-out/")["Location"] == SIGN_IN
    assert client.get(SETTINGS).status_code == 302


def test_a_locked_account_is_out_with_the_next_request(client):
    user = make_member()
    client.force_login(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(SETTINGS).status_code == 302


@pytest.mark.parametrize("change", [{"kind": Kind.AUDIT}, {"session_version": 1}])
def test_a_session_ends_when_the_kind_or_a_role_changes(client, change):
    user = make_member()
    client.force_login(user)
    User.objects.filter(pk=user.pk).update(**change)
    assert client.get(SETTINGS).status_code == 302


def test_settings_hold_the_language_and_the_type_size(client):
    user = make_member()
    client.force_login(user)
    client.post(SETTINGS, {"language": "en", "large_type": "on", "phone": "", "email": ""})
    page = client.get(SETTINGS).content.decode()
    assert ('<html lang="en" class="large">' in page, "My settings" in page) == (True, True)


def test_the_language_switch_works_before_signing_in(client):
    client.post("/account/language/", {"language": "en", "next": SIGN_IN})
    assert "Sign in" in client.get(SIGN_IN).content.decode()


def test_every_page_of_a_signed_in_user_is_not_stored(client):
    client.force_login(make_member())
    assert client.get(SETTINGS)["Cache-Control"] == "no-store"


def test_the_names_of_the_pages_resolve():
    names = ["sign_in", "sign_out", "change_password", "settings", "large_type", "language"]
    assert [reverse(f"accounts:{name}") for name in names][0] == SIGN_IN
