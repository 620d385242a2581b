"""How Word writes the numbers of its automatic lists, for the limited child."""

from collections.abc import Callable

CHINESE = "零一二三四五六七八九"
LEGAL = "零壹贰叁肆伍陆柒捌玖"
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def written(value: int, form: str) -> str:
    """Forms that are not known are written in digits, as Word itself does with what its language lacks."""
    return FORMS.get(form, str)(value)


def _enclosed(first: int, last: int) -> Callable[[int], str]:
    return lambda value: chr(first + value - 1) if 1 <= value <= last else str(value)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)] if value > 0 else str(value)


def _counted(digits: str, units: tuple[str, str, str]) -> Callable[[int], str]:
    def written(value: int) -> str:
        if not 0 < value < 1000:
            return str(value)
        hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
        text = digits[hundreds] + units[2] if hundreds else ""
        if tens:
            text += (digits[tens] if tens > 1 or hundreds else units[0]) + units[1]
        elif hundreds and ones:
            text += digits[0]
        return text + (digits[ones] if ones else "")

    return written


def _digits(zero: str, digits: str) -> Callable[[int], str]:
    return lambda value: "".join(zero if d == "0" else digits[int(d)] for d in str(abs(value)))


def _letters(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value > 0 else str(value)


def _roman(value: int) -> str:
    text = ""
    for worth, sign in ROMAN:
        text += sign * (max(value, 0) // worth)
        value = max(value, 0) % worth
    return text


_han = _counted(CHINESE, ("", "十", "百"))
_legal = _counted(LEGAL, ("壹", "拾", "佰"))
_wide = _digits("０", "０１２３４５６７８９")
_circled = _enclosed(0x2460, 20)

FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda value: "",
    "bullet": lambda value: "",
    "decimalZero": lambda value: f"{value:02d}",
    "numberInDash": lambda value: f"- {value} -",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _enclosed(0x2474, 20),
    "decimalEnclosedFullstop": _enclosed(0x2488, 20),
    "ideographEnclosedCircle": _enclosed(0x3280, 10),
    "chineseCounting": _han,
    "chineseCountingThousand": _han,
    "japaneseCounting": _han,
    "taiwaneseCounting": _han,
    "taiwaneseCountingThousand": _han,
    "ideographDigital": _digits("〇", CHINESE),
    "japaneseDigitalTenThousand": _digits("〇", CHINESE),
    "taiwaneseDigital": _digits("〇", CHINESE),
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "japaneseLegal": _legal,
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
}
