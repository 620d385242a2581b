"""Reading ahead: in order, with a connection of its own, and never past what somebody takes."""

import threading

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

from portal.kit.ahead import ahead

needs_postgres = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="elsewhere nothing is read ahead"
)


def make_row(key="a"):
    Session.objects.create(session_key=key, session_data="", expire_date=timezone.now())


def here():
    return threading.get_ident()


@pytest.mark.django_db
def test_in_a_transaction_all_is_made_where_it_is_used():
    make_row()
    seen = list(ahead(lambda: iter([(here(), Session.objects.count())])))
    assert seen == [(here(), 1)]


@needs_postgres
@pytest.mark.django_db(transaction=True)
def test_items_come_in_order_from_another_thread():
    make_row()

    def made():
        for n in range(20):
            yield n, here(), Session.objects.count()

    seen = list(ahead(made))
    assert [n for n, _who, _count in seen] == list(range(20))
    assert {count for _n, _who, count in seen} == {1}
    assert here() not in {who for _n, who, _count in seen}


@needs_postgres
@pytest.mark.django_db(transaction=True)
def test_what_goes_wrong_is_raised_in_its_turn():
    def made():
        yield 1
        raise LookupError("nothing more")

    found = ahead(made)
    assert next(found) == 1
    with pytest.raises(LookupError, match="nothing more"):
        next(found)


@needs_postgres
@pytest.mark.django_db(transaction=True)
def test_a_reader_who_leaves_ends_the_making():
    made = []

    def endless():
        while True:
            made.append(here())
            yield made[-1]

    found = ahead(endless)
    maker = next(found)
    found.close()
    assert maker not in {thread.ident for thread in threading.enumerate()}
    assert len(made) <= 3


@needs_postgres
@pytest.mark.django_db(transaction=True)
def test_what_is_being_read_may_be_written_meanwhile():
    for key in "abc":
        make_row(key)
    for pk in ahead(lambda: Session.objects.order_by("pk").values_list("pk", flat=True).iterator()):
        with transaction.atomic():
            Session.objects.filter(pk=pk).update(session_data="changed")
    assert Session.objects.filter(session_data="changed").count() == 3
