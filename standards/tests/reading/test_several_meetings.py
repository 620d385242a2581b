"""党员大会每季度1次、支委会每月1次，每少一次扣0.5分: each meeting keeps its name and frequency."""

from fractions import Fraction

from standards.reading.phrase import read

THREE = "支部党员大会每季度1次、支委会每月1次、党课每季度1次，每少一次扣0.5分"


def measures(phrase, subject=""):
    return read(phrase, Fraction(10), subject).rule["measures"]


def labels(phrase):
    return [measure["label"] for measure in measures(phrase)]


def test_each_is_counted_by_itself_and_filled_from_the_register():
    found = measures(THREE)
    assert [one["label"] for one in found] == [
        "支部党员大会少次数（每季度1次）",
        "支委会少次数（每月1次）",
        "党课少次数（每季度1次）",
    ]
    assert [(one["derive"]["kind"], one["derive"]["per"]) for one in found] == [
        ("member_meeting", "quarter"),
        ("committee_meeting", "month"),
        ("party_class", "quarter"),
    ]


def test_a_cap_on_all_of_them_keeps_them_one_figure_with_all_names():
    assert labels(f"{THREE}，最多扣3分") == [
        "支部党员大会（每季度1次）、支委会（每月1次）、党课（每季度1次）少次数"
    ]


def test_meetings_listed_with_one_frequency_are_each_due_so_often():
    assert labels("党员大会、支委会每季度1次，每少1次扣0.5分") == [
        "党员大会少次数（每季度1次）",
        "支委会少次数（每季度1次）",
    ]


def test_one_of_each_is_due_of_each():
    two = ["支委会少次数（每月1次）", "党小组会少次数（每月1次）"]
    assert labels("支委会、党小组会每月各1次，少1次扣0.5分") == two
    assert labels("每月召开1次支委会和党小组会，每少1次扣0.5分") == two


def test_what_is_no_list_of_meetings_stays_one():
    assert labels("有计划、有总结每年1次，每少1次扣0.5分") == ["有计划、有总结少次数（每年1次）"]
    assert labels("支委会每月1次，每少1次扣0.5分") == ["支委会少次数（每月1次）"]
    assert labels("每季度1次，每月1次，每少1次扣0.5分") == ["人工评分"]


def test_who_is_missing_is_counted_over_all_of_them():
    assert labels("党员大会每季度1次、支委会每月1次，每缺1人扣0.1分") == ["党员大会、支委会缺人数"]
