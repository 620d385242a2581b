"""The trail takes rows and gives none back."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from accounts.models import Deed
from accounts.tests.make import NOW, make_user
from accounts.trail import record

pytestmark = pytest.mark.django_db
TAMPERINGS = [
    "UPDATE accounts_deed SET verb = 'nothing'",
    "UPDATE accounts_deed SET by_name = ''",
    "DELETE FROM accounts_deed",
    "DELETE FROM accounts_deed WHERE verb = 'user.locked'",
]


@pytest.mark.parametrize("statement", TAMPERINGS)
def test_the_engine_refuses_to_change_or_delete_a_deed(statement):
    record(make_user(), "user.locked", now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Deed.objects.values_list("verb", flat=True).get() == "user.locked"


def test_the_engine_refuses_a_bulk_update_through_the_models():
    record(make_user(), "user.locked", now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Deed.objects.update(verb="nothing")


def test_a_deed_keeps_the_name_its_doer_had():
    user = make_user(name="李安")
    record(user, "user.locked", user, now=NOW, path="000001", reason="left")
    deed = Deed.objects.get()
    assert (deed.by_name, deed.object_type, deed.object_id, deed.path, deed.params) == (
        "李安",
        "accounts.user",
        str(user.pk),
        "000001",
        {"reason": "left"},
    )


@pytest.mark.django_db(transaction=True)
def test_the_guard_stands_again_after_the_tables_were_emptied_between_tests():
    record(make_user(), "user.locked", now=NOW)
    call_command("flush", interactive=False, verbosity=0)
    record(None, "user.locked", now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Deed.objects.all().delete()
    assert Deed.objects.count() == 1
