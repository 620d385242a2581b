"""A township's scoring table whose points stand in the headings of its chapters: what each line costs is taken from them."""

from pathlib import Path

from openpyxl import Workbook

TITLE = "安禾县农村党支部工作考核评分表"
DUTY, LEDGER, FALSE = (
    "每周值班，无故缺一次扣0.5分",
    "工作台账不规范的扣1分",
    "弄虚作假的，酌情从重处理",
)
SHARED = "经验在县级会议上介绍的，每次加1分"
CHAPTERS = {
    "一、日常工作（40分）": (DUTY, LEDGER, FALSE),
    "二、党员教育（35分）": ("党员集中学习每少一次扣2分", "党课每少一次扣3分"),
    "三、联系群众（25分）": ("账目不公开的，每次扣1分", "信访未办结的，每件扣2分", SHARED),
}


def make_pooled_table(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.append((TITLE,))
    sheet.append(("序号", "考核内容及评分标准", "得分"))
    for heading, lines in CHAPTERS.items():
        sheet.append((heading,))
        for number, line in enumerate(lines, start=1):
            sheet.append((number, line))
    for row in (1, *(n for n in range(3, sheet.max_row + 1) if "、" in str(sheet[f"A{n}"].value))):
        sheet.merge_cells(f"A{row}:C{row}")
    book.save(path)
    return path
