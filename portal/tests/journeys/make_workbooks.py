"""The workbooks a county really sends: titles merged above the table, headings under other names, odd dates and digits."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment

COUNTY = "安禾县委组织部"
UNITS = [
    ("中共安禾县柳湾镇委员会", "柳湾镇", COUNTY, "乡镇党委", "", "", "", "", "", "", ""),
    ("中共安禾县石埠镇委员会", "石埠镇", COUNTY, "乡镇党委", "", "", "", "", "", "", ""),
    ("中共安禾县直属机关工作委员会", "机关工委", COUNTY, "党工委", "", "", "", "", "", "", ""),
]
BRANCHES = [
    ("双井村党支部", "双井村", "柳湾镇", "党支部", "行政村", "２８", "2", "3", "张 林", "1998.7.1",
     "2026.3.5"),
    ("上坝村党支部", "上坝村", "柳湾镇", "支部", "农村", "19人", "", "3", "王宁", "1999年7月1日", "2026-03-08"),
    ("樟树坪村党支部", "樟树坪村", "石埠镇", "党支部", "村", 24, 1, 5, "赵清", "2001/5/4", "2026.3.6"),
    ("县水利局机关党支部", "县水利局", "机关工委", "党支部", "党政机关", "１２", 0, 3, "孙远", "2009.7.1",
     "2025.6.20"),
]  # fmt: skip
WRONG = (
    "新河村党支部",
    "新河村",
    "无此镇",
    "党支部",
    "村",
    9,
    0,
    3,
    "李成",
    "2010.7.1",
    "2026.3.9",
)
ROSTER_HEAD = (
    "序号", "党支部名称", "简称", "所属党委", "类别", "领域", "正式党员", "预备党员", "支委人数", "书记姓名",
    "支部成立时间", "换届日期", "任职时间",
)  # fmt: skip
TOOK_OFFICE = "2026.11.3"

STANDARD_HEAD = (
    "一级指标", "序号", "考核内容", "评分细则", "分值", "计分规则", "填报方式", "周期", "整改时限", "常见问题",
)  # fmt: skip
SHAPES = {
    "binary": (
        "一、基本组织（40分）", "1.1", "支部设置符合规定，批复、印章齐全。", "不符合规定的，不得分。", 30,
        "计量 fits 是否 名称=支部设置符合规定\n有无 fits", "", "", 15, "没有成立批复\n批复与实际名称不一致",
    ),
    "zero_if": (
        "", "1.2", "按期换届，届满前报上级批准。", "届满未换届且未经批准延期的，本项不得分。", 10,
        "计量 days 次数 名称=换届逾期天数 取自=台账 事实=term_overdue_days\n归零 days 值>0", "", "", 30, "",
    ),
    "step": (
        "二、基本活动（40分）", "2.1", "支委会每月至少召开1次。", "每少开1次扣0.5分，最多扣3分。", 12,
        "计量 short 次数 名称=支委会少开次数 取自=会议 类别=committee_meeting 周期=每月 应有=1\n"
        "增减 short 分值=0.5 上限=3", "每期重填", "每月", 15, "支委会次数不足",
    ),
    "parts": (
        "", "2.2", "会议记录要素齐全。", "每缺1项要素扣0.5分，扣完为止。", 8,
        "计量 record 要素 名称=会议记录\n  项 date 名称=时间\n  项 place 名称=地点\n  项 vote 名称=表决\n"
        "  项 sign 名称=记录人签字\n要素 record 每缺=0.5", "", "", 15, "会议记录没有签字\n会议记录没有表决结果",
    ),
    "bands": (
        "", "2.3", "党员对支部工作的满意度。", "90%及以上得10分，80%—89%得6分，80%以下不得分。", 10,
        "计量 survey 比例 名称=满意度\n分档 survey\n  档 起=90 得=10\n  档 起=80 得=6", "", "", 15, "",
    ),
    "gate": (
        "", "2.4", "记录、材料真实，不得造假。", "核实造假的，一票否决。", 10,
        "计量 forged 是否 名称=记录、材料造假\n一票 forged 为=是 效果=不达标", "", "", 15, "",
    ),
    "judged": (
        "三、作用发挥（20分）", "3.1", "为群众办实事。", "由检查人视情况扣分，最多扣5分，须写明理由。", 20,
        "计量 deeds 评分 名称=为民办实事\n评判 deeds 最低=-5 最高=0", "", "", 15, "",
    ),
    "adjust": (
        "", "3.2", "当年受到表彰。", "市级加1分、县级加0.5分，取最高一项，不累加。", 0,
        "计量 awards 事项 名称=受表彰\n加减分 awards 取=最高 上限=1\n  级 city 分=1\n  级 county 分=0.5", "", "", "",
        "",
    ),
}  # fmt: skip


def make_roster(path: Path) -> Path:
    """Three units and four branches of a small county, and one row whose parent does not exist."""
    book, sheet = _titled("安禾县基层党组织名册", width=len(ROSTER_HEAD))
    sheet.append(("填报单位：安禾县委组织部",))
    sheet.append(ROSTER_HEAD)
    for number, row in enumerate([*UNITS, *BRANCHES, WRONG], start=1):
        sheet.append((number, *row, TOOK_OFFICE if row[8] else ""))
    book.save(path)
    return path


def make_standard(path: Path) -> Path:
    """The county's own scoring table: one clause per shape of the rule language, chapters as merged cells."""
    book, sheet = _titled("安禾县党支部标准化建设评分表", width=len(STANDARD_HEAD))
    sheet.append(STANDARD_HEAD)
    for row in SHAPES.values():
        sheet.append(row)
    for first, last in ((3, 4), (5, 8), (9, 10)):
        sheet.merge_cells(start_row=first, end_row=last, start_column=1, end_column=1)
    sheet.append(("合计", "", "", "", sum(row[4] for row in SHAPES.values())))
    book.save(path)
    return path


def _titled(title: str, *, width: int):
    book = Workbook()
    sheet = book.active
    sheet.append((title,))
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)
    sheet["A1"].alignment = Alignment(horizontal="center")
    return book, sheet
