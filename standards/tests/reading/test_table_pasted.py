"""A table pasted as text, in whatever way its cells were kept apart."""

import pytest

from standards.tests.reading.drawn import paste, shape

TERMS, CLASSES, DUES = (
    ["1", "组织", "支委按期换届", "5", "逾期不得分"],
    ["2", "组织", "党课每季度一次", "5", "少一次扣1分"],
    ["3", "队伍", "党费按月交纳", "4", "一人未交扣0.5分"],
)
HEAD = ["序号", "项目", "考核内容", "分值", "评分标准"]
READ = [
    ("组织", None, [("支委按期换届", 500, "逾期不得分"), ("党课每季度一次", 500, "少一次扣1分")]),
    ("队伍", None, [("党费按月交纳", 400, "一人未交扣0.5分")]),
]
MERGED = [CLASSES[0], *CLASSES[2:]]


@pytest.mark.parametrize(
    "lines",
    [
        ["| " + " | ".join(row) + " |" for row in (HEAD, ["---"] * 5, TERMS, ["2", "", *CLASSES[2:]], DUES)],
        ["  ".join(row) for row in (HEAD, TERMS, MERGED, DUES)],
        [" ".join(row) for row in (HEAD, TERMS, CLASSES, DUES)],
        ["　　".join(row) for row in (HEAD, TERMS, MERGED, DUES)],
        [",".join(row) for row in (HEAD, TERMS, CLASSES, DUES)],
        [*HEAD, *TERMS, *MERGED, *DUES],
    ],
)  # fmt: skip
def test_cells_between_bars_blanks_and_on_lines_of_their_own(lines):
    found = paste("支部考核表", *lines, "合计 14分", "注：扣完为止。")
    assert (found.title, shape(found)) == ("支部考核表", READ)


def test_a_drawn_frame_is_read_with_its_wrapped_and_merged_cells():
    found = paste(
        "┌─┬──┬─────────┬──┐",
        "│     镇容考核表      │",
        "├─┼──┼─────────┼──┤",
        "│序│项目│评分标准及考核办法│分值│",
        "│号│    │                  │    │",
        "├─┼──┼─────────┼──┤",
        "│1 │环境│街道整洁。发现一处│10  │",
        "│  │    │垃圾扣1分         │    │",
        "│  │    ├─────────┼──┤",
        "│  │    │绿地完好，缺损一处│5   │",
        "│  │    │扣0.5分           │    │",
        "├─┼──┼─────────┼──┤",
        "│2 │市场│摊位入市。占道一处扣2分│10  │",
        "└─┴──┴─────────┴──┘",
    )
    assert (found.title, shape(found)) == (
        "镇容考核表",
        [
            ("环境", None, [("街道整洁", 1000, "发现一处垃圾扣1分"), ("绿地完好", 500, "缺损一处扣0.5分")]),
            ("市场", None, [("摊位入市", 1000, "占道一处扣2分")]),
        ],
    )  # fmt: skip


def test_numbered_paragraphs_stay_paragraphs():
    found = paste(
        "一、组织（10分）", "1. 支委按期换届（5分）。 逾期不得分。", "2. 党课 每季度一次（5分）。"
    )
    assert [(g.title, len(g.lines)) for g in found.groups] == [("组织", 2)]
