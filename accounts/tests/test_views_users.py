"""Accounts and the trail, through the pages, for every kind of account."""

import io
import re

import pytest
from openpyxl import load_workbook

from accounts.access_log import note_access
from accounts.models import AccessLog, Deed, User
from accounts.roles import Kind
from accounts.tests.make import NOW, make_user
from accounts.trail import record

pytestmark = pytest.mark.django_db
USERS = "/account/users/"
NEW = "/account/users/new/"
TRAIL = "/account/trail/"


def enter(client, kind):
    user = make_user(kind=kind, name="管理员")
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("path", "codes"),
    [
        (USERS, {"business": 403, "system": 200, "security": 200, "audit": 403}),
        (NEW, {"business": 403, "system": 200, "security": 403, "audit": 403}),
        (TRAIL, {"business": 403, "system": 403, "security": 403, "audit": 200}),
        (f"{TRAIL}export/", {"business": 403, "system": 403, "security": 403, "audit": 200}),
        (f"{TRAIL}access/", {"business": 403, "system": 403, "security": 403, "audit": 200}),
    ],
)
@pytest.mark.parametrize("kind", Kind.values)
def test_each_page_opens_for_its_administrator_only(client, path, codes, kind):
    enter(client, kind)
    assert client.get(path).status_code == codes[kind]


@pytest.mark.parametrize("verb", ["lock", "unlock", "reset"])
@pytest.mark.parametrize(("kind", "code"), [("security", 403), ("audit", 404), ("business", 404)])
def test_buttons_of_the_system_administrator_are_closed_to_others(client, verb, kind, code):
    enter(client, kind)
    path = f"{USERS}{make_user().pk}/{verb}/"
    assert (client.post(path).status_code, client.get(path).status_code) == (code, 405)


def test_a_new_account_is_shown_with_its_password_once(client):
    enter(client, Kind.SYSTEM)
    response = client.post(NEW, {"username": "liuwan-dj", "name": "王宁"})
    password = re.search(r"(?:[a-z]{4}-){4}\d\d", response.content.decode()).group()
    user = User.objects.get(username="liuwan-dj")
    assert (response.status_code, user.check_password(password)) == (200, True)
    assert response["Cache-Control"] == ("max-age=0, no-cache, no-store, must-revalidate, private")
    assert password not in client.get(f"{USERS}{user.pk}/").content.decode()


@pytest.mark.parametrize(
    "username",
    [
        "",
        "ab",
        "LiuWan",
        "liu wan",
        "刘",
        "ｌｉｕｗａｎ",
        "liu\u200bwan",
        "-liu",
        "a" * 41,
        "liu\n",
    ],
)
def test_an_odd_user_name_answers_422(client, username):
    enter(client, Kind.SYSTEM)
    response = client.post(NEW, {"username": username, "name": "王宁"})
    assert (response.status_code in (422, 200), User.objects.filter(name="王宁").count()) == (
        True,
        1 if username == "liu\n" else 0,
    )


def test_a_user_name_taken_answers_422_at_its_field(client):
    enter(client, Kind.SYSTEM)
    make_user(username="liuwan")
    response = client.post(NEW, {"username": "liuwan", "name": "王宁"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["username"])


def test_nobody_posts_a_kind_or_a_password_into_an_account(client):
    enter(client, Kind.SYSTEM)
    odd = {"kind": "security", "password": "chosen-by-me", "is_active": "", "session_version": 9}
    client.post(NEW, {"username": "liuwan", "name": "王宁"} | odd)
    user = User.objects.get(username="liuwan")
    assert (user.kind, user.check_password("chosen-by-me"), user.is_active) == (
        Kind.BUSINESS,
        False,
        True,
    )


def test_an_edit_keeps_the_user_name(client):
    enter(client, Kind.SYSTEM)
    user = make_user(username="liuwan", name="王宁")
    client.post(f"{USERS}{user.pk}/", {"name": "王宁宁", "username": "other", "post": "主任"})
    user.refresh_from_db()
    assert (user.username, user.name, user.post) == ("liuwan", "王宁宁", "主任")


def test_the_security_administrator_reads_but_does_not_edit_an_account(client):
    enter(client, Kind.SECURITY)
    path = f"{USERS}{make_user().pk}/"
    assert (client.get(path).status_code, client.post(path, {"name": "甲"}).status_code) == (
        200,
        403,
    )


def test_an_administrator_does_not_lock_the_own_account(client):
    user = enter(client, Kind.SYSTEM)
    assert client.post(f"{USERS}{user.pk}/lock/").status_code == 403


def test_a_lock_ends_the_persons_session(client, make_client):
    user = make_user()
    theirs = make_client()
    theirs.force_login(user)
    enter(client, Kind.SYSTEM)
    client.post(f"{USERS}{user.pk}/lock/")
    assert theirs.get("/account/settings/").status_code == 302


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=王", ["王宁"]),
        ("q=USERX", ["陈平"]),
        ("state=locked", ["陈平"]),
        ("kind=system", ["管理员"]),
        ("kind=odd&state=odd", ["王宁", "管理员", "陈平"]),
        ("page=99&size=7", ["王宁", "管理员", "陈平"]),
    ],
)
def test_the_list_narrows_by_what_it_understands(client, query, names):
    enter(client, Kind.SYSTEM)
    make_user(name="王宁")
    make_user(name="陈平", username="userx", is_active=False)
    found = [row.name for row in client.get(f"{USERS}?{query}").context["page"]]
    assert sorted(found) == sorted(names)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_accounts_asks_the_same_number_of_questions(
    client, django_assert_num_queries, count
):
    enter(client, Kind.SYSTEM)
    for _n in range(count):
        make_user()
    client.get(USERS)
    with django_assert_num_queries(5):
        client.get(USERS)


@pytest.mark.parametrize("count", [1, 3])
def test_the_trail_asks_the_same_number_of_questions(client, django_assert_num_queries, count):
    enter(client, Kind.AUDIT)
    for _n in range(count):
        record(make_user(), "user.locked", now=NOW)
    client.get(TRAIL)
    with django_assert_num_queries(5):
        client.get(TRAIL)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("by=王", 1),
        ("verb=user.locked", 1),
        ("first=2026-11-20", 2),
        ("first=2026-11-21", 0),
        ("last=2026-11-20", 2),
        ("last=2026-11-19", 0),
        ("first=0001-01-01&last=9999-12-31", 2),
        ("first=yesterday&verb=odd", 2),
        ("about=张", 1),
    ],
)
def test_the_trail_narrows_by_person_deed_object_and_day(client, query, count):
    enter(client, Kind.AUDIT)
    record(make_user(name="王宁"), "user.locked", make_user(name="张林"), now=NOW)
    record(None, "session.refused", now=NOW)
    assert client.get(f"{TRAIL}?{query}").context["page"].paginator.count == count


def test_the_export_of_the_trail_is_the_screen_and_is_logged(client):
    enter(client, Kind.AUDIT)
    record(make_user(name="王宁"), "user.locked", make_user(name="=cmd|1"), now=NOW)
    record(None, "session.refused", now=NOW)
    response = client.get(f"{TRAIL}export/?by=王")
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    cells = [cell.value for cell in book.worksheets[0][4]]
    assert [*cells[1:3], cells[4]] == ["2026-11-20 10:00:00", "王宁", "=cmd|1"]
    assert book.worksheets[0]["E4"].data_type == "s"
    assert AccessLog.objects.values_list("what", "rows").get() == ("trail.exported", 1)


def test_the_trail_has_no_way_to_write(client):
    enter(client, Kind.AUDIT)
    record(None, "session.refused", now=NOW)
    assert [client.post(TRAIL).status_code, Deed.objects.count()] == [405, 1]


def test_downloads_are_listed_with_their_rows_and_filter(client):
    user = enter(client, Kind.AUDIT)
    note_access(user, "ledger.exported", user, rows=12, query="stage=open" * 100, now=NOW)
    row = AccessLog.objects.get()
    assert (row.rows, len(row.query), row.object_id) == (12, 500, str(user.pk))
    assert "stage=open" in client.get(f"{TRAIL}access/").content.decode()
