"""People of units, through the pages."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Kind, Role
from accounts.tests.make import make_user
from branches.access_people import ACCESS
from branches.models import Grant
from branches.permissions_people import TABLE
from branches.tests.make import make_branch, make_county, make_grant

pytestmark = pytest.mark.django_db
PASSWORD = r"(?:[a-z]{4}-){4}\d\d"
WHO = ("officer", "leader", "secretary", "clerk", "branch_clerk", "stranger")


@pytest.fixture(autouse=True)
def _on_the_day():
    """The grants of the make_ functions hold in 2026; the pages read the clock."""
    with time_machine.travel("2026-11-20 10:00", tick=False):
        yield


@pytest.fixture
def place(county):
    return county


def as_user(user):
    client = Client()
    client.force_login(user)
    return client


def administrator(kind=Kind.SECURITY):
    return as_user(make_user(kind=kind, name="管理员"))


def test_every_address_names_its_verb():
    from branches.urls_people import urlpatterns

    assert {f"branches:{route.name}" for route in urlpatterns} == set(ACCESS)
    assert {verb for methods in ACCESS.values() for verb in methods.values()} == set(TABLE)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("grants", {"system": 200, "security": 200, "audit": 403}),
        ("roster_accounts", {"system": 200, "security": 403, "audit": 403}),
    ],
)
@pytest.mark.parametrize("kind", [Kind.SYSTEM, Kind.SECURITY, Kind.AUDIT])
def test_lists_open_for_their_administrators(place, name, codes, kind):
    assert administrator(kind).get(reverse(f"branches:{name}")).status_code == codes[kind]


@pytest.mark.parametrize("name", ["grants", "roster_accounts"])
@pytest.mark.parametrize("who", WHO)
def test_lists_open_for_the_county_officer_only(place, name, who):
    code = as_user(getattr(place, who).user).get(reverse(f"branches:{name}")).status_code
    assert code == (200 if who == "officer" else 403)


@pytest.mark.parametrize("who", WHO)
def test_a_hand_over_page_is_404_to_all_but_the_officer(place, who):
    path = reverse("branches:hand_over", args=[place.branches[0].pk])
    code = as_user(getattr(place, who).user).get(path).status_code
    assert code == (200 if who == "officer" else 404)


def test_an_officer_of_another_county_finds_nothing(place):
    other = make_county(name="临水县委组织部").officer.user
    client = as_user(other)
    path = reverse("branches:hand_over", args=[place.branches[0].pk])
    roots = {
        g.organization.path[:6] for g in client.get(reverse("branches:grants")).context["page"]
    }
    assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)
    assert place.county.path not in roots


@pytest.mark.parametrize("who", WHO)
def test_giving_and_ending_roles_is_closed_to_business_users(place, who):
    client = as_user(getattr(place, who).user)
    grant = place.clerk.user.grants.get()
    end = client.post(reverse("branches:grant_end", args=[grant.pk])).status_code
    make = client.post(reverse("branches:grant_make", args=[place.clerk.user.pk])).status_code
    kind = client.post(reverse("branches:appoint", args=[place.clerk.user.pk])).status_code
    assert {end, make, kind} <= {403, 404}
    assert Grant.objects.get(pk=grant.pk).until_on is None


def test_the_security_administrator_gives_a_role(place):
    user = make_user(name="林海")
    response = administrator().post(
        reverse("branches:grant_make", args=[user.pk]),
        {"organization": place.town.pk, "role": Role.CLERK, "from_on": "2026-11-20"},
    )
    assert response["Location"] == f"{reverse('branches:grants')}?user={user.pk}"
    assert user.grants.values_list("organization_id", "role").get() == (place.town.pk, Role.CLERK)


def test_a_role_that_does_not_fit_answers_422_at_its_field(place):
    response = administrator().post(
        reverse("branches:grant_make", args=[make_user().pk]),
        {"organization": place.town.pk, "role": Role.BRANCH_CLERK, "from_on": "2026-11-20"},
    )
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["role"])


def test_the_security_administrator_does_not_reach_the_own_account(place):
    user = make_user(kind=Kind.SECURITY)
    client = as_user(user)
    codes = [
        client.post(reverse("branches:grant_make", args=[user.pk])).status_code,
        client.post(reverse("branches:appoint", args=[user.pk]), {"kind": "business"}).status_code,
    ]
    assert codes == [403, 403]


def test_a_role_ends_by_its_button(place):
    grant = place.clerk.user.grants.get()
    theirs = as_user(place.clerk.user)
    administrator().post(reverse("branches:grant_end", args=[grant.pk]))
    assert Grant.objects.get(pk=grant.pk).until_on is not None
    assert theirs.get("/account/settings/").status_code == 302


def test_an_account_with_roles_is_not_appointed(place):
    path = reverse("branches:appoint", args=[place.clerk.user.pk])
    assert administrator().post(path, {"kind": "audit"}).status_code == 409


def test_the_search_for_a_unit_finds_by_name_and_by_initials(place):
    make_branch(parent=place.town, name="樟树坪村第二党支部", initials="zspcdedzb")
    client, path = administrator(), reverse("branches:grant_make", args=[make_user().pk])
    found = [
        [
            label
            for _pk, label in client.get(path, {"unit": word})
            .context["form"]
            .fields["organization"]
            .choices
        ]
        for word in ("双井", "zspcd", "")
    ]
    assert found == [
        ["双井村党支部"],
        ["樟树坪村第二党支部"],
        ["安禾县委组织部", "柳湾镇党委", "石埠镇党委"],
    ]


def test_a_hand_over_shows_the_slip_of_the_new_secretary(place):
    branch = place.branches[0]
    grant = place.branch_clerk.user.grants.get()
    response = as_user(place.officer.user).post(
        reverse("branches:hand_over", args=[branch.pk]),
        {
            "role": Role.BRANCH_CLERK,
            "old": grant.pk,
            "name": "林海",
            "on": "2026-11-01",
        },
    )
    word = re.search(PASSWORD, response.content.decode()).group()
    assert User.objects.get(name="林海").check_password(word)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"name": "", "username": "nobody"}, "username"),
        ({"on": "2999-01-01"}, "on"),
        ({"on": "soon"}, "on"),
        ({"role": "county_officer"}, "role"),
        ({"old": ""}, "old"),
        ({"old": "0"}, "old"),
        ({"name": "\u202e海林"}, "name"),
    ],
)
def test_an_odd_hand_over_answers_422_at_its_field(place, fields, wrong):
    grant = place.branch_clerk.user.grants.get()
    good = {"role": Role.BRANCH_CLERK, "old": grant.pk, "name": "林海", "on": "2026-11-01"}
    response = as_user(place.officer.user).post(
        reverse("branches:hand_over", args=[place.branches[0].pk]), good | fields
    )
    assert (response.status_code, wrong in response.context["form"].errors) == (422, True)


def test_a_roster_prints_one_slip_per_new_account(place):
    response = administrator(Kind.SYSTEM).post(
        reverse("branches:roster_accounts"),
        {"organization": place.county.pk, "roles": [Role.BRANCH_CLERK]},
    )
    assert len(re.findall(PASSWORD, response.content.decode())) == 3


def test_a_roster_of_another_county_is_no_choice(place):
    other = make_county(name="临水县委组织部")
    response = as_user(place.officer.user).post(
        reverse("branches:roster_accounts"),
        {"organization": other.county.pk, "roles": [Role.BRANCH_CLERK]},
    )
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["organization"])


def test_a_roster_by_get_makes_nothing(place):
    before = User.objects.count()
    client = administrator(Kind.SYSTEM)
    client.get(reverse("branches:roster_accounts"), {"organization": place.county.pk})
    assert User.objects.count() == before + 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_grants_asks_the_same_number_of_questions(
    place, django_assert_num_queries, count
):
    for _n in range(count):
        make_grant(user=make_user(), organization=place.town, role=Role.CLERK)
    client = administrator()
    client.get(reverse("branches:grants"))
    with django_assert_num_queries(5):
        client.get(reverse("branches:grants"))
