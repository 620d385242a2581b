"""What a reading must not be: a cell against itself, or a number that only its label still holds."""

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from standards.reading.bounds import SPANS
from standards.reading.escalating import FURTHER
from standards.reading.lexicon import WORDS
from standards.reading.parts import Part, Unread

_COUNTED = ("step", "escalating", "bands", "parts", "adjust", "judged")
_QUOTED = re.compile(r"“[^”]*”")
# Who or when it is about: 连续6个月不缴纳党费的, 发展35岁以下党员, 每月5日前报送.
_WHEN = re.compile(
    r"连续[0-9]+次|（[0-9]+[人名]以上[^（）0-9]{0,6}）|[0-9.]+(?:个月|个工作日|工作日|天|日|年|月|小时|分钟|公里|周(?!岁))|[0-9]+周?岁(?:及)?以[上下]|^(?:未|没有)[^0-9，]{2}[0-9]+[-至到][0-9]+(?=[名人位个])|"
    r"^未[^，]{0,4}每(?:个?月|个?季度?|半年|周)[^，0-9]{0,10}1次|(?<=[于过到满])[0-9]+(?:次|学时|课时)(?:以上)?的(?=[^，]{2,8}(?:数|比例|占比|比重|率)$)"
)
# 缺少一个档案盒, 每次未通报: a count, not a case that is there or not.
_ONE_OF_MANY = re.compile(
    r"(?:(?<!空)缺[少失]?|(?<!至)[少漏欠损坏]+)[^一二两三四五六七八九十0-9，、]{0,2}(?:[一二两三四五六七八九十]|[0-9]+)"
    r"(?:[个项次份名人条处室类种道期页本张块套面门样环]|$)|每[次人项个件例处户名份]"
)

_BRANCH_SHORT = re.compile(r"(?:党?支部|党组织|党小组|村|社区|企业|单位)(?:少|缺|未)[^，]{0,3}$")
_NO_CASE = re.compile(r"(?:以[上下]|直至|直到|至|到|扣至|扣到|并|且|或|及|后|再)+")


def check(parts: Sequence[Part]) -> None:
    for part in parts:
        if part.shape in _COUNTED and not part.values.keys() & {"case", "due"}:
            _no_number_left(part)
        if part.shape == "bands":
            _falls(part)
        if part.shape in ("binary", "zero_if") and _NO_CASE.fullmatch(part.what):
            raise Unread(f"“{part.what}”未能识别，请人工核定")
        if part.shape == "binary" and _ONE_OF_MANY.search(_QUOTED.sub("", part.what)):
            raise Unread(f"“{part.what}”是每一个都扣还是只扣一次，未能识别，请人工核定")
        _no_torn_bracket(part)
        _no_reward_for_fault(part)
        _refers_elsewhere(part)
        _says_points(part)
    _no_judging_beside_shares(parts)
    _no_contradiction(parts)
    _no_frequency_shared(parts)
    _no_grades_apart(parts)
    _no_range_beside(parts)
    _no_end_of_one(parts)
    _no_more_of_each(parts)
    _no_sum_unsaid([part for part in parts if not part.values.get("more")])


def _no_torn_bracket(part: Part) -> None:
    """（新成立的支部可以没有），无专职人员的: what began in a bracket is no part of the next condition."""
    if re.match("[^（）]*）", part.what):
        raise Unread(f"“{part.what}”未能识别，请人工核定")


def _no_judging_beside_shares(parts: Sequence[Part]) -> None:
    """组织科4分、农村科6分，酌情扣分: who gives how many of the points is nothing earned."""
    shared = [sum(part.values["credits"].values()) for part in parts if "credits" in part.values]
    for part in parts:
        if part.shape == "judged" and shared and part.values["range"] == [-shared[0], 0]:
            raise Unread(f"“{part.what}”酌情扣分，与各项分值怎么衔接没有写明")


_UNDONE = re.compile("(?:未|没有?)(?:[建制签设按落组完参召公]|开展)|缺|无[计方总台记]")


def _no_reward_for_fault(part: Part) -> None:
    """1项不达标得2分 is a level of a table, not two points for each; 未建账3分 is not earned."""
    for label in filter(_UNDONE.match, part.values.get("credits", ())):
        raise Unread(f"“{label}”后面的分值没有写扣还是得")
    if part.shape == "step" and part.values.get("start") and re.match("[不未没]", part.what):
        raise Unread(f"“{part.what}”反而得分，其余各档未能识别，请人工核定")


def _no_sum_unsaid(parts: Sequence[Part]) -> None:
    """Of two amounts it must be said whether they add up; 加扣 says it."""
    _no_sum_of_all(parts)
    _no_more_for_all(parts)
    _no_level_beside(parts)
    _no_amends(parts)
    _no_second_count(parts)
    _no_two_delays(parts)


# 连续两次的加扣1分 is once by itself; 无故缺席的加扣1分 may be each time.
_ONCE = re.compile(r"连续|累计|全年|年内|超过|以上|[均都]未|一次都|既|拒不|屡|多次|逾期|整改")


def _no_more_of_each(parts: Sequence[Part]) -> None:
    for at, part in enumerate(parts):
        if not part.values.get("more"):
            continue
        counts = any(one.shape == "step" for one in parts[:at])
        if not at or part.shape == "step" and FURTHER.fullmatch(part.what):
            raise Unread(f"“{part.what}”的加扣接的是前面哪一条，没有写明")
        if part.shape == "binary" and counts and not _ONCE.search(part.what):
            raise Unread(f"“{part.what}”是每一次都加扣还是只加扣一次，没有写明")


def fits(parts: Sequence[Part], points: Fraction | None) -> None:
    """成效显著得4-5分，成效较好得2-3分 beside each other would come to more than there is."""
    earned = [part for part in parts if part.shape == "judged" and "start" in part.values]
    most = sum(part.values["range"][1] for part in earned)
    if points is not None and len(earned) > 1 and most > points:
        raise Unread("各得分区间是择一还是累加，没有写明")


# 按《积分细则》扣分: how much it costs stands in another paper.
_ELSEWHERE = re.compile(
    r"(?<![未不没])(?:按照?|依照|依据|根据|参照|参考|对照)"
    r"(?:[^，。；]*(?:》|规定|细则|办法|标准|要求|文件|通知|意见|制度|条例|方案|条款))?(?:的|中|内)?(?:进行|予以|给予|执行|相应)*$"
)
_GROUP = re.compile(
    r"(?:大项|大类|板块|(?<!无)章节?|所在(?:党?支部|党组织|单位)|(?:所在|该|本|此|整个)(?:部分|类别?|单元))$"
)


# 按下表加分, with no table in the cell.
_TABLE = re.compile(
    r"(?:附|右|左|上|下|另|评分|计分|赋分|积分)(?:表(?![彰扬现决示])|图)|附件|附录|附后|表格|表[中内0-9一二三四五]"
)


# 按差额扣减: how much that is, only a calculation tells.
_BY_SHORTFALL = re.compile(
    r"按(?:照)?[^，。；]{0,8}(?:差额|差距|差值|差数|缺口|缺额|短缺数?|不足部分|未完成部分|超出部分|百分比|比例)(?:进行|予以|相应|等额)*$"
)


def _refers_elsewhere(part: Part) -> None:
    if part.shape == "judged" and _BY_SHORTFALL.search(part.what):
        raise Unread(f"“{part.what}”扣多少要按差多少计算，没有写明怎么算")
    if part.shape == "judged" and _TABLE.search(part.what):
        raise Unread(f"“{part.what}”所说的表不在这一格里，请照表填写")
    if part.shape == "judged" and _ELSEWHERE.search(part.what):
        raise Unread(f"“{part.what}”要看另外的文件")
    if part.shape in ("binary", "zero_if") and _GROUP.search(part.what):
        raise Unread(f"“{part.what}”指哪一部分未能识别，请人工核定")


# Words of scoring that no line of the grammar took for what they are.
_SCORING = re.compile(
    r"[扣加减计记赋奖]分|不[加减扣奖](?![强入快大少免以])|得分(?![率在低高达不未超排0-9])|满分|零分|分值|(?<!员数)(?<!人数)一半|减半|折半|酌情|[扣得]一|全扣|比例(?:计|得|扣)"
)


def _says_points(part: Part) -> None:
    held = _QUOTED.sub("", part.what)
    if part.shape == "bands" or part.counter == "分":
        held = held.replace("得分", "")  # 测评得分 is measured
    if found := _SCORING.search(held):
        raise Unread(f"“{part.what}”里的“{found.group()}”未能识别，请人工核定")


# 无计划扣1分，无总结扣1分，都没有的扣2分: the third is not on top of the others.
_OF_ALL = re.compile(
    r"^(?:以上|上述|两者|二者|两项|三项)?(?:都|均|全都|全部|全)(?:没有?|无|未|不)|^既[未没无不].*又"
)


def _no_frequency_shared(parts: Sequence[Part]) -> None:
    """农村党支部每少1次扣0.5分，机关党支部每少1次扣0.3分 under one 每月1次: it holds for both."""
    short = [part for part in parts if part.shape == "step" and _BRANCH_SHORT.search(part.what)]
    if len({"per" in part.values for part in short}) > 1:
        raise Unread("前面的次数要求对后面各类党组织是否适用，没有写明")


_MORE_OF_IT = re.compile(r"(?:再|每)?(?:增加|超过|超出?|多|延长|推迟)")
_RATES = re.compile(r"率(?:、|/|和|及|与).*率(?:均|都|全部|分别|各)?$")


def _no_second_count(parts: Sequence[Part]) -> None:
    """逾期1周扣0.5分，每增加1周再扣0.5分 counts the same weeks twice."""
    steps = [part for part in parts if part.shape == "step"]
    for first, second in pairwise(steps):
        same = first.counter == second.counter and first.sentence == second.sentence
        plain = "target" not in second.values and not second.values.get("credit")
        if same and plain and _MORE_OF_IT.fullmatch(second.what):
            raise Unread(f"“每{second.what}”与前一条是否重复扣分，没有写明")
    _no_count_twice(steps)
    for step in steps:
        for table in (part for part in parts if part.shape == "bands"):
            _no_table_of_the_same(step, table)
    for part in steps:
        if part.values.get("of") == "ratio" and _RATES.search(part.what):
            raise Unread(f"“{part.what}”是各自计算还是合并计算，没有写明")


def _no_count_twice(steps: Sequence[Part]) -> None:
    """请假1次扣0.2分，请假超过3次的，每超1次扣0.5分: more for these, or on top?"""
    for first, second in pairwise(part for part in steps if not part.values.get("more")):
        same = first.what == second.what and first.counter == second.counter
        losses = not (first.values.get("credit") or second.values.get("credit"))
        if same and losses and not first.values.get("free") and second.values.get("free"):
            raise Unread(f"“{second.what}”超出部分的扣分与前一条是累加还是另计，没有写明")


_FOUND = re.compile(r"(?:发现|出现|发生|有|存在|查出|累计)*")


def _no_table_of_the_same(step: Part, table: Part) -> None:
    """发现1处问题扣0.5分，发现3处以上扣2分: on top of each other, or instead?"""
    same = step.counter == table.counter and step.sentence == table.sentence
    both_lose = not step.values.get("credit") and any(
        _ends(band["points"])[0] is not None and _ends(band["points"])[0] < 0
        for band in table.values["bands"]
    )
    if same and both_lose and _FOUND.fullmatch(table.what):
        raise Unread(f"“{table.what}”的各档与前一条是累加还是择一，没有写明")


_LACKS_ONE = re.compile("^(?:每?[缺少漏][少失]?[一1]?[项个]|.*[缺少漏]$)")


def _is_bare(what: str) -> bool:
    """未开展 or, with the name of the line before it, 阵地建设缺."""
    return len(what) < 6 or what.endswith(("缺", "少", "漏"))


def _no_end_of_one(parts: Sequence[Part]) -> None:
    """创建、宣传每项得1分，未开展的该项不得分: one of them gives nothing, not the line."""
    listed = [part for part in parts if part.shape == "step" and part.counter == "项"]
    ends = [part for part in parts if part.shape == "zero_if" and _is_bare(part.what)]
    lacks = any(_LACKS_ONE.match(part.what) for part in ends)
    if lacks and any(part.values.get("credits") for part in parts):
        raise Unread(f"“{ends[0].what}”不得分的是一项还是全部，没有写明")
    if ends and any(part.values.get("start") == "zero" for part in listed):
        raise Unread(f"“{ends[0].what}”不得分的是一项还是全部，没有写明")


_BY_WHOM = re.compile("(?:由|经)[^，。；]{2,14}(?:后|核实|认定|审定|研究)")


def _no_range_beside(parts: Sequence[Part]) -> None:
    """每少1次扣0.5分，由乡镇党委核实后扣分: who deducts is no case of its own."""
    for part in parts if len(parts) > 1 else ():
        if part.shape == "judged" and "start" not in part.values and _BY_WHOM.fullmatch(part.what):
            raise Unread(f"“{part.what}”的扣分与前一条是累加还是另计，没有写明")


def _no_grades_apart(parts: Sequence[Part]) -> None:
    """一般酌情扣1分，较差酌情扣2分 are levels of one table, not losses side by side."""
    judged = [part for part in parts if part.shape == "judged" and part.what in WORDS["grade"]]
    if len(judged) > 1:
        raise Unread(f"“{judged[0].what}”等各档酌情计分，怎么衔接未能识别，请人工核定")


def _no_sum_of_all(parts: Sequence[Part]) -> None:
    amounts = [
        part for part in parts if part.shape in ("binary", "step") and "start" not in part.values
    ]
    for part in amounts:
        if len(amounts) > 1 and part.values.get("points") and _OF_ALL.match(part.what):
            raise Unread(f"“{part.what}”与前面各项是累加还是合计，没有写明")


_NOT_ONCE = re.compile("^(?:全年|一年|年内|本年|当年|整年|一次)[^，]{0,4}(?:未|没|无)")


def _no_more_for_all(parts: Sequence[Part]) -> None:
    """每少1次扣1分，全年未开展的扣3分: three more for the last one, or three for all of them?"""
    short = any(part.shape == "step" and re.search("[少缺漏]", part.what) for part in parts)
    for part in parts:
        if short and part.shape == "binary" and _NOT_ONCE.match(part.what):
            raise Unread(f"“{part.what}”与前面每少一次的扣分是累加还是另计，没有写明")


_AMENDS = re.compile(r"^(?:事后|后期|过后|及时)?补(?:开|报|交|缴|做|上|课|学|办|录|签|齐|记|充|正)")


def _no_amends(parts: Sequence[Part]) -> None:
    """每缺1次扣0.5分，补开的扣0.2分: on top of what was lost, or in its place?"""
    for first, second in pairwise(parts):
        amends = _AMENDS.match(second.what) and second.shape in ("step", "binary")
        if amends and first.sentence == second.sentence:
            raise Unread(f"“{second.what}”是另外扣还是改按这个扣，没有写明")


_NOT_HELD = re.compile(
    r"^(?:全年|一年|年内|本年度?|当年)?(?:均|都)?(?:未|没有?)(?:开展|召开|组织|举办|举行|进行|参加|报送|开)(?:过|活动|会议|工作)*的?$"
)


def _no_level_beside(parts: Sequence[Part]) -> None:
    """活动少于2次的扣2分，未开展的扣3分: none at all is one of the levels, not on top of them."""
    for levels in (part for part in parts if part.shape == "bands" and part.counter != "%"):
        loses = any((_ends(band["points"])[0] or 0) < 0 for band in levels.values["bands"])
        for part in parts:
            fined = part.shape == "binary" and part.values.get("points")
            if loses and fined and part.sentence == levels.sentence and _NOT_HELD.match(part.what):
                raise Unread(f"“{part.what}”与前面各档是累加还是另计，没有写明")


_TIMES = re.compile(
    r"(?:连续|超过|达到|不足|逾期|满)*(?:半|[0-9一二两三四五六七八九十]+)个?(?:半年|年|月|季度|天|日|周|个?工作日|小时)(?:及?以[上内下]|之?内)?"
)


# With an end to the first stretch the second begins behind it.
_SHUT = re.compile("[以之年月周天日][内下]|不足|不满|不超过")


def _no_two_delays(parts: Sequence[Part]) -> None:
    """3个月内未整改扣1分，6个月内未整改扣2分: does the second add to the first?"""
    for first, second in pairwise(parts):
        _no_bare_delay(first, second)
        if first.sentence != second.sentence or not _delays(first, second):
            continue
        said = (_TIMES.sub("", part.what) for part in (first, second))
        one, other = (re.sub("[（）仍]", "", words).lstrip("未") for words in said)
        if one.endswith(other) or other.endswith(one) or one.startswith(other):
            raise Unread(f"“{second.what}”与前一段是累加还是择一，没有写明")


def _no_bare_delay(first: Part, second: Part) -> None:
    """未按期讨论的每人扣1分，超过3个月的每人扣2分: three for such a one, or two?"""
    counts = first.shape == second.shape == "step" and first.sentence == second.sentence
    if counts and first.counter == second.counter and _TIMES.fullmatch(second.what):
        raise Unread(f"“{second.what}”与前一段是累加还是择一，没有写明")


# 届满前6个月未报请示 is over before the delay begins.
_BEFOREHAND = re.compile(r"前[0-9一二两三四五六七八九十]+(?:个月|天|日|个?工作日|周)")


def _delays(first: Part, second: Part) -> bool:
    """Two losses, each after its own stretch of time, that do not shut each other out."""
    if _BEFOREHAND.search(first.what):
        return False
    fined = second.shape == "binary" and second.values.get("points") is not None
    fined |= first.shape == second.shape == "step"
    before = first.shape == "step" and first.counter in SPANS
    before |= first.shape in ("binary", "step") and bool(_TIMES.search(first.what))
    apart = _SHUT.search(first.what) and re.search("以上|超过", second.what)
    return bool(fined and before and _TIMES.search(second.what) and not apart)


def _no_number_left(part: Part) -> None:
    """每次参加不足5人扣1分: a number in the label changes what is counted."""
    held = _QUOTED.sub("", part.what)
    held = held if part.counter in SPANS else _WHEN.sub("", held)
    if re.search("[0-9]", held):
        raise Unread(f"“{part.what}”里的数字怎么计分未能识别，请人工核定")


def _no_contradiction(parts: Sequence[Part]) -> None:
    seen: dict[tuple, object] = {}
    for part in parts:
        if part.shape not in ("binary", "zero_if", "step") or not part.what:
            continue
        key = _case(part)
        if key in seen:
            raise Unread(f"“{part.what}”有两种扣法")
        seen[key] = part.values.get("points")


def _case(part: Part) -> tuple:
    """Two amounts for 迟到一次 contradict each other; from another number on they may not."""
    apart = ("applies", "duration", "free", "target", "per", "credit", "step", "span", "direction")
    held = [str(part.values.get(key)) for key in apart] if part.shape == "step" else []
    bare = part.what in ("", "不符合要求", "少", "缺", "缺少", "漏")
    held += [part.counter] if bare or part.counter in SPANS else []
    return (part.what, part.values.get("applies"), part.shape == "step", *held)


def _falls(part: Part) -> None:
    """Ranges of neighbouring grades may touch; they may not cover each other."""
    bands = part.values["bands"]
    if "label" not in bands[0]:
        return
    if any(None in _ends(band["points"]) for band in bands):
        raise Unread("没有本项分值，不能换算各档得分")
    for better, worse in zip(bands, bands[1:], strict=False):
        low, high = _ends(better["points"])[0], _ends(worse["points"])[1]
        if low < high:
            raise Unread("各档分值不是依次减少，或者互相重叠")
    if len(bands) > 1 and _ends(bands[0]["points"]) == _ends(bands[-1]["points"]):
        raise Unread("各档分值相同")


def _ends(points: object) -> tuple[Fraction, Fraction]:
    return (points[0], points[-1]) if isinstance(points, list) else (points, points)
