"""The words of the example edition: guidance, examples, printed rules, what is cited and never said."""

import hashlib
import re
from collections import Counter
from decimal import Decimal

import pytest

from standards.rules import explain, parse
from standards.tests.baseline import (
    BY_KEY,
    CLAUSES,
    EDITION,
    all_text,
    each_clause,
    measures_of,
    steps_of,
)

# The only article numbers of the regulation that were checked against its text, and the clauses
# whose subject is that of the article.
CONFIRMED = {
    "支部工作条例 第4条": {"organization.setup", "organization.size"},
    "支部工作条例 第11条": {"activities.member_meeting", "systems.voting"},
    "支部工作条例 第12条": {"activities.committee_meeting"},
    "支部工作条例 第13条": {"organization.cells", "activities.cell_meeting"},
    "支部工作条例 第17条": {"activities.life_meeting"},
    "支部工作条例 第21条": {"organization.posts", "organization.term", "organization.term_gate"},
}
NAMES = {each["key"]: each["label"] for each in EDITION["tiers"]}
AMOUNT = r"(\d+(?:\.\d+)?)分"
REGULATIONS = {"", "支部工作条例", "发展党员工作细则"}
SLOGANS = re.compile(
    "伟大|坚强|堡垒|引领|赋能|抓手|新时代|新征程|初心|使命|为指导|总书记|重要讲话|高举|旗帜|红色基因"
)
# An example names posts, never people.
PERSONS = re.compile(
    "同志|某某|[赵钱孙李周吴郑王冯陈杨朱许何吕张曹严魏陶姜刘马胡郭林高罗甲乙丙丁]某"
)
# Digests, so that the place names which must never appear do not appear here either.
PLACES = {
    "46793baef5", "4c88d3f42c", "4c8acc2a87", "6d9600aedf", "7dcf4e07e2", "a46cfed4e1",
    "da9dfc54d7", "e559eaf0f7", "e7a716b175", "f06830a9df", "f2f4913982",
}  # fmt: skip


@each_clause
def test_a_clause_has_its_words_in_both_languages(clause):
    english = [clause["text_en"]]
    gates = [step for step in steps_of(clause) if step["shape"] == "gate"]
    for part in [*measures_of(clause), *gates]:
        english.append(part["label_en"])
        english += [choice["label_en"] for choice in part.get("parts", [])]
    assert [text for text in english if not text or not text.isascii()] == []
    assert [
        name for name in ("text", "guidance", "evidence", "rule_text") if not clause[name]
    ] == []


@each_clause
def test_a_clause_offers_four_to_six_short_phrases(clause):
    phrases = clause["phrases"]
    assert 4 <= len(set(phrases)) == len(phrases) <= 6
    assert [phrase for phrase in phrases if not 4 <= len(phrase) <= 20] == []


@each_clause
def test_a_clause_says_what_to_do_and_shows_a_filled_record(clause):
    asked = [len(clause["guidance"]) >= 25, len(clause["good_example"]) >= 40]
    long = [name for name in ("guidance", "good_example") if len(clause[name]) > 200]
    assert (asked, long, PERSONS.findall(clause["good_example"])) == ([True, True], [], [])


def test_no_two_clauses_share_an_example():
    counts = Counter(clause["good_example"] for clause in CLAUSES)
    assert counts.most_common(1)[0][1] == 1


@pytest.mark.parametrize(
    "key", ["activities.member_meeting", "activities.committee_meeting", "systems.records"]
)
def test_the_example_of_a_record_has_what_a_record_needs(key):
    needed = ("主持：", "记录：", "应到", "实到", "议题", "发言")
    assert [word for word in needed if word not in BY_KEY[key]["good_example"]] == []


@each_clause
def test_the_printed_rule_states_the_amounts_of_the_machine_rule_and_no_others(clause):
    printed = set(re.findall(AMOUNT, clause["rule_text"]))
    rule = parse.parse(clause["rule"])
    for maximum in {int(Decimal(points) * 100) for points in clause["points"].values()}:
        described = "".join(explain.describe(rule, maximum=maximum, lang="zh", names=NAMES))
        assert set(re.findall(AMOUNT, described)) == printed
        assert ("不得分" in described) == ("不得分" in clause["rule_text"])


@each_clause
def test_the_printed_rule_states_the_bounds_of_the_machine_rule(clause):
    bounds = [
        step[name] for step in steps_of(clause) for name in ("target", "each") if name in step
    ]
    bounds += [
        band["from"]
        for step in steps_of(clause)
        for band in step.get("bands", [])
        if "from" in band
    ]
    said = clause["text"] + clause["rule_text"]
    assert [bound for bound in bounds if bound != "100" and bound not in said] == []


@each_clause
def test_only_checked_article_numbers_are_cited(clause):
    regulation, _, article = clause["basis"].partition(" ")
    assert regulation in REGULATIONS
    assert article == "" or clause["key"] in CONFIRMED.get(clause["basis"], ())
    prose = " ".join(all_text({**clause, "basis": ""}))
    assert re.findall(r"第\s*[0-9一二三四五六七八九十]+\s*条", prose) == []


def test_there_are_no_slogans():
    text = "\n".join(all_text(EDITION))
    assert SLOGANS.findall(text) == []


def test_no_real_place_of_the_sources_is_named():
    pairs = {
        text[start : start + 2] for text in all_text(EDITION) for start in range(len(text) - 1)
    }
    assert {hashlib.sha256(pair.encode()).hexdigest()[:10] for pair in pairs} & PLACES == set()
