"""Notices and deeds in the reader's language."""

import pytest
from django.utils.translation import override

from accounts import wording
from accounts.wording import Wording, deed, render


@pytest.fixture(autouse=True)
def sentences(monkeypatch):
    own = {"late": Wording("%(branch)s is %(n)s days late.", tone="overdue", action="Open")}
    monkeypatch.setattr(wording, "SENTENCES", own | {"plain": "Just so."})


def test_a_notice_is_a_sentence_with_its_parameters():
    with override("en"):
        line = render("late", {"branch": "双井村", "n": 2})
    assert (line.text, line.tone, line.label, line.action) == (
        "双井村 is 2 days late.",
        "overdue",
        "Overdue",
        "Open",
    )


def test_a_bare_sentence_is_for_information():
    with override("en"):
        line = render("plain", {})
    assert (line.text, line.label, line.action) == ("Just so.", "For information", "")


def test_a_missing_parameter_leaves_a_gap():
    with override("en"):
        assert render("late", {"n": 2}).text == " is 2 days late."


def test_a_code_of_a_newer_version_is_named():
    with override("en"):
        assert "from.tomorrow" in render("from.tomorrow", {}).text


def test_a_role_is_said_in_the_readers_language():
    with override("en"):
        assert wording.said({"role": "branch_clerk"}) == "Branch clerk"


def test_a_percent_sign_in_what_users_typed_is_harmless():
    with override("en"):
        assert render("late", {"branch": "100%(n)s", "n": 1}).text == "100%(n)s is 1 days late."


def test_an_unworded_deed_stays_a_code():
    with override("en"):
        assert (deed("user.locked"), deed("kite.flown")) == ("Locked an account", "kite.flown")
