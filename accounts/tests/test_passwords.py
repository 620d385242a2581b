"""One-time passwords and the rules for one's own."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.passwords import CharacterClasses, WithoutTheName, must_change, one_time
from accounts.tests.make import NOW

SHAPE = r"(?:[a-z]{4}-){4}[2-9]{2}"


def test_a_one_time_password_can_be_read_aloud_and_never_repeats():
    made = {one_time() for _n in range(2000)}
    assert len(made) == 2000
    assert all(re.fullmatch(SHAPE, word) for word in made)


def test_a_one_time_password_meets_every_rule_of_the_portal():
    validate_password(one_time(), User(username="liuwan", name="王宁"))
    CharacterClasses().validate(one_time())


@pytest.mark.parametrize(
    "word", ["onlysmallletters", "ONLYCAPITALS", "1234567890123", "small1234567"]
)
def test_two_classes_of_characters_are_too_few(word):
    with pytest.raises(ValidationError):
        CharacterClasses().validate(word)


@pytest.mark.parametrize("word", ["Small1234567", "small-123456", "CAPITAL-1234", "Small-letters"])
def test_three_classes_of_characters_are_enough(word):
    CharacterClasses().validate(word)


@pytest.mark.parametrize("word", ["my-liuwan-2026", "LIUWAN-is-here", "call-62551234-now"])
def test_a_password_carries_neither_user_name_nor_telephone(word):
    with pytest.raises(ValidationError):
        WithoutTheName().validate(word, User(username="liuwan", phone="62551234"))


@pytest.mark.parametrize(
    ("fields", "days", "due"),
    [
        ({"must_change_password": True}, None, True),
        ({"must_change_password": False}, None, False),
        ({"must_change_password": False, "password_set_at": NOW - timedelta(days=90)}, 90, False),
        ({"must_change_password": False, "password_set_at": NOW - timedelta(days=91)}, 90, True),
        ({"must_change_password": False, "password_set_at": None}, 90, False),
    ],
)
def test_when_a_password_is_to_be_changed(fields, days, due):
    assert must_change(User(**fields), now=NOW, longest_days=days) == due
