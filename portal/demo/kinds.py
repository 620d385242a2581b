"""Kinds of problems, how many there are, how they are worded, and which clause they belong to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    category: str
    count: int
    clause: str
    texts: tuple[str, ...]
    measures: str
    serious: bool = False


KINDS = (
    Kind("会议记录不规范", 31, "systems.records",
         ("三季度支委会记录无记录人签字", "党员大会记录缺表决情况", "会议记录缺缺席人员和原因", "支委会记录只有议题，没有讨论内容"),
         "补齐要素并由书记审签；今后会后三日内审签归档"),
    Kind("会议次数不足", 24, "activities.committee_meeting",
         ("二季度少开1次支委会", "上半年党员大会只开了1次", "党小组会连续两月未开"),
         "本月补开并列入年度计划；按月由组织委员提醒"),
    Kind("组织生活会质量不高", 17, "activities.life_meeting",
         ("组织生活会没有批评意见", "整改清单为空", "会前谈心谈话没有记录"),
         "重新梳理问题，开好整改推进会，清单逐条写明措施和时限"),
    Kind("党费收缴不及时", 14, "team.dues",
         ("二季度党费未按月收缴", "党费收缴记录未公示"),
         "补收并按月登记，每半年公示一次"),
    Kind("发展党员程序不全", 9, "team.recruiting",
         ("发展对象未按时备案", "入党积极分子考察记录不连续"),
         "补报备案材料，建立发展工作进度表"),
    Kind("材料张冠李戴", 4, "systems.records",
         ("学习记录中出现其他单位名称", "工作总结与上年度雷同"),
         "作废重写，由上级党组织抽查", serious=True),
    Kind("活动场所管理不到位", 8, "guarantees.premises",
         ("活动室长期上锁，钥匙无人保管", "活动室屋顶渗水未修", "党务公开栏内容半年未更新"),
         "明确专人管理，本月完成维修并更新公开栏"),
    Kind("四议两公开程序缺失", 7, "systems.four_discussions",
         ("低保评议未走四议两公开程序", "决议公示没有留存"),
         "按程序重新议定并公示，资料归档", serious=True),
    Kind("对标台账不运转", 12, "systems.rectification",
         ("对标台账30天没有更新", "整改措施与问题不对应"),
         "逐条更新进展，每月由支委会调度一次"),
    Kind("其他", 60, "guarantees.archive",
         ("支部档案未按年度归档", "换届批复未存档", "书记培训没有记录", "党务公开少1个季度", "结对联系没有走访记录"),
         "补齐资料，专柜保存，明确专人负责"),
)  # fmt: skip
