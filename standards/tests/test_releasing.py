"""Submitted by one person, issued by another: deeds, notices, and what the database itself refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Deed, Notice
from accounts.refusal import Refused
from accounts.tests.make import NOW
from standards import actions, releasing
from standards.models import Edition
from standards.tests.make import enter, issue, make_clause, make_edition, put_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(place):
    edition = make_edition(owner=place.county)
    make_clause(edition=edition)
    return edition


def submitted(place, draft):
    return releasing.submit(place.officer, draft, now=NOW)


def heard(actor):
    return list(Notice.objects.filter(user=actor.user).values_list("code", flat=True))


def test_submitting_tells_the_other_officers_and_issuing_the_submitter(place, draft):
    issue(place, draft)
    assert (heard(place.second_officer), heard(place.officer), heard(place.leader)) == (
        ["edition.submitted"],
        ["edition.issued"],
        [],
    )
    verbs = Deed.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["edition.submit", "edition.issue"]


def test_who_submitted_cannot_issue(place, draft):
    with pytest.raises(Refused):
        releasing.issue(place.officer, submitted(place, draft), now=NOW)


def test_nobody_issues_what_was_not_submitted(place, draft):
    with pytest.raises(Refused):
        releasing.issue(place.second_officer, draft, now=NOW)


def test_a_submitted_draft_is_neither_changed_nor_discarded(place, draft):
    submitted(place, draft)
    for change in (
        lambda: actions.edit_edition(place.officer, draft, now=NOW, name="改"),
        lambda: actions.remove_clause(place.second_officer, draft.clauses.get(), now=NOW),
        lambda: actions.discard(place.officer, draft, now=NOW),
    ):
        with pytest.raises(Refused):
            change()


def test_a_returned_draft_carries_the_reason_until_it_is_submitted_again(place, draft):
    submitted(place, draft)
    back = releasing.give_back(place.second_officer, draft, reason=" 第1条偏高 ", now=NOW)
    assert (back.return_reason, back.is_submitted, heard(place.officer)) == (
        "第1条偏高", False, ["edition.returned"],
    )  # fmt: skip
    again = releasing.submit(place.officer, draft, now=NOW + timedelta(hours=1))
    assert again.return_reason == ""
    assert heard(place.second_officer) == ["edition.submitted"] * 2


def test_returning_without_a_reason_is_refused(place, draft):
    submitted(place, draft)
    with pytest.raises(Refused):
        releasing.give_back(place.second_officer, draft, reason="  ", now=NOW)


def test_the_database_keeps_submitter_and_issuer_apart(place, draft):
    submitted(place, draft)
    with pytest.raises(IntegrityError), transaction.atomic():
        put_in_force(Edition.objects.get(pk=draft.pk), by=place.officer.user)


def test_the_database_keeps_the_submitter_of_an_issued_edition(place, draft):
    issue(place, draft)
    rows = Edition.objects.filter(pk=draft.pk)
    for change in ({"submitted_by": place.leader.user}, {"return_reason": "改"}):
        with pytest.raises(Exception, match="standards_edition"), transaction.atomic():
            rows.update(**change)


def test_the_database_wants_moment_and_person_of_a_submission_together(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=draft.pk).update(submitted_at=NOW)


def test_a_word_to_the_issuer_is_shown_and_stays_in_the_history(place, draft):
    officer, second = enter(place.officer), enter(place.second_officer)
    officer.post(reverse("standards:submit", args=[draft.pk]), {"note": "请重点看第1条。"})
    page = reverse("standards:issue", args=[draft.pk])
    assert second.get(page).context["said"] == "请重点看第1条。"
    second.post(reverse("standards:return", args=[draft.pk]), {"reason": "分值不对"})
    shown = officer.get(page)
    assert [(one.verb, one.said) for one in shown.context["handed"]] == [
        ("edition.submit", "请重点看第1条。"), ("edition.return", "分值不对"),
    ]  # fmt: skip
    assert shown.context["said"] == ""


def test_a_word_that_is_too_long_is_told_in_plain_words_and_kept(place, draft):
    answer = enter(place.officer).post(
        reverse("standards:submit", args=[draft.pk]), {"note": "说" * 501}
    )
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "“给发布人的说明”最多500字，现在501字。" in shown
    assert "说" * 501 in shown
    assert not type(draft).objects.get(pk=draft.pk).is_submitted
