"""What stands above a table: its title, the section it belongs to, the word that it goes on from the page before."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.kit.layouts import Grid
from portal.kit.points import parse
from standards.reading import tableheads as heads
from standards.reading.tablecell import lone
from standards.reading.tabletext import (
    AMOUNT,
    GROUP_NUMBER,
    NOTES,
    PLAIN,
    SIGNED,
    brackets,
    continues,
    kind_of,
    narrow,
    one_line,
    plain,
    sums,
)

TITLE = re.compile(
    r"(?:表|标准|细则|办法|清单|方案|体系|考核|考评|评分|指标|评价)(?:[(（].*[)）])?$"
)
ATTACHED = re.compile(r"^附(?:件|表|录)?[\d一二三四五六七八九十]*[:：]?")
# 附件2：党支部考核表
ATTACHED_TITLE = re.compile(r"^附[件录]\s*[\d一二三四五六七八九十]*\s*[:：\s]\s*(?=\S{4})")
# 农村党支部考核表 and 机关党支部考核表 are two standards.
BRANCHES = re.compile(
    "农村|村级|社区|机关|学校|高校|医院|国企|国有企业|非公|两新|社会组织|离退休|事业单位"
)
BLANK_LINE = re.compile(
    r"(?:单位|名称|时间|日期|支部|得分|姓名)(?:[(（].*?[)）])?[:：]|[_＿]{2,}|年月日$"
)
QUALIFIER = re.compile(r"^[(（〔【].{1,30}[)）〕】]$")
# Brackets behind a title that say how it was issued and not which standard it is.
ISSUED = re.compile(
    r"[(（〔【\[](?:"
    r"试行|暂行|(?:试行|征求意见|讨论|修订|修改|送审|审议|定|草|初|样|会签)稿?本?|[^()（）]{0,12}(?:修订|修改|修正|版|年版)|"
    r"[^()（）]{0,24}(?:印|制|发|印发|制发|编制|监制)|"
    r"(?:\d{4}|[〇零一二三四五六七八九]{4})(?:[-—~至]\d{4})?(?:年度?)?(?:第?[一二三四1-4]季度|[上下]半年)?|"
    r"(?:[^()（）]*[^\d])?\d{1,4}(?:\.\d+)?分(?:制)?|续表?\d*"
    r")[)）〕】\]]$"
)  # fmt: skip
# （共100分，单项分值扣完为止）
TOTAL_AND_MORE = re.compile(
    rf"[(（](?:共计?|总分|满分|总计|合计)[为:：]?(?P<said>{AMOUNT})分[,，;；。][^()（）]+[)）]$"
)
PAGE = re.compile(r"[(（]?续表?\d*[)）]?$|^续(?:表\d*)?")
ASIDE = re.compile(r"[(（].*?[)）]")
NUMBERED = re.compile(r"^(?:附?表)[\d一二三四五六七八九十]{1,3}[-:：、.．\s]*(?=[^\d\s])")
FORM = re.compile(r"(?:考核|考评|评分|验收|评定|检查|评价|测评)*(?:表|标准|细则|办法|指标)$")
ORDINAL = re.compile(r"[(（](?:[一二三四五六七八九十]{1,2}|\d{1,2})[)）]$")
LABEL = re.compile(r"^[\d(（]|[:。；;,，]")
LONGEST_END = 18
LONGEST_LINE = 60
# A title over two lines, but not the office that issues it, a sentence, a qualifier or another title.
NO_BEGINNING = re.compile(
    r"[，。；,;]|[)）]$|\d号$|(?:部|委|办|局|室|会|月|日|年|度)$|(?:表|细则|办法|清单|方案)$"
)
# 二、验收内容 says that a table follows, not what its clauses have in common.
GENERAL = re.compile(
    r"^(?:考核|考评|验收|评分|评定|检查|评价|测评|评估|创建|达标|量化|具体|主要|星级|评星|考察|指标|计分|扣分|打分|"
    r"内容|标准|细则|体系|要求|要点|项目|办法|方法|方式|分值|表|及|和|与|、)+$"
)

# 一、基础分（100分） above the groups that its points are for.
BASIC = re.compile(r"^(?:基础|基本|常规|日常)(?:考核|考评|评价)?(?:得分|分值?|项目?|指标|部分)$")


# 总分100分, 实行百分制, but no threshold (总分90分以上为优秀) and no share of it (每项满分10分).
STATED = re.compile(
    rf"(?:总分值?|满分值?|总计|合计|共计)(?:为|是|:|均为|设为|共)?(?P<said>{AMOUNT})分(?:制|[。；;,，、)）]|$)|"
    r"(?P<hundred>百分制|100分制)"
)
NOT_OF_ALL = re.compile(
    r"加分|附加|以上|以下|不低于|达到|(?:每|各|单|该|本|此|分)(?:一?[项条个章类]|部分|指标|板块|领域)[^。；;]{0,6}$|折算|占"
)


@dataclass
class Part:
    """A table with what is written above it since the one before.

    section: the group its paragraphs open. resumed: it goes on where the table before it was cut.
    """

    grid: Grid
    head: heads.Head
    before: list[str] = field(default_factory=list)
    section: str = ""
    resumed: bool = False


def opens_section(line: str) -> bool:
    """一、组织建设, 加分项; a title that says （含加分项） opens none."""
    return bool(GROUP_NUMBER.match(narrow(line))) or kind_of(ASIDE.sub("", line)) != PLAIN


def is_title(line: str) -> bool:
    """A short line that ends like a title and is neither numbered nor a sentence."""
    tight = plain(_detached(line))
    return (
        len(tight) <= LONGEST_LINE
        and bool(TITLE.search(tight))
        and not opens_section(line)
        and not LABEL.search(tight)
    )


def general(section: str) -> bool:
    """A heading of the document such as 二、考核内容, or of all that is no bonus: 一、基础分（100分）."""
    name = GROUP_NUMBER.sub("", plain(section)).strip(":")
    if BASIC.match(ASIDE.sub("", name)):
        return True
    return not brackets(section) and bool(GENERAL.match(name))


def title(part: Part) -> str:
    """The last line above the table that looks like a title, with the line it continues and its qualifier."""
    lines = [line for line in title_lines(part, every=True) if line != part.section]
    likely = [
        at for at, line in enumerate(lines) if TITLE.search(plain(line)) and not opens_section(line)
    ]
    if not likely:
        plain_lines = [
            line for line in lines if not opens_section(line) and not QUALIFIER.match(line)
        ]
        return one_line(plain_lines[-1]) if plain_lines else ""
    at = likely[-1]
    found = one_line(lines[at])
    if at and len(found) <= LONGEST_END and not NO_BEGINNING.search(lines[at - 1]):
        found = one_line(lines[at - 1]) + found
    following = lines[at + 1] if at + 1 < len(lines) else ""
    return found + one_line(following) if QUALIFIER.match(following) else found


def unissued(name: str) -> str:
    """考核细则（试行）（满分50分） -> 考核细则."""
    before = ""
    while name != before:
        before = name
        found = ISSUED.search(name)
        name = name[: found.start()].rstrip() or name if found else name
    return name


def branches(part: Part) -> set[str]:
    """The kinds of branches that the title or the sheet says it is for."""
    return set(BRANCHES.findall(plain(title(part)))) or set(BRANCHES.findall(part.grid.name))


def first_of_several(part: Part) -> str:
    """组织星（100分） right above the heading, when 产业星（100分） stands alone further down: a group, no title."""
    top, last = part.head.rows
    first = lone(part.grid, top - 1) if top > 0 else ""
    if not _pointed(first):
        return ""
    rest = (lone(part.grid, at) for at in range(last + 1, len(part.grid.text)))
    later = [text for text in rest if _pointed(text) and plain(text) != plain(first)]
    return first if any(not GROUP_NUMBER.match(narrow(text)) for text in later) else ""


def _pointed(line: str) -> bool:
    return bool(brackets(line)) and not sums(line) and not TITLE.search(plain(line))


def part_name(line: str) -> str:
    """表1 组织建设评分表（40分） -> 组织建设（40分）, the name of a group; other lines stay."""
    found = NUMBERED.match(line)
    if not found:
        return line
    marks = brackets(line)
    end = marks[-1].start if marks else len(line)
    return (FORM.sub("", line[found.end() : end].strip()) or line[found.end() : end]) + line[end:]


def same_title(one: str, other: str) -> bool:
    """The title of a page that goes on, 考核表（续）, is the one of its table."""
    return plain(PAGE.sub("", unissued(one_line(one)))) == plain(unissued(one_line(other)))


def stated_total(part: Part) -> int | None:
    """评价满分100分 in a paragraph above the table; nothing where two of them differ."""
    inside = (lone(part.grid, at) for at in range(max(part.head.rows[0], 0)))
    lines = [line for line in (*part.before, *inside) if line and not opens_section(line)]
    said = {points for line in lines for points in _totals(plain(line))}
    return said.pop() if len(said) == 1 else None


def _totals(line: str) -> Iterator[int]:
    for sentence in re.split("[。；;]", line):
        for found in STATED.finditer(sentence):
            before = sentence[: found.start()]
            if not NOT_OF_ALL.search(before):
                yield parse(found["said"] or "100") or 0


def title_lines(part: Part, *, every: bool = False) -> list[str]:
    """Lines above the heading, in the table and before it, that may be titles."""
    top = part.head.rows[0] if part.head.rows[0] >= 0 else 0
    inside = []
    for at in range(top):
        text = lone(part.grid, at)
        if text:
            inside += text.split("\n") if every else [text]
    lines = [line.strip() for line in (*part.before, *inside) if line.strip()]
    return [line for line in map(_detached, lines) if _may_be_title(line, every=every)]


def _detached(line: str) -> str:
    if ATTACHED.match(line) and len(line) < 8:
        return ATTACHED.sub("", line).strip()
    return ATTACHED_TITLE.sub("", line)


def _may_be_title(line: str, *, every: bool) -> bool:
    tight = plain(line)
    return (
        bool(line)
        and len(tight) <= LONGEST_LINE
        and not continues(line)
        and not BLANK_LINE.search(tight)
        and not NOTES.match(tight)
        and not (SIGNED.search(tight) and not TITLE.search(tight))
        and (every or bool(TITLE.search(tight)))
    )
