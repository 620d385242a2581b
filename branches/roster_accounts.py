"""Accounts for a whole roster: every unit of a subtree that has nobody in a role gets an account and the role."""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import passwords
from accounts.models import User
from accounts.roles import Role
from accounts.trail import record
from branches.grants import free_usernames, hand_over_roles, stem
from branches.models import Grant, Organization, OrgKind, Profile
from branches.people import held_on
from branches.permissions_people import TABLE
from branches.permits import require
from branches.scope import Actor

# A good hash takes a tenth of a second; a run must end well before the web server gives up on it.
MOST = 100


@dataclass(frozen=True)
class Slip:
    """What is printed and handed over: shown once, stored nowhere."""

    user: User
    unit: str
    password: str


@dataclass(frozen=True)
class Gap:
    """A role on a unit that nobody holds."""

    unit: Organization
    role: Role


def gaps(organization: Organization, *, roles, today) -> list[Gap]:
    """Roles without a holder in the subtree, in protocol order: three queries however large it is."""
    units = list(
        Organization.objects.within(organization)
        .open(today)
        .exclude(kind=OrgKind.DEPARTMENT)
        .order_by("path")
    )
    held = held_on([unit.pk for unit in units], today=today)
    return [
        Gap(unit, role)
        for unit in units
        for role in hand_over_roles(unit)
        if role in roles and role not in held.get(unit.pk, ())
    ]


def make_accounts(
    actor: Actor, organization: Organization, *, roles, now: datetime
) -> tuple[list[Slip], int]:
    """Slips of at most MOST new accounts, and how many gaps are left. A second run makes nothing twice."""
    require(TABLE, actor, "roster.accounts", organization, _("This unit is outside your own."))
    found = gaps(organization, roles=roles, today=actor.today)
    batch = list(islice(found, MOST))
    # Hashing takes seconds; it happens before the transaction, so that nobody waits for a lock.
    secrets = [passwords.one_time() for _gap in batch]
    hashes = [make_password(secret) for secret in secrets]
    users = write(actor, organization, batch, hashes, now=now)
    made = [
        Slip(user, gap.unit.name, secret)
        for user, gap, secret in zip(users, batch, secrets, strict=True)
        if user is not None
    ]
    return made, len(found) - len(batch)


@transaction.atomic
def write(actor, organization, batch, hashes, *, now):
    """Users and grants in two statements. A gap somebody else closed meanwhile is left out (None)."""
    Organization.objects.select_for_update().get(pk=organization.pk)
    held = held_on([gap.unit.pk for gap in batch], today=actor.today)
    open_still = [gap.role not in held.get(gap.unit.pk, ()) for gap in batch]
    names = free_usernames([stem(gap.unit, gap.role) for gap in batch])
    people = secretaries([gap.unit.pk for gap in batch])
    users = [
        account(gap, username=name, secret=secret, people=people, now=now) if still else None
        for gap, name, secret, still in zip(batch, names, hashes, open_still, strict=True)
    ]
    User.objects.bulk_create([user for user in users if user])
    Grant.objects.bulk_create(
        Grant(user=user, organization=gap.unit, role=gap.role, from_on=actor.today, reason="roster")
        for user, gap in zip(users, batch, strict=True)
        if user
    )
    report(actor, organization, batch, users, now=now)
    return users


def account(gap, *, username, secret, people, now):
    own = people.get(gap.unit.pk) if gap.role == Role.BRANCH_CLERK else ""
    return User(
        username=username,
        name=own or gap.unit.short_name,
        post=str(gap.role.label),
        password=secret,
        must_change_password=True,
        initial_expires_at=passwords.initial_end(now),
    )


def secretaries(unit_ids):
    rows = Profile.objects.filter(organization_id__in=unit_ids)
    return dict(rows.values_list("organization_id", "secretary"))


def report(actor, organization, batch, users, *, now):
    """One row for the run and one per role given: the audit administrator sees each right come into being."""
    pairs = [(user, gap) for user, gap in zip(users, batch, strict=True) if user]
    if not pairs:
        return
    record(
        actor.user,
        "roster.accounts_made",
        organization,
        now=now,
        path=organization.path,
        count=len(pairs),
    )
    for user, gap in pairs:
        record(
            actor.user,
            "grant.made",
            user,
            now=now,
            path=gap.unit.path,
            role=gap.role,
            unit=gap.unit.short_name,
        )
