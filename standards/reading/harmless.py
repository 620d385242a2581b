"""Idioms of words that elsewhere change a rule, in the name of a thing: 拆除, 二次供水, 恢复供水, 互联网+."""

import re
from collections.abc import Callable


def _nothing(found: re.Match) -> None:
    return None


# What may stand before 除 and behind it without leaving anything out.
_REMOVED = "拆|剔|铲|根|删|去|祛|破|废|革|拔|戒|驱|清|消|扫"
_AWAY = "雪|草|险|尘|四害|患|旧|害|臭|冰|锈|虫|夕"
_FAILED = r"[^，。；：0-9扣得加]{0,10}[未没不无][^，。；：0-9扣得加每]{1,16}的?，?(?:每[^，。；0-9]{1,2})?(?:扣[0-9]|不得分)"
_LIMITS = "规定|预算|计划|编制|合同|政策|标准|目录|清单|范围|辖区"
_PAPERS = "台账|资料|材料|档案|措施|制度|记录|岗位|人员|清单|机构|文件"

HARMLESS: tuple[tuple[str, re.Pattern, Callable], ...] = tuple(
    ("text", re.compile(pattern), _nothing)
    for pattern in (
        rf"(?:{_REMOVED})除(?!以?外)|除(?:{_AWAY})",
        "最低(?:生活保障|工资)|最高(?:法院|检察院)",
        "二次(?=供水|污染|事故|装修|分配|利用|开发|灾害|感染|伤害|培训|验收|搬运|加压)",
        "(?:首次|初次)(?=报告|申报|注册|执业|接诊|随访|登记|评估|入户|申请|鉴定)",
        "(?:恢复|返还)(?!(?:原|其|所|本项|扣|得|基础|满|相应|该|已扣|给)[^，。；]{0,4}分)",
        "暂(?=行|缓|停|时|存|借|估|列)",
        "末位淘汰|排名(?=通报|制度|表|榜|办法)|(?<=[未没])(?:参照|比照)",
        f"(?:上限|下限|权重)(?=标准|设置|规定|分配)|对应的?(?={_PAPERS})",
        "倍(?=增|受|加珍|感)|任意(?=[变更改修调占处涂设收扩缩])",
        rf"(?:(?<={')|(?<='.join(_LIMITS.split('|'))}))(?:之外|以外)(?=[^，。；0-9]{{2}})",
        # a quarter or the year before in which something was not done
        rf"第[一二三四]季度(?={_FAILED})|(?<=未[在于])第[一二三四]季度(?=[^，。；0-9扣得加]{{2,12}}的?，?扣)",
        r"上年度?(?=(?:度)?[^，。；0-9]{0,8}(?:问题|反馈|整改|遗留|发现)[^，。；0-9]{0,8}[未没不])",
        # 互联网+政务服务
        r"(?<=[\u4e00-\u9fff])\+(?=[\u4e00-\u9fffA-Z])",
    )
)
