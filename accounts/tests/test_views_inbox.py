"""The inbox and the suggestions, through the pages."""

from uuid import uuid4

import pytest

from accounts.models import Deed, Notice, Suggestion
from accounts.roles import Kind
from accounts.tests.make import NOW, make_notice, make_user

pytestmark = pytest.mark.django_db
INBOX = "/account/inbox/"
SUGGEST = "/account/suggest/"


@pytest.fixture
def user(client):
    user = make_user(name="王宁")
    client.force_login(user)
    return user


def lines(client, query=""):
    return [line.text for _notice, line in client.get(INBOX + query).context["lines"]]


def write(client, **fields):
    data = {"text": "表格太多", "client_key": uuid4()} | fields
    return client.post(SUGGEST, data)


@pytest.mark.parametrize("count", [1, 3])
def test_the_inbox_asks_the_same_number_of_questions_for_any_number_of_lines(
    client, user, django_assert_num_queries, count
):
    for _n in range(count):
        make_notice(user=user)
    client.get(INBOX)
    with django_assert_num_queries(7):
        client.get(INBOX)


def test_a_line_marked_as_done_moves_to_the_done(client, user):
    notice = make_notice(user=user)
    assert (len(lines(client)), len(lines(client, "?view=done"))) == (1, 0)
    client.post(f"{INBOX}{notice.pk}/done/")
    assert (len(lines(client)), len(lines(client, "?view=done"))) == (0, 1)


def test_reading_the_inbox_marks_nothing(client, user):
    make_notice(user=user)
    client.get(INBOX)
    assert Notice.objects.unread().count() == 1


def test_another_persons_line_answers_404(client, user):
    notice = make_notice(user=make_user())
    assert client.post(f"{INBOX}{notice.pk}/done/").status_code == 404
    assert (lines(client), Notice.objects.unread().count()) == ([], 1)


def test_mark_all_leaves_what_came_after_the_page_was_shown(client, user):
    seen = [make_notice(user=user) for _n in range(2)]
    later = make_notice(user=user)
    client.post(f"{INBOX}done/", {"upto": seen[-1].pk})
    assert list(Notice.objects.unread()) == [later]


def test_mark_all_touches_nobody_elses_lines(client, user):
    other = make_notice(user=make_user())
    client.post(f"{INBOX}done/", {"upto": other.pk})
    assert Notice.objects.unread().count() == 1


@pytest.mark.parametrize("upto", ["", "x", "-1", "²"])
def test_mark_all_with_an_odd_number_marks_nothing(client, user, upto):
    make_notice(user=user)
    assert client.post(f"{INBOX}done/", {"upto": upto}).status_code == 302
    assert Notice.objects.unread().count() == 1


def test_a_line_is_text_never_markup(client, user, monkeypatch):
    monkeypatch.setitem(__import__("accounts.wording").wording.SENTENCES, "raw", "%(a)s")
    make_notice(user=user, code="raw", params={"a": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in client.get(INBOX).content.decode()


# ---- suggestions ----


def test_a_suggestion_sent_twice_is_one(client, user):
    key = uuid4()
    for _time in range(2):
        response = write(client, client_key=key)
    assert (response["Location"], Suggestion.objects.count()) == (f"{SUGGEST}{key}/", 1)


def test_an_anonymous_suggestion_keeps_no_name_no_page_and_no_deed(client, user):
    write(client, anonymous="on", page="/branches/7/")
    row = Suggestion.objects.get()
    assert (row.user, row.page, Deed.objects.count()) == (None, "", 0)


def test_the_receipt_shows_an_anonymous_writer_the_reply(client, user):
    key = uuid4()
    write(client, client_key=key, anonymous="on")
    Suggestion.objects.update(reply="已改", replied_at=NOW, replied_by=make_user())
    assert "已改" in client.get(f"{SUGGEST}{key}/").content.decode()


def test_a_signed_suggestion_stays_hidden_from_who_has_its_address(client, user, make_client):
    key = uuid4()
    write(client, client_key=key)
    stranger = make_client()
    stranger.force_login(make_user())
    assert stranger.get(f"{SUGGEST}{key}/").status_code == 404


def test_an_empty_suggestion_answers_422(client, user):
    assert write(client, text=" ").status_code == 422


def test_the_system_administrator_answers_and_the_writer_is_told(client, user, make_client):
    key = uuid4()
    write(client, client_key=key)
    administrator = make_client()
    administrator.force_login(make_user(kind=Kind.SYSTEM))
    administrator.post(f"{SUGGEST}{key}/", {"reply": "下周改"})
    row = Suggestion.objects.get()
    assert (row.reply, Notice.objects.get().user) == ("下周改", user)


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        (Kind.SYSTEM, "收到的意见建议"),
        (Kind.SECURITY, "我的意见建议"),
        (Kind.BUSINESS, "我的意见建议"),
    ],
)
def test_the_list_says_whose_suggestions_it_holds(client, kind, heading):
    client.force_login(make_user(kind=kind))
    write(client)
    assert f"<h2>{heading}</h2>" in client.get(SUGGEST).content.decode()


def test_a_suggestion_is_answered_once(client, user, make_client):
    key = uuid4()
    write(client, client_key=key)
    administrator = make_client()
    administrator.force_login(make_user(kind=Kind.SYSTEM))
    codes = [administrator.post(f"{SUGGEST}{key}/", {"reply": t}).status_code for t in "一二"]
    assert (codes, Suggestion.objects.get().reply) == ([302, 409], "一")


def test_a_writer_does_not_answer_the_own_suggestion(client, user):
    key = uuid4()
    write(client, client_key=key)
    assert client.post(f"{SUGGEST}{key}/", {"reply": "好"}).status_code == 403


def test_a_stranger_answers_no_suggestion(client, user, make_client):
    key = uuid4()
    write(client, client_key=key)
    stranger = make_client()
    stranger.force_login(make_user())
    assert stranger.post(f"{SUGGEST}{key}/", {"reply": "好"}).status_code == 404


def test_a_suggestion_never_written_answers_404(client, user):
    assert client.get(f"{SUGGEST}{uuid4()}/").status_code == 404


def test_writers_see_only_their_own_suggestions(client, user, make_client):
    write(client)
    other = make_client()
    other.force_login(make_user())
    assert other.get(SUGGEST).context["page"].paginator.count == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_suggestions_ask_the_same_number_of_questions(
    client, user, django_assert_num_queries, count
):
    for _n in range(count):
        write(client)
    client.get(SUGGEST)
    with django_assert_num_queries(6):
        client.get(SUGGEST)
