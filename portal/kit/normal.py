"""What people type or paste, brought to one form before anything else looks at it.

Two doors: `clean_line` for names, numbers and titles (one line, direction overrides refused because they make
one name look like another) and `clean_text` for prose (lines kept, direction overrides removed). Both refuse what
no keyboard makes: NUL, lone surrogates, noncharacters. `loose` never refuses; it is for search words.
"""

import re
import unicodedata

from django.utils.translation import gettext_noop as _

from portal.kit.refusal import Refusal

# U+FDD0..FDEF and the last two of every plane are noncharacters; Excel cannot reopen a file that has them.
_PLANE_ENDS = "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
# U+FFFD is what a decoder leaves where the bytes were no UTF-8.
FOREIGN = re.compile(f"[\x00\ud800-\udfff\ufdd0-\ufdef\ufffd{_PLANE_ENDS}]")
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Zero-width marks, soft hyphen, byte order mark and the fillers that draw nothing.
INVISIBLE = re.compile(
    "[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2060-\u2064\u2800\u3164\ufeff\uffa0]"
)
CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
BREAK = re.compile("\r\n|[\r\u0085\u2028\u2029]")
BETWEEN_HAN = re.compile(
    r"(?<=[\u3400-\u9fff\U00020000-\U0003ffff])\s+(?=[\u3400-\u9fff\U00020000-\U0003ffff])"
)
# Only width is folded: NFKC would also read ① as 1 and ² as 2.
NARROW = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
WIDE_DIGITS = {0xFF10 + digit: ord("0") + digit for digit in range(10)}


class Unclean(Refusal):
    """Characters that cannot be stored or shown."""


def clean_line(text: str) -> str:
    """One line: breaks and tabs become single spaces. Raises Unclean for direction overrides as well."""
    if BIDI.search(text):
        raise Unclean(
            _(
                "The text contains hidden characters that change its direction. Type it again instead of pasting it."
            )
        )
    return re.sub(r"[ \t\n]+", " ", clean_text(text)).strip()


def clean_text(text: str) -> str:
    """Prose: line breaks kept as `\\n`. Raises Unclean for characters that no database or workbook can hold."""
    if FOREIGN.search(text):
        raise Unclean(
            _("The text contains damaged characters. Type it again instead of pasting it.")
        )
    return _tidy(text)


def loose(text: str) -> str:
    """Search words: whatever is unusable is dropped, nothing is refused."""
    return re.sub(r"\s+", " ", digits(_tidy(FOREIGN.sub("", text)))).strip()


def visible(text: str) -> str:
    """What is seen of a cell of a file: marks that draw nothing are dropped, every kind of line break is `\\n`."""
    return _tidy(text.replace("\x0b", "\n"))


def person(name: str) -> str:
    """A person's name without the space that tables put between two Han characters (张　三)."""
    return BETWEEN_HAN.sub("", clean_line(name))


def digits(text: str) -> str:
    """Full-width digits as ASCII; every other script's digits stay as they are and fail later."""
    return text.translate(WIDE_DIGITS)


def folded(text: str) -> str:
    """The form in which two spellings of one name are equal: width, case, spaces and composition do not count."""
    return re.sub(
        r"\s+", "", unicodedata.normalize("NFKC", _tidy(FOREIGN.sub("", text)))
    ).casefold()


def initials(name: str) -> str:
    """First letters of the pinyin, lower case (双井村 -> sjc); Latin letters and digits stay, the rest is left out."""
    # Imported here: its tables take tens of megabytes, which only the processes that save names should carry.
    from pypinyin import Style, lazy_pinyin

    letters = lazy_pinyin(
        unicodedata.normalize("NFKC", name), style=Style.FIRST_LETTER, errors=list
    )
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum()).lower()


def _tidy(text: str) -> str:
    lines = BREAK.sub("\n", text)
    seen = CONTROL.sub("", INVISIBLE.sub("", BIDI.sub("", lines)))
    return unicodedata.normalize("NFC", seen).strip()
