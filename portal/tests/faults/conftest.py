"""One machine (PostgreSQL, Redis, mail gateway, migrated) for all tests of a process that need it."""

import os

import pytest
from django.db import connection

from portal.proving import servers, tally
from portal.proving.machine import Machine


@pytest.fixture(scope="session")
def _machine(tmp_path_factory, django_db_blocker):
    if not {"postgresql", "redis-server"}.isdisjoint(servers.missing_packages()):
        gap = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        gap("PostgreSQL and redis-server are not both there")
    machine = Machine(tmp_path_factory.mktemp("machine"))
    with django_db_blocker.unblock():
        machine.__enter__()
    yield machine
    machine.__exit__()


@pytest.fixture
def machine(_machine, django_db_blocker):
    """Empty, with nothing of the portal running; this process's queries go there meanwhile."""
    with django_db_blocker.unblock(), _machine.used():
        _machine.make_fresh()
        tally.add("Redis", version=_machine.redis.version)
        tally.add("PostgreSQL", version="{}.{}".format(*divmod(connection.pg_version, 10_000)))
        yield _machine
        _machine.stop_crews()
