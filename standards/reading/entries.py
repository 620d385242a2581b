"""Rows of awards and penalties become one table: 省级加3分，市级加2分."""

import re
from fractions import Fraction

from standards.reading.awarding import level_in
from standards.reading.parts import Part, Rules, Unread

KEYS = ("take", "dedupe", "once", "repeats", "cap", "inside", "applies")


def table(run: list[Part], rules: Rules, points: Fraction | None) -> list[Part]:
    repeated = len({part.values["name"] for part in run}) < len(run) or _deeds_apart(run)
    rows: dict[str, Fraction] = {}
    for part in run:
        name, amount = part.values["whole" if repeated else "name"], part.values["points"]
        if name in rows:
            raise Unread(f"“{name}”有两个分值")
        rows[name] = -amount if part.values["verb"] == "lose" else amount
    if len({part.values["per"] for part in run}) > 1:
        raise Unread("有的按人、有的按件计分")
    values: dict = {"table": rows} | ({"per": "person"} if run[0].values["per"] == "person" else {})
    for part in run:
        values |= {key: part.values[key] for key in KEYS if key in part.values}
    if values.pop("once", False) and values.get("take") != "largest":
        values["dedupe"] = True
    if points is not None and all(amount < 0 for amount in rows.values()):
        values.setdefault("inside", True)
    if any(part.values["verb"] == "get" for part in run):
        values.setdefault("inside", True)
        values["start"] = "zero"
    return [run[0].turned("adjust", **values)]


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


def _deeds_apart(run: list[Part]) -> bool:
    """承办全市现场会 is not 市级 of something: told by its deed, unless levels of one deed follow."""
    rests = [part.values["whole"].replace(part.values["name"], "", 1) for part in run]
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
