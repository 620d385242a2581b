"""Requests no browser of ours makes: borrowed fields, stale pages, keys used twice, broken envelopes."""

import io
import uuid

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from portal.tests.bad import answers, cases, doors, queries
from portal.tests.bad.world import PASSWORD, guarded, snapshot, standing

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
world = standing
BY_NAME = {door.name: door for door in doors.DOORS}
PATH = "/inspections/ledger/"


def after(world, door, said):
    """What is guarded once this was sent; the sending is taken back."""
    with transaction.atomic():
        response = cases.post(world, door, said)
        assert response.status_code < 500
        found = guarded()
        transaction.set_rollback(True)
    return found


def borrowed(world):
    """Columns of our tables, with the values somebody would like."""
    other = world.place.other.pk
    names = (
        "owner",
        "owner_id",
        "created_by",
        "logged_by",
        "by",
        "user",
        "user_id",
        "branch",
        "unit",
    )
    return dict.fromkeys(names, other) | {
        "id": "1", "pk": "1", "stage": "closed", "state": "issued", "status": "closed", "score": "100", "total": "9999",
        "points": "100", "tier": "advanced", "decided_pass": "1", "published_at": doors.DAY, "round": "99",
        "is_staff": "1", "is_superuser": "1", "is_active": "0", "kind": "system", "role": "county_officer",
        "path": "000001", "closed_on": doors.DAY, "submitted_by": other, "number": "ZG-1", "digest": "0" * 64,
        "must_change_password": "0", "groups": "1",
    }  # fmt: skip


# A new unit's path is made of its id, and a try that was rolled back has used one up.
SAME_TWICE = [door for door in doors.DOORS if door.name != "new unit"]


@pytest.mark.parametrize("door", SAME_TWICE, ids=lambda door: door.name)
def test_fields_that_no_form_has_are_ignored(world, door):
    said = door.said(world)
    more = {name: value for name, value in borrowed(world).items() if name not in said}
    unasked = {name: value for name, value in more.items() if name not in door.fields}
    assert after(world, door, said | unasked) == after(world, door, said)


@pytest.mark.parametrize("door", SAME_TWICE, ids=lambda door: door.name)
def test_a_field_sent_twice_is_read_once(world, door):
    """The last value counts, as in every browser's form; nothing is joined and nothing fails."""
    said = door.said(world)
    twice = {n: [v, v] if isinstance(v, str) else v for n, v in said.items()}
    assert after(world, door, twice) == after(world, door, said)


KEYED = [
    door for door in doors.DOORS if "key" in door.fields.values() and door.name != "clause on site"
]


@pytest.mark.parametrize("door", KEYED, ids=lambda door: door.name)
def test_a_key_used_again_with_other_words_writes_nothing_more(world, door):
    name = next(n for n, kind in door.fields.items() if kind.rstrip("*") in ("prose", "line"))
    cases.post(world, door, door.said(world))
    before = snapshot()
    response = cases.post(world, door, door.said(world) | {name: "换了内容再发一次"})
    assert (response.status_code < 500, snapshot()) == (True, before)


STALE = [
    ("finding acknowledge", "inspections:finding_acknowledge", "findings.closed.pk"),
    ("finding plan", "inspections:finding_plan", "findings.closed.pk"),
    ("finding progress", "inspections:finding_progress", "findings.closed.pk"),
    ("finding submit", "inspections:finding_submit", "findings.closed.pk"),
    ("finding reject", "inspections:finding_reject", "findings.closed.pk"),
    ("finding ask_extension", "inspections:finding_ask_extension", "findings.submitted.pk"),
    ("finding chase", "inspections:finding_chase", "findings.closed.pk"),
    ("finding rebound", "inspections:finding_rebound", "findings.in_progress.pk"),
    ("self-assessment", "inspections:assessment", "filed.pk"),
    ("autosave", "inspections:assessment_autosave", "filed.pk"),
    ("return of a self-assessment", "inspections:check", "typing.pk"),
    ("head of an edition", "standards:head", "cycle.edition_id"),
    ("tiers", "standards:tiers", "cycle.edition_id"),
    ("new clause", "standards:clause_new", "cycle.edition_id"),
    ("tap of a phone", "inspections:stop_taps", "done_stop.pk"),
    ("signing", "inspections:stop_sign", "stop.pk"),
]


@pytest.mark.parametrize(("name", "view", "way"), STALE, ids=[row[0] for row in STALE])
def test_a_page_from_before_the_last_step_changes_nothing(world, name, view, way):
    door, before = BY_NAME[name], snapshot()
    address = doors.at(view, way)(world)
    body = answers.encoded(door.said(world))
    by = "clerk" if way == "filed.pk" else door.by
    response = world.clients[by].post(address, body, content_type=cases.FORM)
    assert (400 <= response.status_code < 500, snapshot()) == (True, before)
    assert all(answers.HAN.search(sentence) for sentence in answers.sentences(response))


def test_the_second_of_two_writers_of_a_profile_is_told(world):
    door, before = BY_NAME["profile"], snapshot()
    response = cases.post(world, door, door.said(world) | {"version": "2020-01-01T00:00:00"})
    assert (response.status_code, snapshot()) == (422, before)


@pytest.mark.parametrize("target", queries.ONWARD, ids=ascii)
def test_after_signing_in_nobody_is_sent_elsewhere(world, target):
    said = {"username": "known-name", "password": PASSWORD, "next": target}
    response = Client().post(reverse("accounts:sign_in"), said)
    assert (response.status_code, response["Location"]) == (302, reverse("home"))


def officer(world, **more):
    return world.clients["officer"].get(PATH, **more)


ENVELOPES = {
    "TRACE": lambda w: w.clients["officer"].trace(PATH),
    "unknown method": lambda w: w.clients["officer"].generic("BREW", PATH),
    "PUT": lambda w: w.clients["officer"].put(PATH, b"x"),
    "DELETE": lambda w: w.clients["officer"].delete(PATH),
    "wrong host": lambda w: officer(w, headers={"Host": "evil.example"}),
    "two hosts": lambda w: officer(w, headers={"Host": "a b"}),
    "3 MB": lambda w: post(w, b"text=" + b"x" * (3 << 20)),
    "2,001 fields": lambda w: post(w, b"&".join(b"a%d=1" % n for n in range(2_001))),
    "letters as GB18030": lambda w: post(w, b"text=" + "安禾县".encode("gb18030")),
    "GB18030 declared": lambda w: post(w, b"text=a", kind=f"{cases.FORM}; charset=gb18030"),
    "code unknown": lambda w: post(w, b"text=a", kind=f"{cases.FORM}; charset=zzz"),
    "no boundary": lambda w: post(w, b"--x\r\n\r\n", kind="multipart/form-data"),
    "boundary odd": lambda w: post(w, b"--x\r\n", kind="multipart/form-data; boundary=\xff"),
    "21 files": lambda w: w.clients["branch_clerk"].post(
        reverse("branches:meetings", args=[w.branch.pk]), {"files": [named(n) for n in range(21)]}
    ),
}  # fmt: skip


def post(world, body, *, kind=cases.FORM):
    return world.clients["officer"].generic("POST", reverse("accounts:suggest"), body, kind)


def named(number):
    file = io.BytesIO(b"x")
    file.name = f"{number}.jpg"
    return file


@pytest.mark.parametrize("name", ENVELOPES)
def test_a_broken_envelope_is_refused(world, name):
    before = snapshot()
    response = ENVELOPES[name](world)
    assert (400 <= response.status_code < 500, snapshot()) == (True, before)


HARMLESS = {
    "200 cookies": {"Cookie": "; ".join(f"c{n}=1" for n in range(200))},
    "cookie of 8 KB": {"Cookie": "a=" + "x" * 8_000},
    "languages of 10 KB": {"Accept-Language": "zh-CN," * 1_700},
    "1,000 proxies": {"X-Forwarded-For": ", ".join(["10.0.0.1"] * 1_000)},
    "path in a header": {"X-Original-URL": "/account/users/", "X-Rewrite-URL": "/account/users/"},
    "odd agent": {"User-Agent": "a\x1b[31m<script>"},
}


@pytest.mark.parametrize("name", HARMLESS)
def test_odd_headers_get_the_ordinary_page_or_are_refused(world, name):
    response = Client(raise_request_exception=False).get(
        "/account/sign-in/", headers=HARMLESS[name]
    )
    assert response.status_code in (200, 400)


@pytest.mark.parametrize(("kind", "body"), [
    ("application/json", b'{"text": "\\ud800"}'), ("application/json", b"[" * 100_000),
    ("application/json", b'{"text": NaN}'), ("text/plain", b"\xff\xfe"), ("application/xml", b"<a/>"),
], ids=["surrogate", "100,000 brackets", "NaN", "plain", "XML"])  # fmt: skip
def test_a_body_that_is_no_form_writes_nothing(world, kind, body):
    before = snapshot()
    for name in ("suggestion", "profile", "finding progress", "tap of a phone", "one decision"):
        door = BY_NAME[name]
        response = world.clients[door.by].post(door.at(world), body, content_type=kind)
        assert response.status_code < 500
    assert snapshot() == before


def test_a_form_without_its_token_is_refused_in_chinese(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["branch_clerk"])
    response = client.post(
        reverse("accounts:suggest"), {"text": "字太小", "client_key": uuid.uuid4()}
    )
    assert (response.status_code, bool(answers.HAN.search(response.content.decode()))) == (
        403,
        True,
    )


def test_notices_are_not_marked_by_a_number_too_long(world):
    response = world.clients["officer"].post(
        reverse("accounts:notices_done"), {"upto": "9" * 5_000}
    )
    assert response.status_code == 302
