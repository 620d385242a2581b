"""One case under two rules: what is counted one by one stands in a table of numbers as well."""

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, pairwise

from standards.reading.bounds import SPANS
from standards.reading.lexicon import WORDS
from standards.reading.parts import Part, Unread
from standards.reading.scales import SCALES


def check(parts: Sequence[Part]) -> None:
    _no_repetition(parts)
    for first, second in combinations(parts, 2):
        _no_table_of_the_counted(first, second)
    for first, second in pairwise(parts):
        _no_longer_run(first, second)
        if first.sentence == second.sentence and not second.values.get("more"):
            _no_numbers_of_an_honour(first, second)
            _no_worse_case(first, second)
            _no_dearer_ones(first, second)
            _no_longer_delay(first, second)
            _no_kind_uncounted(first, second)
            _no_grade_beside(first, second)


_FROM_A_NUMBER = ("free", "credit", "direction", "step", "cap", "start")


def _no_table_of_the_counted(step: Part, table: Part) -> None:
    """每少1次扣0.5分，少2次扣2分，少3次以上不得分: the second costs 1, 2 or 3 points?"""
    counted = step.shape == "step" and table.shape == "bands" and _same_figure(step, table)
    if counted and _thing(table) == _thing(step) and _levels(step, table):
        raise Unread(f"“{table.what}”的各档与前一条是累加还是择一，没有写明")


def _thing(part: Part) -> str | tuple:
    return part.what.replace("缺", "少") or ("", part.sentence)


def _same_figure(step: Part, table: Part) -> bool:
    share = step.values.get("of") == "ratio" and table.counter == "%"
    return share or step.counter == table.counter


def _levels(step: Part, table: Part) -> bool:
    """Rows that cost something, and less than all of it, where the step has begun already."""
    bands = table.values["bands"]
    if step.values.get("direction") == "below" and "target" in step.values:
        bound = next((band["ge"] for band in bands if "ge" in band), None)
        lost = [band["points"] for band in bands]
        short = isinstance(bound, Fraction) and bound < step.values["target"]
        return short and table.values.get("as") == "add" and all(_lost(one) for one in lost)
    return len(bands) > 2 and not any(step.values.get(key) for key in _FROM_A_NUMBER)


def _lost(points: object) -> bool:
    return isinstance(points, Fraction) and points <= 0


def _no_numbers_of_an_honour(entry: Part, table: Part) -> None:
    """市级表彰1次加1分，2次加2分: the second number is about the same honour."""
    added = table.shape == "bands" and table.values.get("as") == "add"
    if entry.shape == "adjust" and added and not table.what and table.counter != "%":
        raise Unread(f"“{table.counter}”数各档说的是前面哪一种情况，没有写明")


_RUN = re.compile(
    "(?:连续|累计)[0-9二两三四五六七八九十]+个?(?:月|季度|期|年)(?:及?以上)?(?P<of>.*)"
)
_SO_OFTEN = re.compile(
    "(?P<head>.*?)(?:连续|累计)?[0-9二两三四五六七八九十]+次(?:及?以上)?(?P<of>.*)"
)


# 每次扣1分；连续两次的，扣3分: the second time again, or instead?
_REPEATED = re.compile(r"(?:连续|累计)?[0-9二两三四五六七八九十]+次(?:及?以上)?的?")


def _no_repetition(parts: Sequence[Part]) -> None:
    for part in parts:
        counts = any(one.shape == "step" and one is not part for one in parts)
        fined = part.shape == "binary" and part.values.get("points")
        fined = fined or _counted_loss(part) and not part.values.get("more")
        if counts and fined and _REPEATED.fullmatch(part.what):
            raise Unread(f"“{part.what}”与前面每次的扣分是累加还是另计，没有写明")


_NEVER = re.compile("(?:均|都)?(?:未|没)(?:召开|开展|组织|参加|举行|开|报)")


def _no_longer_run(each: Part, run: Part) -> None:
    """每月未收缴扣0.2分，连续3个月未收缴扣1分: on top of the three, or instead?"""
    near = each.sentence == run.sentence
    found = _SO_OFTEN.fullmatch(run.what) or near and _RUN.fullmatch(run.what)
    fined = near and run.shape == "binary" and run.values.get("points") or _counted_loss(run)
    counts = _counted_loss(each) and not run.values.get("more")
    short = each.what.endswith(("少", "缺", "漏"))
    of = "".join(found.groups()) if found else ""
    of_it = _shared(of, each.what) or short and _NEVER.match(of)
    if of_it and fined and counts:
        raise Unread(f"“{run.what}”与前面每次的扣分是累加还是另计，没有写明")


def _counted_loss(part: Part) -> bool:
    return part.shape == "step" and not part.values.get("credit")


def _shared(words: str, others: str) -> bool:
    return any(words[at : at + 2] in others for at in range(len(words) - 1))


_BEST = ("好", "较好", "优秀", "良好", "一般", "突出", "显著", "明显")


def _no_grade_beside(judged: Part, table: Part) -> None:
    """书记项目进展好的加1-2分，一般的加0.5-1分: levels of one table, torn apart."""
    labels = [band.get("label", "") for band in table.values.get("bands", ())]
    scale = next((scale for scale in SCALES if set(labels) <= set(scale)), ())
    if judged.shape == "judged" and labels and judged.what.endswith(tuple(scale)):
        raise Unread(f"“{judged.what}”等各档酌情计分，怎么衔接未能识别，请人工核定")
    both = judged.shape == table.shape == "judged" and judged.values.get("range", [0])[0] >= 0
    if both and table.what in WORDS["grade"] and judged.what.endswith(tuple(_BEST)):
        raise Unread(f"“{judged.what}”等各档酌情计分，怎么衔接未能识别，请人工核定")


_KIND = re.compile(
    "(?:迟到|早退|缺席|缺勤|缺课|旷[会课工]|脱岗|漏报|错报|瞒报|迟报|虚报|重伤|轻伤|死亡|伤亡|上访|投诉|失联|差错)(?:的|者)?"
)
_TRUE = re.compile("(?:经)?(?:查证|核查|调查|核实)?(?:属实|查实|核实)(?:的|者)?")


def _no_kind_uncounted(each: Part, other: Part) -> None:
    """迟到每次扣0.5分，早退扣0.3分: each time, or once? 投诉每件扣0.5分，属实的扣1分: on top, or instead?"""
    if each.shape != "step" or each.values.get("credit") or other.shape not in ("binary", "step"):
        return
    fined = other.shape == "binary" and other.values.get("points") and not other.values.get("more")
    again = other.shape == "step" and not other.values.get("more")
    if _TRUE.fullmatch(other.what) and (fined or again):
        raise Unread(f"“{other.what}”与前一条是累加还是另计，没有写明")
    if fined and (_KIND.fullmatch(other.what) or _in_degree(each.what, other.what)):
        raise Unread(f"“{other.what}”是每次都扣还是只扣一次，没有写明")


_DEGREE = re.compile(
    "^(?:发生|出现|存在)|特别重大|特大|重大|较大|一般|轻微|轻伤|重伤|死亡|(?:省|市|县|区|镇|乡|街道)(?:级|委|里)?"
)


def _in_degree(one: str, other: str) -> bool:
    """发生一般事故每起扣2分，发生较大事故扣5分."""
    return one != other and len(one) > 2 and _DEGREE.sub("", one) == _DEGREE.sub("", other)


_SPAN = "[0-9一二两三四五六七八九十半]+个?(?:月|天|日|周|个?工作日|年)"
_IN_TIME = re.compile(f"{_SPAN}以?内(?P<not>[未没][^，]+)$")


def _no_deadline_twice(first: Part, second: Part) -> None:
    """15日内未接转的每人扣0.2分，30日以上未接转的每人扣0.5分: the second has missed both."""
    missed = _IN_TIME.search(first.what) if first.shape == second.shape == "step" else None
    if missed and re.search(f"{_SPAN}以上{re.escape(missed['not'])}", second.what):
        raise Unread(f"“{second.what}”与前一段是累加还是择一，没有写明")


_LATE = re.compile("未(?:按[时期]|及时|在规定)|逾期|超期|迟报|延期|延误|迟交|晚报")
_SO_LATE = re.compile(
    "(?:且|或)?(?:逾期|超期|延误|延期|推迟|延迟|迟报|迟交|晚报|拖延|超时|滞后|超过)(?:超过|达到|达|满|在)?[0-9半一二两三四五六七八九十]+个?(?:月|天|日|周|个?工作日|小时|年)"
)


def _no_longer_delay(first: Part, second: Part) -> None:
    """未按时报送的扣0.5分，逾期5天以上的扣1分: the worse of the two, or both?"""
    _no_deadline_twice(first, second)
    fined = all(part.shape in ("binary", "step") for part in (first, second))
    amounts = [part.values.get("points", part.values.get("unit")) for part in (first, second)]
    late = _LATE.search(first.what) and _SO_LATE.match(second.what)
    begins = not re.search("[0-9一二两三四五六七八九十]", first.what)
    alike = first.shape == second.shape or first.counter in SPANS
    if fined and alike and late and begins and None not in amounts:
        raise Unread(f"“{second.what}”与前一段是累加还是择一，没有写明")


def _no_dearer_ones(each: Part, later: Part) -> None:
    """每次扣0.5分，请假第3次起每次扣1分: the third costs 0.5, 1 or 1.5?"""
    counts = each.shape == later.shape == "step" and each.counter == later.counter
    bare = not each.what and not each.values.keys() & {"free", "target", "credit"}
    if counts and bare and later.values.get("free"):
        raise Unread(f"“{later.what}”超出部分的扣分与前一条是累加还是另计，没有写明")


_WRONG = re.compile("违[纪法规]")
_FOR_IT = re.compile("受[^，]{0,14}(?:处分|处罚|处理)|被[^，]{0,6}(?:查处|追究|判|立案|留置)|开除")
_GRAVE = re.compile("^(?:被|受到?|经)?.{0,6}(?:级|上级|[省市县区]委?)(?:及?以上)?")


def _no_worse_case(first: Part, second: Part) -> None:
    """每查处1起扣1分，被市级以上查处的每起扣2分: the second kind is counted by the first as well."""
    losses = all(one.shape == "step" and not one.values.get("credit") for one in (first, second))
    if not losses or first.counter != second.counter or not first.what:
        return
    told = second.what.removesuffix(first.what)
    again = told != second.what and _GRAVE.fullmatch(told)
    punished = _WRONG.search(first.what) and _FOR_IT.match(second.what)
    if again or punished:
        raise Unread(f"“{second.what}”与前一条是累加还是另计，没有写明")
