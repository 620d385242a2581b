"""Every address, by every method, as every role, about rows of every place. No answer may deviate, no marker leak, no
Chinese page speak Latin."""

import json
import os

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from portal.access import addresses as access
from portal.tests.walk import matrix
from portal.tests.walk.addresses import addresses, unlisted
from portal.tests.walk.cast import ACTORS
from portal.tests.walk.listening import READERS, Listener
from portal.tests.walk.samples import OBJECTS, samples
from portal.tests.walk.steps import ANYBODY, undone
from portal.tests.walk.walking import differing, walk

pytestmark = [pytest.mark.walk, pytest.mark.django_db]
NOT_LISTED = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS")


def test_every_address_is_listed():
    assert unlisted(addresses(), access()) == []


def test_every_address_with_an_object_has_samples():
    assert [a.name for a in addresses() if a.params and a.name not in OBJECTS] == []


@pytest.mark.parametrize("actor", [*ACTORS, ANYBODY])
def test_no_answer_deviates_from_the_tables(walker, typed, actor):
    listener = Listener(typed, "zh-hans") if actor in READERS else None
    done = walk(walker, actor, asked(), listener=listener)
    note(done)
    walker.world.recorded[actor] = done.letters
    assert done.deviations == []
    assert listener is None or matrix.IS_RECORDED or listener.is_content, listener.wrong
    # What nobody had in mind shows here: an answer that became another one, right or wrong.
    assert matrix.IS_RECORDED or differing(done.letters, matrix.answers_to(actor)) == []


def asked():
    """All, but for `manage.py walk --record --only`."""
    beginnings = tuple(os.environ.get("BRANCHMARK_WALK_ONLY", "").split(","))
    return [a for a in addresses() if a.name.startswith(beginnings)]


def note(done):
    with open(os.environ["BRANCHMARK_TALLY"], "a") as file:
        said = {"walk": done.requests, "deviations": len(done.deviations)}
        file.write(json.dumps(said) + "\n")


def test_a_method_that_is_not_listed_answers_405(walker):
    """Asked as the county officer about the own row; a page that is not hers would hide a missing check."""
    wrong = []
    for address in addresses():
        sample = samples(walker.world, address)[0]
        for method in set(NOT_LISTED) - set(access().get(address.name, {})):
            answer = walker.ask("officer", method, address.name, sample)
            wrong += [] if answer.status == 405 else [str(answer)]
    assert sorted(wrong) == []


def test_what_a_request_writes_is_taken_back_and_reading_costs_nothing_more(walker):
    name = walker.world.cast["officer"].name
    with CaptureQueriesContext(connection) as asked_for, undone():
        User.objects.filter(name=name).exists()
    assert len(asked_for) == 1
    with undone():
        assert User.objects.filter(name=name).update(name="改") == 1
        transaction.on_commit(lambda: pytest.fail("committed"))
    assert User.objects.filter(name=name).exists()
    with pytest.raises(IntegrityError), undone():
        User.objects.create(username=walker.world.cast["officer"].username)
    assert User.objects.filter(name=name).exists()
    assert connection.run_on_commit == []
