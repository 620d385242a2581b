"""Units compared: like with like, protocol order, shared ranks only where switched on."""

from fractions import Fraction

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import Deed
from accounts.refusal import Refused
from accounts.tests.make import NOW
from scoring.comparing_units import Group, Unit, compared, place, rule_of, set_rule
from scoring.models import ComparisonRule, Result
from scoring.summaries import Sum
from scoring.tests.make import result_of
from standards.tests.make import enter

pytestmark = pytest.mark.django_db
UNITS = reverse("scoring:units")
HEADING = ">同类名次</th>"


def switch(made, **asked):
    given = {"shows_ranks": True, "fewest": 1, "gap_days": 10} | asked
    return set_rule(made.officer, made.county, reason="县委常委会要求", now=NOW, **given)


def units(made, **asked):
    rule = rule_of(made.county)
    return {
        u.unit: u for group in compared(made.officer, made.cycle, rule=rule) for u in group.units
    }


class Named:
    def __init__(self, pk):
        self.pk = pk


def unit(pk, *, passed, failed=0, points=0, is_small=False):
    found = Unit(Named(pk), Sum(), points=points * (passed + failed), is_small=is_small)
    found.sum.add("pass", passed)
    found.sum.add("fail", failed)
    return found


@pytest.mark.parametrize(
    ("rows", "want"),
    [
        ([(4, 0, 9000), (4, 0, 9000), (3, 1, 9900)], [1, 1, 3]),
        ([(4, 0, 8000), (4, 0, 9000), (4, 0, 9000)], [3, 1, 1]),
        ([(1, 3, 9000), (2, 2, 8000), (0, 0, 0)], [2, 1, None]),
        ([(2, 0, 9000), (4, 0, 9000)], [1, 1]),
    ],
)
def test_equals_share_a_rank_and_the_next_one_skips(rows, want):
    found = [unit(n, passed=p, failed=f, points=a) for n, (p, f, a) in enumerate(rows)]
    place(Group("", tuple(found)))
    assert [each.rank for each in found] == want


def test_a_small_unit_takes_nobodys_rank():
    found = [unit(1, passed=2, points=9900, is_small=True), unit(2, passed=9, points=9000)]
    place(Group("", tuple(found)))
    assert [each.rank for each in found] == [None, 1]


def test_ranks_are_off_until_somebody_switches_them_on(made):
    assert rule_of(made.county).shows_ranks is False
    assert {each.rank for each in units(made).values()} == {None}
    assert HEADING not in enter(made.officer).get(UNITS).content.decode()


def test_switching_ranks_on_is_audited_and_the_newest_rule_counts(made):
    switch(made)
    rule = switch(made, shows_ranks=False)
    assert rule_of(made.county) == rule
    deeds = Deed.objects.filter(verb="comparison.set").order_by("pk")
    assert [deed.params["shows_ranks"] for deed in deeds] == [True, False]
    assert {deed.params["reason"] for deed in deeds} == {"县委常委会要求"}


def test_switched_on_the_ranks_are_shown(made):
    switch(made)
    assert {u.unit.short_name: u.rank for u in units(made).values()} == {
        made.town.short_name: 2,
        made.other.short_name: 1,
    }
    assert HEADING in enter(made.officer).get(UNITS).content.decode()


def test_a_unit_with_few_branches_is_flagged_and_not_ranked(made):
    switch(made, fewest=units(made)[made.other].graded + 1)
    found = units(made)
    assert (found[made.other].is_small, found[made.other].rank) == (True, None)
    assert "支部少，不列名次" in enter(made.officer).get(UNITS).content.decode()


def test_a_rule_is_never_changed_only_followed(made):
    rule = switch(made)
    with pytest.raises(DatabaseError), transaction.atomic():
        ComparisonRule.objects.filter(pk=rule.pk).update(shows_ranks=False)


@pytest.mark.parametrize("asked", [{"fewest": -1}, {"fewest": 101}, {"gap_days": 366}])
def test_an_odd_number_is_refused(made, asked):
    with pytest.raises(Refused):
        switch(made, **asked)


@pytest.mark.parametrize("person", ["leader", "secretary", "clerk", "branch_clerk"])
def test_nobody_else_sets_the_rule(made, person):
    given = {"shows_ranks": "on", "fewest": "1", "gap_days": "1", "reason": "改"}
    answer = enter(getattr(made, person)).post(reverse("scoring:units_rule"), given)
    assert (answer.status_code, ComparisonRule.objects.count()) == (403, 0)


@pytest.mark.parametrize(
    ("field", "typed"),
    [("fewest", "x"), ("fewest", "9" * 30), ("gap_days", "-3"), ("reason", ""), ("reason", "\x00")],
)
def test_a_bad_rule_comes_back(made, field, typed):
    given = {"fewest": "5", "gap_days": "15", "reason": "改"} | {field: typed}
    answer = enter(made.officer).post(reverse("scoring:units_rule"), given)
    assert (answer.status_code, ComparisonRule.objects.count()) == (422, 0)


def test_the_county_sets_the_rule_by_a_form(made):
    given = {"shows_ranks": "on", "fewest": "3", "gap_days": "7", "reason": "年终考核办法"}
    answer = enter(made.officer).post(reverse("scoring:units_rule"), given)
    rule = ComparisonRule.objects.get()
    assert (answer.status_code, rule.shows_ranks, rule.fewest, rule.gap_days) == (302, True, 3, 7)


@pytest.mark.parametrize("person", ["secretary", "clerk", "branch_clerk"])
def test_units_do_not_see_each_other_compared(made, person):
    assert enter(getattr(made, person)).get(UNITS).status_code == 403


def test_shares_and_averages_are_of_graded_branches(made):
    found = units(made)[made.town]
    totals = [r.total for r in Result.objects.filter(branch__parent=made.town)]
    assert (found.graded, found.share) == (
        len(totals),
        Fraction(100 * found.sum.passed, len(totals)),
    )
    assert abs(found.average - sum(totals) / len(totals)) <= 0.5


def test_every_number_opens_as_many_rows(made):
    client = enter(made.officer)
    groups = client.get(UNITS).context["groups"]
    links = [(row["unit"].sum.total, row["all_url"]) for _title, rows in groups for row in rows]
    links += [(n, url) for _t, rows in groups for row in rows for _l, n, url in row["tiers"]]
    shown = [client.get(url).context["page"].paginator.count for _n, url in links]
    assert shown == [n for n, _url in links]


def test_the_decided_tier_is_the_one_that_counts(made):
    result = result_of(made, made.branches[0])
    other = next(t["key"] for t in made.cycle.edition.tiers if t["key"] != result.tier)
    Result.objects.filter(pk=result.pk).update(decided_tier=other)
    before, after = result.tier, units(made)[made.town].tiers
    client = enter(made.officer)
    listed = client.get(reverse("scoring:results"), {"tier": other, "unit": made.town.pk})
    assert listed.context["page"].paginator.count == after[other]
    assert sum(after.values()) == Result.objects.filter(branch__parent=made.town).count()
    assert before != other


def test_the_comparison_asks_the_same_number_of_questions(made, django_assert_num_queries):
    rule = rule_of(made.county)
    with django_assert_num_queries(2):
        compared(made.officer, made.cycle, rule=rule)
    Result.objects.exclude(branch=made.branches[0]).delete()
    with django_assert_num_queries(2):
        compared(made.officer, made.cycle, rule=rule)


def test_the_workbook_comes(made):
    answer = enter(made.officer).get(reverse("scoring:units_export"))
    assert b"".join(answer.streaming_content)[:2] == b"PK"
