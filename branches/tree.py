"""Paths of the organization tree: six base-36 digits per ancestor, so a subtree is one index range."""

STEP = 6
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def step(identity: int) -> str:
    """Six base-36 digits for a primary key (up to 2,176,782,335)."""
    digits = ""
    while identity:
        identity, rest = divmod(identity, 36)
        digits = DIGITS[rest] + digits
    if len(digits) > STEP:
        raise ValueError("organization id out of range")
    return digits.rjust(STEP, "0")


def ancestors(path: str) -> list[str]:
    """Paths from the root to the node itself."""
    return [path[:end] for end in range(STEP, len(path) + 1, STEP)]


def depth(path: str) -> int:
    return len(path) // STEP
