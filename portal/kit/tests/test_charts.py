import re
from xml.etree import ElementTree

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from portal.kit import charts
from portal.kit.charts import Bar, Upright

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '"><script>alert(1)</script>&'
TOWNS = [("柳湾镇", 45, 60, "/a?x=1&y=2"), ("石埠镇", 12, 24, "")]


def parsed(svg):
    return ElementTree.fromstring(svg)


def texts(svg):
    return ["".join(node.itertext()).strip() for node in parsed(svg).iter(f"{SVG}text")]


EVERY = [
    charts.bars(TOWNS, title="达标率"),
    charts.bars([("双井", 3, None, "")], title="问题"),
    charts.columns([("27\n周五", 4, "/d"), ("28\n周六", 0, "")], title="到期"),
    charts.lines([("全县", [1, None, 3]), ("本镇", [2, 2.5, 3])], ["一", "二", "三"], title="趋势"),
    charts.bars([], title="空"),
    charts.columns([], title="空"),
    charts.lines([], [], title="空"),
]


@pytest.mark.parametrize("svg", EVERY)
def test_every_chart_is_well_formed_titled_and_free_of_inline_style(svg):
    root = parsed(svg)
    ids = {node.get("id") for node in root if node.get("id")}
    assert isinstance(svg, SafeString)
    assert re.findall(r"\sstyle=|<style|<script|\son\w+=", svg) == []
    assert {root.get("aria-labelledby"), root.get("aria-describedby")} == ids
    assert [root[0].tag, root[1].tag] == [f"{SVG}title", f"{SVG}desc"]


def test_bars_show_parts_wholes_and_rates():
    assert texts(charts.bars(TOWNS, title="达标率")) == [
        "柳湾镇",
        "45/60 75.0%",
        "石埠镇",
        "12/24 50.0%",
    ]


def test_bars_are_as_long_as_their_share():
    found = [
        rect.get("width")
        for rect in parsed(charts.bars(TOWNS, title="x")).iter(f"{SVG}rect")
        if rect.get("class") == "tone-brand"
    ]
    assert found == ["75%", "50%"]


def test_bars_without_a_whole_are_compared_with_the_longest():
    svg = charts.bars([("a", 4), ("b", 1)], title="x")
    assert [
        rect.get("width")
        for rect in parsed(svg).iter(f"{SVG}rect")
        if rect.get("class") == "tone-brand"
    ] == ["100%", "25%"]


def test_a_whole_of_nothing_is_a_dash():
    assert texts(charts.bars([("a", 0, 0, "")], title="x")) == ["a", "—"]


def test_a_chart_with_links_is_a_group_and_one_without_an_image():
    assert parsed(charts.bars(TOWNS, title="x")).get("role") == "group"
    assert parsed(charts.bars([("a", 1)], title="x")).get("role") == "img"
    assert [link.get("href") for link in parsed(charts.bars(TOWNS, title="x")).iter(f"{SVG}a")] == [
        "/a?x=1&y=2"
    ]


def test_overdue_is_said_by_a_sign_and_not_by_colour_alone():
    assert texts(charts.bars([Bar("a", 2, tone="overdue")], title="x")) == ["a", "▲2"]
    assert texts(charts.columns([Upright("27\n周五", 2, tone="overdue")], title="x")) == [
        "▲2",
        "27",
        "周五",
    ]


def test_columns_of_fourteen_days_carry_their_numbers_and_shade_rest_days():
    svg = charts.columns(
        [Upright(f"{day}\n周", day, rest=day % 7 < 2) for day in range(1, 15)], title="x"
    )
    assert [text for text in texts(svg) if text != "周"] == [
        str(day) for day in range(1, 15) for _ in range(2)
    ]
    assert svg.count("chart-rest") == 4


def test_a_trend_has_markers_dashes_and_a_legend():
    svg = charts.lines(
        [("全县", [80, 85, 90]), ("本镇", [70, None, 88.5])],
        ["一月", "二月", "三月"],
        title="x",
        unit="%",
    )
    assert texts(svg)[-2:] == ["全县 90%", "本镇 88.5%"]
    assert {line.get("stroke-dasharray") for line in parsed(svg).iter(f"{SVG}line")} == {
        None,
        "none",
        "6 4",
    }
    assert sum(1 for _ in parsed(svg).iter(f"{SVG}path")) == 3 + 2 + 2


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0, 10], [0, 5, 10]),
        ([80, 92], [80, 85, 90, 95]),
        ([5], [4, 6]),
        ([0], [0, 0.5]),
        ([-1, 1], [-1, 0, 1]),
    ],
)
def test_scales_have_round_steps(values, ticks):
    assert charts._Scale.of(values).ticks == ticks


def test_a_spark_ends_in_a_point_and_an_empty_one_is_a_dash():
    assert charts.spark([], title="x") == charts.spark([None], title="x") == "—"
    assert 'cx="92.0" cy="4.0"' in charts.spark([1, None, 3], title="x")
    assert 'aria-label="得分：1、3"' in charts.spark([1, None, 3], title="得分")


def test_long_labels_are_shortened_and_kept_whole_in_the_title():
    svg = charts.bars([("县" * 40, 1)], title="x")
    assert (texts(svg)[0], "县" * 40 + "：1" in svg) == ("县" * 15 + "…", True)


def test_nothing_typed_reaches_the_page_as_markup():
    for svg in (
        charts.bars([(HOSTILE, 1, 2, HOSTILE)], title=HOSTILE),
        charts.columns([(HOSTILE, 1, HOSTILE)], title=HOSTILE),
        charts.lines([(HOSTILE, [1])], [HOSTILE], title=HOSTILE, unit=HOSTILE),
        charts.spark([1], title=HOSTILE),
    ):
        assert "<script" not in svg


@given(
    st.lists(
        st.one_of(st.none(), st.floats(-1e9, 1e9), st.integers(-(10**9), 10**9)),
        min_size=1,
        max_size=20,
    )
)
def test_any_numbers_make_a_well_formed_trend(values):
    labels = [str(at) for at in range(len(values))]
    assert parsed(charts.lines([("a", values)], labels, title="x")).tag == f"{SVG}svg"
    assert charts.spark(values, title="x")
