"""Small charts as inline SVG, made on the server: no script, no style attribute, readable at 320 px and in print.

Widths are percentages and heights pixels, so that text keeps its size on every screen. Every value is written out;
colour never speaks alone (overdue carries ▲, lines differ in dashes and markers). Colours stand as presentation
attributes, which any rule in the style sheet overrides. Classes to style:

  svg.chart, .chart-bars, .chart-columns, .chart-lines, .chart-spark      the pictures
  .chart-text (labels), .chart-soft (secondary text), .chart-value        the words
  .chart-track, .chart-grid, .chart-rest (shade of rest days)             the ground
  .tone-brand .tone-ok .tone-warn .tone-overdue .tone-info .tone-gold     fill and stroke of marks
  .series-1 ... .series-4                                                 lines of a trend
  .chart a:focus .chart-hit                                               the focus ring of a linked mark

A chart without links is one image (role=img); one with links is a group, so that its links stay reachable.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import ceil, floor, log10

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from portal.kit.celltext import units

TONES = {
    "brand": "#B3141B", "ok": "#0E7A4A", "warn": "#B45309", "overdue": "#9F1239", "info": "#1D5FBF", "gold": "#8A6420",
}  # fmt: skip
SERIES = (("#B3141B", ""), ("#1D5FBF", "6 4"), ("#0E7A4A", "2 3"), ("#8A6420", "8 3 2 3"))
MARKERS = (
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
    "M-3.5 -3.5h7v7h-7z",
    "M0 -4.5L4.5 3.5H-4.5z",
    "M0 -5L5 0L0 5L-5 0z",
)
INK, SOFT, GRID, TRACK = "#1F2329", "#4E5969", "#D5D9E0", "#EEF0F3"
# Sixteen Han characters and "287/312 92.0%" stand side by side on 320 px.
LABEL_UNITS = 32

Number = int | float


@dataclass(frozen=True)
class Bar:
    """A horizontal bar. total: what value is a part of; without it bars are compared with the longest."""

    label: str
    value: Number
    total: Number | None = None
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Upright:
    """A column. label: one or two lines ("27\\n周五"). rest: a rest day, shaded."""

    label: str
    value: Number
    url: str = ""
    tone: str = ""
    rest: bool = False


def bars(rows: Iterable[Bar | tuple], *, title: str, tone: str = "brand") -> SafeString:
    """Horizontal bars: (label, value, total, url) or Bar. A value with a total is shown as 45/60 75.0%."""
    shown = [row if isinstance(row, Bar) else Bar(*row) for row in rows]
    longest = max((row.value for row in shown), default=0) or 1
    marks = [
        _bar(row, at, row.tone or tone, row.total if row.total is not None else longest)
        for at, row in enumerate(shown)
    ]
    described = "；".join(f"{row.label} {_amount(row)}" for row in shown)
    return _svg(
        "chart-bars",
        marks,
        title=title,
        described=described,
        height=44 * len(shown),
        linked=any(row.url for row in shown),
    )


def columns(rows: Iterable[Upright | tuple], *, title: str, tone: str = "brand") -> SafeString:
    """Upright columns for the load of the next days: (label, value, url) or Upright."""
    shown = [row if isinstance(row, Upright) else Upright(*row) for row in rows]
    highest = max((row.value for row in shown), default=0) or 1
    slot = 100 / max(1, len(shown))
    ground = format_html(
        '<line class="chart-grid" x1="0" x2="100%" y1="130" y2="130" stroke="{}"/>', GRID
    )
    marks = [
        _column(row, at * slot, slot, row.tone or tone, highest) for at, row in enumerate(shown)
    ]
    described = "；".join(f"{' '.join(row.label.split())} {_number(row.value)}" for row in shown)
    linked = any(row.url for row in shown)
    return _svg(
        "chart-columns",
        [ground, *marks] if shown else [],
        title=title,
        described=described,
        height=170,
        linked=linked,
    )


def lines(
    series: Sequence[tuple[str, Sequence[Number | None]]],
    labels: Sequence[str],
    *,
    title: str,
    unit: str = "",
) -> SafeString:
    """A trend: up to four series (name, values) over common labels; None is a gap. Values stand at the points."""
    known = [value for _name, values in series for value in values if value is not None]
    if not known:
        return _svg("chart-lines", [], title=title, described="", height=0, linked=False)
    scale = _Scale.of(known)
    places = [_percent(_place(at, len(labels))) for at in range(len(labels))]
    ground = [_gridline(scale, tick, unit) for tick in scale.ticks] + [
        _axis_label(place, label) for place, label in zip(places, labels, strict=True)
    ]
    crowded = len(known) > 24 or len(series) > 2
    drawn = [
        _series(number, values, places, scale) for number, (_name, values) in enumerate(series)
    ]
    if not crowded:
        drawn += [_figures(series, at, place, scale, unit) for at, place in enumerate(places)]
    legend = [_legend(number, name, values, unit) for number, (name, values) in enumerate(series)]
    described = "；".join(f"{name} {_listed(labels, values, unit)}" for name, values in series)
    return _svg(
        "chart-lines",
        [*ground, *drawn, *legend],
        title=title,
        described=described,
        height=210 + 22 * len(series),
        linked=False,
    )


def spark(values: Sequence[Number | None], *, title: str, tone: str = "brand") -> SafeString:
    """A trend the size of a word, for table cells: the line and its last point."""
    known = [value for value in values if value is not None]
    if not known:
        return mark_safe("—")
    low, high = min(known), max(known)
    step = 88 / max(1, len(values) - 1)
    points = [
        (4 + step * at, 24 - 20 * ((value - low) / (high - low) if high > low else 0.5))
        for at, value in enumerate(values) if value is not None
    ]  # fmt: skip
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return format_html(
        '<svg class="chart chart-spark" role="img" width="96" height="28" viewBox="0 0 96 28" aria-label="{}">'
        '<polyline class="chart-stroke" points="{}" fill="none" stroke="{}" stroke-width="1.5" stroke-linejoin="round"/>'
        '<circle class="tone-{}" cx="{}" cy="{}" r="2.5" fill="{}"/></svg>',
        f"{title}：{'、'.join(_number(value) for value in known)}", path, TONES[tone],
        tone, f"{points[-1][0]:.1f}", f"{points[-1][1]:.1f}", TONES[tone],
    )  # fmt: skip


@dataclass(frozen=True)
class _Scale:
    """From values to pixels: round steps, about four of them."""

    low: float
    high: float
    step: float

    @classmethod
    def of(cls, values: Sequence[Number]) -> "_Scale":
        low, high = min(values), max(values)
        rough = (high - low or abs(high) or 1) / 3
        magnitude = 10 ** floor(log10(rough))
        step = magnitude * min(
            factor for factor in (1, 2, 5, 10) if factor * magnitude >= rough * 0.999
        )
        return cls(
            floor(low / step) * step,
            max(ceil(high / step) * step, floor(low / step) * step + step),
            step,
        )

    @property
    def ticks(self) -> list[float]:
        return [
            self.low + self.step * at for at in range(round((self.high - self.low) / self.step) + 1)
        ]

    def y(self, value: float) -> float:
        return 170 - 140 * (value - self.low) / (self.high - self.low)


def _bar(row: Bar, at: int, tone: str, whole: Number) -> SafeString:
    top = 44 * at
    part = max(0.0, min(1.0, row.value / whole)) if whole else 0.0
    inside = format_html(
        '<rect class="chart-hit" x="0" y="{}" width="100%" height="42" fill="transparent"/><title>{}</title>'
        '<text class="chart-text" x="0" y="{}" font-size="14" fill="{}">{}</text>'
        '<text class="chart-value" x="100%" y="{}" font-size="13" text-anchor="end" fill="{}">{}</text>'
        '<rect class="chart-track" x="0" y="{}" width="100%" height="10" rx="2" fill="{}"/>'
        '<rect class="tone-{}" x="0" y="{}" width="{}" height="10" rx="2" fill="{}"/>',
        top, f"{row.label}：{_amount(row)}", top + 17, INK, _short(row.label), top + 17, SOFT, _flag(tone) + _amount(row),
        top + 24, TRACK, tone, top + 24, _percent(100 * part), TONES[tone],
    )  # fmt: skip
    return _linked(row.url, inside)


def _column(row: Upright, left: float, slot: float, tone: str, highest: Number) -> SafeString:
    tall = max(2.0, 100 * row.value / highest) if row.value > 0 else 0.0
    middle, first, second = _percent(left + slot / 2), *[*row.label.split("\n"), ""][:2]
    shade = format_html(
        '<rect class="chart-rest" x="{}" y="0" width="{}" height="170" fill="{}"/>',
        _percent(left),
        _percent(slot),
        "#F7F8FA",
    )
    inside = format_html(
        '{}<rect class="chart-hit" x="{}" y="0" width="{}" height="170" fill="transparent"/><title>{}</title>'
        '<rect class="tone-{}" x="{}" y="{}" width="{}" height="{}" rx="2" fill="{}"/>'
        '<text class="chart-value" x="{}" y="{}" font-size="13" text-anchor="middle" fill="{}">{}</text>'
        '<text class="chart-text" x="{}" y="147" font-size="12" text-anchor="middle" fill="{}">{}</text>'
        '<text class="chart-soft" x="{}" y="163" font-size="11" text-anchor="middle" fill="{}">{}</text>',
        shade if row.rest else "", _percent(left), _percent(slot), f"{' '.join(row.label.split())}：{_number(row.value)}",
        tone, _percent(left + slot * 0.18), f"{130 - tall:.1f}", _percent(slot * 0.64), f"{tall:.1f}", TONES[tone],
        middle, f"{124 - tall:.1f}", INK, _flag(tone) + _number(row.value) if row.value else "",
        middle, INK, first, middle, SOFT, second,
    )  # fmt: skip
    return _linked(row.url, inside)


def _gridline(scale: _Scale, tick: float, unit: str) -> SafeString:
    y = scale.y(tick)
    return format_html(
        '<line class="chart-grid" x1="0" x2="100%" y1="{}" y2="{}" stroke="{}"/>'
        '<text class="chart-soft" x="0" y="{}" font-size="11" fill="{}">{}{}</text>',
        f"{y:.1f}", f"{y:.1f}", GRID, f"{y - 3:.1f}", SOFT, _number(round(tick, 6)), unit,
    )  # fmt: skip


def _axis_label(place: str, label: str) -> SafeString:
    return format_html(
        '<text class="chart-text" x="{}" y="190" font-size="12" text-anchor="middle" fill="{}">{}</text>',
        place,
        INK,
        label,
    )


def _series(
    number: int, values: Sequence[Number | None], places: Sequence[str], scale: _Scale
) -> SafeString:
    colour, dashes = SERIES[number % 4]
    points = [
        (place, f"{scale.y(value):.1f}")
        for place, value in zip(places, values, strict=False)
        if value is not None
    ]
    strokes = format_html_join(
        "",
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="2" stroke-linecap="round" stroke-dasharray="{}"/>',
        (
            (*one, *two, colour, dashes or "none")
            for one, two in zip(points, points[1:], strict=False)
        ),
    )
    marks = format_html_join("", "{}", ((_marker(number, *point),) for point in points))
    return format_html('<g class="series-{}">{}{}</g>', number % 4 + 1, strokes, marks)


def _figures(
    series: Sequence[tuple[str, Sequence[Number | None]]],
    at: int,
    place: str,
    scale: _Scale,
    unit: str,
) -> SafeString:
    """The values at one place of the axis: the higher one above its point, the lower one below."""
    there = [
        (values[at], number) for number, (_name, values) in enumerate(series) if at < len(values)
    ]
    known = sorted(((value, -number) for value, number in there if value is not None), reverse=True)
    return format_html_join(
        "",
        '<text class="chart-value" x="{}" y="{}" font-size="12" text-anchor="middle" fill="{}" '
        'stroke="#FFFFFF" stroke-width="3" paint-order="stroke">{}</text>',
        (
            (
                place,
                f"{scale.y(value) + (18 if rank else -9):.1f}",
                SERIES[-number % 4][0],
                f"{_number(value)}{unit}",
            )
            for rank, (value, number) in enumerate(known)
        ),
    )


def _marker(number: int, place: str, y: str) -> SafeString:
    """A nested picture, because paths cannot be placed by percentage."""
    return format_html(
        '<svg x="{}" y="{}" width="1" height="1" overflow="visible"><path d="{}" fill="{}" stroke="#FFFFFF"/></svg>',
        place, y, MARKERS[number % 4], SERIES[number % 4][0],
    )  # fmt: skip


def _legend(number: int, name: str, values: Sequence[Number | None], unit: str) -> SafeString:
    colour, dashes = SERIES[number % 4]
    y = 214 + 22 * number
    last = next((value for value in reversed(values) if value is not None), None)
    return format_html(
        '<line x1="0" x2="32" y1="{}" y2="{}" stroke="{}" stroke-width="2" stroke-dasharray="{}"/>{}'
        '<text class="chart-text" x="42" y="{}" font-size="13" fill="{}">{} <tspan class="chart-soft" fill="{}">{}</tspan></text>',
        y, y, colour, dashes or "none", _marker(number, "16", f"{y}"), y + 5, INK, name, SOFT,
        "" if last is None else f"{_number(last)}{unit}",
    )  # fmt: skip


def _svg(
    kind: str,
    parts: Sequence[SafeString],
    *,
    title: str,
    described: str,
    height: float,
    linked: bool,
) -> SafeString:
    if not parts:
        nothing = gettext("Nothing to show yet")
        parts = [
            format_html(
                '<text class="chart-soft" x="0" y="20" font-size="14" fill="{}">{}</text>',
                SOFT,
                nothing,
            )
        ]
        described, height = nothing, 32
    name = "c" + sha256(f"{kind}{title}{described}".encode("utf-8", "replace")).hexdigest()[:10]
    return format_html(
        '<svg class="chart {}" role="{}" width="100%" height="{}" aria-labelledby="{}t" aria-describedby="{}d" '
        'xmlns="http://www.w3.org/2000/svg"><title id="{}t">{}</title><desc id="{}d">{}</desc>{}</svg>',
        kind, "group" if linked else "img", f"{height:g}", name, name, name, title, name, described,
        format_html_join("", "{}", ((part,) for part in parts)),
    )  # fmt: skip


def _linked(url: str, inside: SafeString) -> SafeString:
    return (
        format_html('<a href="{}">{}</a>', url, inside) if url else format_html("<g>{}</g>", inside)
    )


def _amount(row: Bar) -> str:
    if row.total is None:
        return _number(row.value)
    if not row.total:
        return "—"
    return f"{_number(row.value)}/{_number(row.total)} {100 * row.value / row.total:.1f}%"


def _listed(labels: Sequence[str], values: Sequence[Number | None], unit: str) -> str:
    return "，".join(
        f"{label} {'—' if value is None else _number(value) + unit}"
        for label, value in zip(labels, values, strict=False)
    )


def _number(value: Number) -> str:
    return str(int(value)) if float(value).is_integer() else f"{value:.2f}".rstrip("0")


def _percent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


def _place(at: int, count: int) -> float:
    # The first tenth belongs to the words of the grid.
    return 50.0 if count < 2 else 13 + 81 * at / (count - 1)


def _flag(tone: str) -> str:
    return "▲" if tone == "overdue" else ""


def _short(label: str) -> str:
    if units(label) <= LABEL_UNITS:
        return label
    kept = ""
    for char in label:
        if units(kept + char) > LABEL_UNITS - 2:
            break
        kept += char
    return kept + "…"
