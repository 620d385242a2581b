"""The words of the notation: every keyword in Chinese and, as in JSON, in English."""

# First word of a line.
LINES = {
    "start": "起评",
    "over": "可超",
    "under": "可负",
    "measure": "计量",
    "item": "项",
    "class": "类",
    "condition": "条件",
    "knot": "点",
    "band": "档",
    "level": "级",
    "binary": "有无",
    "step": "增减",
    "bands": "分档",
    "escalating": "递增",
    "curve": "折线",
    "parts": "要素",
    "judged": "评判",
    "zero_if": "归零",
    "gate": "一票",
    "adjust": "加减分",
}
# key=value on a line, by the first word of the line; "" holds everywhere.
KEYS = {
    "": {"label": "名称", "label_en": "英文", "cap": "上限", "points": "分"},
    "measure": {
        "from": "取自",
        "kind": "类别",
        "per": "周期",
        "need": "应有",
        "fact": "事实",
        "drop": "去高低",
    },
    "item": {"score": "折分"},
    "class": {"weight": "权重"},
    "condition": {
        "is": "为",
        "value": "值",
        "missing": "缺",
        "missing_count": "缺项",
        "group": "组",
    },
    "knot": {"at": "值", "points": "得"},
    "escalating": {"units": "分值", "free": "免", "credit": "加分"},
    "curve": {"as": "方式"},
    "band": {"from": "起", "is": "为", "points": "得"},
    "binary": {"fault": "出现即失分"},
    "step": {
        "unit": "分值",
        "each": "每",
        "free": "免",
        "target": "目标",
        "direction": "方向",
        "rounding": "取整",
        "both_ways": "双向",
        "credit": "加分",
    },
    "bands": {"as": "方式", "judge": "评分"},
    "parts": {"missing": "每缺"},
    "judged": {"low": "最低", "high": "最高"},
    "zero_if": {
        "is": "为",
        "value": "值",
        "missing": "缺",
        "missing_count": "缺项",
        "match": "满足",
    },
    "gate": {
        "is": "为",
        "value": "值",
        "missing": "缺",
        "missing_count": "缺项",
        "match": "满足",
        "effect": "效果",
        "tier": "等次",
        "chapter": "章",
    },
    "adjust": {
        "take": "取",
        "multiplier": "倍数",
        "per": "按",
        "dedupe": "去重",
        "inside": "计入本项",
    },
}
KINDS = {
    "flag": "是否",
    "count": "次数",
    "ratio": "比例",
    "value": "数值",
    "grade": "等级",
    "parts": "要素",
    "points": "评分",
    "events": "事项",
    "marks": "多人评分",
    "ballots": "票决",
}
# Values that are words, by line and key.
VALUES = {
    ("start", ""): {"full": "满分", "zero": "零分"},
    ("measure", "from"): {"meetings": "会议", "facts": "台账"},
    ("measure", "per"): {"month": "每月", "quarter": "每季度", "half": "每半年", "year": "每年"},
    ("step", "direction"): {"above": "高于", "below": "低于"},
    ("step", "rounding"): {"floor": "舍去", "ceil": "进位", "exact": "折算"},
    ("bands", "as"): {"set": "定分", "add": "加减"},
    ("curve", "as"): {"set": "定分", "add": "加减"},
    ("zero_if", "match"): {"any": "任一", "all": "同时"},
    ("gate", "match"): {"any": "任一", "all": "同时"},
    ("gate", "effect"): {
        "fail": "不达标",
        "cap_tier": "等次封顶",
        "force_tier": "直接定等",
        "not_graded": "不定等次",
        "zero_group": "章归零",
        "grant_tier": "等次保底",
    },
    ("adjust", "take"): {"sum": "累计", "largest": "最高"},
    ("adjust", "per"): {"event": "件", "person": "人"},
}
YES, NO, NONE = ("是", "true", "yes"), ("否", "false", "no"), ("无", "none", "null")


def line_word(line: str, lang: str) -> str:
    return LINES[line] if lang == "zh" else line


def key_word(line: str, key: str, lang: str) -> str:
    return (KEYS.get(line, {}).get(key) or KEYS[""][key]) if lang == "zh" else key


def value_word(line: str, key: str, value: str, lang: str) -> str:
    return VALUES[line, key][value] if lang == "zh" else value


def find_line(word: str) -> str | None:
    return next((line for line, zh in LINES.items() if word in (line, zh)), None)


def find_key(line: str, word: str) -> str | None:
    known = {**KEYS[""], **KEYS.get(line, {})}
    return next((key for key, zh in known.items() if word in (key, zh)), None)


def find_value(line: str, key: str, word: str) -> str | None:
    return next((value for value, zh in VALUES[line, key].items() if word in (value, zh)), None)


def find_kind(word: str) -> str | None:
    return next((kind for kind, zh in KINDS.items() if word in (kind, zh)), None)
