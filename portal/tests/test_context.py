"""The frame of every page: menu by role, the own unit, open notices; and what /healthz answers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Outbox, Pulse
from accounts.roles import Kind
from accounts.tests.make import make_notice, make_user
from branches.tests.make import make_county
from inspections.tests.make_findings import make_inspector
from standards.tests.make import enter

pytestmark = pytest.mark.django_db
SEARCH = reverse("search")


@pytest.fixture
def county():
    return make_county()


def frame(actor):
    return enter(actor).get(SEARCH).context


def labels(context):
    return [entry["label"] for entry in context["menu"]]


def test_the_county_has_the_whole_menu(county):
    assert labels(frame(county.officer)) == [
        "工作台",
        "支部",
        "标准",
        "自评",
        "检查",
        "整改台账",
        "达标结果",
    ]


def test_a_clerk_has_no_inspections(county):
    assert "检查" not in labels(frame(county.clerk))


def test_an_inspector_has_what_a_visit_needs(county):
    inspector = make_inspector(branch=county.branches[0])
    assert labels(frame(inspector)) == ["工作台", "标准", "检查", "整改台账"]


def test_a_branch_visited_is_not_the_inspectors_own_unit(county):
    assert not frame(make_inspector(branch=county.branches[0]))["unit"]


def test_the_own_unit_stands_in_the_bar(county):
    assert frame(county.clerk)["unit"].short_name == "柳湾镇"


def test_open_notices_are_counted(county):
    make_notice(user=county.clerk.user)
    make_notice(user=county.clerk.user, read_at=timezone.now())
    assert frame(county.clerk)["todo_count"] == 1


def test_the_page_one_is_on_is_marked(county):
    menu = enter(county.officer).get(reverse("scoring:results")).context["menu"]
    assert [entry["label"] for entry in menu if entry["active"]] == ["达标结果"]


@pytest.mark.parametrize(
    ("kind", "entry"),
    [(Kind.SYSTEM, "账号管理"), (Kind.SECURITY, "账号管理"), (Kind.AUDIT, "操作日志")],
)
def test_an_administrator_has_the_own_entry_and_nothing_else(client, kind, entry):
    client.force_login(make_user(kind=kind))
    assert labels(client.get(SEARCH).context) == ["工作台", entry]


def test_the_banner_stands_on_every_page(county):
    assert "本系统为非涉密系统" in frame(county.officer)["banner"]


# ---- health ----


def test_health_without_any_pulse_says_so(client):
    answer = client.get(reverse("healthz")).json()
    assert (answer["ok"], answer["worker_seconds"], answer["outbox_oldest_seconds"]) == (
        True,
        None,
        None,
    )


def test_health_tells_the_age_of_pulses_and_of_the_oldest_work(client):
    now = timezone.now()
    Pulse.objects.create(name="worker", beat_at=now - timedelta(seconds=90))
    Pulse.objects.create(name="beat", beat_at=now - timedelta(seconds=30))
    due = now - timedelta(seconds=300)
    Outbox.objects.create(key="k1", kind="digest", created_at=due, due_at=due)
    answer = client.get(reverse("healthz")).json()
    ages = [answer[name] for name in ("worker_seconds", "beat_seconds", "outbox_oldest_seconds")]
    assert [round(age, -1) for age in ages] == [90, 30, 300]


def test_health_answers_without_a_session(client):
    assert client.get(reverse("healthz")).status_code == 200


def test_health_takes_no_post(client):
    assert client.post(reverse("healthz")).status_code == 405


def test_a_page_stands_under_the_menu_its_trail_begins_with(county):
    pages = {"scoring:results": "达标结果", "inspections:cycles": "自评", "standards:list": "标准"}
    for name, label in pages.items():
        context = enter(county.officer).get(reverse(name)).context
        assert [each["label"] for each in context["menu"] if each["active"]] == [label]
