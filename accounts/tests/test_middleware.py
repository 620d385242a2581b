"""The rules of a session: idle end, what scripts are told, the change of password that comes first."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.roles import Kind
from accounts.tests.make import make_user

pytestmark = pytest.mark.django_db
SETTINGS = "/account/settings/"
INBOX = "/account/inbox/"
CHANGE = "/account/password/"
START = "2026-11-20 10:00"


@pytest.mark.parametrize(
    ("kind", "minutes", "code"),
    [
        (Kind.BUSINESS, 29, 200),
        (Kind.BUSINESS, 31, 302),
        (Kind.SYSTEM, 14, 200),
        (Kind.SYSTEM, 16, 302),
        (Kind.SECURITY, 16, 302),
        (Kind.AUDIT, 16, 302),
    ],
)
def test_a_session_ends_after_its_idle_minutes(client, kind, minutes, code):
    with time_machine.travel(START, tick=False) as clock:
        client.force_login(make_user(kind=kind))
        client.get(SETTINGS)
        clock.shift(timedelta(minutes=minutes))
        assert client.get(SETTINGS).status_code == code


def test_every_request_starts_the_idle_time_anew(client):
    with time_machine.travel(START, tick=False) as clock:
        client.force_login(make_user())
        codes = []
        for _step in range(4):
            codes.append(client.get(SETTINGS).status_code)
            clock.shift(timedelta(minutes=20))
    assert codes == [200, 200, 200, 200]


def test_an_idle_session_is_gone_from_the_database(client):
    from django.contrib.sessions.models import Session

    with time_machine.travel(START, tick=False) as clock:
        client.force_login(make_user())
        client.get(SETTINGS)
        clock.shift(timedelta(minutes=31))
        client.get(SETTINGS)
    assert Session.objects.count() == 0


def test_the_page_left_is_the_page_come_back_to(client):
    response = client.get(f"{INBOX}?view=done&page=2")
    assert response["Location"] == "/account/sign-in/?next=/account/inbox/%3Fview%3Ddone%26page%3D2"


def test_a_form_posted_too_late_leads_back_to_the_page_of_the_form(client):
    response = client.post(SETTINGS, HTTP_REFERER="http://testserver/account/settings/?a=1")
    assert response["Location"] == "/account/sign-in/?next=/account/settings/%3Fa%3D1"


def test_a_foreign_referer_is_not_followed(client):
    response = client.post(SETTINGS, HTTP_REFERER="http://evil.example/account/settings/")
    assert response["Location"] == "/account/sign-in/?next=/"


@pytest.mark.parametrize(
    "header",
    [
        {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
        {"HTTP_ACCEPT": "application/json"},
        {"HTTP_HX_REQUEST": "true"},
    ],
)
def test_a_script_without_a_session_gets_401_in_json(client, header):
    response = client.post(SETTINGS, **header)
    assert (response.status_code, response.json()) == (
        401,
        {"error": "signed_out", "sign_in": "/account/sign-in/"},
    )


def test_a_script_in_an_idle_session_gets_401(client):
    with time_machine.travel(START, tick=False) as clock:
        client.force_login(make_user())
        client.get(SETTINGS)
        clock.shift(timedelta(minutes=31))
        response = client.post(SETTINGS, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    assert response.status_code == 401


def test_a_script_before_the_change_of_password_gets_401(client):
    client.force_login(make_user(must_change_password=True))
    response = client.get(INBOX, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    assert (response.status_code, response.json()["error"]) == (401, "change_password")


def test_a_password_older_than_the_policy_is_changed_first(client, settings):
    settings.PASSWORD_MAX_DAYS = 90
    client.force_login(make_user(password_set_at=timezone.now() - timedelta(days=91)))
    assert client.get(INBOX)["Location"] == f"{CHANGE}?next={INBOX}"


def test_without_a_policy_an_old_password_holds(client):
    client.force_login(make_user(password_set_at=timezone.now() - timedelta(days=900)))
    assert client.get(SETTINGS).status_code == 200


def test_signing_out_and_health_stay_open_while_a_change_is_due(client):
    client.force_login(make_user(must_change_password=True))
    assert client.get("/healthz").status_code == 200
    assert client.post("/account/sign-out/")["Location"] == "/account/sign-in/"


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "zh-CN"), ("en", "en")])
def test_each_user_reads_the_own_language(client, language, word):
    client.force_login(make_user(language=language))
    assert f'<html lang="{word}"' in client.get(SETTINGS).content.decode()
