"""Numbers of findings and notices: per owner, year and series, taken under the counter's row lock."""

from datetime import date

from django.db.models import F

from branches.models import Organization
from inspections.models import Counter

FINDINGS, NOTICES, LETTERS = "finding", "notice", "letter"
DEFAULT_PREFIX = "ZG"


def finding_number(owner: Organization, *, on: date) -> str:
    """ZG-2026-0418"""
    counter = take(owner, on.year, FINDINGS)
    return f"{counter.prefix or DEFAULT_PREFIX}-{on.year}-{counter.value:04d}"


def notice_number(owner: Organization, *, on: date) -> str:
    """安组整〔2026〕5号; without a prefix of its own the owner's short name stands in front."""
    counter = take(owner, on.year, NOTICES)
    return f"{counter.prefix or owner.short_name}整〔{on.year}〕{counter.value}号"


def letter_number(owner: Organization, *, on: date) -> str:
    """安组换〔2026〕5号"""
    counter = take(owner, on.year, LETTERS)
    return f"{counter.prefix or owner.short_name}换〔{on.year}〕{counter.value}号"


def take(owner: Organization, year: int, series: str) -> Counter:
    """The counter moved on by one. Call inside a transaction: the update holds the row until its end."""
    row = {"owner": owner, "year": year, "series": series}
    Counter.objects.get_or_create(**row, defaults={"prefix": last_prefix(owner, year, series)})
    Counter.objects.filter(**row).update(value=F("value") + 1)
    return Counter.objects.get(**row)


def last_prefix(owner: Organization, year: int, series: str) -> str:
    earlier = Counter.objects.filter(owner=owner, series=series, year__lt=year).order_by("-year")
    return earlier.values_list("prefix", flat=True).first() or ""


def prefix_of(owner: Organization, series: str, *, on: date) -> str:
    return last_prefix(owner, on.year + 1, series)


def set_prefix(owner: Organization, series: str, prefix: str, *, on: date) -> None:
    Counter.objects.update_or_create(
        owner=owner, series=series, year=on.year, defaults={"prefix": prefix}
    )
