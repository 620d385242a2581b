"""The columns of a roster, under the names counties and their groups give them."""

from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from branches.lists import of_profile
from branches.models import BranchForm, Field, Organization, OrgKind
from portal.kit.table import Column

PARTY_FOUNDED = date(1921, 7, 23)
MOST = 100_000


def labels(choices) -> dict[str, str]:
    return {str(label): value for value, label in choices.choices}


def label_of(choices, name: str):
    def value(unit: Organization) -> str | None:
        code = getattr(unit, name)
        return str(choices(code).label) if code else None

    return value


def form_label(unit: Organization) -> str | None:
    code = of_profile("form")(unit)
    return str(BranchForm(code).label) if code else None


def attribute(name: str):
    return lambda unit: getattr(unit, name) or None


def count(key: str, header: Any, *aliases: str, **more: Any) -> Column:
    return Column(
        key=key, header=header, aliases=aliases, kind="integer", least=0, most=MOST, width=9,
        value=of_profile(key), **more,
    )  # fmt: skip


def day(key: str, header: Any, *aliases: str, latest: Any = None, **more: Any) -> Column:
    return Column(
        key=key, header=header, aliases=aliases, kind="date", least=PARTY_FOUNDED, most=latest,
        width=12, value=of_profile(key), **more,
    )  # fmt: skip


def words(key: str, header: Any, *aliases: str, longest: int, **more: Any) -> Column:
    return Column(
        key=key, header=header, aliases=aliases, longest=longest, value=of_profile(key), **more
    )


ID = Column(
    key="id", header=_("System number"), aliases=("系统编号",), kind="integer", least=1, most=2**53,
    width=8, hidden=True, locked=True, value=lambda unit: unit.pk,
)  # fmt: skip
UNIT_COLUMNS = (
    Column(
        key="name", header=_("Full name of the unit"), required=True, longest=100, width=34,
        aliases=("组织全称", "党组织全称", "党组织名称", "党支部全称", "党支部名称", "支部名称", "全称"),
        value=attribute("name"), hint=_("As on the seal."), example="中共安禾县柳湾镇双井村支部委员会",
    ),
    Column(
        key="short_name", header=_("Short name of the unit"), longest=40, width=16,
        aliases=("组织简称", "党组织简称", "支部简称", "简称"),
        value=attribute("short_name"), hint=_("Empty: the full name."), example="双井村党支部",
    ),
    Column(
        key="parent", header=_("Parent unit"), longest=100, width=24,
        aliases=("上级组织", "上级党组织", "上级党组织全称", "上一级党组织", "上级党组织名称",
                 "批准成立的上级党组织全称", "所属党委", "隶属党组织"),
        value=lambda unit: unit.parent.name if unit.parent else None,
        hint=_("Full or short name, or code. It may stand in another row of this table."),
        example="中共安禾县柳湾镇委员会",
    ),
    Column(
        key="kind", header=_("Kind of unit"), kind="choice", choices=lambda: labels(OrgKind),
        aliases=("组织类别", "党组织类别", "类别"), width=11, value=label_of(OrgKind, "kind"),
    ),
    Column(
        key="field", header=_("Field of the branch"), kind="choice", choices=lambda: labels(Field),
        aliases=("支部领域", "领域", "支部类型", "党支部类型"), width=12,
        value=lambda unit: unit.get_field_display() if unit.is_branch and unit.field else None,
        hint=_("For branches only."),
    ),
    Column(
        key="form", header=_("Form of the branch"), kind="choice", width=11, value=form_label,
        choices=lambda: labels(BranchForm), aliases=("支部形式", "组织形式"),
        hint=_("Empty: an ordinary branch."),
    ),
    Column(
        key="position", header=_("Protocol order"), kind="integer", least=0, most=1_000_000, width=8,
        aliases=("显示顺序", "显示排序", "排序", "排序号", "顺序"), value=lambda unit: unit.position,
    ),
    Column(
        key="code", header=_("Organization code"), kind="code", longest=40, width=16,
        aliases=("组织编码", "党组织编码", "党组织代码", "组织代码", "编码"), value=attribute("code"),
    ),
)  # fmt: skip
PROFILE_COLUMNS = (
    count("full_members", _("Number of full members"), "正式党员数", "正式党员", "正式党员人数"),
    count("probationary_members", _("Number of probationary members"), "预备党员数", "预备党员",
          "预备党员人数"),
    count("cells", _("Number of party groups"), "党小组数", "党小组", "党小组个数"),
    count("committee_size", _("Number of committee members"), "支委人数", "支委数", "支委会人数"),
    words("secretary", _("Name of the secretary"), "书记", "书记姓名", "支部书记", "党组织书记",
          longest=40, width=10),
    day("secretary_since", _("Secretary since"), "书记任职日期", "书记任职时间", "任职日期", "任职时间",
        latest=localdate),
    words("phone", _("Contact phone"), "联系电话", "办公电话", "联系人电话", "电话", longest=30, width=14,
          hint=_("Office phone.")),
    day("founded_on", _("Date of founding"), "成立日期", "成立时间", "支部成立日期", "支部成立时间",
        latest=localdate),
    day("term_started_on", _("This term began on"), "本届开始日期", "本届开始时间", "换届日期", "上次换届日期",
        "本届任期开始日期"),
    day("term_ends_on", _("This term ends on"), "届满日期", "届满时间", "任期届满日期", "任期届满时间",
        hint=_("Empty: computed, 5 years in villages and communities, else 3.")),
    words("term_delay_document", _("Approval number of a later election"), "延期换届批复文号",
          "延期批复文号", longest=60, width=18),
    count("joint_units", _("Number of joint units"), "联合单位数", "联合单位个数"),
    count("premises_area", _("Area of the premises, m²"), "活动场所面积", "活动场所面积(平方米)",
          "活动场所面积(㎡)", "场所面积"),
)  # fmt: skip
COLUMNS = (ID, *UNIT_COLUMNS, *PROFILE_COLUMNS)
BY_KEY = {column.key: column for column in COLUMNS}
UNIT_KEYS = tuple(column.key for column in UNIT_COLUMNS if column.key not in ("parent", "form"))
PROFILE_KEYS = ("form", *(column.key for column in PROFILE_COLUMNS))

# What else officers write for a kind, a field or a form.
SYNONYMS = {
    "kind": {
        "党支部": OrgKind.BRANCH, "支部": OrgKind.BRANCH, "支部委员会": OrgKind.BRANCH,
        "党总支": OrgKind.GENERAL_BRANCH, "总支": OrgKind.GENERAL_BRANCH, "党总支部": OrgKind.GENERAL_BRANCH,
        "党委": OrgKind.COMMITTEE, "乡镇党委": OrgKind.COMMITTEE, "基层党委": OrgKind.COMMITTEE,
        "党工委": OrgKind.WORK_COMMITTEE, "工委": OrgKind.WORK_COMMITTEE, "党组": OrgKind.GROUP,
        "机关党委": OrgKind.ORGAN_COMMITTEE, "组织部": OrgKind.DEPARTMENT,
    },
    "field": {
        "农村": Field.RURAL, "村": Field.RURAL, "行政村": Field.RURAL, "社区": Field.COMMUNITY,
        "城市社区": Field.COMMUNITY, "机关": Field.ORGAN, "党政机关": Field.ORGAN, "国企": Field.SOE,
        "国有企业": Field.SOE, "学校": Field.SCHOOL, "医院": Field.HOSPITAL, "公立医院": Field.HOSPITAL,
        "事业单位": Field.INSTITUTION, "非公企业": Field.PRIVATE, "非公有制企业": Field.PRIVATE,
        "非公有制经济组织": Field.PRIVATE, "社会组织": Field.SOCIAL, "离退休": Field.RETIRED,
        "离退休干部职工": Field.RETIRED, "流动党员": Field.MOBILE,
    },
    "form": {
        "普通": BranchForm.ORDINARY, "普通党支部": BranchForm.ORDINARY, "单独组建": BranchForm.ORDINARY,
        "联合": BranchForm.JOINT, "联合党支部": BranchForm.JOINT, "联合组建": BranchForm.JOINT,
        "临时": BranchForm.TEMPORARY, "临时党支部": BranchForm.TEMPORARY,
    },
}  # fmt: skip
