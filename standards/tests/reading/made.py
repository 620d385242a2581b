"""Hypothesis strategies: rules of every shape in the form in which the reader writes them."""

from decimal import Decimal

from hypothesis import assume
from hypothesis import strategies as st

CASES = st.sampled_from(
    ["未按时上报材料", "会议记录不规范", "发生信访问题", "党费收缴不及时", "活动走过场", "迟到早退"]
)
WRONGS = st.sampled_from(["发生信访问题", "活动走过场", "记录造假", "挪用党费"])
NEEDS = st.sampled_from(["制定年度计划", "建立党员台账", "按期换届", "制度健全", "档案资料完整"])
MEETINGS = st.sampled_from(["支委会", "党员大会", "主题党日活动", "集中学习", "谈心谈话"])
RATIOS = st.sampled_from(["参学率", "满意度", "党员到会率", "整改完成率"])
THINGS = st.sampled_from(["会议记录", "工作台账", "材料质量", "作用发挥情况", "为民办实事"])
PARTS = st.lists(
    st.sampled_from(["时间", "地点", "主持人", "记录人", "议题", "决议"]),
    min_size=2,
    max_size=5,
    unique=True,
)
GRADES = st.sampled_from(
    [
        ("好", "较好", "一般", "差"),
        ("优秀", "良好", "合格", "不合格"),
        ("完整", "基本完整", "不完整"),
    ]
)
NOUNS = st.sampled_from(["次数", "人数", "项数", "件数", "处数", "人次数", "天数"])
SMALL = st.decimals("0.1", 3, places=1)
MAXIMA = st.integers(4, 30)


def text(number):
    return f"{Decimal(number).normalize():f}"


def measure(kind, label, **more):
    return {"name": "m", "kind": kind, "label": label, **more}


@st.composite
def binaries(draw, top):
    return measure("flag", draw(NEEDS)), {"shape": "binary", "points": text(draw(SMALL))}


@st.composite
def counted(draw, top):
    label = draw(st.one_of(st.builds("{}{}".format, CASES, NOUNS), MEETINGS.map("{}缺次数".format)))
    step = {"shape": "step", "unit": text(draw(SMALL))}
    if draw(st.booleans()):
        step["each"] = text(draw(st.integers(2, 9)))
    if draw(st.booleans()):
        step["cap"] = text(draw(st.integers(1, 3)))
    return measure("count", label), step


@st.composite
def climbing(draw, top):
    """Each more than the one before; a list of one would be a plain step."""
    units = draw(st.lists(st.integers(1, 30), min_size=2, max_size=4, unique=True))
    step = {"shape": "escalating", "units": [text(Decimal(unit) / 10) for unit in sorted(units)]}
    if draw(st.booleans()):
        step["cap"] = text(draw(st.integers(1, 3)))
    label = draw(st.one_of(CASES.map("{}次数".format), MEETINGS.map("{}缺次数".format)))
    return measure("count", label), step


@st.composite
def from_target(draw, top):
    step = {"shape": "step", "unit": text(draw(SMALL)), "target": text(draw(st.integers(20, 99)))}
    step["direction"] = draw(st.sampled_from(["below", "above"]))
    step["each"] = text(draw(st.integers(1, 10)))
    step["rounding"] = draw(st.sampled_from([None, "floor", "ceil"]))
    step["both_ways"] = step["direction"] == "below" and draw(st.booleans())
    return measure("ratio", draw(RATIOS)), step


@st.composite
def ladders(draw, top):
    """Bands over a share, from high to low, the lowest losing most."""
    bounds = draw(st.lists(st.integers(2, 19), min_size=1, max_size=4, unique=True))
    worths = draw(
        st.lists(st.integers(1, top), min_size=len(bounds), max_size=len(bounds), unique=True)
    )
    pairs = zip(sorted(bounds, reverse=True), sorted(worths, reverse=True), strict=True)
    bands = [{"from": str(bound * 5), "points": str(worth)} for bound, worth in pairs]
    return measure("ratio", draw(RATIOS)), {"shape": "bands", "bands": bands}


@st.composite
def losses(draw, top):
    bound, loss = draw(st.integers(1, 19)), draw(SMALL)
    bands = [{"from": str(bound * 5), "points": "0"}, {"from": "0", "points": text(-loss)}]
    return measure("ratio", draw(RATIOS)), {"shape": "bands", "bands": bands, "as": "add"}


@st.composite
def graded(draw, top):
    grades = draw(GRADES)
    worths = draw(st.lists(st.integers(1, top), min_size=len(grades), max_size=9, unique=True))
    worths = [*sorted(worths, reverse=True)[: len(grades) - 1], 0]
    keys = [{"key": f"g{at}", "label": label} for at, label in enumerate(grades, 1)]
    bands = [{"is": f"g{at}", "points": str(worth)} for at, worth in enumerate(worths, 1)]
    return measure("grade", draw(THINGS), grades=keys), {"shape": "bands", "bands": bands}


@st.composite
def parts(draw, top):
    names = draw(PARTS)
    keys = [{"key": f"p{at}", "label": label} for at, label in enumerate(names, 1)]
    step = {"shape": "parts", "missing": text(draw(SMALL))}
    return measure("parts", draw(THINGS), parts=keys), step


@st.composite
def judged(draw, top):
    low, high = draw(st.sampled_from([("-3", "-1"), ("-2", "0"), ("-1.5", "-0.5")]))
    return measure("points", draw(THINGS)), {"shape": "judged", "low": low, "high": high}


@st.composite
def gates(draw, top):
    effect = draw(
        st.sampled_from(
            [
                {"effect": "fail"},
                {"effect": "not_graded"},
                {"effect": "cap_tier", "tier": "二类"},
                {"effect": "force_tier", "tier": "后进"},
                {"effect": "grant_tier", "tier": "五星级"},
                {"effect": "zero_group", "chapter": "组织生活"},
            ]
        )
    )
    return measure("flag", draw(CASES)), {"shape": "gate", "when": {"is": True}, **effect}


@st.composite
def awards(draw, top):
    levels = draw(
        st.lists(
            st.sampled_from(["national", "province", "city", "county", "township"]),
            min_size=1,
            max_size=4,
            unique=True,
        )
    )
    step = {"shape": "adjust", "table": {level: text(draw(SMALL)) for level in levels}}
    step["take"] = draw(st.sampled_from(["sum", "largest"]))
    step["per"] = draw(st.sampled_from(["event", "person"]))
    if draw(st.booleans()):
        step["cap"] = text(draw(st.integers(1, 9)))
    return measure("events", draw(THINGS)), step


@st.composite
def zeros(draw, top):
    return measure("flag", draw(WRONGS)), {"shape": "zero_if", "when": {"is": True}}


LOSING = (binaries, counted, climbing, from_target, losses, parts, judged, zeros, gates, awards)


@st.composite
def rules(draw):
    """A rule in the reader's own form, with the points of its line."""
    top = draw(MAXIMA)
    kinds = draw(st.lists(st.sampled_from(LOSING), min_size=1, max_size=3))
    if draw(st.booleans()):
        kinds.append(draw(st.sampled_from([ladders, graded])))
    made = [draw(kind(top)) for kind in kinds]
    labels = [held["label"] for held, _ in made]
    assume(len(set(labels)) == len(labels))  # one thing under two rules is not told apart
    data = {"measures": [], "steps": []}
    for at, (held, step) in enumerate(made, 1):
        data["measures"].append({**held, "name": f"m{at}"})
        data["steps"].append({**step, "measure": f"m{at}"})
    return data, top
