"""Giving and ending roles, hand-over, accounts for a roster."""

from datetime import date

import pytest

from accounts.models import Deed, Notice, User
from accounts.refusal import Refused
from accounts.roles import Kind, Role
from accounts.tests.make import NOW, make_user
from branches import grants
from branches.models import Grant, Profile
from branches.people import grants_visible_to, in_force
from branches.roster_accounts import gaps, make_accounts
from branches.scope import act_as
from branches.tests.make import TODAY, make_branch, make_county, make_grant, make_organization

pytestmark = pytest.mark.django_db
YESTERDAY = date(2026, 11, 19)


def administrator(kind):
    return act_as(make_user(kind=kind, name=str(kind)), today=TODAY)


def give(actor, user, organization, *, role=Role.CLERK, **fields):
    fields = {"from_on": TODAY, "now": NOW} | fields
    return grants.make_grant(actor, user, organization=organization, role=role, **fields)


def hand(actor, organization, **fields):
    fields = {"role": Role.BRANCH_CLERK, "old": None, "on": TODAY, "now": NOW} | fields
    return grants.hand_over(actor, organization, **fields)


# ---- giving ----


def test_the_security_administrator_gives_a_role_and_the_trail_and_inbox_say_so():
    place = make_county()
    user = make_user(name="郑一")
    give(administrator(Kind.SECURITY), user, place.town)
    assert act_as(user, today=TODAY).roles_at(place.branches[0].path) == {Role.CLERK}
    assert Deed.objects.values_list("verb", "object_name", "path").get() == (
        "grant.made",
        "郑一",
        place.town.path,
    )
    assert Notice.objects.values_list("user_id", "code").get() == (user.pk, "grant.made")


def test_giving_a_role_ends_the_sessions_of_the_person():
    place = make_county()
    user = make_user()
    give(administrator(Kind.SECURITY), user, place.town)
    assert User.objects.get(pk=user.pk).session_version == 1


@pytest.mark.parametrize("kind", [Kind.SYSTEM, Kind.AUDIT])
def test_no_other_administrator_gives_roles(kind):
    place = make_county()
    with pytest.raises(Refused):
        give(administrator(kind), make_user(), place.town)


@pytest.mark.parametrize("who", ["officer", "leader", "secretary", "clerk", "branch_clerk"])
def test_no_business_user_gives_roles(who):
    place = make_county()
    with pytest.raises(Refused):
        give(getattr(place, who), make_user(), place.town)


def test_nobody_gives_a_role_to_the_own_account():
    place = make_county()
    actor = administrator(Kind.SECURITY)
    with pytest.raises(Refused):
        give(actor, actor.user, place.town)
    assert Grant.objects.filter(user=actor.user).count() == 0


@pytest.mark.parametrize("kind", [Kind.SYSTEM, Kind.SECURITY, Kind.AUDIT])
def test_an_administrator_gets_no_business_role(kind):
    place = make_county()
    with pytest.raises(Refused):
        give(administrator(Kind.SECURITY), make_user(kind=kind), place.town)


def test_a_locked_account_gets_no_role():
    place = make_county()
    with pytest.raises(Refused):
        give(administrator(Kind.SECURITY), make_user(is_active=False), place.town)


@pytest.mark.parametrize(
    ("where", "role", "fits"),
    [
        ("branch", Role.BRANCH_CLERK, True),
        ("branch", Role.CLERK, False),
        ("branch", Role.COUNTY_OFFICER, False),
        ("town", Role.CLERK, True),
        ("town", Role.SECRETARY, True),
        ("town", Role.BRANCH_CLERK, False),
        ("town", Role.COUNTY_OFFICER, False),
        ("county", Role.COUNTY_OFFICER, True),
        ("county", Role.COUNTY_LEADER, True),
        ("county", Role.BRANCH_CLERK, False),
    ],
)
def test_a_role_fits_its_kind_of_unit(where, role, fits):
    place = make_county()
    unit = {"branch": place.branches[0], "town": place.town, "county": place.county}[where]
    assert (role in grants.roles_for(unit)) == fits


def test_a_role_held_already_is_refused():
    place = make_county()
    with pytest.raises(Refused):
        give(administrator(Kind.SECURITY), place.clerk.user, place.town)


def test_a_role_that_ends_before_it_begins_is_refused():
    place = make_county()
    with pytest.raises(Refused):
        give(administrator(Kind.SECURITY), make_user(), place.town, until_on=YESTERDAY)


def test_a_closed_unit_gets_no_role():
    place = make_county()
    closed = make_organization(parent=place.county, closed_on=YESTERDAY)
    with pytest.raises(Refused):
        give(administrator(Kind.SECURITY), make_user(), closed)


# ---- ending ----


def test_an_ended_role_opens_nothing_from_the_next_request_on():
    place = make_county()
    user = place.clerk.user
    grants.end_grant(administrator(Kind.SECURITY), user.grants.get(), now=NOW)
    assert act_as(user, today=TODAY).held == ()
    assert User.objects.get(pk=user.pk).session_version == 1


def test_a_role_given_and_ended_on_one_day_opens_nothing_that_day():
    place = make_county()
    user = make_user()
    actor = administrator(Kind.SECURITY)
    grants.end_grant(actor, give(actor, user, place.town), now=NOW)
    assert act_as(user, today=TODAY).held == ()


def test_a_role_ended_with_a_date_holds_until_that_day():
    place = make_county()
    user = place.clerk.user
    grants.end_grant(administrator(Kind.SECURITY), user.grants.get(), last_on=TODAY, now=NOW)
    assert act_as(user, today=TODAY).has(Role.CLERK)
    assert not act_as(user, today=date(2026, 11, 21)).has(Role.CLERK)


def test_a_role_ends_once():
    place = make_county()
    actor = administrator(Kind.SECURITY)
    grant = place.clerk.user.grants.get()
    grants.end_grant(actor, grant, now=NOW)
    with pytest.raises(Refused):
        grants.end_grant(actor, grant, now=NOW)
    assert Deed.objects.filter(verb="grant.ended").count() == 1


# ---- kinds ----


def test_an_account_with_a_role_does_not_become_an_administrator():
    place = make_county()
    with pytest.raises(Refused):
        grants.appoint(administrator(Kind.SECURITY), place.clerk.user, kind=Kind.AUDIT, now=NOW)


def test_the_security_administrator_appoints_the_auditor():
    user = make_user()
    grants.appoint(administrator(Kind.SECURITY), user, kind=Kind.AUDIT, now=NOW)
    assert User.objects.get(pk=user.pk).kind == Kind.AUDIT


def test_nobody_appoints_the_own_account():
    actor = administrator(Kind.SECURITY)
    with pytest.raises(Refused):
        grants.appoint(actor, actor.user, kind=Kind.AUDIT, now=NOW)


# ---- hand-over ----


def test_a_change_of_secretary_moves_role_profile_and_sessions_in_one_step():
    place = make_county()
    branch, old = place.branches[0], place.branch_clerk.user
    done = hand(place.officer, branch, old=old.grants.get(), name="林海", phone="0938-1234")
    profile = Profile.objects.get(organization=branch)
    assert (done.old, done.new.name, len(done.password) > 12) == (old, "林海", True)
    assert act_as(old, today=TODAY).held == ()
    assert act_as(done.new, today=TODAY).roles_at(branch.path) == {Role.BRANCH_CLERK}
    assert (profile.secretary, profile.secretary_since, profile.phone) == (
        "林海",
        TODAY,
        "0938-1234",
    )


def test_a_hand_over_to_an_existing_account_makes_no_new_one():
    place = make_county()
    new = make_user(name="林海")
    done = hand(place.officer, place.branches[0], old=place.branch_clerk.user.grants.get(), new=new)
    assert (done.new, done.password) == (new, "")


def test_what_names_the_old_person_follows(monkeypatch):
    place = make_county()
    heard = []

    def follow(organization, *, old, new, now):
        heard.append((organization, old, new.name))

    monkeypatch.setattr(grants, "FOLLOWERS", [follow])
    old = place.branch_clerk.user
    hand(place.officer, place.branches[0], old=old.grants.get(), name="林海")
    assert heard == [(place.branches[0], old, "林海")]


def test_a_second_click_on_a_hand_over_changes_nothing():
    place = make_county()
    branch = place.branches[1]
    hand(place.officer, branch, name="林海")
    with pytest.raises(Refused):
        hand(place.officer, branch, name="林海")
    assert in_force(TODAY).filter(organization=branch).count() == 1


@pytest.mark.parametrize("who", ["leader", "secretary", "clerk", "branch_clerk", "stranger"])
def test_a_hand_over_is_the_county_officers(who):
    place = make_county()
    with pytest.raises(Refused):
        hand(getattr(place, who), place.branches[1], name="林海")


def test_an_officer_hands_over_only_below_the_own_unit():
    place = make_county()
    elsewhere = make_county(name="临水县委组织部")
    for unit in (place.county, elsewhere.town):
        with pytest.raises(Refused):
            hand(place.officer, unit, role=Role.SECRETARY, name="林海")


def test_an_officer_does_not_hand_a_role_to_himself():
    place = make_county()
    with pytest.raises(Refused):
        hand(place.officer, place.branches[1], new=place.officer.user)


def test_a_hand_over_of_tomorrow_is_refused():
    place = make_county()
    with pytest.raises(Refused):
        hand(place.officer, place.branches[1], name="林海", on=date(2026, 11, 21))


# ---- roster ----


def test_a_roster_gives_every_branch_without_a_clerk_an_account():
    place = make_county()
    slips, left = make_accounts(
        administrator(Kind.SYSTEM), place.county, roles=[Role.BRANCH_CLERK], now=NOW
    )
    assert ([slip.unit for slip in slips], left) == (
        ["上坝村党支部", "樟树坪村党支部", "东坪村党支部"],
        0,
    )
    assert all(slip.user.check_password(slip.password) for slip in slips)
    assert gaps(place.county, roles=[Role.BRANCH_CLERK], today=TODAY) == []


def test_a_second_run_of_a_roster_makes_nothing():
    place = make_county()
    actor = administrator(Kind.SYSTEM)
    make_accounts(actor, place.county, roles=[Role.BRANCH_CLERK], now=NOW)
    assert make_accounts(actor, place.county, roles=[Role.BRANCH_CLERK], now=NOW) == ([], 0)


def test_user_names_of_a_roster_are_unique_where_initials_are_not():
    place = make_county()
    for _n in range(3):
        make_branch(parent=place.other, name="双井村党支部", initials="sjcdzb")
    slips, _left = make_accounts(place.officer, place.other, roles=[Role.BRANCH_CLERK], now=NOW)
    names = [slip.user.username for slip in slips]
    assert names[-3:] == ["sjcdzb-zb", "sjcdzb-zb2", "sjcdzb-zb3"]


def test_a_roster_stops_at_a_hundred_and_says_what_is_left(monkeypatch):
    place = make_county()
    monkeypatch.setattr("branches.roster_accounts.MOST", 2)
    slips, left = make_accounts(
        administrator(Kind.SYSTEM), place.county, roles=[Role.BRANCH_CLERK], now=NOW
    )
    assert (len(slips), left) == (2, 1)


@pytest.mark.parametrize("who", ["leader", "secretary", "clerk", "branch_clerk"])
def test_a_roster_is_for_the_county_officer(who):
    place = make_county()
    with pytest.raises(Refused):
        make_accounts(getattr(place, who), place.town, roles=[Role.BRANCH_CLERK], now=NOW)


def test_a_roster_run_is_in_the_trail_with_every_right_it_made():
    place = make_county()
    make_accounts(place.officer, place.town, roles=[Role.BRANCH_CLERK], now=NOW)
    assert list(Deed.objects.order_by("pk").values_list("verb", "object_name")) == [
        ("roster.accounts_made", "柳湾镇"),
        ("grant.made", "上坝村党支部"),
    ]


# ---- who sees which grants ----


@pytest.mark.parametrize(
    ("who", "count"), [("officer", 7), ("leader", 1), ("clerk", 1), ("stranger", 1)]
)
def test_grants_are_seen_by_the_officer_of_the_subtree_and_by_their_holder(who, count):
    place = make_county()
    make_county(name="临水县委组织部")
    assert grants_visible_to(getattr(place, who)).count() == count


def test_an_ended_officers_grant_shows_nothing():
    place = make_county()
    user = make_user()
    make_grant(user=user, organization=place.county, role=Role.COUNTY_OFFICER, until_on=YESTERDAY)
    assert list(grants_visible_to(act_as(user, today=TODAY))) == list(user.grants.all())
