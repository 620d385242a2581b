"""Editions for tests: small ones by hand, or the example as it is loaded in life."""

from itertools import count

from django.test import Client

from accounts.tests.make import NOW, make_user
from branches.models import Field
from standards import releasing, sheets
from standards.example import example_data, load_example
from standards.models import Chapter, Clause, ClausePoints, Edition, EditionState

serial = count(1)


def make_edition(*, owner, **fields):
    """A draft with the example's tiers and options and no clauses."""
    data = example_data()
    fields = {"name": f"第{next(serial)}版标准", "year": 2026, "options": data["options"]} | fields
    return Edition.objects.create(owner=owner, tiers=data["tiers"], **fields)


def make_chapter(*, edition, title="基本组织", **fields):
    fields = {"key": f"c{next(serial)}", "position": edition.chapters.count() + 1} | fields
    return Chapter.objects.create(edition=edition, title=title, **fields)


def make_clause(*, edition, chapter=None, points=None, **fields):
    """`points` in centi-points by field; 100 points for villages unless named."""
    n = next(serial)
    chapter = chapter or edition.chapters.first() or make_chapter(edition=edition)
    fields = {"key": f"k{n}", "code": f"1.{n}", "position": n, "text": f"第{n}条要求"} | fields
    clause = Clause.objects.create(edition=edition, chapter=chapter, **fields)
    for field, amount in (points or {Field.RURAL: 10_000}).items():
        ClausePoints.objects.create(clause=clause, field=field, points=amount)
    return clause


def put_in_force(edition, *, by=None, now=NOW):
    """Issued without the checks, for tests about something else."""
    edition.state = EditionState.ISSUED
    edition.issued_at, edition.issued_by = now, by or make_user()
    edition.digest = sheets.digest(edition)
    edition.save()
    return edition


def issue(place, edition, *, now=NOW):
    """In force by two persons of make_county()."""
    releasing.submit(place.officer, edition, now=now)
    return releasing.issue(place.second_officer, edition, now=now)


def make_example(*, owner, by=None, now=NOW):
    return load_example(owner, by=by or make_user(), now=now)


def enter(actor):
    client = Client()
    client.force_login(actor.user)
    return client
