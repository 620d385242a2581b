"""Standards in the making: next year's, and a township's old table that waits to be checked line by line."""

import copy
from datetime import date, datetime, timedelta
from uuid import uuid4

from branches.models import Field
from branches.scope import Actor, act_as
from portal.demo.people import Cast
from portal.demo.places import Places
from portal.demo.rounds import at
from standards import actions, composition, importing
from standards.models import Edition, EditionImport

# Key of the clause, what it costs now, its rule as printed.
DEARER = (
    ("activities.member_meeting", "1.5", "每少1个季度扣1.5分，扣完为止。"),
    ("systems.disclosure", "0.75", "每少1个季度扣0.75分，扣完为止。"),
)
AT_MOST = [{"tier": "excellent", "most": "40", "base": "graded"}]
TABLE = """考核项目	考核内容	分值	评分标准	检查方法	考核单位
组织建设（30分）	按期换届，届满前报上级批准	10	未按期换届的不得分	查批复	组织办
组织建设（30分）	支委配备齐全，分工明确	10	委员空缺超过三个月的，每空缺1名扣2分；分工不明确的扣1分	查名册	组织办
组织建设（30分）	党员名册健全，接转及时	10	差错每处扣0.5分，扣完为止	查名册	组织办
组织生活（40分）	每季度召开党员大会，每月召开支委会	15	每少一次扣0.5分，扣完为止	查会议记录	组织办
组织生活（40分）	每月固定一天开展主题党日	10	①每少一次扣1分；②参学率低于80%的，每低10个百分点扣1分；③无记录的不得分	查记录	组织办
组织生活（40分）	党员按月足额交纳党费	5	每少1人次扣0.5分，扣完为止	查台账	组织办
组织生活（40分）	组织生活质量	10	好得10分，较好得8分，一般得5分，差不得分	听介绍、查资料	组织办
作用发挥（30分）	群众诉求及时办结	10	办结率95%以上得10分，每低1个百分点扣0.5分	看系统记录	便民服务中心
作用发挥（30分）	每月走访党员联系户	10	酌情扣1-3分	访群众	驻村工作队
作用发挥（30分）	集体经济收入增长	10	按增长幅度在全镇排名，前三名得满分，其余依次递减	查账目	农经站
加分项	受到上级通报表扬	5	县级每次加1分，市级每次加2分，最高加5分	查文件	组织办"""


def begin(places: Places, cast: Cast, edition: Edition, *, as_of: date) -> None:
    when = at(as_of - timedelta(days=6))
    actor = act_as(cast.officer, today=when.date())
    propose(actor, places, edition, now=when)
    bring_in(actor, places, now=when)


def propose(actor: Actor, places: Places, edition: Edition, *, now: datetime) -> Edition:
    """Two deductions dearer, the best tier kept to two fifths: what its trial on the real answers tells."""
    draft = actions.create_draft(
        actor, places.county, now=now, client_key=uuid4(), from_edition=edition,
        name=f"党支部标准化建设标准（{now.year + 1}年修订稿）", year=now.year + 1,
    )  # fmt: skip
    for key, unit, printed in DEARER:
        clause = draft.clauses.get(key=key)
        rule = copy.deepcopy(clause.rule)
        rule["steps"][0]["unit"] = unit
        actions.edit_clause(actor, clause, now=now, rule=rule, rule_text=printed)
    note = "主要修改：党员大会每少开1次扣1.5分，党务公开每少1个季度扣0.75分；示范名额不超过已定等次支部的40%。"
    actions.edit_edition(actor, draft, now=now, note=note)
    composition.agree(actor, draft, now=now, agreed={"quotas": AT_MOST})
    return draft


def bring_in(actor: Actor, places: Places, *, now: datetime) -> EditionImport:
    """Most of it is read; a rank among others and what is judged are left to a person, with the reason."""
    draft = actions.create_draft(
        actor, places.county, now=now, client_key=uuid4(),
        name="农村党支部量化考核评分表（原表导入）", year=now.year + 1,
    )  # fmt: skip
    return importing.upload(
        actor, draft, text=TABLE, name="农村党支部量化考核评分表", fields=[Field.RURAL.value],
        client_key=uuid4(), now=now,
    )  # fmt: skip
