"""What Chinese on a screen may not look like, and the words it must use (the county's own, one verb one meaning)."""

import re
from collections.abc import Iterator

HAN = "\u4e00-\u9fff"
LATIN = re.compile(r"[A-Za-z]")
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
TAGS = re.compile(r"<[^>]+>")
# A moment keeps its space: 数据截至 2026-11-21 08:00.
MOMENTS = ("%(as_of)s", "%(at)s", "{t}")
FAULTS = {
    "half-width punctuation": rf"[{HAN}][,;:!?()]|[,;:!?()][{HAN}]|[{HAN}]\.(?![\w.])",
    "straight quotes": rf"[{HAN}][\"']|[\"'][{HAN}]",
    "dots for an ellipsis": r"\.\.\.|。。",
    "a space inside": rf"[{HAN}] [{HAN}]|[{HAN}] [\d%{{]|(?:\d|\)s|\}}) [{HAN}]",
    "a space at the end": r"^ | $",
}

WORDS = {
    # navigation
    "Workbench": "工作台",
    "To do": "待办",
    "Done": "已办",
    "Branches": "支部",
    "Standard": "标准",
    "Self-assessment": "自评",
    "Inspections": "检查",
    "Rectification ledger": "整改台账",
    # buttons
    "Save the draft": "暂存",
    "Submit to %(unit)s": "提交%(unit)s",
    "Take back": "撤回",
    "Pass": "通过",
    "Return for changes": "退回修改",
    "Acknowledge": "签收",
    "Chase": "催办",
    "Ask for extension": "申请延期",
    "Apply for close-out": "申请销号",
    "Verification passed": "核查通过",
    "Verification failed": "核查不通过",
    "Close out": "销号",
    "Look-back: holds": "回头看：巩固",
    "Look-back: rebounded": "回头看：反弹",
    "Issue": "下发",
    "Submit for issue": "提交发布",
    "Waits for a second person": "待发布",
    "Issue the standard": "发布标准",
    "Adopt the proposals": "按意见评定",
    "Publish": "公布",
    "Lock": "停用",
    "Withdraw the finding": "误录作废",
    "Import": "导入",
    "Export": "导出",
    "Download the table as it is now": "下载模板（含现有数据）",
    "Print": "打印",
    "Print preview": "打印预览",
    "Comments and suggestions": "意见建议",
    # stages of a finding and its flags
    "To acknowledge": "待签收",
    "Rectifying": "整改中",
    "Waiting for verification": "待核查",
    "Closed out": "已销号",
    "Overdue": "逾期",
    "Extension asked": "延期待批",
    "Long-term": "长期坚持",
    # stages of a filing; the parent committee stands for 镇
    "Not filed": "未填报",
    "Filing": "填报中",
    "Waiting for %(unit)s": "待%(unit)s审核",
    "Waiting for the county": "待县审",
    "Filing confirmed": "已确认",
    "Returned": "已退回",
    # the banner of every page
    "This system is not for classified matter: never store, process or send state secrets here.": (
        "本系统为非涉密系统，严禁存储、处理、传输国家秘密"
    ),
}


def faults(text: str) -> Iterator[str]:
    plain = TAGS.sub("", text)
    for fault, pattern in FAULTS.items():
        if fault == "a space inside" and any(moment in plain for moment in MOMENTS):
            continue
        if re.search(pattern, plain):
            yield fault


def places(text: str) -> list[str]:
    return sorted(set(PLACES.findall(text)))


def tags(text: str) -> list[str]:
    return sorted(TAGS.findall(text))


def is_sentence(english: str) -> bool:
    """A full stop after more than an abbreviation such as "Clause no."."""
    return english.endswith(".") and english.count(" ") > 1
