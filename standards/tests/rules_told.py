"""Rules of one or two measures, and what is said of them: what they ask for, and why they gave these points."""

from standards.rules import observe, options
from standards.rules.evaluate import evaluate
from standards.rules.explain import account, describe
from standards.rules.parse import parse

SHORT = {
    "name": "short",
    "kind": "count",
    "label": "支委会少开次数",
    "label_en": "Committee meetings short",
}
SURVEY = {"name": "survey", "kind": "ratio", "label": "满意度", "label_en": "Satisfaction"}
FITS = {
    "name": "fits",
    "kind": "flag",
    "label": "支部设置符合规定",
    "label_en": "The set-up is in order",
}
OVERDUE = {"name": "days", "kind": "count", "label": "换届逾期天数", "label_en": "Days overdue"}
GRADE = {
    "name": "grade",
    "kind": "grade",
    "label": "质量等次",
    "label_en": "Quality",
    "grades": [
        {"key": "good", "label": "好", "label_en": "Good"},
        {"key": "fair", "label": "一般", "label_en": "Fair"},
        {"key": "poor", "label": "差", "label_en": "Poor"},
    ],
}
RECORD = {
    "name": "record",
    "kind": "parts",
    "label": "会议记录",
    "label_en": "Minutes",
    "parts": [
        {"key": "date", "label": "时间", "label_en": "date"},
        {"key": "place", "label": "地点", "label_en": "place"},
        {"key": "vote", "label": "表决", "label_en": "vote"},
    ],
}
GRUMBLED = {
    "name": "grumbled",
    "kind": "flag",
    "label": "群众有意见",
    "label_en": "People complain",
}
FAULT = {"shape": "binary", "points": "1", "fault": True}
JUDGE = {"name": "judge", "kind": "points", "label": "为民办实事", "label_en": "Practical deeds"}
EVENTS = {"name": "events", "kind": "events", "label": "受表彰", "label_en": "Commendations"}
BANDS = {"shape": "bands", "bands": [{"from": "90", "points": "5"}, {"from": "80", "points": "3"}]}


def count(label):
    return {"name": "n", "kind": "count", "label": label}


def value(label):
    return {"name": "n", "kind": "value", "label": label}


def make(measure, *steps, **rest):
    measures = measure if isinstance(measure, list) else [measure]
    steps = [{"measure": measures[0]["name"], **step} for step in steps]
    return parse({"measures": measures, "steps": steps, **rest})


def step(**rest):
    return {"shape": "step", "unit": "0.5", **rest}


def told(rule, lang="zh", maximum=600, **names):
    return describe(rule, maximum=maximum, lang=lang, names=names)


def why(rule, lang="zh", maximum=600, edition=options.DEFAULTS, names=None, **values):
    clean = {name: observe.check_value(rule.measure(name), value) for name, value in values.items()}
    found = evaluate(rule, maximum=maximum, values=clean, options=edition)
    return account(rule, found, maximum=maximum, values=clean, lang=lang, names=names or {})
