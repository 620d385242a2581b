"""What people and programs type into fields, by the kind of the field: (name, value, is it refused).

What is not refused may be taken, if nothing odd is stored. `*` at a kind: the field must not be empty.
"""

REFUSED, EITHER = True, False
Odd = tuple[str, str, bool]

NUL = ("NUL", "安\x00禾", REFUSED)
# A surrogate and the letters of GB18030 arrive as bytes that are no UTF-8.
SURROGATE = ("lone surrogate", "安\ud800禾", REFUSED)
NONCHARACTER = ("noncharacter", "安\ufffe禾\uffff", REFUSED)
LONG = ("100,000 characters", "长" * 100_000, REFUSED)
# Too long for every column as well, and several fields of that length fit into one sending.
LONGISH = ("20,000 characters", "长" * 20_000, REFUSED)
BIDI = "安\u202e禾\u2066县\u2069"
HIDDEN = "\u200b\u200d\ufeff\u2060"
CONTROLS = ("control characters", "安\x01\x0b\x1f禾", EITHER)
MARKUP = ("markup", '<script>alert(1)</script>"><img src=x onerror=alert(1)>{{7*7}}${x}', EITHER)
FORMULA = ("formula", "=HYPERLINK(1)\t＝1", EITHER)

LINE = [
    NUL, SURROGATE, NONCHARACTER, LONG, ("direction override", BIDI, REFUSED),
    ("zero width only", HIDDEN, EITHER), CONTROLS, MARKUP, FORMULA, ("emoji", "👨‍👩‍👧" * 3, EITHER),
]  # fmt: skip
PROSE = [
    NUL, SURROGATE, NONCHARACTER, LONG, ("direction override", BIDI, EITHER),
    ("zero width only", HIDDEN, EITHER), CONTROLS, MARKUP, FORMULA,
]  # fmt: skip
NEEDED = [
    ("empty", "", REFUSED),
    ("zero width only", HIDDEN, REFUSED),
    ("wide spaces", "\u3000\xa0 ", REFUSED),
]
DAYS = [
    ("2025-02-30", REFUSED), ("2025/2/30", REFUSED), ("99999-01-01", REFUSED), ("0001-01-01", REFUSED),
    ("9999-12-31", REFUSED), ("2026-13-45", REFUSED), ("24:00", REFUSED), ("1E3", REFUSED), ("NaN", REFUSED),
    ("٢٠٢٦-٠١-٠١", REFUSED), ("昨天", REFUSED), ("2026-01-01\x00", REFUSED), ("9" * 5_000, REFUSED),
    ("２０２５-１１-０３", EITHER), ("2025年11月3日", EITHER), ("2025.11.3", EITHER), ("45658", EITHER),
]  # fmt: skip
COUNTS = [
    ("1E3", REFUSED), ("NaN", REFUSED), ("Infinity", REFUSED), ("1e400", REFUSED), ("-1", REFUSED),
    ("2147483648", REFUSED), ("9" * 20, REFUSED), ("9" * 5_000, REFUSED), ("1_0", REFUSED), ("١٢", REFUSED),
    ("1.5", REFUSED), ("0x10", REFUSED), ("1\x00", REFUSED), ("二十", REFUSED), ("１２", EITHER),
]  # fmt: skip
POINTS = [
    ("1E3", REFUSED), ("NaN", REFUSED), ("Infinity", REFUSED), ("-1", REFUSED), ("1_0", REFUSED), ("١٢", REFUSED),
    ("0.001", REFUSED), ("9" * 20, REFUSED), ("9" * 5_000, REFUSED), ("5\x00", REFUSED), ("１２", EITHER),
]  # fmt: skip
CELLS = [(value, outcome) for value, outcome in COUNTS if value != "１２"] + [("99999", REFUSED)]
CHOICES = [
    ("zzz", REFUSED),
    ("\x00", REFUSED),
    ("\ud800", REFUSED),
    ("x" * 100_000, REFUSED),
    ("1E3", REFUSED),
]
ROWS = [
    ("99999999999999999999", REFUSED), ("-1", REFUSED), ("abc", REFUSED), ("1e400", REFUSED), ("1\x00", REFUSED),
    ("0", REFUSED), ("9" * 5_000, REFUSED),
]  # fmt: skip
# A press without a readable key may count as a new press (docs of each form); it may never fail.
KEYS = [
    (v, EITHER)
    for v in ("", "abc", "1" * 40, "\x00", "9" * 5_000, "{7d1a2c34-0000-4000-8000-000000000001}")
]
MOMENTS = [(v, EITHER) for v in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-11-20T24:00",
                                 "NaN", "\x00", "9" * 5_000, "2026-02-30T10:00:00+08:00")]  # fmt: skip
DUES = [(v, EITHER) for v in ("0007009999999999999999:workdays", "-1:days", "1E3:days", "١٢:days", ":", "\x00:days",
                              "9" * 5_000 + ":days")]  # fmt: skip
RULES = [
    NUL, SURROGATE, LONG, ("nonsense", "step short zzz", REFUSED), ("deep", "(" * 3_000, REFUSED),
    ("markup", "<script>", REFUSED), ("huge number", "count short 少\nstep short by 1e999", REFUSED),
]  # fmt: skip
# Sign-in says one sentence for every reason and beside no field.
CREDENTIALS = [
    ("", REFUSED), ("\x00", REFUSED), ("\ud800", REFUSED), ("x" * 10_000, REFUSED), ("known-name\u200b", REFUSED),
    ("known-name\u202e", REFUSED), ("' OR 1=1 --", REFUSED), ("KNOWN-NAME", REFUSED),
]  # fmt: skip
EMAILS = [
    NUL,
    SURROGATE,
    LONG,
    ("no address", "abc", REFUSED),
    ("direction override", "a\u202eb@c.cn", REFUSED),
]


def odd(kind: str, *, briefly: bool = False) -> list[Odd]:
    """The inputs for a field of this kind; `briefly` the worst of them, for fields of a kind tried before."""
    found = [row if len(row) == 3 else (shown(row[0]), *row) for row in BY_KIND[kind.rstrip("*")]]
    if kind.endswith("*"):
        names = {name for name, _value, _refused in NEEDED}
        found = [row for row in found if row[0] not in names] + NEEDED
    return (
        [LONGISH if row == LONG else row for row in found if row[1] in WORST] if briefly else found
    )


WORST = {NUL[1], SURROGATE[1], LONG[1], "", "2025-02-30", "9999-12-31", "1E3", "2147483648", "9" * 20, "١٢", "zzz",
         "\x00", "abc", "99999999999999999999", "1\x00"}  # fmt: skip


def shown(value: str) -> str:
    text = ascii(value)[1:-1]
    return text if len(text) < 30 else f"{text[:12]}… ({len(value)})"


BY_KIND = {
    "line": LINE, "prose": PROSE, "day": DAYS, "count": COUNTS, "points": POINTS, "cell": CELLS, "choice": CHOICES,
    "row": ROWS, "key": KEYS, "moment": MOMENTS, "due": DUES, "rule": RULES, "email": EMAILS,
    "credential": CREDENTIALS,
}  # fmt: skip
# What the two databases would take differently: each engine is asked.
BY_ENGINE = {
    NUL[1],
    SURROGATE[1],
    LONG[1],
    LONGISH[1],
    "2147483648",
    "9" * 20,
    "9" * 5_000,
    "9999-12-31",
    "0001-01-01",
}
