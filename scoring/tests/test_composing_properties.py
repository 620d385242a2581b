"""Any composition over any sheet: its terms are its total, more points never give less, an empty one changes nothing."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import quotas
from scoring.formula import compose
from scoring.mending import items, mended
from scoring.tests.composing import read_case
from scoring.tests.test_missing import small_cases
from scoring.tiering import places_of
from standards.composing.parse import parse, to_json
from standards.composing.shapes import EMPTY

TIERS = ("five", "four", "three", "none")


@settings(max_examples=1000, deadline=None)
@given(small_cases())
def test_the_terms_add_up_to_the_total(case):
    composed = compose(read_case(case))
    assert sum(term.points for term in composed.terms) == composed.total


@settings(max_examples=400, deadline=None)
@given(small_cases(), st.integers(0, 7))
def test_a_line_made_full_never_lowers_the_total_or_the_tier(case, at):
    sheet = read_case(case)
    before = compose(sheet)
    offered = items(sheet, before, mandatory=())
    if not offered:
        return
    after = compose(mended(sheet, [offered[at % len(offered)]]))
    order = places_of(sheet)
    assert after.total >= before.total
    assert before.tier is None or order[after.tier] <= order[before.tier]


@settings(max_examples=300, deadline=None)
@given(small_cases())
def test_a_composition_that_agrees_nothing_is_the_plain_sum(case):
    sheet = replace(read_case(case), composition=EMPTY)
    composed = compose(sheet)
    chapters = sum(chapter.points for chapter in composed.chapters)
    entries = sum(entry.amount for entry in composed.adjustments)
    assert composed.total == max(0, min(chapters + entries, sheet.ceiling))
    assert parse(to_json(sheet.composition)) == EMPTY


PEERS = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from([None, *range(4)]), st.booleans()), max_size=14
).map(
    lambda rows: [
        quotas.Peer(n, score, None if tier is None else TIERS[tier], fixed)
        for n, (score, tier, fixed) in enumerate(rows)
    ]
)
QUOTAS = st.lists(
    st.sampled_from(
        [
            {"tier": "five", "most": "20"},
            {"tier": "five", "places": 2},
            {"tier": "four", "most": "40", "base": "graded"},
            {"tier": "three", "places": 3},
        ]
    ),
    max_size=3,
    unique_by=lambda quota: quota["tier"],
).map(lambda listed: parse({"quotas": listed}).quotas)


@settings(max_examples=600, deadline=None)
@given(PEERS, QUOTAS, st.sampled_from(["down", "half_up", "up"]))
def test_ceilings_hold_split_no_tie_and_let_nobody_pass_a_better_one(peers, agreed, rounding):
    moved = quotas.assign(agreed, TIERS, peers, rounding=rounding)
    now = {p.key: moved[p.key].tier if p.key in moved else p.tier for p in peers}
    graded = [p for p in peers if p.tier is not None]
    for quota in agreed:
        inside = [p for p in graded if now[p.key] == quota.tier and not p.fixed]
        assert len(inside) <= quotas.allowed(quota, peers, graded, rounding)
    free = [p for p in graded if not p.fixed]
    for one in free:
        for other in free:
            if one.tier == other.tier and one.score == other.score:
                assert now[one.key] == now[other.key]
            if one.tier == other.tier and one.score > other.score:
                assert TIERS.index(now[one.key]) <= TIERS.index(now[other.key])
    assert all(not p.fixed for p in graded if p.key in moved)
