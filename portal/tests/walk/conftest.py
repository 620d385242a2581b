"""One world for the whole walk; every request is rolled back, so that no request changes another's answer."""

import logging

import polib
import pytest
from django.db import transaction

from portal import catalogs
from portal.tests.languages import screens
from portal.tests.walk import matrix
from portal.tests.walk.addresses import addresses
from portal.tests.walk.samples import samples
from portal.tests.walk.steps import Walker
from portal.tests.walk.world import build


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker):
    logging.disable(logging.ERROR)  # thousands of expected refusals
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="package")
def typed(world):
    catalog = polib.pofile(str(catalogs.LOCALE / "zh_Hans" / "LC_MESSAGES" / "django.po"))
    ours = {text for e in catalog for text in (e.msgid, e.msgstr, *e.msgstr_plural.values())}
    return screens.Typed(ours)


@pytest.fixture(scope="package")
def labels(world):
    """What each address is asked about, in words."""
    return {a.name: ", ".join(s.label for s in samples(world, a)) for a in addresses()}


@pytest.fixture(scope="package")
def walker(world, request):
    """What each actor was answered is kept in `world.recorded`, and written down when asked to."""
    if matrix.IS_RECORDED:
        # The verbs first: the walk takes its expectations from them.
        matrix.write({}, request.getfixturevalue("labels"))
    yield Walker(world)
    if matrix.IS_RECORDED:
        matrix.write(world.recorded, request.getfixturevalue("labels"))
