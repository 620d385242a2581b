"""A composition as the sentences of a 评定办法, section by section."""

from collections.abc import Callable, Iterator

from standards.composing import shapes
from standards.rules.amounts import write_amount

SECTIONS = {
    "figures": "外部数据",
    "clamps": "各章封顶和保底",
    "components": "总分的组成",
    "extra": "与同类比较得分",
    "bonus": "加分",
    "history": "与上次结果挂钩",
    "sheets": "一等一表",
    "stars": "一章一星",
    "conditions": "评定等次的附加条件",
    "quotas": "名额",
}
SOURCES = {"self": "自评", "first_check": "初验", "acceptance": "验收"}
WITHIN = {"committee": "上级党组织", "field": "支部类型"}
FIGURES = {
    shapes.BRANCHES_AVERAGE: "所属支部平均分",
    shapes.BRANCHES_PASSING: "所属支部达标率",
    shapes.OWN_TOTAL: "本表得分",
}
OPS = {">=": "不少于", "<=": "不超过", ">": "多于", "<": "少于", "=": "为"}
Name = Callable[[str], str]


def listed(keys, name: Name) -> str:
    return "、".join(f"“{name(key)}”" for key in keys)


def points(amount) -> str:
    return f"{write_amount(amount)}分"


def figures(plan: shapes.Composition, name: Name) -> Iterator[str]:
    if plan.named:
        yield f"另行导入：{listed([figure.key for figure in plan.named], name)}"


def clamps(plan: shapes.Composition, name: Name) -> Iterator[str]:
    for clamp in plan.clamps:
        ends = [
            f"{word}{points(amount)}"
            for word, amount in (("最低计", clamp.floor), ("最高计", clamp.ceiling))
            if amount is not None
        ]
        yield f"“{name(clamp.chapter)}”一章{'，'.join(ends)}"


def components(plan: shapes.Composition, name: Name) -> Iterator[str]:
    for part in plan.components:
        yield f"{part.label or part.key}占{write_amount(part.weight)}%：{_read(part, name)}"


def _read(part: shapes.Component, name: Name) -> str:
    if part.kind == "chapters":
        return f"{listed(part.chapters, name)}的得分"
    if part.kind == "source":
        return f"{SOURCES[part.source]}得分"
    return f"“{name(part.figure)}”，满分{points(part.maximum)}"


def extra(plan: shapes.Composition, name: Name) -> Iterator[str]:
    for line in plan.extra:
        compared = f"（{_within(line.within)}）" if line.form != "share" else ""
        yield f"{line.label or line.key}：{FORMS[line.form](line, f'“{name(line.figure)}”')}{compared}"


def _ranked(line: shapes.Extra, figure: str) -> str:
    order = "从低到高" if line.order == "low" else "从高到低"
    return (
        f"按{figure}{order}排名，第1名得{points(line.points)}，每低1名少{points(line.step)}，"
        f"名次并列的得分相同{_least(line)}"
    )


def _best(line: shapes.Extra, figure: str) -> str:
    best = "最低" if line.order == "low" else "最高"
    return f"{figure}{best}的得{points(line.points)}，其余按比例得分"


def _averaged(line: shapes.Extra, figure: str) -> str:
    worse = "高" if line.order == "low" else "低"
    each = f"每{worse}{write_amount(line.each)}扣{points(line.unit)}"
    return (
        f"{figure}不{worse}于平均数的得{points(line.points)}，{worse}于平均数的{each}{_least(line)}"
    )


def _shared(line: shapes.Extra, figure: str) -> str:
    return f"按{figure}的百分比得分，满分{points(line.points)}"


FORMS = {"rank": _ranked, "best": _best, "average": _averaged, "share": _shared}


def _least(line: shapes.Extra) -> str:
    return f"，最低{points(line.least)}" if line.least else "，扣完为止"


def _within(within: tuple[str, ...]) -> str:
    if not within:
        return "全部一起比"
    return f"同一{'、同一'.join(WITHIN[key] for key in within)}的在一起比"


def bonus(plan: shapes.Composition, name: Name) -> Iterator[str]:
    rule = plan.bonus
    if rule.base is not None:
        yield f"加分前得分达到{points(rule.base)}的才能加分，扣分不受此限"
    for group in rule.groups:
        codes = "、".join(name(key) for key in group.clauses)
        yield f"{group.label or group.key}（{codes}）合计最多加{points(group.cap)}"
    if rule.cap is not None:
        yield f"各项加分合计最多{points(rule.cap)}"
    if rule.ceiling is None:
        yield "总分不封顶"
    elif rule.ceiling != shapes.AS_EDITION:
        yield f"总分最高{points(rule.ceiling)}"


def history(plan: shapes.Composition, name: Name) -> Iterator[str]:
    rule = plan.history
    if rule.unsolved is not None:
        yield f"以前查出的问题没有整改到位的，该项扣分按{write_amount(rule.unsolved)}倍计算，扣完为止"
    if rule.improvement is not None:
        better = rule.improvement
        most = f"，最多加{points(better.cap)}" if better.cap is not None else ""
        yield f"得分比上次每提高{points(better.each)}加{points(better.points)}{most}"
    if rule.climb is not None:
        first = f"；首次参评的最高评为“{name(rule.first)}”" if rule.first else ""
        yield f"逐级晋升，每次最多升{rule.climb}个等次{first}"


def sheets(plan: shapes.Composition, name: Name) -> Iterator[str]:
    for sheet in plan.sheets:
        chapters = listed(sheet.chapters, name)
        yield (
            f"{sheet.label or sheet.key}（{chapters}）达到{points(sheet.least)}，"
            f"才能评为{listed(sheet.tiers, name)}"
        )


def stars(plan: shapes.Composition, name: Name) -> Iterator[str]:
    if plan.stars is None:
        return
    which = listed(plan.stars.chapters, name) if plan.stars.chapters else "每一章"
    yield f"{which}得分达到本章分值的{write_amount(plan.stars.line)}%，得1颗星"
    for row in plan.stars.tiers:
        yield f"得{row.stars}颗星及以上评为“{name(row.tier)}”"


def conditions(plan: shapes.Composition, name: Name) -> Iterator[str]:
    for row in plan.conditions:
        yield f"评为“{name(row.tier)}”的，还要求{condition(row, name)}"


def condition(row: shapes.Condition, name: Name) -> str:
    if row.kind == "fact":
        return f"“{name(row.fact)}”{OPS[row.op]}{_value(row.value)}"
    if row.kind == "clause":
        least = "得满分" if row.least is None else f"得分不低于{points(row.least)}"
        return f"{name(row.clause)}{least}"
    if row.kind == "figure":
        return f"“{name(row.figure)}”不低于{write_amount(row.least)}"
    what = {"total": lambda: SOURCES[row.source]}.get(row.kind, lambda: f"“{name(row.name)}”")()
    return f"{what}得分不低于{points(row.least)}"


def _value(value: object) -> str:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)


def quotas(plan: shapes.Composition, name: Name) -> Iterator[str]:
    for quota in plan.quotas:
        base = {"all": "全部参评支部", "graded": "已定等次的支部"}[quota.base]
        if quota.places is not None:
            size = f"不超过{quota.places}个"
        elif quota.most is not None:
            size = f"不超过{base}的{write_amount(quota.most)}%"
        else:
            size = f"不少于{base}的{write_amount(quota.least)}%"
        granted = "" if quota.least is not None else _granted(quota)
        split = (
            f"，按{'、'.join(WITHIN[key] for key in quota.within)}分别计算" if quota.within else ""
        )
        tie = (
            "末位同分的一并计入"
            if quota.least is not None
            else "末位同分、全部评上将超出名额的都不评"
        )
        apart = "，党委、党组等与党支部分别计算"
        yield f"“{name(quota.tier)}”{size}{split}，按得分高低确定，{tie}{granted}{apart}"


def _granted(quota: shapes.Quota) -> str:
    return "，直接评定等次的占名额" if quota.granted == "inside" else "，直接评定等次的不占名额"
