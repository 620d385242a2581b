"""A pasted table under review: what was read of each row, and what is decided about it."""

from uuid import uuid4

from accounts.tests.make import NOW
from standards import importing

HEAD = ["项目", "内容", "分值", "评分标准"]
SURE = "每少一次扣0.5分，扣完为止"
STRANGE = "参照有关文件精神掌握"


def paste(place, edition, *rows, key=None):
    text = "\n".join("\t".join(row) for row in rows)
    return importing.upload(
        place.officer, edition, text=text, fields=["rural"], client_key=key or uuid4(), now=NOW
    )


def rows(kept):
    kept.refresh_from_db()
    return kept.rows["rows"]


def state(kept):
    return [
        (row["reading"]["decision"], (row["values"].get("rule") or {}).get("steps"))
        for row in rows(kept)
    ]
