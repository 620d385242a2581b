"""Giving and ending roles, and the change of a secretary in one step.

Work belongs to units, so it follows by itself; what names a person follows through FOLLOWERS.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import passwords
from accounts.actions import end_sessions, issue
from accounts.inbox import tell
from accounts.models import User
from accounts.refusal import Refused
from accounts.roles import Kind, Role
from accounts.trail import record
from branches.models import Grant, Organization, OrgKind, Profile
from branches.people import held_on
from branches.permissions_people import TABLE
from branches.permits import require
from branches.scope import Actor

# follow(organization, old=User | None, new=User, now=...): a higher app moves what names the old person,
# inside the transaction of the hand-over. inspections adds the handlers of open findings.
FOLLOWERS: list[Callable[..., object]] = []


@dataclass(frozen=True)
class HandOver:
    """Who handed over to whom; the one-time password when the account was made now."""

    old: User | None
    new: User
    password: str = ""


@transaction.atomic
def make_grant(
    actor: Actor,
    user: User,
    *,
    organization: Organization,
    role: str,
    from_on: date,
    until_on: date | None = None,
    reason: str = "",
    now: datetime,
) -> Grant:
    """One role on one unit and everything below it, to another person. Sessions of that person end."""
    require(TABLE, actor, "grant.make", user, _("You may give roles to others only."))
    return place(
        actor,
        user,
        organization=organization,
        role=role,
        from_on=from_on,
        until_on=until_on,
        reason=reason,
        now=now,
    )


@transaction.atomic
def end_grant(actor: Actor, grant: Grant, *, last_on: date | None = None, now: datetime) -> None:
    """The role ends after `last_on`; without a date it ends at once."""
    require(TABLE, actor, "grant.end", grant, _("You may not end your own role."))
    close(actor, grant, last_on=last_on or actor.today - timedelta(days=1), now=now)


@transaction.atomic
def appoint(actor: Actor, user: User, *, kind: str, now: datetime) -> None:
    """Make an account one of the administrators, or a business account again. Never while it holds roles."""
    require(
        TABLE, actor, "user.appoint", user, _("You may not change the kind of your own account.")
    )
    user = User.objects.select_for_update().get(pk=user.pk)
    if kind not in Kind.values:
        raise Refused(_("There is no such kind of account."))
    if holds_any(user, today=actor.today):
        raise Refused(
            _("End the roles of this account first: administrators hold no business role.")
        )
    was, user.kind = user.kind, kind
    user.save(update_fields=["kind"])
    record(actor.user, "user.appointed", user, now=now, was=was, kind=kind)


@transaction.atomic
def hand_over(
    actor: Actor,
    organization: Organization,
    *,
    role: str,
    old: Grant | None,
    new: User | None = None,
    name: str = "",
    post: str = "",
    phone: str = "",
    on: date,
    now: datetime,
) -> HandOver:
    """From `on` the role is held by `new`, or by a new account for `name`; the old grant ends the day before."""
    require(
        TABLE, actor, "secretary.hand_over", organization, _("This unit is not below your own.")
    )
    Organization.objects.select_for_update().get(pk=organization.pk)
    refuse_odd_hand_over(actor, organization, role=role, old=old, new=new, on=on)
    person, password = (
        (new, "")
        if new
        else newcomer(organization, role=role, name=name, post=post, phone=phone, now=now)
    )
    if old is not None:
        close(actor, old, last_on=on - timedelta(days=1), now=now)
    place(actor, person, organization=organization, role=role, from_on=on, now=now)
    name_secretary(actor, organization, person=person, role=role, on=on, now=now)
    for follow in FOLLOWERS:
        follow(organization, old=old.user if old else None, new=person, now=now)
    record(
        actor.user,
        "secretary.handed_over",
        organization,
        now=now,
        path=organization.path,
        old=old.user_id if old else None,
        new=person.pk,
        role=role,
    )
    return HandOver(old=old.user if old else None, new=person, password=password)


def refuse_odd_hand_over(actor, organization, *, role, old, new, on):
    if role not in hand_over_roles(organization):
        raise Refused(_("This role is not held on a unit of this kind."), field="role")
    if on > actor.today:
        raise Refused(_("Enter the change on the day it takes effect, not before."), field="on")
    if old is not None and (old.organization_id, old.role) != (organization.pk, role):
        raise Refused(_("The person named does not hold this role here."), field="old")
    if old is None and role in held_on([organization.pk], today=actor.today).get(
        organization.pk, ()
    ):
        # Also what a second click on the button meets.
        raise Refused(_("Somebody holds this role here: say who hands over."), field="old")
    if new is not None and new.pk == actor.user.pk:
        raise Refused(_("You may give roles to others only."), field="username")
    if old is not None and new is not None and old.user_id == new.pk:
        raise Refused(_("Both are the same person."), field="username")


def hand_over_roles(organization: Organization) -> tuple[Role, ...]:
    return (Role.BRANCH_CLERK,) if organization.is_branch else (Role.SECRETARY, Role.CLERK)


def newcomer(organization, *, role, name, post, phone, now):
    password = passwords.one_time()
    username = free_usernames([stem(organization, role)])[0]
    secret = make_password(password)
    person = issue(username=username, name=name, post=post, phone=phone, secret=secret, now=now)
    return person, password


def name_secretary(actor, organization, *, person, role, on, now):
    """The branch's profile names its secretary; a parent's unit has no profile."""
    fresh = {"secretary": person.name, "secretary_since": on, "updated_at": now}
    if person.phone:
        fresh["phone"] = person.phone
    Profile.objects.filter(organization=organization).update(**fresh, updated_by=actor.user)


# ---- rows ----


def place(actor, user, *, organization, role, from_on, until_on=None, reason="", now):
    """The grant itself, with everything that must hold for any way of giving it."""
    user = User.objects.select_for_update().get(pk=user.pk)
    refuse_misfit(
        user, organization, role=role, from_on=from_on, until_on=until_on, today=actor.today
    )
    grant = Grant.objects.create(
        user=user,
        organization=organization,
        role=role,
        from_on=from_on,
        until_on=until_on,
        reason=reason,
    )
    end_sessions(user)
    note(actor, "grant.made", grant, now=now)
    return grant


def refuse_misfit(user, organization, *, role, from_on, until_on, today):
    if user.kind != Kind.BUSINESS:
        raise Refused(_("An administrator holds no business role."), field="user")
    if not user.is_active:
        raise Refused(_("This account is locked."), field="user")
    if role not in roles_for(organization):
        raise Refused(_("This role is not held on a unit of this kind."), field="role")
    if organization.closed_on and organization.closed_on <= today:
        raise Refused(_("This unit is closed."), field="organization")
    if until_on and until_on < from_on:
        raise Refused(_("The role would end before it begins."), field="until_on")
    if lasting(today).filter(user=user, organization=organization, role=role).exists():
        raise Refused(_("This person holds this role here already."), field="role")


def roles_for(organization: Organization) -> tuple[Role, ...]:
    """A branch has its clerk; every other unit may be a parent; county roles sit where the department does."""
    if organization.is_branch:
        return (Role.BRANCH_CLERK,)
    if organization.kind == OrgKind.DEPARTMENT or organization.parent_id is None:
        return (Role.COUNTY_OFFICER, Role.COUNTY_LEADER, Role.SECRETARY, Role.CLERK, Role.INSPECTOR)
    return (Role.SECRETARY, Role.CLERK, Role.COUNTY_LEADER, Role.INSPECTOR)


def lasting(today: date):
    """Grants in force today or later."""
    return Grant.objects.filter(Q(until_on=None) | Q(until_on__gte=today))


def holds_any(user: User, *, today: date) -> bool:
    return lasting(today).filter(user=user).exists()


def close(actor, grant, *, last_on, now):
    """A conditional end, so that two administrators ending one grant leave one row in the trail."""
    # A role given today and taken back today was never meant: it closes as if it had been yesterday's.
    span = {"from_on": min(grant.from_on, last_on), "until_on": last_on}
    open_still = Grant.objects.filter(pk=grant.pk).filter(
        Q(until_on=None) | Q(until_on__gt=last_on)
    )
    if not open_still.update(**span):
        raise Refused(_("This role has ended already."))
    end_sessions(grant.user)
    note(actor, "grant.ended", grant, now=now)


def note(actor, verb, grant, *, now):
    unit = grant.organization
    tell(
        [grant.user_id],
        verb,
        key=f"{verb}:{grant.pk}:{now.timestamp():.0f}",
        now=now,
        url=reverse("home") if verb == "grant.made" else "",
        unit=unit.short_name,
        role={"role": grant.role},
    )
    record(
        actor.user,
        verb,
        grant.user,
        now=now,
        path=unit.path,
        role=grant.role,
        unit=unit.short_name,
        grant=grant.pk,
    )


# ---- user names ----

SUFFIX = {Role.BRANCH_CLERK: "zb", Role.SECRETARY: "sj", Role.CLERK: "gb"}


def stem(organization: Organization, role: str) -> str:
    """双井村党支部 -> sjcdzb-zb: what the holder can guess from the unit's name."""
    letters = "".join(c for c in organization.initials.lower() if c.isascii() and c.isalnum())
    return f"{letters[:30] or 'dw'}-{SUFFIX[Role(role)]}"


def free_usernames(stems: list[str]) -> list[str]:
    """One free user name per stem, numbered where it is taken; one query for all."""
    wanted = Q(pk__in=[])
    for one in set(stems):
        wanted |= Q(username__startswith=one)
    taken = set(User.objects.filter(wanted).values_list("username", flat=True))
    names = []
    for one in stems:
        names.append(unused(one, taken))
        taken.add(names[-1])
    return names


def unused(one: str, taken: set[str]) -> str:
    name, n = one, 1
    while name in taken:
        n += 1
        name = f"{one}{n}"
    return name
