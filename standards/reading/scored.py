"""Idioms of what is won and lost, as idioms.py has them: 有即得分, 否则倒扣2分, 责任书记2分."""

import re
from collections.abc import Callable


def _nothing(found: re.Match) -> None:
    return None


SCORED: tuple[tuple[str, re.Pattern, Callable], ...] = tuple(
    (type, re.compile(pattern), value)
    for type, pattern, value in (
        ("text", r"(?<=责任|承诺|协议|意见|建议|倡议)书(?=[计记][0-9.]+分)", _nothing),
        (
            "text",
            r"相应的?(?=措施|工作|制度|职责|责任|材料|资料|记录|台账|处理|整改|档案|机构|活动|计划)",
            _nothing,
        ),
        ("text", r"(?<=[定立善全订台有无])(?:考核|评分|计分|扣分)(?:办法|标准)(?!：)", _nothing),
        (
            "full",  # 有即得分，无不得分
            r"(?:即可|即|就|则|可)得分(?=[，。；）]|\Z)|(?<=[有成的到立展实])得分(?=，?(?:否则|反之|未|没|无|不(?!超)|缺))",
            _nothing,
        ),
        ("backward", r"(?:否则|反之)，?(?:倒扣|[得计记]-)(?=[0-9])", _nothing),
        ("lose", r"倒扣(?=[0-9.]+分[^。]*扣完(?:为止|即止))", _nothing),
    )
)
