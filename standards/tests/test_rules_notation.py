"""The text of a cell: both languages, forgiving signs, and errors an officer can act on."""

import pytest

from standards.rules.notation import from_text, to_text
from standards.rules.parse import RuleError

RULE = {
    "start": "full",
    "over": "2",
    "measures": [
        {
            "name": "short",
            "kind": "count",
            "label": "支委会少开次数",
            "label_en": "Committee meetings short",
            "derive": {"from": "meetings", "kind": "committee_meeting", "per": "month", "need": 1},
        },
        {
            "name": "record",
            "kind": "parts",
            "label": "记录要素",
            "parts": [{"key": "date", "label": "时间"}, {"key": "决 议", "label": '"决议"'}],
        },
        {"name": "survey", "kind": "ratio", "label": "满意度"},
        {"name": "judge", "kind": "points", "label": "档内评分"},
        {
            "name": "quality",
            "kind": "grade",
            "label": "等次",
            "grades": [{"key": "是"}, {"key": "差"}],
        },
        {"name": "forged", "kind": "flag", "label": "弄虚作假"},
        {"name": "awards", "kind": "events", "label": "表彰"},
    ],
    "steps": [
        {"shape": "step", "measure": "short", "unit": "0.5", "cap": None, "rounding": "ceil"},
        {"shape": "parts", "measure": "record", "credits": {"date": "1", "决 议": "0.5"}},
        {
            "shape": "bands",
            "measure": "survey",
            "bands": [{"from": "90", "points": ["-1", "2"]}, {"from": "80", "points": "0"}],
            "as": "add",
            "judge": "judge",
        },
        {"shape": "zero_if", "measure": "quality", "when": {"is": "是"}},
        {"shape": "zero_if", "measure": "record", "when": {"missing_count": 2}},
        {"shape": "gate", "measure": "forged", "when": {"is": True}, "effect": "fail"},
        {
            "shape": "gate",
            "measure": "short",
            "when": {"op": ">=", "value": "3"},
            "effect": "cap_tier",
            "tier": "good",
        },
        {"shape": "adjust", "measure": "awards", "table": {"city": "1"}, "take": "largest"},
    ],
}
CHINESE = """\
起评 满分
可超 2
计量 short 次数 名称=支委会少开次数 英文="Committee meetings short" 取自=会议 类别=committee_meeting 周期=每月 应有=1
计量 record 要素 名称=记录要素
  项 date 名称=时间
  项 "决 议" 名称="\\"决议\\""
计量 survey 比例 名称=满意度
计量 judge 评分 名称=档内评分
计量 quality 等级 名称=等次
  项 "是"
  项 差
计量 forged 是否 名称=弄虚作假
计量 awards 事项 名称=表彰
增减 short 分值=0.5 取整=进位 上限=无
要素 record
  项 date 分=1
  项 "决 议" 分=0.5
分档 survey 方式=加减 评分=judge
  档 起=90 得=-1~2
  档 起=80 得=0
归零 quality 为="是"
归零 record 缺项=2
一票 forged 为=是 效果=不达标
一票 short 值>=3 效果=等次封顶 等次=good
加减分 awards 取=最高
  级 city 分=1"""


def test_a_rule_is_written_in_chinese_and_read_back():
    assert to_text(RULE) == CHINESE
    assert from_text(CHINESE) == RULE


def test_a_rule_is_written_in_english_and_read_back():
    text = to_text(RULE, "en")
    assert text.splitlines()[13] == "step short unit=0.5 rounding=ceil cap=none"
    assert from_text(text) == RULE


def test_what_chinese_keyboards_and_cells_put_in_is_read_all_the_same():
    text = "# 支委会\n\n计量　short　次数，名称＝“少开 次数”\r\n增减 short 分值 = 0.5； 上限=3 # 每月\n归零 short 值 ≥ 6"
    assert from_text(text) == {
        "measures": [{"name": "short", "kind": "count", "label": "少开 次数"}],
        "steps": [
            {"shape": "step", "measure": "short", "unit": "0.5", "cap": "3"},
            {"shape": "zero_if", "measure": "short", "when": {"op": ">=", "value": "6"}},
        ],
    }


def problems(text):
    with pytest.raises(RuleError) as caught:
        from_text(text)
    return [(problem.path, problem.zh) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("line", "zh"),
    [
        (
            "扣分 a",
            "行首应为：起评、可超、可负、计量、项、类、条件、点、档、级、有无、增减、分档、递增、折线、要素、评判、归零、一票、加减分。",
        ),
        ("起评 半分", "“半分”只能是：满分、零分。"),
        ("起评", "“起评”后面写一个值。"),
        ("计量 b", "“计量”后面先写代号和类型，再写“词=值”。"),
        (
            "计量 b 数字",
            "计量类型只能是：是否、次数、比例、数值、等级、要素、评分、事项、多人评分、票决。",
        ),
        ("增减 a 分值=1 上线=3", "“增减”行没有“上线”这一项。"),
        ("增减 a 分值=1 分值=2", "“分值”重复。"),
        ("增减 a 分值>1", "“分值”后面用等号。"),
        ("增减 a 分值=1 双向=好", "“好”应为“是”或“否”。"),
        ("增减 a 分值=1 取整=进", "“进”只能是：舍去、进位、折算。"),
        ("增减 a 分值=", "“”处看不懂，是否少了引号或值？"),
        ('有无 "a', '“"a”处看不懂，是否少了引号或值？'),
        ("档 起=1 得=1", "“档”要写在“分档”行的下面。"),
        ("项 x 名称=x", "“项”要写在“要素、计量”行的下面。"),
    ],
)
def test_a_slip_is_told_with_its_line(line, zh):
    assert problems(f"计量 a 次数\n{line}") == [("line 2", f"第2行：{zh}")]


def test_a_rule_that_contradicts_itself_is_told_with_the_line_that_does():
    text = "计量 a 次数\n计量 g 等级\n  项 x\n  项 x\n增减 a 分值=1\n  \n归零 a 为=是\n有无 b"
    assert problems(text) == [
        ("line 2", "第2行：代号“x”重复。"),
        ("line 7", "第7行：“a”的类型是次数，不能用这个条件。"),
        ("line 8", "第8行：没有名为“b”的计量。"),
    ]


def test_full_width_digits_are_refused_here_because_the_cell_reader_changes_them_before():
    text = "计量 a 次数\n增减 a 分值=０.5"
    assert problems(text) == [
        ("line 2", "第2行：应为整数或普通小数，如 0.5；不用科学记数法和全角数字。")
    ]


def test_every_problem_is_said_in_english_too():
    with pytest.raises(RuleError) as caught:
        from_text("计量 a 次数\n增减 a")
    assert [problem.en for problem in caught.value.problems] == ["Line 2: “unit” is missing."]


def test_a_rule_that_is_not_one_is_not_written():
    with pytest.raises(RuleError):
        to_text({"steps": 1})
