"""Graded words, each row on one scale."""

import re
from collections.abc import Sequence

# Words that stand on one scale, best first; the first is what the others fall short of.
SCALES = (
    ("好", "很好", "较好", "中", "一般", "较差", "差", "不好"),
    ("优", "优秀", "良", "良好", "中", "一般", "较差", "差"),
    ("优秀", "良好", "优良", "合格", "及格", "基本合格", "不合格", "不及格", "差"),
    ("优秀", "称职", "基本称职", "不称职"),
    ("满意", "较满意", "比较满意", "基本满意", "一般", "较差", "不满意", "差"),
    ("一类", "二类", "三类", "四类"),
    ("A级", "B级", "C级", "D级"),
    ("A等", "B等", "C等", "D等"),
    ("A档", "B档", "C档", "D档"),
    ("一等", "二等", "三等"),
    ("甲等", "乙等", "丙等"),
    ("甲", "乙", "丙"),
    ("一档", "二档", "三档"),
    ("第一档", "第二档", "第三档", "第四档", "第五档"),
    ("符合", "完全符合", "基本符合", "部分符合", "一般", "不符合", "差"),
    ("完全达标", "基本达标", "不达标"),
    ("到位", "较到位", "基本到位", "一般", "不够到位", "不到位", "差"),
    ("明显", "较明显", "一般", "不明显"),
    ("规范", "较规范", "基本规范", "一般", "不太规范", "不够规范", "不规范", "差"),
    ("完整", "较完整", "基本完整", "不够完整", "不完整"),
    ("齐全", "较齐全", "基本齐全", "不够齐全", "不齐全", "不全"),
    ("健全", "完全健全", "较健全", "基本健全", "不够健全", "不健全"),
    ("完善", "较完善", "基本完善", "不够完善", "不完善"),
    ("先进", "中间", "后进"),
    ("及时", "较及时", "基本及时", "不够及时", "不及时"),
    ("完成", "全部完成", "基本完成", "部分完成", "未完成"),
    ("强", "较强", "一般", "较弱", "弱"),
    ("显著", "明显", "较明显", "一般", "不明显"),
    ("显著", "较显著", "比较显著", "一般", "不够显著", "不显著"),
    ("突出", "较突出", "比较突出", "一般", "不够突出", "不突出"),
)

# Who passes loses nothing where only what falls short of it does.
_ENOUGH = ("合格", "称职")
_TOPS = ("优秀", "很好", "完全", "全部")


def best(names: Sequence[str], scale: Sequence[str]) -> str:
    """What 基本合格扣1分，不合格扣3分 falls short of: 合格, not 优秀."""
    first = min(map(scale.index, names))
    return next((name for name in _ENOUGH if name in scale[:first]), scale[0])


def is_top(name: str, scale: Sequence[str]) -> bool:
    return name == scale[0] or name.startswith(_TOPS)


_DEGREES = "完全|全部|非常|很|较为?|比较|基本|大部分|部分|不够|不太|不|未|没有|没|无"


def alike(names: Sequence[str]) -> bool:
    """达标, 基本达标, 不达标: one word in degrees."""
    stem = re.escape(min(names, key=len, default=""))
    apart = len(set(names)) == len(names) > 1
    return bool(stem) and apart and all(re.fullmatch(f"(?:{_DEGREES})?{stem}", n) for n in names)
