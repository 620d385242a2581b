"""What a guess costs: the same for every reason, nothing for a password no person typed."""

from typing import ClassVar

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher

from accounts.backend import AccountBackend
from accounts.tests.make import make_user

pytestmark = pytest.mark.django_db


class CountingHasher(MD5PasswordHasher):
    algorithm = "counting"
    runs: ClassVar[list] = []

    def encode(self, password, salt):
        self.runs.append(len(password))
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def runs(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    CountingHasher.runs.clear()
    return CountingHasher.runs


@pytest.mark.parametrize(
    ("fields", "username", "password"),
    [
        ({}, "liuwan", "wrong-password"),
        ({}, "nobody", "wrong-password"),
        ({"is_active": False}, "liuwan", "the-right-words"),
        ({"is_active": False}, "liuwan", "wrong-password"),
        ({"unusable": True}, "liuwan", "wrong-password"),
        ({}, "liu\u200bwan", "the-right-words"),
    ],
)
def test_every_refused_guess_costs_one_hash(runs, fields, username, password):
    unusable = fields.pop("unusable", False)
    make_user(username="liuwan", password=None if unusable else "the-right-words", **fields)
    runs.clear()
    found = AccountBackend().authenticate(None, username=username, password=password)
    assert (found, len(runs)) == (None, 1)


@pytest.mark.parametrize("password", ["", None, "x" * 129, "x" * 10_000])
def test_a_password_nobody_types_is_refused_unhashed(runs, password):
    make_user(username="liuwan", password="the-right-words")
    runs.clear()
    found = AccountBackend().authenticate(None, username="liuwan", password=password)
    assert (found, runs) == (None, [])


def test_the_page_pays_one_hash_for_an_overlong_password_and_never_hashes_it(client, runs):
    make_user(username="liuwan", password="the-right-words")
    runs.clear()
    client.post("/account/sign-in/", {"username": "liuwan", "password": "x" * 10_000})
    assert (len(runs), max(runs) < 100) == (1, True)


def test_a_session_of_a_locked_account_finds_nobody():
    assert AccountBackend().get_user(make_user(is_active=False).pk) is None
