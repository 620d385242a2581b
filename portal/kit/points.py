"""Points are kept as whole hundredths (8650 is 86.5 points) so that sums are exact; this is their spelling."""

import re

from portal.kit.normal import NARROW


def show(hundredths: int | None) -> str:
    """8650 -> "86.5", 8600 -> "86", 5 -> "0.05", -50 -> "-0.5"; nothing known -> "—"."""
    if hundredths is None:
        return "—"
    whole, rest = divmod(abs(hundredths), 100)
    fraction = f".{rest:02d}".rstrip("0") if rest else ""
    return f"{'-' if hundredths < 0 else ''}{whole}{fraction}"


def signed(hundredths: int) -> str:
    """With its sign, for additions and deductions: 50 -> "+0.5", -50 -> "-0.5", 0 -> "0"."""
    return f"+{show(hundredths)}" if hundredths > 0 else show(hundredths)


def parse(text: str) -> int | None:
    """ "0.5" -> 50, full-width digits too; None for anything else, 1e3 and a third decimal included."""
    typed = text.translate(NARROW).strip()
    found = re.fullmatch(r"([+-]?)([0-9]{1,7})(?:\.([0-9]{1,2})0*)?", typed)
    if not found:
        return None
    hundredths = int(found[2]) * 100 + int((found[3] or "").ljust(2, "0"))
    return -hundredths if found[1] == "-" else hundredths
