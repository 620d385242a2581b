"""The bench's ground is sound: what it scores is equal when computed again, and every race runs."""

import pytest
from django.test import Client

from portal.bench import alike, ground, names, races, trial, weight, weighted
from portal.management.commands.bench import confirmed
from scoring.models import Detail, Result
from scoring.program import UNJUDGED
from scoring.record import MARK
from scoring.results import compute

SIZE = 20


@pytest.fixture
def laid(db, settings, monkeypatch):
    settings.ROOT_URLCONF = "portal.bench.urls"
    # Without the client of the package registry the names are numbered.
    monkeypatch.setenv("PATH", "")
    found = ground.lay(SIZE)
    compute(found.cycle, now=races.NOW)
    found.rows = ground.scratch(found)
    return found


@pytest.fixture
def officer(laid):
    client = Client()
    client.force_login(laid.officer)
    return client


@pytest.mark.slow
def test_every_race_runs_on_equal_rows(laid, officer):
    assert (laid.rows, Result.objects.count()) == (laid.judgements, SIZE)
    assert list(alike.faults(laid, officer)) == []
    drafts = {
        "grown harder": trial.draft(laid, now=races.NOW),
        "weighed": weighted.draft(laid, now=races.NOW),
    }
    for draft in drafts.values():
        assert list(trial.unlike(laid, draft, most=SIZE)) == []
        assert trial.tried(laid, draft, most=SIZE).rows != ()
    times = [races.run(race) for race in races.races(laid, officer, drafts)]
    assert list(alike.ledger_page(officer)) == []
    times += [races.run(race) for race in races.ledger(laid, officer)]
    assert list(alike.told(laid)) == []
    assert list(alike.proved(laid, most=SIZE)) == []
    weighted.into_force(laid, drafts["weighed"], now=races.NOW)
    times += [races.run(race) for race in races.weighted(laid)]
    assert list(alike.proved(laid, most=SIZE)) == []
    assert "times packed" in weight.told(laid, laid.rows)
    assert len(races.table(times).splitlines()) == len(times) + 1


@pytest.mark.slow
def test_one_point_stored_wrong_stops_the_bench(laid, officer):
    target = Result.objects.order_by("pk").first()
    Result.objects.filter(pk=target.pk).update(total=target.total - 1)
    assert len(list(alike.faults(laid, officer))) == 2


@pytest.mark.slow
def test_one_vector_packed_wrong_stops_the_bench(laid):
    target = Detail.objects.order_by("pk").first()
    packed = bytearray(target.packed)
    packed[MARK] = UNJUDGED
    Detail.objects.filter(pk=target.pk).update(packed=bytes(packed))
    draft = trial.draft(laid, now=races.NOW)
    assert len(list(trial.unlike(laid, draft, most=SIZE))) == 1


def test_above_the_ceiling_counts_when_it_happens_twice_in_three():
    always = races.Race("above", lambda: None, lambda: None, ceiling=0, turns=1)
    never = races.Race("below", lambda: None, lambda: None, ceiling=10**9, turns=1)
    assert (confirmed(always).holds, confirmed(never).holds) == (False, True)


def test_numbered_counties_hold_exactly_as_many_villages_as_wanted():
    found = names.cut(names.made_up(500), 500)
    sizes = [len(villages) for _county, towns in found for _town, villages in towns]
    assert (sum(sizes), len(found)) == (500, 3)
