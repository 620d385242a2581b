"""The whole fixture of the walk: two counties, everybody's account, and a row of every kind at every place."""

from types import SimpleNamespace

from django.utils import timezone

from accounts.tests.make import make_user
from branches.scope import act_as
from portal.tests.walk import rows_standards, rows_units, rows_work
from portal.tests.walk.cast import make_authors, make_cast, make_places
from portal.tests.walk.ink import Ink


def build() -> SimpleNamespace:
    """Today is the real one: requests read the clock, and windows open and close by it."""
    ink, today = Ink(), timezone.localdate()
    land = make_places(ink)
    world = SimpleNamespace(
        **vars(land),
        ink=ink,
        today=today,
        now=timezone.now(),
        loggers={},
        recorded={},
        make_user=make_user,
    )
    world.cast = make_cast(land, today=today)
    world.authors = make_authors(land, ink)
    rows_units.plant(world)
    rows_standards.plant(world)
    rows_work.plant(world)
    world.roots = {
        name: tuple(act_as(user, today=today).paths()) for name, user in world.cast.items()
    }
    return world
