"""What one officer began waits on the workbench of the others, until one of them finishes it."""

from copy import deepcopy
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.roles import Role
from branches.tests.make import make_actor, make_organization
from inspections.models import Adoption, Way
from portal.board_second import second_cards
from portal.tests.make_board import make_board
from portal.tests.test_boards import numbers, page_of, total
from scoring.models import Result
from standards import actions
from standards.models import Edition
from standards.tests.make import NOW, enter

pytestmark = pytest.mark.django_db
HOME = reverse("home")
LABELS = {"标准待发布", "采用新标准待执行", "结果待公布"}


@pytest.fixture(scope="module")
def built(lasting):
    return make_board()


@pytest.fixture
def made(built):
    return deepcopy(built)


@pytest.fixture
def begun(made):
    """By the first officer: a draft submitted, a newer edition asked for, one result decided."""
    by, edition = made.officer.user, made.cycle.edition
    draft = actions.create_draft(
        made.officer, made.county, now=NOW, client_key=uuid4(), from_edition=edition
    )
    Edition.objects.filter(pk=draft.pk).update(submitted_at=NOW, submitted_by=by)
    Adoption.objects.create(
        cycle=made.cycle, old=edition, edition=edition, way=Way.values[0], reason="调整",
        asked_at=NOW, asked_by=by,
    )  # fmt: skip
    row = Result.objects.filter(cycle=made.cycle).order_by("pk").first()
    Result.objects.filter(pk=row.pk).update(decided_pass=True, decided_by=by)
    made.draft = draft
    return made


def cards(actor):
    found = enter(actor).get(HOME).context["cards"]
    return {card.label: (card.count, card.url) for card in found if card.label in LABELS}


def test_another_officer_is_led_to_each(begun):
    found = cards(begun.second_officer)
    assert {label: count for label, (count, _url) in found.items()} == dict.fromkeys(LABELS, 1)
    assert found["标准待发布"][1] == reverse("standards:issue", args=[begun.draft.pk])
    assert found["采用新标准待执行"][1] == reverse("scoring:adoption", args=[begun.cycle.pk])
    client = enter(begun.second_officer)
    assert all(client.get(url).status_code == 200 for _count, url in found.values())
    assert total(page_of(client, found["结果待公布"][1])) == 1
    assert (found["结果待公布"][1], 1) in numbers(page_of(client))


@pytest.mark.parametrize("person", ["officer", "leader", "clerk"])
def test_who_began_it_or_may_not_finish_it_is_not_asked(begun, person):
    if person == "clerk":
        assert "标准待发布" not in enter(begun.clerk).get(HOME).content.decode()
        return
    assert cards(getattr(begun, person)) == {}


def test_nothing_of_a_county_waits_for_the_officer_of_another(begun):
    elsewhere = make_actor(organization=make_organization(name="邻县"), role=Role.COUNTY_OFFICER)
    assert len(second_cards(begun.second_officer, [begun.cycle])) == len(LABELS)
    assert second_cards(elsewhere, [begun.cycle]) == []


def test_nothing_waits_once_it_is_done(begun):
    Edition.objects.filter(pk=begun.draft.pk).update(submitted_at=None, submitted_by=None)
    Adoption.objects.all().delete()
    Result.objects.filter(decided_pass=True, published_at=None).update(decided_pass=None)
    assert cards(begun.second_officer) == {}
