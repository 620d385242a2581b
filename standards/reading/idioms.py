"""Phrases with so many small variants that listing them in the lexicon would hide the rule."""

import re
from collections.abc import Callable
from fractions import Fraction

from standards.reading.numerals import ARABIC, CHINESE, number

_N = rf"(?:{ARABIC}|{CHINESE})"
_THIS = r"(?:本|该|此)?(?:项|条|小项|指标|项目)?(?:目|得)?(?:全部|所有)?(?:分值|分数|得分|分)?"
_ZERO = r"(?:0|零)分?"
_LET_OFF = (
    r"(?:不予?扣分?|免扣|(?:只|仅)?(?:提醒|警示|提示|告知|批评教育|口头提醒)(?:教育)?(?:不扣分)?)"
)
_BEYOND = r"超(?:过|出)(?:的|部分|的部分|次数的?)(?:，|(?=每))"
# What a branch may have or not.
_SUCH = (
    r"(?:党小组|支委会|支部委员会|党总支|预备党员|流动党员|离退休党员|退休党员|入党积极分子|发展对象|下属支部|下属党支部|集体经济|"
    r"驻村工作队|群团组织|困难党员|发展(?:党员)?(?:任务|计划)|换届任务)"
)
_OF_ALL = r"(?:应到会?|应参会|应参加|全体|党员|支部|总)[^，。；0-9、]{0,6}的?"
_FROM_NOW = r"(?:之后|此后|以后|其后|后面|再次|再犯|再有)"


def _nothing(found: re.Match) -> None:
    return None


def _range(found: re.Match) -> tuple[Fraction, Fraction]:
    return Fraction(found["low"]), Fraction(found["high"])


def _free(found: re.Match) -> Fraction | None:
    """第一次不扣，第二次起: so many are free; None where the two do not follow on each other."""
    first = number(found["let"]) if found["let"] else Fraction(1)
    begins = number(found["from"]) if found["from"] else first + 1
    return first if begins == first + 1 else None


def _allowed(found: re.Match) -> Fraction | None:
    """两次以内不扣分，从第三次起: the numbers follow on each other."""
    many = number(found["let"] or found["kept"])
    begins = number(found["begin"]) if found["begin"] else None
    return many if begins is None or begins == many + 1 else None


# Type, pattern, value. `free` without a value fits no pattern of the grammar that asks for one.
IDIOMS: tuple[tuple[str, re.Pattern, Callable], ...] = tuple(
    (type, re.compile(pattern), value)
    for type, pattern, value in (
        (
            "free",
            rf"(?:第?(?P<let>{_N})次|首次|初次)(?:的|发生|发现)*{_LET_OFF}的?[，；。]*"
            rf"(?:从|自)?(?:第(?P<from>{_N})次(?:起|开始|及以上|以后)*|{_FROM_NOW})的?[，]?",
            _free,
        ),
        (
            "free",  # 允许缺席2次，超过的; 两次以内不扣分，从第三次起
            rf"(?:允许|可以?)(?:缺席|请假|缺勤|缺课|迟到|早退|缺会|缺|少)?(?P<let>{_N})次(?:以内|之内)?，{_BEYOND}|"
            rf"(?P<kept>{_N})次(?:以内|之内|及以下|内)的?{_LET_OFF}的?[，；]"
            rf"(?:(?:从|自)?第(?P<begin>{_N})次(?:起|开始|及以上|以后)+的?，?|{_BEYOND})",
            _allowed,
        ),
        (
            "whom",  # 划分党小组的，未明确组长的扣1分: where the rule applies
            rf"(?<![^；。：）])(?:当年|年内|本年度)?(?:划分|设立|设有|设置|设|成立|建有|建立|配备|有)(?:了)?{_SUCH}"
            r"的(?:党?支部|党组织|单位|村|社区|企业)?(?=，"
            r"(?![得加计记奖扣各均可直评定]|每(?:[有个名人位]|增加|发展)|不得|不扣|不参|不予|一票|一律|酌)|\Z)",
            _nothing,
        ),
        ("whom", rf"(?<![^；。：）])(?:如果|如|若)有{_SUCH}(?:的)?(?=，)", _nothing),
        (
            "odd",  # 高于全县平均水平: against peers
            r"(?:高于|低于|超过|超出|达到|达不到|未达到?|不低于|不及|好于|优于|处于)[^，。；0-9]{0,8}?"
            r"(?:平均(?:水平|数|值|线|分)|中等水平|均值)",
            _nothing,
        ),
        (
            "below",  # 参会人数未达应到人数80%
            rf"(?:未达到?|达不到|没达到|不足|低于|少于|不到){_OF_ALL}(?=[0-9]{{1,3}}(?:\.[0-9]+)?%)",
            _nothing,
        ),
        ("least", rf"(?:达到|不低于|不少于|达){_OF_ALL}(?=[0-9]{{1,3}}(?:\.[0-9]+)?%)", _nothing),
        (
            "text",
            r"每个?(?:党?支部|党组织|村|社区)(?=[^扣得加缺，。；]{1,16}?(?:不少于|至少|达到|少于|低于))",
            _nothing,
        ),
        ("fill", r"(?:当年|本年度|当年度|该年度)(?=不得|不能|取消|直接|一票|不评)", _nothing),
        ("fill", r"[二三四五](?:个?级别?|个层级|个层次)(?=分别|各|，)", _nothing),
        (
            "ungraded",
            r"取消(?:当年|本年度|年度|该年度)(?:参评|评定|评星|评星定级|定级)资格",
            _nothing,
        ),
        ("fill", r"(?:直至|直到)(?=扣[完满到足][0-9])", _nothing),
        ("fill", r"(?:仅有?|只有)(?=[0-9一二两三]次(?:的)?[得扣，])", _nothing),
        ("level", r"[一二](?=(?:、[一二三])*、[二三]等奖)", _nothing),
        (
            "text",  # 有固定场所（不少于30平方米）得1分
            r"（(?!每|全年|含|不含|目标|标准|以|按)[^（）；：、分扣得加]{2,20}(?<!适用)(?<!支部)(?<!的)）(?=的|[扣得][0-9])",
            _nothing,
        ),
        (
            "range",  # 在0-2分内打分
            rf"在?(?P<low>{ARABIC})分?(?:-|至|到)(?P<high>{ARABIC})分(?:之间|之内|以内|(?:范围|区间|幅度)?内)",
            _range,
        ),
        ("pct", r"一半(?=及?以[上下])", lambda found: Fraction(50)),
        ("per", r"(?<![未不没能])(?:按|逐)月(?=召开|开展|组织|举行)", lambda found: "month"),
        ("per", r"(?<![未不没能])(?:按|逐)季度?(?=召开|开展|组织|举行)", lambda found: "quarter"),
        (
            "per",
            r"(?<![^，。；：、])半年(?:内|应)?(?=[^，。；：、0-9内少缺每漏]{1,10}[一1]次)",
            lambda found: "half",
        ),
        (
            "floor",
            rf"(?:直至|直到)?{_THIS}[扣减](?:完|光|尽|至0分?|到0分?|至零分?|到零分?){_THIS}(?:即止|为止)|"
            rf"(?:直至|直到)[扣减](?:完|光|尽)(?=[，。；）]|\Z)|"
            rf"[扣减](?:完即止|(?:至|到){_ZERO}(?:即止|止)?(?=[，。；）]|\Z))|"
            r"不计负分|不倒扣|不扣负分|不得负分|[得加]满为止|最低(?:得|扣至|扣到|为)?0分|最多扣(?:至|到)0分",
            _nothing,
        ),
        (
            "under",
            r"(?:可以?|允许)?(?:扣|减|倒扣|计|记|得)(?:为|至|到|成)?负(?:分|数|值)(?=[，。；）]|\Z)",
            _nothing,
        ),
        ("quoted", r"“(?!一票否决|不得分)[^”]{1,60}”", _nothing),
        (
            "ungraded",
            r"不(?:纳入|列入)(?:本年度|当年|年度|星级)?(?:考评|评定|定级|评星)(?=[，。；）]|\Z)|"
            r"不(?:得|能|予|再)?参(?:加|与)[^，。；、扣得加0-9]{0,12}?(?:评定|定级|评星|评级|考评|考核|测评)(?![^，。；：）])",
            _nothing,
        ),
        (
            "one_of",
            r"(?:凡是?)?(?:有|出现|发生|存在|具有|符合|属于)?(?:下列|以下|下述)(?:各种|各类|几种)?"
            r"(?:情形|情况|问题|行为)(?:之一|任意?一[项种]|的?任何一[项种])?(?:者|的)?(?=[，：不一直本该实取])",
            _nothing,
        ),
        (
            "largest",
            r"(?:获得?)?同(?:一|类)[^，。；0-9]{0,8}?(?:就高|取最高|按最高|取高|只取最高|只计最高|以最高)[^，。；0-9]{0,8}|"
            r"(?:只|仅)?(?:取|按|计)?(?:就高|最高)(?:分|项|奖项|级别|档|一项|等次|标准)*(?:计分|加分|计算)?不(?:累计|累加|重复|叠加)[^，。；0-9]{0,4}",
            _nothing,
        ),
        (
            "once",
            r"同一[^，。；0-9]{1,8}?(?:只计|只加|只扣|只算|不重复|不累计|不累加|不得重复|不再)[^，。；0-9]{0,8}",
            _nothing,
        ),
        (
            "text",  # 六项制度缺一项: how many there are is part of the name
            r"[二两三四五六七八九十]{1,2}(?:项|个(?!月|季|星|小)|种|本|类|簿)[^，。；：、扣得加每缺少漏有的0-9]{1,8}(?=，?每?(?:缺少?|少|漏)[一1](?![人名位]))",
            _nothing,
        ),
        ("date", rf"连续{_N}(?:个月|次|年|个季度|季度|天|日|周)(?:及?以上)?", _nothing),
        ("fill", rf"(?:分为|分)?{_N}个(?:等次|档次|等级|档(?!案))", _nothing),
        ("incl", r"（含[0-9.]*%?(?:本数|分|人|次)?）", _nothing),
        ("excl", r"（不含[0-9.]*%?(?:本数|分|人|次)?）", _nothing),
        (
            "method",
            r"(?<![^，。；：（])(?:查看|查阅|翻阅|听取|实地查看|现场查看)[^，。；：、未不无没发0-9的]{1,12}(?=[，。；：）]|\Z)",
            _nothing,
        ),
        ("method", r"以[^，。；、0-9扣得加]{1,12}为(?:准|据|依据)", _nothing),
    )
)
