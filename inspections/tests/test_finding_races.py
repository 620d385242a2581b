"""The same press twice, two people at once, and the last number taken by two."""

import threading
import uuid

import pytest
from django.db import connection
from django.utils.translation import override

from accounts.refusal import Refused
from accounts.tests.make import NOW
from branches.tests.make import make_county
from inspections import finding_actions as actions
from inspections.models import Entry, Finding, Notification, Signoff
from inspections.tests.make_findings import make_cast, make_finding

KEY = uuid.UUID("11111111-1111-4111-8111-111111111111")


def verified(cast):
    return make_finding(
        branch=cast.branch,
        by=cast.officer.user,
        stage="verified",
        signed={
            Signoff.Role.REPORTER: cast.branch_clerk.user,
            Signoff.Role.VERIFIER: cast.secretary.user,
        },
    )


@pytest.mark.django_db
def test_second_closer_is_refused_politely():
    cast = make_cast()
    finding = verified(cast)
    stale = Finding.objects.get(pk=finding.pk)
    actions.close(cast.officer, finding, now=NOW)

    with pytest.raises(Refused) as refused, override("en"):
        actions.close(cast.second_officer, stale, now=NOW)

    assert refused.value.sentence == (
        "Somebody else was faster: the finding is now “Closed out”. Reload the page."
    )
    assert Signoff.objects.filter(role=Signoff.Role.CLOSER).count() == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_two_closers_at_once_close_once():
    cast = make_cast()
    finding = verified(cast)
    start, answers = threading.Barrier(2), []

    def press(actor):
        mine = Finding.objects.get(pk=finding.pk)
        start.wait()
        try:
            answers.append(actions.close(actor, mine, now=NOW))
        except Refused:
            answers.append("refused")
        finally:
            connection.close()

    people = [cast.officer, cast.second_officer]
    threads = [threading.Thread(target=press, args=(actor,)) for actor in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers, key=str) == [True, "refused"]
    assert Entry.objects.filter(move="close").count() == 1


@pytest.mark.django_db
def test_same_press_twice_has_its_effect_once():
    cast = make_cast()
    finding = verified(cast)
    done = [actions.close(cast.officer, finding, now=NOW, client_key=KEY) for _ in range(2)]

    assert done == [True, False]
    assert Entry.objects.filter(move="close").count() == 1


@pytest.mark.django_db
def test_same_key_for_another_step_is_refused():
    cast = make_cast()
    finding = make_finding(branch=cast.branch, by=cast.officer.user)
    actions.progress(cast.clerk, finding, now=NOW, note="已开会", client_key=KEY)

    with pytest.raises(Refused):
        actions.comment(cast.clerk, finding, now=NOW, note="已开会", client_key=KEY)


@pytest.mark.django_db
def test_same_key_logs_once_and_another_text_is_refused():
    cast = make_cast()
    words = {"branch": cast.branch, "source": "tour", "now": NOW, "client_key": KEY}
    first = actions.log(cast.officer, text="台账不动", **words)
    again = actions.log(cast.officer, text="台账不动", **words)
    with pytest.raises(Refused):
        actions.log(cast.officer, text="另一件事", **words)

    assert (first.pk, Finding.objects.count()) == (again.pk, 1)


@pytest.mark.django_db
def test_same_batch_issued_twice_gives_one_notice_per_unit():
    cast = make_cast()
    rows = [
        make_finding(branch=branch, by=cast.officer.user, stage="confirmed")
        for branch in (cast.branch, cast.branch, cast.branches[1])
    ]
    first = actions.issue(cast.officer, rows, now=NOW, client_key=KEY)
    again = actions.issue(cast.officer, rows, now=NOW, client_key=KEY)

    assert [n.pk for n in first] == [n.pk for n in again]
    assert sorted(n.findings.count() for n in Notification.objects.all()) == [1, 2]


@pytest.mark.django_db
def test_two_counties_both_begin_at_one():
    numbers = []
    for name in ("安禾县委组织部", "另一县委组织部"):
        county = make_county(name=name)
        finding = actions.log(
            county.officer, branch=county.branches[0], text="台账不动", source="tour", now=NOW
        )
        numbers.append(finding.number)

    assert numbers == ["ZG-2026-0001", "ZG-2026-0001"]
