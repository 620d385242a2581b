"""Lines without a database: one rule on one clause."""

from standards.models import Chapter, Clause
from standards.sheets import line

LABELS = {"label": "合格", "label_en": "In order"}


def make_line(*, steps, measures, maximum=600, **rule):
    clause = Clause(
        key="k", code="1.1", text="要求", chapter=Chapter(key="c"),
        rule={"measures": measures, "steps": steps, **rule},
    )  # fmt: skip
    return line(clause, maximum)


def measure(name, kind, **fields):
    return {"name": name, "kind": kind, "label": "项目", "label_en": "Item", **fields}


def parts(*keys):
    return [{"key": key, "label": f"要素{key}", "label_en": f"part {key}"} for key in keys]
