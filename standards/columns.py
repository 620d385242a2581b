"""The columns of a standard in Excel: one list for the export, the import and the instructions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from branches.models import SHEET_FIELDS, CommitteeField, Field
from portal.kit.table import LANGUAGES, Column
from standards.language import reader
from standards.models import Clause
from standards.rules.notation import to_text
from standards.vocabulary import (
    CADENCES,
    METHODS,
    MODES,
    NOT_APPLICABLE,
    SEVERITIES,
    UNITS,
    applies_text,
    methods_text,
)

LONG = 4_000
POINTS = "points_"
# What county tables call the fields, beside our own labels.
NICKNAMES = {
    Field.RURAL: ("农村", "村"),
    Field.COMMUNITY: ("社区",),
    Field.ORGAN: ("机关",),
    Field.SOE: ("国企", "国有企业"),
    Field.SCHOOL: ("学校", "教育"),
    Field.HOSPITAL: ("医院", "公立医院"),
    Field.INSTITUTION: ("事业单位", "其他事业单位"),
    Field.PRIVATE: ("非公企业", "非公有制企业"),
    Field.SOCIAL: ("社会组织",),
    Field.RETIRED: ("离退休", "离退休干部"),
    Field.MOBILE: ("流动党员",),
    CommitteeField.COMMITTEE: ("乡镇党委", "党委"),
    CommitteeField.WORK_COMMITTEE: ("街道党工委", "党工委"),
    CommitteeField.GROUP: ("党组",),
    CommitteeField.ORGAN_COMMITTEE: ("机关党委",),
    CommitteeField.GENERAL_BRANCH: ("党总支",),
}


def wide(labels: Mapping[str, Any]) -> dict[str, str]:
    """Every way of writing a choice -> its code: the label in each language, and the code itself."""
    known: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            known |= {str(label): code for code, label in labels.items()}
    return known | {code: code for code in labels}


def named(labels: Mapping[str, Any], code: str) -> str:
    return str(labels.get(code, code))


def rule_notation(clause: Clause) -> str:
    return to_text(clause.rule, reader()) if clause.rule is not None else ""


def measure_labels(clause: Clause) -> str:
    measures = clause.rule["measures"] if clause.rule else []
    return "、".join(measure.get("label", measure["name"]) for measure in measures)


HEAD = (
    Column(key="key", header=_("System number"), aliases=("系统编号",), hidden=True, longest=60,
           value=lambda c: c.key),
    Column(key="chapter", header=_("Chapter"), aliases=("章节", "一级指标", "板块", "类别"), width=12,
           longest=60, value=lambda c: c.chapter.title,
           hint=_("An empty cell takes the chapter above; a new title makes a new chapter.")),
    Column(key="code", header=_("Clause no."), aliases=("条目号", "编号", "序号"), kind="code", width=8,
           longest=20, value=lambda c: c.code),
    Column(key="text", header=_("Demand"), longest=LONG, kind="lines", width=40, required=True,
           aliases=("条目", "考核内容", "考评内容", "建设标准", "标准要求", "内容", "工作要求", "二级指标"),
           value=lambda c: c.text),
)  # fmt: skip
SCORING = (
    Column(key="rule_text", header=_("Scoring rule"), kind="lines", width=36, longest=LONG,
           aliases=("评分细则", "评分标准", "评分办法", "计分办法", "计分标准", "扣分标准"),
           value=lambda c: c.rule_text, hint=_("As it is printed on the sheet.")),
)  # fmt: skip
DETAILS = (
    Column(key="guidance", header=_("Guidance"), aliases=("工作指引", "指引"), kind="lines", width=30,
           longest=LONG, value=lambda c: c.guidance),
    Column(key="evidence", header=_("Records wanted"), kind="lines", width=24, longest=LONG,
           aliases=("佐证材料", "印证材料", "查阅资料"), value=lambda c: c.evidence),
    Column(key="good_example", header=_("Filled example"), aliases=("填写示例", "填写范例", "范例"),
           kind="lines", width=30, longest=LONG, value=lambda c: c.good_example),
    Column(key="work_steps", header=_("Work steps"), aliases=("工作流程", "操作步骤"), kind="lines", width=30,
           longest=LONG, value=lambda c: c.work_steps, hint=_("One step per line, in order.")),
    Column(key="blank_form", header=_("Blank form"), aliases=("空白表", "空白表样"), kind="lines", width=24,
           longest=LONG, value=lambda c: c.blank_form,
           hint=_("The title on the first line, then one column per line.")),
    Column(key="methods", header=_("Method"), aliases=("检查方式", "考核方式", "查验方式"), width=10,
           value=lambda c: methods_text(c.methods), hint=_("One or more of: 听 查 看 问 访 评")),
    Column(key="checked_by", header=_("Checking unit"), width=12, longest=100,
           aliases=("考核单位", "检查单位", "评分单位", "考评单位"), value=lambda c: c.checked_by),
    Column(key="mode", header=_("Mode"), aliases=("填报方式",), kind="choice", width=10,
           choices=lambda: wide(MODES), value=lambda c: named(MODES, c.mode)),
    Column(key="cadence", header=_("Cadence"), aliases=("周期",), kind="choice", width=8,
           choices=lambda: wide(CADENCES), value=lambda c: named(CADENCES, c.cadence)),
    Column(key="rule", header=_("Machine rule"), aliases=("计分规则",), kind="lines", width=40,
           longest=20_000, value=rule_notation,
           hint=_("One line per measure and step. Empty: a person judges, with a reason.")),
    Column(key="measures", header=_("Figures asked for"), aliases=("需填数据",), kind="lines", width=20,
           longest=20_000, value=measure_labels, hint=_("For reading only; it follows from the machine rule.")),
    Column(key="applies", header=_("Applies when"), aliases=("适用条件",), kind="lines", width=18,
           longest=LONG, value=lambda c: applies_text(c.applies),
           hint=_("One condition per line, such as: full_members >= 7")),
    Column(key="mandatory", header=_("Mandatory"), aliases=("必备项",), kind="boolean", width=8,
           value=lambda c: c.mandatory),
    Column(key="basis", header=_("Basis"), aliases=("依据", "政策依据"), width=16, longest=100,
           value=lambda c: c.basis),
    Column(key="severity", header=_("Severity"), aliases=("严重程度",), kind="choice", width=8,
           choices=lambda: wide(SEVERITIES), value=lambda c: named(SEVERITIES, c.severity)),
    Column(key="deadline_days", header=_("Time to rectify"), aliases=("整改时限",), kind="integer", width=8,
           least=1, most=730, value=lambda c: c.deadline_days),
    Column(key="deadline_unit", header=_("Counted in"), aliases=("时限单位",), kind="choice", width=8,
           choices=lambda: wide(UNITS), value=lambda c: named(UNITS, c.deadline_unit)),
    Column(key="phrases", header=_("Frequent problems"), aliases=("常见问题",), kind="lines", width=24,
           longest=LONG, value=lambda c: "\n".join(c.phrases), hint=_("One per line; inspectors choose from them.")),
    Column(key="not_applicable", header=_("When it does not apply"), aliases=("不适用时",), kind="choice",
           width=12, choices=lambda: wide(NOT_APPLICABLE),
           value=lambda c: named(NOT_APPLICABLE, c.not_applicable), hint=_("Empty: as the edition says")),
    Column(key="photo_reason", header=_("Why a photo is needed"), aliases=("须拍照的理由",), width=14,
           longest=200, value=lambda c: c.photo_reason),
    Column(key="under_review", header=_("Under review"), aliases=("待审定",), kind="boolean", width=8,
           value=lambda c: c.under_review),
    Column(key="text_en", header=_("Demand in English"), aliases=("条目英文",), kind="lines", width=30,
           longest=LONG, value=lambda c: c.text_en),
)  # fmt: skip
ONE_POINTS = Column(
    key="points",
    header=_("Points"),
    aliases=("分值", "标准分", "标准分值", "分数", "满分", "赋分"),
    kind="points",
)


def points_columns() -> list[Column]:
    return [
        Column(
            key=POINTS + field.value,
            header=format_lazy(_("Points: {field}"), field=field.label),
            aliases=tuple(
                spelling
                for name in NICKNAMES[field]
                for spelling in (f"分值：{name}", f"{name}分值", f"分值（{name}）", name)
            ),
            kind="points",
            width=7,
            value=lambda c, field=field.value: points_of(c).get(field),
            hint=_("Empty: the clause is not on the sheet of this field."),
        )
        for field in SHEET_FIELDS
    ]


def points_of(clause: Clause) -> dict[str, int]:
    return {row.field: row.points for row in clause.points.all()}


def written() -> list[Column]:
    """The columns of our own export, in order."""
    return [*HEAD, *SCORING, *points_columns(), *DETAILS]


def understood() -> list[Column]:
    """The columns an import knows: ours, and the one column of points of a county's table."""
    return [*written(), ONE_POINTS]


def methods_from(text: str) -> tuple[list[str], str]:
    """The codes of 听、查、问 in any separation, and the first part that is no method."""
    known = {label.casefold(): code for label, code in wide(METHODS).items()} | dict(
        zip("听查看问访评", METHODS, strict=True)
    )
    found: list[str] = []
    for part in _parts(text):
        codes = [known[part]] if part in known else [known.get(char, "") for char in part]
        if not all(codes):
            return found, part
        found += [code for code in codes if code not in found]
    return found, ""


def _parts(text: str) -> Iterable[str]:
    for mark in "，,；;/+\n":
        text = text.replace(mark, "、")
    return (part.strip().casefold() for part in text.split("、") if part.strip())
