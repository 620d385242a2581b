"""Chinese labels of measures, so that the stored rule reads in the words of the phrase.

The reader of canonical sentences depends on them: what `labels.read_label` takes apart, these
put together.
"""

import re

_NEVER = "不|未|无|没|缺"
_QUOTED = re.compile(r"^(未)?达到“(.+)”要求$")
_HAVE = re.compile(r"^(?:有|缺)?“(.+)”$")
# 未达到的不得分, 符合得3分: the demand is that of the line.
_ALL_OF_IT = re.compile(
    r"^(?:未|不)?(?:能)?(?:达到|达标|符合|满足|完全符合)(?:要求|标准|规定|条件)*$|^达不到(?:要求|标准|规定)*$"
)
# 无正当理由逾期换届, 未经批准延期换届, 缺额超过三个月: the first word denies a reason or is part of a
# name; what follows is the fault, and without that word it would still be one.
_FAULT = re.compile(
    r"^(?:因)?(?:无(?:任何|正当|特殊|合理|客观|充分)*(?:理由|原因|缘由|故)|无(?:资质|证照?|照)|非因|不按"
    r"|未经[^，]{0,8}?(?:批准|审批|同意|许可|审核|讨论|研究|请示|报批|公示|备案|批复|表决|考察|政审|培训|集体决定)"
    r"|未(?:履行|办理|按)[^，]{1,10}(?:手续|程序|规定|要求)(?!.{0,2}(?:[做开公报记建设落完配上召组进学填])))的?[^的]{2,}"
    r"|^缺[额乏陷岗位席勤课配编员职]"
)
_BOTH = re.compile(r"或|、|，|及(?!时)|和|；|但|却|而|任何|任一|任意|之一")
# 全年未召开党员大会: not once, and so simply not held.
_ALL_YEAR = re.compile(
    r"(?<![0-9一二两三四五六七八九十近])(?:全年度?|一年|年内|当年|本年度?|整年)内?(?:均|都|从|一直)?(?=[未没][^0-9一二两三四五六七八九十]+$)"
)
# 连续两次未开展, 两年未发展, 未换届超过3个月, 落实不到位造成影响: leaving out the 未 asks for nothing.
_LONG = r"[0-9一二两三四五六七八九十半]+(?:个?年|个?月|个?季度|天|日|周)"
_NO_DEMAND = re.compile(
    rf"连续[0-9一二两三四五六七八九十]|应(.{{1,4}})未\1.|{_LONG}(?:(?:及)?以上)?[^内前，]{{0,2}}未"
    rf"|[未不].*(?:超过|逾期|超期|达|满){_LONG}|造成|导致|引发|致使|影响"
)
_WHO = "书记|委员|党员|支委|成员|组长|干部|联络员|指导员"
_SHORT_OF_IT = re.compile(
    rf"^(.*(?:{_WHO}))(?:均|都)?[未不没](?:能)?(?:达到?|达标|符合|满足)(?:要求|标准|规定)?$"
)
_DOING = "(?:把|将|配|按|开展|召开|建立|制定|落实|参加|设(?!施|备|想)|建(?!议|筑)|签(?!名|字|到)|组织(?!生活|机构)|进行|完成|及时)"
# 没有台账 lacks a thing, 没有研究 leaves something undone.
_THING = (
    "(?:计划|方案|预案|规划|台账|记录|制度|机制|措施|办法|(?<!全面)(?<!及时)(?<!认真)总结|报告|材料|资料|档案|名册|名单|清单|目录|手册|笔记|心得|照片|图片|标识"
    "|标牌|牌子|牌|专栏|公示栏|场所|阵地|活动室|经费|设备|设施|人员|委员|书记|组织|机构|小组|目标|重点|要点|议题|内容|特色|亮点|痕迹"
    "|签字|签名|签到|通知|文件|依据|人|人选|意见|建议|问题)"
)
_FLIPS = (
    (re.compile(r"^(.*应)(.{1,4})未\2$"), r"\1\2尽\2"),
    (_SHORT_OF_IT, r"\1达标"),
    (re.compile(r"^未达到(.*)$"), r"达到\1"),
    (re.compile(r"^(.*?)(?:超期|逾期|届满|期满|超时)后?未(?:按期|按时|及时)?(.+)$"), r"\1按期\2"),
    (re.compile(r"^未(.+)$"), r"\1"),
    (re.compile(rf"^没有({_DOING}.+)$"), r"\1"),
    (re.compile(rf"^没有(.*{_THING})$"), r"有\1"),
    (re.compile(r"^没有(.+)$"), r"\1"),
    (re.compile(r"^(?:无|缺少|缺)(.+)$"), r"有\1"),
    (
        re.compile(
            r"^不(符合|规范|健全|完整|齐全|完善|及时|到位|达标|合格|明确|清晰|落实|真实|准确|明显)(.*)$"
        ),
        r"\1\2",
    ),
    (re.compile(r"^(.+)未(.+)$"), r"\1\2"),
    (
        re.compile(
            r"^(.*(?:面积|经费|人数|数量|学时|课时|场所|资金|图书|设施|设备|次数|时间|时长|比例))不(?:足|够)$"
        ),
        r"\1达标",
    ),
    (
        re.compile(
            rf"^(.{{2,}})(?:没有(?=.*{_THING}$)|无(?!故|正当|理由|特殊|任何|证|资质|照|关|效|力))(.{{2,}})$"
        ),
        r"\1有\2",
    ),
    (re.compile(r"^(.{2,})没有(.{2,})$"), r"\1\2"),
    (
        re.compile(
            r"^(.+)不(符合|规范|健全|完整|齐全|完善|及时|到位|达标|合格|明确|清晰|落实|真实|准确|明显)(.*)$"
        ),
        r"\1\2\3",
    ),
)
_NOUNS = {
    "次": "次数",
    "人次": "人次数",
    "批次": "批次数",
    "人": "人数",
    "名": "人数",
    "位": "人数",
    "项": "项数",
    "个": "个数",
    "件": "件数",
    "例": "件数",
    "起": "件数",
    "案": "件数",
    "案次": "件数",
    "处": "处数",
    "户": "户数",
    "份": "份数",
    "天": "天数",
    "日": "天数",
    "个工作日": "工作日数",
    "工作日": "工作日数",
    "个月": "月数",
    "个季度": "季度数",
    "季度": "季度数",
    "场": "次数",
    "期": "期数",
    "节": "次数",
    "课": "次数",
    "次数": "次数",
    "场次": "次数",
    "环节": "个数",
    "要素": "项数",
    "条": "条数",
    "篇": "篇数",
    "册": "册数",
    "本": "册数",
    "周": "周数",
    "年": "年数",
    "种": "种数",
}
_PLAIN = (
    ("次", "次数"),
    ("人次", "人次数"),
    ("批次", "批次数"),
    ("人", "人数"),
    ("项", "项数"),
    ("件", "件数"),
    ("处", "处数"),
    ("户", "户数"),
    ("份", "份数"),
    ("天", "天数"),
    ("个工作日", "工作日数"),
    ("个月", "月数"),
    ("个季度", "季度数"),
    ("条", "条数"),
    ("篇", "篇数"),
    ("册", "册数"),
    ("周", "周数"),
    ("年", "年数"),
    ("种", "种数"),
    ("期", "期数"),
)
_NOTES = {
    "平方米": "平方米",
    "平米": "平方米",
    "小时": "小时",
    "个小时": "小时",
    "学时": "学时",
    "课时": "学时",
    "元": "元",
    "万元": "万元",
    "岁": "岁",
    "周岁": "岁",
}
MEETINGS = {
    "支委会": "committee_meeting",
    "支部委员会": "committee_meeting",
    "党员大会": "member_meeting",
    "党小组会": "cell_meeting",
    "党课": "party_class",
    "主题党日": "theme_day",
    "组织生活会": "organization_life_meeting",
    "民主评议党员": "member_appraisal",
    "谈心谈话": "heart_talk",
}
PERIODS = {
    "month": "每月",
    "quarter": "每季度",
    "half": "每半年",
    "year": "每年",
    "week": "每周",
    "term": "每学期",
    "two_months": "每两个月",
    "two_weeks": "每两周",
}


_QUOTES = re.compile(r"“(?![一二两三四五六七八九十])([^”0-9]*)”")


def bare(text: str) -> str:
    """Without quotes, except around numbers: there they keep the words together."""
    return _QUOTES.sub(r"\1", text)


# 未达到“阵地建设达标”要求 would say it twice.
_REACHED = re.compile(
    r"(?<=.{2})(?<![未不没能可])(?<!书记)(?<!委员)(?<!党员)(?<!支委)(?<!成员)(?<!组长)(?<!干部)(?<!络员)(?<!导员)(?:已|均|全部)?(?:达到|达标)(?:要求|标准|规定)?$"
)
# What is left of 每月固定一天 before what is held.
_OFTEN = re.compile(
    r"^每?(?:个?月|季度?|半年|年度?|周)?固定[一1][天日](?:开展|召开|举行|组织|进行|用于)?(?=..)"
)


def met(what: str) -> str | None:
    """The requirement behind a shortfall: 未制定计划 -> 制定计划; None if there is no plain one."""
    label = _met(what)
    return label and _REACHED.sub("", label)


def _met(what: str) -> str | None:
    quoted = _QUOTED.match(what)
    if quoted:
        return quoted.group(2)
    if _ALL_OF_IT.match(what):
        return "本项"
    what = _ALL_YEAR.sub("", what).replace("仍未", "未")
    if _NO_DEMAND.search(what):
        return None
    if len(re.findall(_NEVER, what)) > 1 or _BOTH.search(what) or _FAULT.search(what):
        return None
    for pattern, positive in _FLIPS:
        if pattern.match(what) and len(pattern.sub(positive, what)) > 1:
            return bare(pattern.sub(positive, what))
    return None


# 都没有的加扣1分: on top of what each of them costs.
_ALL_OF_THEM = re.compile(r"^(?:都|均|全都|全部)(?:没有?|无|未|不)")


def fault(what: str) -> str:
    return f"什么{what}" if _ALL_OF_THEM.match(what) else what


def requirement(what: str) -> str:
    quoted = _QUOTED.match(what)
    if _ALL_OF_IT.match(what):
        return "本项"
    return _REACHED.sub("", quoted.group(2) if quoted else bare(what))


def part(what: str) -> str:
    quoted = _HAVE.match(what)
    return quoted.group(1) if quoted else bare(what.removeprefix("有") if len(what) > 2 else what)


def counted(what: str, counter: str) -> str:
    """支委会少 and 次 -> 支委会少次数; a unit of size goes into brackets: 面积（平方米）."""
    what = _OFTEN.sub("", bare(what).replace("缺少", "缺").replace("，", ""))
    if counter in _NOTES:
        return f"{what or '数量'}（{_NOTES[counter]}）"
    if _WORD_BEFORE.search(what):
        what += "的"  # or the sentence would cut 延迟 in two
    noun = _NOUNS.get(counter, "个数")
    if noun == "次数" and not what:
        what = "不符合要求"
    return what if what.endswith(noun) else f"{what or '不符合要求'}{noun}"


_WORD_BEFORE = re.compile(
    r"案$|[0-9]人$|(?:延迟|推迟|错漏|遗漏|疏漏|减少|较少|短缺)(?:开展|开|上|做|记|报|交|学|席|到|公开|完成)?$"
)


def is_size(counter: str) -> bool:
    return counter in _NOTES


def share(what: str) -> str:
    return bare(what) or "完成比例"


def periodic(label: str, per: str, need: object, counter: str) -> str:
    """The frequency stands behind the label: 支委会少次数（每月1次）."""
    unit = next((unit for unit, noun in _PLAIN if noun == _NOUNS.get(counter)), "个")
    return f"{label}（{PERIODS[per]}{need}{unit}）"


def meeting(label: str) -> str | None:
    """The kind of meeting that is short; what each member owes is in no register."""
    if label.startswith("每位"):
        return None
    held = {kind for word, kind in MEETINGS.items() if word in label}
    return held.pop() if len(held) == 1 else None
