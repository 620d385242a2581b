"""考核分 as the only column of amounts says what each line is worth."""

import pytest

from standards.tests.reading.drawn import read

ROWS = [("组织建设", "按期换届", "2", "未换届-2分"), ("", "党费按月收缴", "4", "漏收-1分/人")]
REMARK = "没有别的分值栏，“{}”一栏按各条目的分值读入；如果填的是考核得分，请改用空白表。"


@pytest.mark.parametrize("name", ["考核分", "考评分", "评定分", "验收分"])
def test_the_only_column_of_amounts_gives_the_points(name):
    found = read(
        ["项目", "考核内容", name, "考核标准", "备注"], *[[*row, "年度考核"] for row in ROWS]
    )
    assert [line.points for line in found.lines] == [200, 400]
    assert [remark.zh for remark in found.remarks] == [REMARK.format(name)]


@pytest.mark.parametrize("other", ["自评分", "得分", "实得分", "复核分"])
def test_beside_another_score_it_is_a_score(other):
    found = read(
        ["项目", "考核内容", "考核标准", other, "考核分"], *[[a, b, d, c, c] for a, b, c, d in ROWS]
    )
    assert [line.points for line in found.lines] == [None, None]


def test_beside_the_points_it_is_a_score():
    found = read(["项目", "考核内容", "分值", "考核标准", "考核分"], *[[*row, "1"] for row in ROWS])
    assert ([line.points for line in found.lines], found.remarks) == ([200, 400], [])


def test_filled_in_for_some_lines_only_it_is_a_score():
    found = read(
        ["项目", "考核内容", "考核分", "考核标准"], *ROWS, ["", "按时报送总结", "", "未报送-1分"]
    )
    assert [line.points for line in found.lines] == [None, None, None]


@pytest.mark.parametrize("name", ["考核分数", "评定分数"])
@pytest.mark.parametrize(("scored", "points"), [("", [200, 400]), ("1", [None, None])])
def test_beside_a_blank_column_for_scores_the_word_for_points_is_enough(name, scored, points):
    rows = [[a, b, d, c, scored] for a, b, c, d in ROWS]
    found = read(["项目", "考核内容", "考核标准", name, "自评得分"], *rows)
    assert [line.points for line in found.lines] == points


@pytest.mark.parametrize(
    ("other", "scored", "points"),
    [("考核得分", "", [200, 400]), ("考核得分", "1", [None, None]), ("自评得分", "", [None, None])],
)
def test_an_empty_column_for_the_score_leaves_the_filled_one_to_the_points(other, scored, points):
    rows = [[*row, scored] for row in ROWS]
    found = read(["项目", "考核内容", "考核分", "考核标准", other], *rows)
    assert [line.points for line in found.lines] == points


@pytest.mark.parametrize("name", ["应得分", "标准得分", "基本得分", "指标分值", "标准分数"])
@pytest.mark.parametrize("scored", ["", "1"])
def test_what_can_be_had_stands_beside_what_was_had(name, scored):
    rows = [[a, b, c, d, scored] for a, b, c, d in ROWS]
    found = read(["项目", "考核内容", name, "考核标准", "实得分"], *rows)
    assert ([line.points for line in found.lines], found.remarks) == ([200, 400], [])
