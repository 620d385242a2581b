"""Every printed form the rule language was made for: issued, scored by both evaluators, explained.

What each branch must come to stands in `examples/`, written before any of this was run.
"""

import re
from fractions import Fraction

import pytest

from portal.kit import points
from scoring.tests.example_sheets import LANGUAGES, NAMES, played, read
from standards.rules.schema import SHAPE_OF
from standards.rules.shapes import Gate, MeetingCount, NamedFact

pytestmark = pytest.mark.django_db
DERIVED = {MeetingCount: "~meetings", NamedFact: "~facts"}
ENTERED = re.compile(r"总分([加扣])([\d.]+)分")
STATED = re.compile(r"^本项满分.+分，[得记](-?[\d.]+)分。$")

# What each form is built of; where it is composed, the sections of the composition.
BUILT_OF = {
    "e01": {"step", "bands", "zero_if"},
    "e02": {"parts", "step", "~meetings", "~applies"},
    "e03": {"step", "bands", "parts"},
    "e04": {"step", "bands", "zero_if"},
    "e05": {"step", "parts", "bands", "judged"},
    "e06": {"step", "parts", "stars"},
    "e07": {"bands", "judged", "step", "fail"},
    "e08": {"step", "bands", "zero_if", "~applies"},
    "e09": {"bands", "parts", "step", "judged"},
    "e10": {"judged"},
    "e11": {"judged", "step", "adjust"},
    "e12": {"parts", "step", "binary", "zero_if", "~facts"},
    "e13": {"parts", "step", "cap_tier", "force_tier"},
    "e14": {"step", "parts", "binary", "zero_if", "judged", "~meetings", "~facts"},
    "e15": {"step", "~both_ways", "~endless", "bonus"},
    "e16": {"parts", "bands", "~under"},
    "e17": {"step", "~over", "binary", "parts", "judged"},
    "e18": {"step", "adjust"},
    "e19": {"step", "figures", "components", "quotas"},
    "e20": {"step", "binary", "adjust", "bonus", "conditions", "quotas"},
    "e21": {"curve", "grant_tier", "quotas"},
    "e22": {"step", "judged", "not_graded", "fail"},
    "e23": {"step", "fail", "sheets"},
    "e24": {"step", "judged", "figures", "components"},
    "e25": {"bands", "step", "adjust"},
    "e26": {"step", "components"},
    "e27": {"adjust", "bonus"},
    "e28": {"step", "parts"},
    "e29": {"bands", "step", "binary", "parts", "judged"},
    "e30": {"step", "adjust", "~meetings"},
    "e31": {"zero_if", "judged", "step", "binary"},
    "e32": {"bands", "step", "zero_if", "fail"},
    "e33": {"step", "figures", "extra"},
}


CHECKS = []


def of_each(check):
    """Not a test of its own: to play an example takes its time, and every process would play it again."""
    CHECKS.append(check)
    return check


@pytest.mark.parametrize("name", NAMES)
def test_what_an_example_comes_to_and_says_of_itself(name):
    example = read(name), played(name)
    assert BUILT_OF[name] <= parts_used(*example)
    for check in CHECKS:
        check(example)


def test_there_are_thirty_three():
    assert [f"e{n:02}" for n in range(1, 34)] == NAMES


def parts_used(written, branches):
    found = set(written.get("composition", {}))
    for line in {line.key: line for branch in branches for line in branch.lines}.values():
        found |= parts_of(line)
    return found


def parts_of(line):
    rule = line.rule
    found = {SHAPE_OF[type(step)] for step in rule.steps}
    found |= {step.effect for step in rule.steps if isinstance(step, Gate)}
    found |= {DERIVED[type(m.derive)] for m in rule.measures if m.derive}
    marks = {
        "~applies": line.applies,
        "~both_ways": any(getattr(step, "both_ways", False) for step in rule.steps),
        "~endless": rule.over is None,
        "~over": rule.over,
        "~under": rule.under,
    }
    return found | {mark for mark, is_so in marks.items() if is_so}


@of_each
def lines_chapters_total_and_tier_are_those_worked_out_by_hand(example):
    for branch in example[1]:
        wanted = branch.wanted["expected"]
        assert (branch.wanted["name"], result(branch)) == (
            branch.wanted["name"],
            {key: wanted[key] for key in ("points", "chapters", "total", "tier", "passes")},
        )


def result(branch):
    composed = branch.passed.tally.composed
    return {
        "points": {line.key: shown(line) for line in composed.lines},
        "chapters": {c.key: points.show(c.points) for c in composed.chapters},
        "total": points.show(composed.total),
        "tier": branch.passed.tier or None,
        "passes": {"pass": True, "fail": False}.get(branch.passed.proposal),
    }


def shown(line):
    if line.state == "unjudged":
        return None
    return points.show(line.points) if line.state == "judged" else "n/a"


@of_each
def labels_tiers_before_quotas_and_lines_of_the_peers(example):
    labels = {tier["key"]: tier["label"] for tier in example[0]["tiers"]}
    for branch in example[1]:
        wanted, composed = branch.wanted["expected"], branch.passed.tally.composed
        extra = {key: points.show(value) for key, value in composed.of_kind("extra").items()}
        assert branch.label == wanted.get("label", labels.get(wanted["tier"], ""))
        assert composed.tier == wanted.get("by_points", composed.tier)
        assert extra == wanted.get("extra", {})


@of_each
def the_columns_say_the_same(example):
    for branch in example[1]:
        found, composed = branch.columns, branch.passed.tally.composed
        if found is None:
            continue
        assert found.lines == [(line.points, line.state) for line in composed.lines]
        assert found.chapters == {c.key: c.points for c in composed.chapters}
        if found.plain:
            told = (found.total, found.tier, found.passes)
            assert told == (composed.total, composed.tier, composed.passes)


@of_each
def only_events_keep_a_branch_out_of_the_columns(example):
    for branch in example[1]:
        standing = branch.passed.tally.lines
        events = [
            row["key"]
            for row, line in zip(standing, branch.lines, strict=True)
            for m in line.rule.measures
            if m.kind == "ballots" or (m.kind == "events" and row["values"].get(m.name))
        ]
        assert (branch.columns is None) == bool(events)


@of_each
def every_line_is_explained_in_both_languages(example):
    for branch in example[1]:
        for lang in LANGUAGES:
            assert all(branch.rules[lang])
            for line in branch.passed.tally.composed.lines:
                told = branch.sentences[lang].get(line.key)
                applies = line.state in ("judged", "unjudged")
                assert bool(told) == applies, (branch.wanted["name"], line.key)
                assert all(sentence.strip() for sentence in told or ())


@of_each
def the_explanation_names_the_measure_and_what_it_cost(example):
    for branch in example[1]:
        for key, fragments in branch.wanted.get("says", {}).items():
            told = "".join(branch.sentences["zh"][key])
            lacking = [fragment for fragment in fragments if fragment not in told]
            assert not lacking, (branch.wanted["name"], key, told)


@of_each
def nothing_is_taken_off_or_added_without_a_word_wanted(example):
    """A line away from its maximum has words of its own in the file, so the check above cannot pass it by."""
    for branch in example[1]:
        composed = branch.passed.tally.composed
        away = {
            line.key
            for line in composed.lines
            if line.state == "unjudged" or (line.state == "judged" and line.points != line.maximum)
        }
        assert away <= branch.wanted.get("says", {}).keys()


@of_each
def what_the_explanation_states_adds_up_to_the_chapters(example):
    for branch in example[1]:
        composed = branch.passed.tally.composed
        stated = {key: points_stated(told) for key, told in branch.sentences["zh"].items()}
        for line in composed.lines:
            if line.state == "judged":
                assert stated[line.key] == Fraction(line.points, 100)
        for chapter in composed.chapters:
            own = [line.key for line in composed.lines if line.chapter == chapter.key]
            if all(key in stated for key in own):
                assert sum(stated[key] for key in own) == Fraction(chapter.points, 100)


def points_stated(sentences):
    """The points a line's explanation ends with; a line worth nothing that gave nothing states none."""
    found = [match for sentence in sentences if (match := STATED.match(sentence))]
    return Fraction(found[0][1]) if found else Fraction(0)


@of_each
def entries_stated_on_the_lines_are_those_in_the_total(example):
    for branch in example[1]:
        told = "".join(sentence for each in branch.sentences["zh"].values() for sentence in each)
        stated = sum(
            Fraction(amount) if sign == "加" else -Fraction(amount)
            for sign, amount in ENTERED.findall(told)
        )
        terms = branch.passed.tally.composed.terms
        counted = sum(term.points for term in terms if term.kind in ("bonus", "penalty"))
        assert stated == Fraction(counted, 100)


@of_each
def the_summands_on_the_page_add_up_to_the_total(example):
    for branch in example[1]:
        total = branch.passed.tally.composed.total
        for lang in LANGUAGES:
            found = branch.summands[lang]
            assert all(summand.word.strip() for summand in found)
            assert sum(summand.points for summand in found) == total


@of_each
def weighted_and_compared_summands_say_what_they_were_made_of(example):
    for branch in example[1]:
        terms = branch.passed.tally.composed.terms
        told = {
            lang: {
                term.key: each.why for term, each in zip(terms, branch.summands[lang], strict=True)
            }
            for lang in LANGUAGES
        }
        made = [term.key for term in terms if term.kind in ("component", "extra")]
        assert all(told[lang][key] for lang in LANGUAGES for key in made)
        for key, fragments in branch.wanted.get("adds", {}).items():
            assert [f for f in fragments if f not in told["zh"][key]] == []


@of_each
def a_tier_taken_by_a_quota_is_told(example):
    tiers = {tier["key"]: tier["label"] for tier in example[0]["tiers"]}
    for branch in example[1]:
        earned, now = branch.passed.tally.composed.tier, branch.passed.tier
        if earned and earned != now:
            told = " ".join(branch.reasons["zh"])
            assert tiers[earned] in told and tiers[now] in told
            assert branch.reasons["en"]
