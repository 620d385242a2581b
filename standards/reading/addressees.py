"""Whom each step is for, where a cell names one kind after the other: 各镇每年推荐5人…；各街道每年推荐3人…."""

import re
from collections.abc import Sequence

from standards.reading.parts import Part

_KIND = re.compile(
    r"^各(?:[^，。；、0-9]{0,4}?)(?:乡镇|镇|乡|街道|开发区|园区|区|县|市|村|社区|学校|企业|医院|机关|部门|单位|党委|党工委|党总支|党支部|支部)(?:党委|党工委|党组|党总支|党支部)?"
)


def apart(parts: Sequence[Part]) -> None:
    """Only where every step names its own."""
    found = [_KIND.match(part.what) for part in parts]
    kinds = {one.group() for one in found if one}
    if not all(found) or len(kinds) < max(2, len(parts)):
        return
    for part, kind in zip(parts, found, strict=True):
        if len(part.what) > kind.end():
            part.values.setdefault("applies", kind.group())
            part.what = part.what[kind.end() :]
