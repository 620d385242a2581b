"""The reader's language in the short form of the rule language: zh or en."""

from django.utils.translation import get_language


def reader() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"
