"""What the columns of scoring tables are called. To teach a heading, add its word to NAMES."""

import re
from functools import lru_cache

from standards.reading.tabletext import plain

LEVEL, POINTS, RULE, METHOD, EVIDENCE = "level", "points", "rule", "method", "evidence"
NUMBER, CADENCE, CHECKER, UNIT, BASIS, IGNORED = (
    "number",
    "cadence",
    "checker",
    "unit",
    "basis",
    "ignored",
)
EITHER, GRADE, AMOUNT = "either", "grade", "amount"
# What stands beside a clause and is kept as it is printed.
BESIDE = (METHOD, EVIDENCE, CADENCE, CHECKER, UNIT, BASIS)
_WHAT = r"(?:考核|考评|评价|检查|评定|评议|验收|考查|测评|评估|评比|创建|达标|督查|量化)?"
_WITH_RULE = r"(?:及|和|与|、)(?:评分|计分|扣分|考核|考评|评价)(?:标准|细则|办法|方法)$"
# 考核内容及评分标准: one cell says what is asked for and how it is scored.
WITH_RULE = re.compile(_WITH_RULE)
# 检查方法及评分标准: 查看记录。少一次扣1分 says where to look as well.
WITH_METHOD = re.compile(r"(?:检查|考核|考评|查验|核查|验收|评价)(?:办法|方法|方式)(?:及|和|与|、)")
# The first pattern that fits the whole name decides, so the special stands before the general.
NAMES = (
    (LEVEL, r"(?:一票)?否决(?:情形|事项|项目|内容|条件|情况)|(?:负面|具体)情形"),
    (RULE, r"(?:一票)?否决项"),
    (RULE, r"结果|(?:否决|处理|处置)?(?:后果|处理意见|处理方式|处理结果|处理办法)"),
    (RULE, r"(?:分值|分数|满分)(?:及|和|与|、)(?:评分|计分|扣分|考核|赋分)?(?:标准|细则|办法)"),
    (RULE, r"不得分(?:情形|条件|情况|事项|项)|(?:得分|扣分|加分|减分|失分|赋分|评分)点"),
    (AMOUNT, r"(?:扣分|加分|减分|扣减|奖分|奖励)(?:项目?|事项|内容|情形)?(?:分值|分数|数额|幅度|值|额度)"),
    (RULE, r"(?:扣分|加分|减分|奖分)(?:项目?|事项|内容)?(?:情形|条件)|(?:扣分|加分|减分)(?:项目?|事项)(?:及|和|与)?(?:标准|内容)?"),
    (POINTS, r"(?:单项|本项|每项)?(?:最高|最多)(?:可?[加得])?(?:分值?|限额)|(?:加分|奖分|分值)(?:上限|限额|最高分值?)|最高加分值?"),
    (GRADE, r"优秀?|良好?|好|较好|较差|一般|中等?|差|(?:不|基本)?合格|(?:不|未|基本)?达标|[abcd][级档等]|[一二三四][档等]"),
    (RULE, rf"{_WHAT}(?:评分|计分|记分|扣分|加分|打分|赋分|给分|得分|减分|扣减|奖惩|加扣分|量化)(?:标准|细则|办法|方法|方式|说明|规则|要求|情形|要点|依据及标准|标准及办法)(?:及.*|和.*)?|具体(?:操作|评分)(?:办法|方法|细则)?|操作(?:办法|细则|说明)"),
    (RULE, rf"{_WHAT}(?:标准|细则|办法)?(?:及|和|与|、)?(?:评分|计分|扣分)(?:标准|细则|办法|方法|规则)|评分细则.*|评分标准.*|扣分项目及标准"),
    (RULE, rf"{_WHAT}(?:办法|方法|方式)(?:及|和|与|、)(?:评分|计分|扣分|考核|考评)?(?:标准|细则)"),
    (POINTS, r"(?:应|标准|基本|基础|规定|额定)得分"),
    (IGNORED, r".*(?:自评|自查|自检|得分|实得|初评|复评|终评|复核|审核|初验|备注|说明|存在问题|签字|扣分原因|扣分理由|扣分情况|扣分事由|完成情况|落实情况|考核情况|检查情况|考核结果|核查结果|(?:评议|考核|检查|验收|评定)分(?![值类项])|扣分数|扣分值|是否达标|是否完成|排名|名次|位次|人数|电话|日期).*|(?:考核|考评|检查|评定|测评|验收|[县乡镇校院]评|党委评|上级评)"),
    (POINTS, rf"{_WHAT}(?:分值|标准分值?|分数|满分|基准分|基本分|基础分|配分|赋分|应得分?|权重分?|分值权重|项目分值?|单项分值?|规定分值?|总分值?|标分|分|值|满分值|额定分|(?:标准|基本|指标|项目)分数|分数值|小项分|指标分|分数设置|[^及和与、实]{{0,4}}分值(?:设置|分配|设定)?)"),
    (NUMBER, r"序号|序|编号|条目号|条目编号|项号|no\.?|#|号"),
    (METHOD, rf"{_WHAT}(?:检查|查验|查看|核查|考核|考评|评价|查阅|测评|验收|考察|评估)(?:方式|方法|途径|手段|形式)(?:.*)?|方法|方式|检查办法"),
    (EVIDENCE, r".*(?:佐证|印证|备查|支撑|证明|举证|台账|档案|查阅|查验|检查|评审|所需|提供|报送|核查|考核|考评)(?:的)?(?:材料|资料|依据|清单|目录|内容清单)(?:.*)?|资料|材料|资料清单|材料清单|台账资料|档案资料|佐证|印证"),
    (CADENCE, rf"{_WHAT}(?:周期|频次|频率|时段|时限|时间|完成时限|完成时间|考核时间)"),
    (CHECKER, r"(?:考核|检查|评分|考评|评价|打分|赋分|督查|验收|测评)(?:责任|牵头|实施)?(?:单位|部门|科室|主体)"),
    (UNIT, r"(?:责任|牵头|负责|实施|主管|承办)(?:单位|部门|科室|主体)"),
    (IGNORED, r"(?:责任|牵头|考核|检查|评分|考评|负责|实施|评价|主管)人|数据(?:单位|部门|来源)"),
    (BASIS, r"(?:政策|文件|制度|法规|考核|评价)?依据"),
    (EITHER, rf"{_WHAT}(?:标准|细则|办法|评分|打分|扣分|加分|奖分|细化标准|评定办法)"),
    (LEVEL, rf".{{0,6}}(?:内容|要求|要点|要素|指标|项目)(?:{_WITH_RULE}|(?:及|和|与|、)(?:其)?(?:分值|分数|赋分)$)"),
    (LEVEL, r".{0,6}(?:项目|类别|分类|指标|内容|目标|要求|要点|条目|任务|章节|章|板块|部分|模块|要素|观测点|维度|事项|环节|类型|方面|标准|大项|小项|子项|分项|名称|要件|职责|细目|事宜|步骤)(?:及要求|与要求|和要求|及标准|和标准|及目标|体系)?"),
)  # fmt: skip
PATTERNS = tuple((role, re.compile(f"^(?:{pattern})$")) for role, pattern in NAMES)
RANKS = (
    (0, re.compile(r"一级|大项|章|板块|部分|模块|维度|方面")),
    (2, re.compile(r"二级|小项|分项|环节")),
    (3, re.compile(r"三级|名称|要素|任务")),
    (5, re.compile(r"四级|要点|要求|观测点|细目")),
    (1, re.compile(r"项目|目标|类别|分类|类型")),
)
UNRANKED = 4
SENTENCE = re.compile(r"[，,。；;]")
# 计(扣)分办法
ASIDE = re.compile(r"\(.{1,4}\)")
# 三级指标★为核心指标
REMARK = re.compile(r"\(.*?\)$|[★☆※].+$")


@lru_cache(maxsize=4096)
def role_of(name: str) -> str | None:
    tight = heading(name)
    if not tight or SENTENCE.search(tight):
        return None
    names = (ASIDE.sub("", tight), tight)
    return next((role for one in names for role, pattern in PATTERNS if pattern.match(one)), None)


def heading(name: str) -> str:
    """Without remarks in brackets or behind a star, and the marks that adorn a heading."""
    tight = plain(name).strip("*★:：")
    return REMARK.sub("", tight) or tight
