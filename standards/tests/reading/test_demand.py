"""The text of a clause completes its scoring rule: the frequency, the number, the name."""

from fractions import Fraction

import pytest

from standards.reading.demandread import read_demand
from standards.reading.phrase import read
from standards.rules.explain import describe
from standards.rules.parse import parse


@pytest.mark.parametrize(
    ("subject", "phrase", "worded"),
    [
        ("支委会每月召开1次", "每少一次扣0.5分", "支委会每少1次（每月1次）扣0.5分，扣完为止。"),
        ("按时召开支委会，每月至少1次", "缺一次扣1分", "支委会每缺1次（每月1次）扣1分，扣完为止。"),
        (
            "党员大会每季度召开一次，支委会每月召开一次",
            "党员大会每少一次扣1分；支委会每少一次扣0.5分",
            "党员大会每少1次（每季度1次）扣1分，扣完为止。支委会每少1次（每月1次）扣0.5分，扣完为止。",
        ),
        (
            "党员大会每季度召开1次，支委会每月召开1次",
            "每少一次扣0.5分",
            "党员大会每少1次（每季度1次）扣0.5分，扣完为止。支委会每少1次（每月1次）扣0.5分，扣完为止。",
        ),
        ("每月撰写讲稿3篇", "每少1篇扣0.5分", "撰写讲稿每少1篇（每月3篇）扣0.5分，扣完为止。"),
        ("每月上报信息不少于3篇", "少1篇扣0.5分", "上报信息每少1篇（每月3篇）扣0.5分，扣完为止。"),
        (
            "委员每季度联系4户群众",
            "每少一户扣0.2分",
            "委员联系群众每少1户（每季度4户）扣0.2分，扣完为止。",
        ),
        (
            "招引项目3个，手续齐全",
            "每少1个扣2分",
            "招引项目个数少于3个的，每少1个扣2分，扣完为止。",
        ),
        (
            "每季度走访农户2次",
            "少走访1次扣0.5分",
            "走访农户每少1次（每季度2次）扣0.5分，扣完为止。",
        ),
        (
            "发展会员不少于6名，其中女会员不少于2名",
            "每少1名扣1分",
            "发展会员人数少于6人的，每少1人扣1分，扣完为止。",
        ),
        ("参学率达到90%以上", "每低1%扣0.5分", "参学率低于90%的，每低1个百分点扣0.5分，扣完为止。"),
        (
            "参学率达到百分之九十以上",
            "每低1%扣0.5分",
            "参学率低于90%的，每低1个百分点扣0.5分，扣完为止。",
        ),
        (
            "①支委会每月不得少于1次，全年12次",
            "每少1次扣0.5分",
            "支委会每少1次（每月1次）扣0.5分，扣完为止。",
        ),
        (
            "活动场所面积不少于60平方米，有标识",
            "每少10平方米扣0.5分",
            "活动场所面积低于60平方米的，每低10平方米扣0.5分，扣完为止。",
        ),
        (
            "办公经费不少于2万元",
            "每少1000元扣0.5分",
            "办公经费低于20000元的，每低1000元扣0.5分，扣完为止。",
        ),
        (
            "书记年龄不超过60周岁",
            "每超1岁扣0.5分",
            "书记年龄超过60岁的，每超1岁扣0.5分，扣完为止。",
        ),
        (
            "每名党员每年集中学习不少于32学时",
            "每少1学时扣0.1分",
            "党员集中学习低于32学时的，每低1学时扣0.1分，扣完为止。",
        ),
    ],
)
def test_what_the_clause_demands_completes_the_rule(subject, phrase, worded):
    reading = read(phrase, Fraction(6), subject)
    assert "".join(describe(parse(reading.rule), maximum=600, lang="zh")) == worded
    assert reading.confidence == 0.9
    assert read(worded, Fraction(6)).rule == reading.rule


@pytest.mark.parametrize(
    ("subject", "phrase", "label"),
    [
        ("党建品牌创建", "好得3分，较好得2分，一般得1分", "党建品牌创建"),
        ("按时召开组织生活会", "未召开的不得分，记录不全扣0.5分", "组织生活会未召开"),
        ("按期换届", "未换届的不得分", "换届"),
        ("年度工作计划", "无总结扣1分", "有总结"),
        ("获得县级以上表彰", "每次加1分", "获得县级以上表彰次数"),
    ],
)
def test_a_measure_without_a_name_is_called_after_its_clause(subject, phrase, label):
    assert read(phrase, Fraction(3), subject).rule["measures"][0]["label"] == label


def test_both_ways_from_the_number_of_the_clause():
    reading = read(
        "每高于或低于基准1个百分点，加减0.2分", Fraction(3), "申请人占员工比例以12%为基准"
    )
    assert reading.rules[0]["target"] == 12
    assert reading.rules[0]["measure"] == "申请人占员工比例"


def test_none_at_all_beside_each_that_is_short_goes_to_a_person():
    assert (
        read("未召开扣1分，每少1次扣0.5分", Fraction(4), "恳谈会每半年至少召开1次").confidence == 0
    )


def test_of_two_frequencies_each_has_its_step_where_the_rule_names_neither():
    reading = read("每少一次扣1分", Fraction(6), "党员大会每季度召开一次，支委会每月召开一次")
    assert [rule["per"] for rule in reading.rules] == ["quarter", "month"]
    assert [measure["derive"]["per"] for measure in reading.rule["measures"]] == [
        "quarter",
        "month",
    ]


def test_a_rule_with_a_name_of_its_own_takes_no_number_of_another():
    assert read("到会率每低1%扣0.2分", Fraction(4), "群众满意率不低于90%").confidence == 0
    assert read("每低1%扣0.2分", Fraction(4), "群众满意率不低于90%").rules[0]["target"] == 90


def test_hours_a_month_are_no_sum_of_the_year():
    rule = read("每少1学时扣0.1分", Fraction(3), "每月集中学习不少于8学时").rules[0]
    assert "target" not in rule


def test_a_number_on_the_other_side_is_not_taken():
    assert read("每超1%扣1分", Fraction(6), "参学率达到90%以上").confidence == 0


def test_the_phrase_outweighs_its_clause():
    reading = read("到会率达到80%，每低5%扣1分", Fraction(6), "到会率达到90%以上")
    assert reading.rules[0]["target"] == 80


def test_one_loss_beside_a_demand_of_many_is_not_certain():
    assert read("未开展的扣1分", Fraction(3), "主题党日每月开展1次").confidence == 0.8


def test_a_clause_that_says_points_demands_nothing():
    demand = read_demand("支委会每月召开1次，少一次扣1分")
    assert (demand.spells, demand.goals) == ((), ())


@pytest.mark.parametrize(
    "subject", ["", "\x00", "每" * 5000, "1、；。，：", "每月每月1次1次90%90%以上"]
)
def test_any_clause_at_all_can_stand_beside_a_phrase(subject):
    assert read("每少一次扣0.5分", Fraction(3), subject).confidence > 0


def test_rows_of_shares_keep_the_name_of_the_first_whatever_the_clause_is_called():
    reading = read("入会率达80%得3分，70%得2分，60%得1分", Fraction(3), "积极开展会员之家建设")
    rows = [{"ge": 80, "points": 3}, {"ge": 70, "points": 2}, {"ge": 60, "points": 1}]
    assert reading.rules == ({"shape": "bands", "bands": rows, "measure": "入会率"},)


@pytest.mark.parametrize(
    ("phrase", "demand", "said"),
    [
        ("每有一件未按时办结扣2分", "群众诉求及时办结", "每有1件群众诉求未按时办结扣2分，扣完为止。"),
        ("每少一次扣1分", "党课按计划讲授", "党课每少1次扣1分，扣完为止。"),
        ("每少一名扣1分", "支委会班子配齐", "支委会班子每少1人扣1分，扣完为止。"),
        ("少讲一次扣1分", "党支部书记每年讲党课不少于2次", "党支部书记讲党课每少1次（每年2次）扣1分，扣完为止。"),
        ("每缺1项扣1分", "档案资料完整、规范", "每缺1项扣1分，扣完为止。"),
    ],
)  # fmt: skip
def test_how_a_thing_should_be_is_no_part_of_its_name(phrase, demand, said):
    rule = parse(read(phrase, Fraction(5), demand).rule)
    assert describe(rule, maximum=500, lang="zh") == [said]


def test_a_bare_number_of_one_thing_is_not_due_of_another():
    rules = read("支委少1名扣1分", Fraction(6), "党员三十名，支委健全").rules
    assert "target" not in rules[0]
    named = read("骨干每少1名扣1分", Fraction(6), "培养骨干2名，支委健全").rules
    assert named[0]["target"] == 2
    files = read("档案缺1户扣1分", Fraction(6), "委员每季度联系4户群众").rules
    assert "per" not in files[0]


@pytest.mark.parametrize(
    ("subject", "phrase"),
    [
        ("每季度至少巡查3次", "不足3次的扣1分"),
        ("每月宣讲不少于2次", "宣讲少于2次的不得分"),
        ("每年演练2次，每季度宣讲2次", "不足2次的扣1分"),
        ("每半年义诊2次", "2次以上得6分，1次得3分"),
        ("每月走访不少于3户", "不足3户的扣1分"),
    ],
)
def test_a_number_due_in_each_period_is_no_number_of_the_year(subject, phrase):
    reading = read(phrase, Fraction(6), subject)
    assert (reading.confidence, "全年算一次" in reading.reason) == (0, True)


def test_a_number_due_in_the_year_is_one_level():
    assert read("不足3次的扣1分", Fraction(6), "每年至少巡查3次").confidence == 1
    assert read("不足12次的扣1分", Fraction(6), "每月召开1次例会").confidence == 1
