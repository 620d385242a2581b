"""Builds the ugly tables of this folder: `python -m standards.tests.reading.make_tables`.

They are laid out as real ones are, in our own words. What each says stands in the .json beside it, written by hand
from the tables below and not from what the reader made of them.
"""

from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from portal.kit.tests.documents import C, document

FOLDER = Path(__file__).parent / "tables"


def sheet(target: Worksheet, rows: list[list], *merged: str) -> None:
    for row in rows:
        target.append(row)
    for area in merged:
        target.merge_cells(area)


def village(path: Path) -> None:
    """Two heading rows, groups and sub-groups merged downwards, a hidden row, sums, a note, signatures, more sheets."""
    book = openpyxl.Workbook()
    guide = book.active
    guide.title = "填表说明"
    sheet(guide, [["填表说明"], ["1.本表由村党支部填写。"], ["2.乡镇党委审核后上报。"]])
    main = book.create_sheet("评分表")
    sheet(
        main,
        [
            ["农村党支部标准化规范化建设考核评分表"],
            ["单位（盖章）：", None, None, None, None, None, None, "填表时间：   年  月  日"],
            ["考核项目", None, "序号", "考核内容", "分值", "评分标准", "检查方法", "考核情况", None],
            [None, None, None, None, None, None, None, "自评", "考核"],
            ["组\n织\n建\n设\n（16分）", "班子配备（8分）", 1, "支部委员会按期换届", 5, "未按期换届的不得分。", "查换届批复"],
            [None, None, 2, "支委配备齐全", "3分", "委员空缺超过三个月的，每空缺1名扣1分，扣完为止。", "查名册"],
            [None, "党员管理（8分）", 3, "党员名册、流动党员台账健全", 4, "无台账不得分，不完整扣1分。", "查台账"],
            [None, None, 4, "按月足额交纳党费", 4, "每少1人次扣0.5分，扣完为止。", "查党费收缴记录"],
            [None, None, "4旧", "去年的条目，今年不再考核", 9, "每次扣9分", "查资料"],
            ["制度落实（24分）", "三会一课", 5, "支部党员大会每季度一次", 6, "每少一次扣1.5分。", "查会议记录"],
            [None, None, 6, "支部委员会每月一次", 6, "每少一次扣0.5分。", "查会议记录"],
            [None, None, 7, "党课每季度一次", 4, "每少一次扣1分。", "查会议记录"],
            [None, "主题党日", 8, "每月相对固定一天开展主题党日，做到有主题、有方案、有记录", 8,
             "①每少一次扣0.5分；②参学率低于80%的，每低10个百分点扣1分；③无记录的不得分。", "查记录、照片"],
            ["合  计", None, None, None, 40],
            ["注：1.本表满分40分；2.“扣完为止”指扣至该条目零分。"],
            ["考核组签字：", None, None, None, "被考核支部负责人签字："],
        ],
        "A1:I1", "A3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:F4", "G3:G4", "H3:I3", "A5:A9", "B5:B6", "B7:B9",
        "A10:A13", "B10:B12", "A14:D14", "A15:I15", "A16:D16", "E16:I16",
    )  # fmt: skip
    main.row_dimensions[9].hidden = True
    roll = book.create_sheet("人员")
    sheet(
        roll,
        [
            ["序号", "姓名", "职务", "电话"],
            [1, "某甲", "组长", "0000"],
            [2, "某乙", "成员", "0000"],
        ],
    )
    book.save(path)


def enterprise(path: Path) -> None:
    """Traditional characters, points inside the demands, a table cut by a page with its heading repeated, a roll."""
    head = ["考核目標", "考核項目", "考核內容", "評分標準", "自評分", "考核分"]
    up = C(merge="up")
    document(
        path,
        "附件2",
        "國有企業基層黨組織",
        "建設考核細則",
        "單位：＿＿＿＿＿＿　　　　　年　月　日",
        [
            head,
            [C("一、組織健全\n(１２分)", merge="down"), C("設置規範", merge="down"), "1.黨支部設置符合規定，隸屬關係明確（4分）", "未達到的不得分", "", ""],
            [up, up, "2.按期換屆（4分）", "未按期換屆的不得分；程序不規範的，每缺一個環節扣0.5分", "", ""],
            [up, "班子運行", "3.委員分工明確（4分）", "一般扣0.5分，不好不得分", "", ""],
            [C("二、生活規範（18分）", merge="down"), C("三會一課", merge="down"), "4.支部委員會每月召開1次（8分）", "每少一次扣0.5分，扣完為止", "", ""],
        ],
        [
            head,
            [C("二、生活規範（18分）（續）", merge="down"), C("三會一課", merge="down"), "5.黨小組會每月召開1次（6分）", "每少一次扣0.5分，扣完為止", "", ""],
            [up, "談心談話", "6.支部委員之間每年談心不少於1次（4分）", "每少1人次扣1分", "", ""],
            [C("三、作用發揮（10分）", merge="down"), C("創先爭優", merge="down"), "7.設立黨員示範崗（5分）", "酌情扣1-3分", "", ""],
            [up, up, "8.職工滿意度達到90%以上（5分）", "90%以上得5分，80%以上得3分，80%以下不得分", "", ""],
            [C("總計", span=2), "40分", "", "", ""],
        ],
        "填表說明：得分保留一位小數。",
        "考核組成員名單",
        [["序號", "姓名", "單位"], ["1", "某甲", "某科"], ["2", "某乙", "某科"]],
    )  # fmt: skip


def organ(path: Path) -> None:
    """Odd headings, groups as rows of their own, full-width digits, blank instead of merged cells, bonus and veto."""
    book = openpyxl.Workbook()
    main = book.active
    sheet(
        main,
        [
            [None, "机关党支部建设量化考评细则（满分５０分）"],
            [],
            [None, "编号", "干什么", "值多少", "怎么扣", "看什么"],
            [None, "一、政治建设（３０分）"],
            [None, "1", "第一议题制度落实到位", "１０", "未落实一次扣１分", "会议记录"],
            [None, "2", "每半年专题研究意识形态工作", "１０", "少研究一次扣５分", "会议纪要、专题报告"],
            [None, "3", "制定年度学习计划并落实", "10.0", "未制定计划的扣2分", "学习计划"],
            [None, None, None, None, "学习记录每少一次扣0.2分", "学习记录"],
            [None, "二、纪律建设（20分）"],
            [None, "4", "党员受处分情况", 12, "每人次扣3分", "处分决定"],
            [None, "5", "廉政谈话", 8, "每少一次扣0.5分，最多扣3分", "谈话记录"],
            [None, "三、加分项（5分）"],
            [None, "6", "获得表彰", 5, "省级加3分，市级加2分，县级加1分，取最高分", "表彰文件"],
            [None, "四、一票否决"],
            [None, "7", "发生重大责任事故的", None, "不得评为一类", None],
            [None, "8", "班子成员受到党纪重处分的", None, "直接定为三类", None],
            [None, "总分", None, 50],
            [None, "备注：扣分以考评组核实为准。"],
        ],
        "B1:F1", "B4:F4", "B9:F9", "B12:F12", "B14:F14", "B18:F18",
    )  # fmt: skip
    book.save(path)


def college(path: Path) -> None:
    """Groups as paragraphs between tables, deductions beside additions, an award table in a cell, a veto list below."""
    head = ["序号", "考核要点", "分值", "扣分标准", "加分标准", "考核周期", "得分"]
    document(
        path,
        "高校学生党支部工作考核表（总分60分）",
        "一、党员发展（35分）",
        [
            head,
            ["1", "入党积极分子按季度考察", "15", "每少一人次扣0.5分", "", "季度", ""],
            ["2", "发展对象政治审查材料齐全", "20", "缺一项扣2分，扣完为止", "", "年度", ""],
        ],
        "二、作用发挥（25分）",
        [
            head,
            ["3", "志愿服务人均不少于20小时", "10", "每低于标准5小时扣1分，不足5小时按5小时计", "每高出10小时加0.5分，最高加2分", "学年", ""],
            ["4", "支部及党员获奖", "15", C("无获奖的扣5分"), C("按下表加分", inner=[["省级", "加3分"], ["校级", "加1分"]]), "学年", ""],
            [C("合计", span=2), "25", "", "", "", ""],
        ],
        "一票否决事项：",
        "1.有党员被开除学籍的；",
        "2.发展党员弄虚作假的。",
        "考核人签字：　　　　　日期：",
    )  # fmt: skip


def community(path: Path) -> None:
    """Cells copied out of a worksheet: tabs, merged cells as blanks, a break inside a quoted cell."""
    rows = [
        ["社区党组织考核评分表"],
        ["类别", "考核内容", "标准分", "计分办法", "印证材料"],
        ["组织体系", "建立“社区党组织—网格党支部—楼栋党小组”三级架构", "10", "架构不健全的不得分", "架构图"],
        ["", "网格党支部书记配备到位", "6", "每缺1名扣2分", "任职文件"],
        ["服务群众", '"1.双报到党员服务次数\n2.群众诉求办结率"', "12", '"①每少一次扣0.5分；\n②办结率低于95%的，每低1个百分点扣0.2分"', "服务台账"],
        ["", "7人以上的党小组每月开展活动", "6", "每月一次，缺一次扣0.2分", "活动记录"],
        ["", "", "6", "活动无方案的扣1分", "活动方案"],
        ["小计", "", "30", "", ""],
        ["加分项", "创新做法被推广", "3", "省级推广加3分，市级推广加1分，不累计", "通知文件"],
        ["合计", "", "43", "", ""],
    ]  # fmt: skip
    path.write_text("\n".join("\t".join(row) for row in rows) + "\n", encoding="utf-8")


def twonew(path: Path) -> None:
    """Numbered paragraphs without any table."""
    lines = [
        "两新组织党支部星级评定标准",
        "（满分50分）",
        "",
        "第一部分 组织覆盖（20分）",
        "（一）支部设置",
        "1.正式党员3人以上的单独建立党支部（10分）。应建未建的不得分。",
        "2.隶属关系清楚，１０分。每有1名党员组织关系不清的扣1分。",
        "第二部分 作用发挥（30分）",
        "3. 组织生活正常（15分）",
        "评分标准：好得15分，较好得10分，一般得5分，差不得分。",
        "检查方式：查阅资料、个别访谈",
        "4、党员参与率（15分）：60%以下扣2分，每低10个百分点再扣1分。",
        "第三部分 加分项",
        "5.获市级以上荣誉的，每项加1分，最高加3分。",
        "备注：总分按实际得分计算。",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


TABLES = {
    "village.xlsx": village,
    "enterprise.docx": enterprise,
    "organ.xlsx": organ,
    "college.docx": college,
    "community.txt": community,
    "twonew.txt": twonew,
}

if __name__ == "__main__":
    for name, build in TABLES.items():
        build(FOLDER / name)
