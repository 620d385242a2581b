"""Rows of awards and penalties become one table: 省级加3分，市级加2分."""

import re
from fractions import Fraction
from itertools import groupby, pairwise

from standards.reading import penalties
from standards.reading.awarding import level_in
from standards.reading.lexicon import WORDS
from standards.reading.parts import Part, Rules, Unread
from standards.reading.walk import PERSONS

KEYS = ("take", "dedupe", "once", "repeats", "cap", "inside", "applies")


def table(run: list[Part], rules: Rules, points: Fraction | None) -> list[Part]:
    """By person and by case apart, unless one limit holds for both."""
    if points is not None and _is_one_loss(run):
        return [*table(run[:-1], rules, points), _fine(run[-1])] if run[1:] else [_fine(run[0])]
    if _limited_apart(run):
        found = [list(rows) for _, rows in groupby(run, key=lambda part: part.sentence)]
        return [_table(one, points, whole=_told_by_all(one)) for one in found]
    pers = list(dict.fromkeys(part.values["per"] for part in run))
    limited = any(part.values.keys() & {"cap", "take"} for part in run)
    if len(pers) == 1 or limited:
        return [_table(run, points, whole=len(pers) > 1 or _told_by_all(run))]
    apart = [[part for part in run if part.values["per"] == per] for per in pers]
    return [_table(one, points, whole=True) for one in apart]


def _is_one_loss(run: list[Part]) -> bool:
    """被县委通报的扣1分, alone or behind the sentence of what is won, is a loss of the line like any other."""
    losses = [part for part in run if part.values["verb"] == "lose"]
    if run[1:] and run[-2].sentence == run[-1].sentence:
        return False  # 表彰加1分，通报批评扣1分
    last = run[-1].values
    plain = not last.keys() & {"cap", "take", "dedupe", "once", "repeats"}
    plain = plain and last["name"] not in WORDS["penal"]
    return (
        losses == run[-1:]
        and last["per"] == "event"
        and plain
        and isinstance(last["points"], Fraction)
    )


def _fine(part: Part) -> Part:
    kept = {key: part.values[key] for key in ("points", "applies") if key in part.values}
    made = part.turned("~fine", **kept)
    if each := part.values.get("each"):  # 造成影响的，县级通报每次扣2分
        kept |= {"of": "persons"} if each in PERSONS else {}
        made = part.turned("step", unit=kept.pop("points"), **kept)
        made.counter = each
    made.what = part.values["whole"]
    return made


def _limited_apart(run: list[Part]) -> bool:
    """省级每项加3分，最多加6分；市级每项加1分: a limit with rows behind its sentence is not theirs."""
    last = run[-1].sentence
    return any("cap" in part.values and part.sentence < last for part in run)


def _told_by_all(run: list[Part]) -> bool:
    """The level alone does not tell the rows apart, or is none."""
    names = {part.values["name"] for part in run}
    ways = {part.values["verb"] == "lose" for part in run}
    body = len(run) == 1 and bool(_BODY.search(run[0].values["name"]))
    return len(names) < len(run) or len(ways) > 1 or body or _deeds_apart(run) or _of_one_level(run)


# 先进个人, 组织奖: without a verb of its own it goes on with what was said before.
_ON_ITS_OWN = re.compile("[获有受被在得经发开创建完参承引推每评入]|.*[。，]")


def _of_one_level(run: list[Part]) -> bool:
    """被评为省级先进集体加2分，先进个人加1分: of one level, so that only its words tell a row."""
    return any(_goes_on_with(first, part) for first, part in pairwise(run))


def _goes_on_with(first: Part, part: Part) -> bool:
    name, whole, words = first.values["name"], first.values["whole"], part.values["whole"]
    told_by_place = whole != name and bool(_place(name)) and not name.endswith("奖")
    bare = not _place(words) and not _ON_ITS_OWN.match(words)
    return told_by_place and bare and part.sentence == first.sentence


def _place(words: str) -> str:
    """获省级一等奖 -> 省级."""
    return level_in(re.sub("(?:特等|[一二三]等|优秀)奖", "", words))


_PRIZE = re.compile("(?:特等|[一二三四]等|优秀|优胜|鼓励|参与)奖")


def _placed(run: list[Part]) -> list[Part]:
    """获国家级一等奖加5分，二等奖加4分；省级一等奖加3分，二等奖加2分: whose prize each one is."""
    bare = [part.values["whole"] for part in run if _PRIZE.fullmatch(part.values["whole"])]
    if len(set(bare)) == len(bare):
        return run
    made, place, sentence = [], "", run[0].sentence
    for part in run:
        words = part.values["whole"]
        place = _place(words) or (place if part.sentence == sentence else "")
        sentence = part.sentence
        told = place + words if _PRIZE.fullmatch(words) else re.sub("^(?:荣获|获得?)", "", words)
        made.append(part.turned("~entry", **part.values | {"whole": told}))
    return made


def _table(run: list[Part], points: Fraction | None, *, whole: bool) -> Part:
    rows: dict[str, Fraction] = {}
    run = _placed(run) if whole else run
    for part in run:
        name, amount = part.values["whole" if whole else "name"], part.values["points"]
        if name in rows:
            raise Unread(f"“{name}”有两个分值")
        rows[name] = -amount if part.values["verb"] == "lose" else amount
    by_person = all(part.values["per"] == "person" for part in run)
    values: dict = {"table": rows} | ({"per": "person"} if by_person else {})
    for part in run:
        values |= {key: part.values[key] for key in KEYS if key in part.values}
    if values.pop("once", False) and values.get("take") != "largest":
        values["dedupe"] = True
    if points is not None and all(amount < 0 for amount in rows.values()):
        values.setdefault("inside", True)
    if any(part.values["verb"] == "get" for part in run):
        values.setdefault("inside", True)
        values["start"] = "zero"
    return run[0].turned("adjust", **values)


# 被县委通报表扬: who did it is no level by itself.
_BODY = re.compile("[省市州县区乡镇]委$|^[省市州县区乡镇]+$")
_PLAIN = {"words", "unit", "of", "credit", "applies", "number", "points", "verb"}
_BY_CASE = ("次", "件", "例", "起", "个", "项", "篇")


def rows(parts: list[Part], points: Fraction | None) -> list[Part]:
    """With what belongs into a table of penalties or levels as its rows."""
    return listed(penalties.tables(parts), points)


def listed(parts: list[Part], points: Fraction | None) -> list[Part]:
    """Beside a row of a table what costs or earns by the case is a row as well.

    被通报批评的，县级每次扣1分，市级每次扣2分; where no line has points also 表扬一次加1分，批评一次扣1分.
    """
    found: list[Part] = []
    for part in parts:
        before = found[-1] if found else None
        goes_on = _by_case(part) and _goes_on(before, part, points) if before else False
        if goes_on or before is not None and _begins_levels(before, part):
            found[-1] = _as_row(before)
            part = _as_row(part, found[-1].what)
        found.append(part)
    return found


def _goes_on(before: Part, part: Part, points: Fraction | None) -> bool:
    if before.shape == "~entry":
        if before.values.keys() & {"cap", "take", "dedupe"}:
            return False
        if points is None and _per(part) and part.what[0] not in "未没无不":
            return True
    elif not _by_case(before):
        return False
    return _next_level(before, part)


def _begins_levels(before: Part, part: Part) -> bool:
    """被县级通报每次扣1分，市级扣2分: the first says that each counts."""
    return part.shape == "~entry" and _by_case(before) and _next_level(before, part)


def _next_level(before: Part, part: Part) -> bool:
    """Of the same thing, one level on and nothing else said: 县级通报每次扣1分，市级每次扣2分."""
    alike = _way(before) == _way(part) == "lose" and _per(before) == _per(part) != ""
    (level, rest), (other, own) = _parted(before), _parted(part)
    apart = bool(level and other) and level != other
    headed = own == rest and part.what.endswith(other)  # 被通报批评：县级每次扣1分
    headed |= before.shape == "~entry" and rest.endswith(own)
    return alike and apart and (not own or headed) and before.sentence == part.sentence


def _parted(part: Part) -> tuple[str, str]:
    words = part.values.get("whole", part.what)
    level = part.values.get("name") or level_in(words)
    return level, words.replace(level, "", 1)


def _way(part: Part) -> str:
    gains = part.values.get("credit") or part.values.get("verb", "lose") != "lose"
    return "gain" if gains else "lose"


def has_its_own_limit(own: list[Part], parts: list[Part]) -> bool:
    """获表彰加2分；每报送1篇加0.5分，最多加3分: of what is counted in its own sentence."""
    counted = len(own) == 1 and own[0] is parts[-1] and own[0].shape == "step"
    return counted and len(parts) > 1 and _by_case(own[0]) and not _parted(own[0])[0]


def share_a_limit(parts: list[Part]) -> None:
    """每引进1名加0.5分，每创建1个加1分，最高加3分: rows of one table, which is what can be limited."""
    rows = [part for part in parts if part.shape == "~entry" and _way(part) == "gain"]
    counted = [part for part in parts if part not in rows]
    gains = all(_by_case(part) and _way(part) == "gain" and _per(part) for part in counted)
    names = {part.values.get("whole", part.what) for part in parts}
    if not gains or len(names) < len(parts) or any("step" in part.values for part in counted):
        return
    for part in counted:
        row = _as_row(part)
        part.shape, part.what, part.values = (
            row.shape,
            "",
            row.values | {"name": row.values["whole"], "deed": True},
        )


def by_level(parts: list[Part], sentence: int) -> list[Part]:
    """被县级通报的每起扣1分，被市级通报的每起扣2分，同一问题取最高: levels of one thing, by the case."""
    run = [part for part in parts if _of_level(part) and part.sentence >= sentence - 1]
    deeds = sorted((_parted(part)[1] for part in run), key=len)
    ways = {part.values.get("start", _way(part)) for part in run}
    apart = len({_parted(part)[0] for part in run}) == len(run) > 1 == len(ways)
    if not apart or not all(deeds[-1].endswith(deed) for deed in deeds):
        return []
    for part in run:
        row = _as_row(part)
        part.shape, part.what, part.values = row.shape, "", row.values
        part.values |= {"verb": "get"} if ways == {"zero"} else {}
    return run


def _of_level(part: Part) -> bool:
    started = {key: value for key, value in part.values.items() if key != "start"}
    return _by_case(part.turned(part.shape, **started)) and bool(_per(part) and _parted(part)[0])


def _by_case(part: Part) -> bool:
    single = part.shape in ("step", "~fine") or part.values.get("number") == 1
    amount = part.values.get("unit", part.values.get("points"))
    return (
        single and part.values.keys() <= _PLAIN and isinstance(amount, Fraction) and bool(part.what)
    )


def _per(part: Part) -> str:
    if part.shape == "~entry":
        return part.values["per"]
    if part.counter in PERSONS:
        return "person"
    return "event" if part.counter in _BY_CASE or part.shape == "~fine" else ""


def _as_row(part: Part, heading: str = "") -> Part:
    if part.shape == "~entry":
        return part
    part.what = part.what.removeprefix(heading)
    amount = part.values.get("unit", part.values.get("points"))
    row = {"name": _parted(part)[0] or part.what, "points": amount, "verb": _way(part)}
    row |= {"per": _per(part), "whole": part.what, "deed": not _parted(part)[0]}
    row |= {key: part.values[key] for key in ("applies",) if key in part.values}
    made = part.turned("~entry", **row)
    made.what = heading
    return made


# A level of these is what the table is about; elsewhere it only says where a deed was done.
_HONOUR = re.compile(
    "表彰|表扬|奖|荣誉|先进|优秀|嘉奖|称号|典型(?!发言|交流|经验)|示范|试点|批示|肯定|通报|批评|处分|问责|约谈|督办|曝光|"
    "媒体|刊|报道|发表|采用|采纳|录用|转发|推广|命名|授予|评为|认定|验收|立项|入选|获|文件|简报"
)


_DONE = re.compile(
    "^(?:承[办接担]|[协举]办|参[加与]|迎接|接待|代表)|在.{0,6}会议?上|全[国省市县区]|[国省市县区乡镇]级"
)


def _is_deed(rest: str) -> bool:
    return bool(rest) and bool(_DONE.search(rest) or not _HONOUR.search(rest))


def _without_level(part: Part) -> str:
    whole = part.values["whole"]
    return whole if part.values.get("deed") else whole.replace(part.values["name"], "", 1)


def _deeds_apart(run: list[Part]) -> bool:
    """承办全市现场会 is not 市级 of something: told by its deed, unless levels of one deed follow."""
    rests = [_without_level(part) for part in run]
    if not any(map(_is_deed, rests)):
        return False
    longest = max(rests, key=len)
    return len(run) == 1 or not all(longest.endswith(rest) for rest in rests)


def full_levels(parts: list[Part], points: Fraction | None) -> list[Part]:
    """获省级表彰得满分，获市级表彰得3分: a row of the table as well."""
    if points is None or not any(_earns(part) for part in parts):
        return parts
    return [_entry(part, points) or part if part.shape == "~full" else part for part in parts]


def _earns(part: Part) -> bool:
    return part.shape == "~entry" and part.values["verb"] == "get"


def _entry(part: Part, points: Fraction) -> Part | None:
    name = level_in(part.what)
    if not name:
        return None
    values = {"name": name, "points": points, "verb": "get", "per": "event", "whole": part.what}
    made = part.turned("~entry", **values)
    made.what = ""
    return made
