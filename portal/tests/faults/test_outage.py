"""What the visitor reads while the database does not answer, or another hand holds the row too long."""

import os
from contextlib import closing

import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from accounts.tests.make import make_user
from portal.proving import servers
from portal.proving.cluster import Cluster, used_here


@pytest.fixture
def visitor():
    """Carries a session cookie, so every page asks the database who this is."""
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    return client


@pytest.fixture
def empty_cluster(django_db_blocker):
    programs = servers.find_postgres()
    if not programs:
        gap = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        gap("PostgreSQL is not there")
    with django_db_blocker.unblock(), Cluster(programs) as cluster, used_here(cluster.url):
        yield cluster


@pytest.mark.own_postgres
@pytest.mark.slow
def test_a_database_that_is_away_is_told_with_503_and_a_moment_to_wait(empty_cluster, visitor):
    assert visitor.get("/").status_code == 500  # it answers, but nothing is in it
    empty_cluster.crash()
    for path in ("/", "/inspections/ledger/", "/standards/"):
        answer = visitor.get(path)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
        assert "数据库暂时没有响应" in answer.content.decode()
    assert visitor.get("/healthz").status_code == 503


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(settings.DATABASE_URL == "", reason="SQLite locks no rows")
def test_a_row_held_too_long_is_told_with_409(visitor):
    user = make_user()
    visitor.force_login(user)
    address = ("dbname", "host", "port", "user", "password")
    same = {k: v for k, v in connection.get_connection_params().items() if k in address}
    with closing(psycopg2.connect(**same)) as other:
        other.cursor().execute("SELECT 1 FROM accounts_user WHERE id = %s FOR UPDATE", [user.pk])
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        answer = visitor.post("/account/language/", {"language": "en"})
    assert answer.status_code == 409
    assert "他人正在修改" in answer.content.decode()
    connection.close()  # and with it the short patience
