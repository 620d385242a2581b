"""Idioms of words whose numbers count nothing, and of places that are counted: 《…100周年…》, 每村扣1分."""

import re
from collections.abc import Callable
from fractions import Fraction

from standards.reading.numerals import Size


def _nothing(found: re.Match) -> None:
    return None


_BODY = "村|所|校|站|班|院|厂|店|科室|企业|社区|学校|党?支部|单位|部门|镇|乡|街道"

ASIDES: tuple[tuple[str, re.Pattern, Callable], ...] = tuple(
    (type, re.compile(pattern), value)
    for type, pattern, value in (
        ("text", r"《[^《》]{1,120}(?:《[^《》]{1,60}》[^《》]{0,40})*》", _nothing),
        (
            "text",  # 违反村级权力清单三十六条规定
            r"(?:违反|触犯|突破|[未不](?:遵守|执行))[^，。；：、0-9扣得加每]{0,16}?[三四五六七八九十百]{1,4}(?:不准|个严禁|"
            r"(?:条|项)(?:相关|有关)?的?(?:规定|禁令|纪律|准则|底线|红线|清单|铁规|要求))(?=[^，。；0-9]{0,8}，|的|每|扣)",
            _nothing,
        ),
        (
            "text",  # 党员活动室六要素悬挂不规范
            r"(?<![缺少漏])[三四五六七八九十]个?(?:要素|件套|上墙)(?=[^，。；：、扣得加每缺少漏0-9]{1,14}(?:不|未|破损|混乱))",
            _nothing,
        ),
        ("text", r"(?:[1-5]A|A{2,5})级(?=[^，。；：、0-9扣得加的]{2})", _nothing),  # 3A级服务中心
        (
            "text",  # 每村2名后备干部要求未落实的，扣2分
            r"每个?(?:村|社区|党?支部|单位|组|校|乡镇|镇)[0-9二两三四五]{1,2}[名人个][^，。；：0-9扣得加每]{2,16}?(?:要求|任务|指标|目标|标准)(?=[未没不][^，。；0-9每]{1,8}，?扣)",
            _nothing,
        ),
        (
            "text",  # 予以问责（包括诫勉、通报批评的）每人加1分
            r"（[^（）；：0-9扣得加减每]{2,60}[、或][^（）；：0-9扣得加减每]{2,40}的(?:，?(?:以下|下同)[^（）0-9扣得加]{0,24})?）(?=的?，?(?:[一1每][人名次例起件]|[加扣][0-9]))",
            _nothing,
        ),
        (
            "level",  # 被市级（含）以上推广
            r"(?:国家|中央|省部?|市厅?|地市|州|县处?|区县|区|乡镇|镇|乡|街道|校|院|局|厂|集团|公司)级?（含(?:本级|同级)?）及?以上",
            _nothing,
        ),
        (
            "qty",  # 每项每次扣0.5分
            r"(?<=每)(?:(?P<thing>[项处件例户条])每次|次每(?P<other>[项处件例户条]))(?=的?，?[扣减加])",
            lambda found: Size(Fraction(1), f"{found['thing'] or found['other']}次"),
        ),
        (
            "floor",  # 基本分扣完为止
            r"(?:基本|基础|标准|基准)分(?:值)?扣[完光](?:为止|即止|止)?(?=[，。；）]|\Z)",
            _nothing,
        ),
        (
            "qty",  # 经费不落实的，每所扣1分
            rf"(?<=每)(?:{_BODY})(?=的?，?[扣减加][0-9])",
            lambda found: Size(Fraction(1), "个"),
        ),
    )
)
