"""What the form of a clause sends."""

from uuid import uuid4

from django.urls import reverse

NOTATION = "计量 ok 是否 名称=符合规定\n有无 ok"


def url(name, *args):
    return reverse(f"standards:{name}", args=args)


def clause_post(chapter, **changed):
    return {
        "client_key": str(uuid4()), "chapter": chapter.pk, "code": "1.2", "text": "新的要求",
        "mode": "carried", "severity": "general", "deadline_days": 15, "deadline_unit": "workdays",
        "rule_notation": NOTATION, "points_rural": "2.5",
    } | changed  # fmt: skip
