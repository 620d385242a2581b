"""A large roster: asked for in the request, written by the worker once, whatever happens to the worker."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import outbox
from accounts.models import Deed, Notice, Outbox
from accounts.roles import Role
from accounts.tests.make import NOW
from branches.models import Organization, RosterImport
from branches.rosters import imports as rosters
from branches.rosters import owed, write
from branches.tests.rosters_made import branch_row, send, workbook

pytestmark = pytest.mark.django_db
State = RosterImport.State
ROWS = 3


@pytest.fixture
def item(county, monkeypatch):
    """Three rows count as large here."""
    monkeypatch.setattr(rosters, "SMALL", ROWS)
    return send(county, workbook(*[branch_row(f"第{n}组党支部") for n in range(ROWS)]))


def asked(county, item, *, now=NOW):
    return rosters.confirm(county.officer, item, now=now)


def written():
    return Organization.objects.filter(name__endswith="组党支部").count()


def test_a_large_table_is_owed_and_nothing_is_written_yet(county, item):
    assert asked(county, item).state == State.ASKED
    assert (written(), Outbox.objects.get().payload) == (0, {"import": str(item.pk)})


def test_a_table_below_the_mark_is_written_at_once(county, item, monkeypatch):
    monkeypatch.setattr(rosters, "SMALL", ROWS + 1)
    assert asked(county, item).state == State.CONFIRMED
    assert (written(), Outbox.objects.count()) == (ROWS, 0)


def test_unchanged_rows_count_too_for_they_take_as_long_to_read(county, item):
    rosters.write(county.officer, item, now=NOW)
    again = send(county, workbook(*[branch_row(f"第{n}组党支部") for n in range(ROWS)]))
    assert asked(county, again).state == State.ASKED


def test_the_worker_writes_it_and_tells_who_asked(county, item):
    asked(county, item)
    assert outbox.drain(now=NOW) == 1
    item.refresh_from_db()
    assert (item.state, item.confirmed_by, written()) == (
        State.CONFIRMED,
        county.officer.user,
        ROWS,
    )
    notice = Notice.objects.get(code="roster.written")
    assert (notice.user, notice.params["new"]) == (county.officer.user, ROWS)


def test_a_second_press_owes_nothing_more(county, item):
    asked(county, item)
    asked(county, item, now=NOW + timedelta(seconds=3))
    assert Outbox.objects.count() == 1


def test_the_worker_called_twice_writes_once(county, item):
    asked(county, item)
    payload = Outbox.objects.get().payload
    assert [owed.write_owed(payload, now=NOW) for _turn in (1, 2)] == [1, 0]
    assert (written(), Deed.objects.filter(verb="roster.confirm").count()) == (ROWS, 1)


def test_who_was_killed_before_telling_tells_on_the_next_run(county, item):
    asked(county, item)
    payload = Outbox.objects.get().payload
    owed.write_owed(payload, now=NOW)
    Notice.objects.all().delete()
    assert [owed.write_owed(payload, now=NOW) for _turn in (1, 2)] == [1, 0]
    assert Notice.objects.filter(code="roster.written").count() == 1


def test_two_workers_at_once_write_once(county, item):
    """The second one read the row before the first had ended."""
    asked(county, item)
    late = RosterImport.objects.select_related("owner").get(pk=item.pk)
    owed.write_owed(Outbox.objects.get().payload, now=NOW)
    assert rosters.write(county.officer, late, now=NOW).state == State.CONFIRMED
    assert (written(), Deed.objects.filter(verb="roster.confirm").count()) == (ROWS, 1)


def test_what_fails_half_way_leaves_nothing_and_is_done_on_the_next_try(county, item, monkeypatch):
    asked(county, item)
    with monkeypatch.context() as broken:
        broken.setattr(write, "tell_all", fail)
        assert outbox.drain(now=NOW) == 0
    item.refresh_from_db()
    assert (written(), item.state, item.begun_at) == (0, State.ASKED, NOW)
    assert outbox.drain(now=NOW + timedelta(minutes=2)) == 1
    assert written() == ROWS


def fail(*_rows, **_said):
    raise OSError("the power went out")


def test_units_changed_meanwhile_bring_a_new_preview_and_no_row(county, item):
    asked(county, item)
    county.town.short_name = "柳湾新镇"
    county.town.save(update_fields=["short_name"])
    outbox.drain(now=NOW)
    item.refresh_from_db()
    assert (item.state, item.counts["stale"], written()) == (State.PREVIEW, True, 0)
    assert Notice.objects.filter(code="roster.stale").count() == 1


def test_a_late_worker_does_not_write_a_preview_nobody_confirmed(county, item):
    asked(county, item)
    late = RosterImport.objects.select_related("owner").get(pk=item.pk)
    county.town.short_name = "柳湾新镇"
    county.town.save(update_fields=["short_name"])
    outbox.drain(now=NOW)
    assert rosters.write(county.officer, late, now=NOW).state == State.PREVIEW
    assert written() == 0


def test_a_file_that_is_gone_gives_the_preview_back_with_a_sentence(client, county, item):
    asked(county, item)
    (rosters.folder() / item.path).unlink()
    outbox.drain(now=NOW)
    client.force_login(county.officer.user)
    page = client.get(reverse("branches:import", args=[item.pk])).content.decode()
    assert "上传的文件已不存在，请重新上传。" in page
    assert RosterImport.objects.get().state == State.PREVIEW


def test_who_lost_the_role_meanwhile_writes_nothing(county, item):
    asked(county, item)
    grants = county.officer.user.grants.filter(role=Role.COUNTY_OFFICER)
    grants.update(until_on=county.officer.today - timedelta(days=1))
    outbox.drain(now=NOW)
    item.refresh_from_db()
    assert (item.state, written()) == (State.PREVIEW, 0)


def test_a_job_given_up_can_be_asked_for_again(county, item):
    asked(county, item)
    Outbox.objects.update(dead_at=NOW)
    asked(county, item, now=NOW + timedelta(hours=1))
    assert outbox.drain(now=NOW + timedelta(hours=1)) == 1
    assert written() == ROWS


def test_the_page_follows_the_job_without_a_script(client, county, item):
    client.force_login(county.officer.user)
    address = reverse("branches:import", args=[item.pk])
    client.post(reverse("branches:import_confirm", args=[item.pk]))
    waiting = client.get(address).content.decode()
    RosterImport.objects.update(begun_at=timezone.now())
    begun = client.get(address).content.decode()
    Outbox.objects.update(dead_at=timezone.now())
    given_up = client.get(address).content.decode()
    refresh = '<meta http-equiv="refresh" content="5">'
    assert [refresh in page for page in (waiting, begun, given_up)] == [True, True, False]
    assert ["等待后台" in waiting, "正在写入" in begun, "再试一次" in given_up] == [True] * 3
    Outbox.objects.update(dead_at=None)
    outbox.drain(now=timezone.now())
    assert client.get(address).context["item"].state == State.CONFIRMED
