"""A county's own scoring table of two years, as it lies in the drawer: groups down the first column, cells merged both
ways, points in brackets here and in a column there, two rows of headings, a signature line."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment

from portal.kit.tests.documents import C, document

TITLE = "安禾县农村党支部标准化规范化建设考核评分表"
HEAD = (
    ("考核项目", "", "序号", "考核内容", "分值", "评分标准", "检查方法", "考核情况", ""),
    ("", "", "", "", "", "", "", "自评", "考核"),
)
# The rule of last year, and of this year where the county has changed it.
LEVELS, DEARER = "好得10分，较好得8分，一般得5分，差不得分。", "每少一次扣4分，扣完为止。"
AGAIN, BANDS = "落实不到位的，发现一起扣分。", "办结率低于95%的，每低1个百分点扣0.5分。"
GROUPS = {
    "组\n织\n设\n置\n（30分）": {
        "支部设置\n（15分）": (
            (1, "支部设置符合规定，批复、印章齐全（8分）", "", "未达到的不得分。", "查批复"),
            (2, "按期换届，届满前报上级批准（7分）", "", "未按期换届的不得分。", "查换届批复"),
        ),
        "班子建设\n（15分）": (
            (3, "支委配备齐全", "8分", "委员空缺超过三个月的，每空缺1名扣2分，扣完为止。", "查名册"),
            (4, "委员分工明确", 7, "一般扣1分，不好不得分。", "听介绍、查资料"),
        ),
    },
    "组\n织\n生\n活\n（40分）": {
        "三会一课": (
            (5, "党员集中学习，有计划、有记录", 15, ("每少一次扣0.5分，扣完为止。", DEARER), "查会议记录"),
            (6, "党课按计划讲授", "５", "每少一次扣1分，扣完为止。", "查党课讲稿"),
        ),
        "主题党日": (
            (7, "每月固定一天开展主题党日，有方案、有记录", 12,
             "①每少一次扣1分；②参学率低于80%的，每低10个百分点扣1分；③无记录的不得分。", "查记录"),
            (8, "党费按月足额收缴", 8, "每少1人次扣0.5分，扣完为止。", "查党费台账"),
        ),
    },
    "作\n用\n发\n挥\n（30分）": {
        "服务群众": (
            (9, "群众诉求及时办结", 10, (LEVELS, AGAIN), "看系统记录"),
            (10, "每月走访党员联系户", 10, ("酌情扣1-3分。", "未走访的扣2分。"), "访群众"),
            (11, "党员发挥先锋作用", 10, LEVELS, "听介绍、访群众"),
        ),
    },
}  # fmt: skip
LAST_YEAR, THIS_YEAR = 0, 1


def rows_of(year: int):
    """(group, subgroup, number, demand, points, rule of that year, method), merged cells filled in."""
    for group, subgroups in GROUPS.items():
        for subgroup, lines in subgroups.items():
            for number, text, points, rule, method in lines:
                said = rule if isinstance(rule, str) else rule[year]
                yield group, subgroup, number, text, points, said, method


def make_own_table(path: Path, year: int) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.append((TITLE,))
    sheet.append(("填报单位（盖章）：", *[""] * 6, "填报时间：    年  月  日"))
    for row in HEAD:
        sheet.append(row)
    for row in rows_of(year):
        sheet.append(row)
    last = sheet.max_row
    sheet.append(("合  计", "", "", "", 100))
    sheet.append(("注：“扣完为止”指扣至该条目零分；不涉及的条目不考核。",))
    sheet.append(("考核组签字：", *[""] * 4, "支部书记签字："))
    for area in ("A1:I1", "A3:B4", *(f"{c}3:{c}4" for c in "CDEFG"), "H3:I3"):
        sheet.merge_cells(area)
    sheet.merge_cells(f"A{last + 2}:I{last + 2}")
    for column in "AB":
        merge_alike(sheet, column, first=len(HEAD) + 3, last=last)
    sheet["A1"].alignment = Alignment(horizontal="center")
    book.save(path)
    return path


def merge_alike(sheet, column: str, *, first: int, last: int) -> None:
    """Cells that say the same below each other become one."""
    values = [sheet[f"{column}{n}"].value for n in range(first, last + 1)]
    for value in dict.fromkeys(values):
        at = first + values.index(value)
        sheet.merge_cells(f"{column}{at}:{column}{at + values.count(value) - 1}")


def make_own_document(path: Path, year: int) -> Path:
    """The same in Word: cut by a page, so that the headings and the group come again."""
    rows, seen = [], set()
    for group, subgroup, *cells in rows_of(year):
        merged = [C(text, merge="up" if text in seen else "down") for text in (group, subgroup)]
        seen |= {group, subgroup}
        rows.append([*merged, *map(str, cells), "", ""])
    head = [C(HEAD[0][0], span=2), *HEAD[0][2:7], "自评", "考核"]
    return document(
        path,
        TITLE,
        "填报单位（盖章）：＿＿＿＿＿＿　　　　年　月　日",
        [head, *rows[:5]],
        [head, *rows[5:]],
        "注：“扣完为止”指扣至该条目零分；不涉及的条目不考核。",
        "考核组签字：　　　　　　支部书记签字：",
    )
