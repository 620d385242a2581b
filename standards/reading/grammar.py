"""The grammar: one line, one way to say a part of a rule. To teach the reader a phrase, add a line.

Kind, pattern (see pattern.py), # and an example, which a test holds to the pattern. The kind names
the function (see compose.KINDS) that takes the matched tokens; of several lines that fit the same
words the first one wins.
"""

from standards.reading.pattern import Pattern

LINES = """
floor    floor                                                          # 扣完为止
under    under                                                          # 可倒扣
under    deepest points                                                 # 最多倒扣3分
cap      sum? losing|gaining? sum? atmost lose|gain|get points          # 最多扣3分
cap      sum? losing|gaining sum? atmost points                         # 扣分不超过3分
cap      sum? atmost losing|gaining points                              # 最高扣分3分
cap      sum? atmost points                                             # 最高3分
cap      sum? lose|gain|get|fillup points until                         # 扣满3分为止
cap      fillup points                                                  # 扣完3分
cap      text lose|gain? points until                                   # 以扣3分为限
cap      sum? losing|gaining sum? text points until                      # 扣分累计以1分为限
cap      points until                                                   # 3分为限
cap      both points                                                    # 加、扣均最多3分
over     raised points                                                  # 本项加分后最高8分
rounding bound|span size as_one                                         # 不足10个百分点的按10个百分点计
rounding bound as_one                                                     # 不足5分的按5分计
rounding bound|span not_counted|kept                                    # 不足10个百分点的不计
rounding prorated                                                       # 按比例折算
excused  excused                                                        # 因不可抗力除外
largest  largest                                                        # 取最高分
highest  highest                                                        # 同一奖项取最高分
once     once                                                           # 同一事项只计一次
repeats  repeats                                                        # 同一事项可重复计
summed   summed                                                         # 累计扣分
endless  endless                                                        # 不封顶
inside   inside                                                         # 计入本项
outside  outside                                                        # 在总分中加减
said     points floor                                                   # 本项5分扣完为止
likewise likewise                                                        # 以此类推
own      own                                                            # 缺一项不得该项分
shared   what? proportion                                               # 未完成的按完成比例得分
shared   else proportion                                                # 否则按完成比例得分
method   sampling what? qty then=what?                                  # 抽查5名党员
method   what? sampling pct then=what?                                  # 抽查10%的学校
method   method                                                         # 查阅会议记录
rated    rated                                                          # 按5、3、1评分
said     points                                                         # 3分
said     sum points                                                      # 共计4分
said     full points                                                    # 满分2分
deducts  deducting                                                      # 实行扣分制
said     standing points                                                # 起评分10分
step     what? each drop=less|more? mid=what? size then=what? lose points # 每少一次扣0.5分
step     what? each drop=less|more size=points|num lose points                # 测评每低1分扣0.2分
step     what? free each drop=less|more? mid=what? size then=what? lose points # 第一次不扣，第二次起每次扣0.5分
step     what? each drop=less|more? mid=what? size then=what? comma per need=qty|dur comma lose points # 支委会每少1次（每月1次）扣0.5分
nth      what? nth then=what? lose points                                # 迟到第1次扣0.5分
nths     what? nths then=what? all lose nums=points+                     # 第一次、第二次分别扣1分、2分
onward   onward each? size? lose points                                  # 第3次起每次扣2分
onward   onward none                                                    # 第3例起不得分
onward   onward per lose points                                          # 第2周起每周扣0.5分
cases    what? each drop=less|more? mid=what? size then=what? bound tail=what? lose points # 每有1次参加率低于80%扣0.2分
goal     what? each drop=less|more goal=pct size lose points            # 每低于90%一个百分点扣0.2分
cases    what? each drop=less|more? mid=what? size then=what? bound tail=what? gain points # 每有1次参加率达到95%以上加0.2分
cases    what? bound each size gain points                              # 年龄低于35岁的，每例加0.5分
cases    what? bound each size lose points                              # 参加率低于80%的每次扣0.2分
cases    per mid=what bound each size lose points                        # 每月参学率低于80%的每次扣0.5分
cases    what? bound tail=what each size lose points                     # 5人以上集体上访的每批次扣4分
cases    what? bound tail=what each mid=text size lose points            # 党员3人以上未建支部的每发现1个扣1分
cases    what bound size=qty lose points                                 # 培训不足24学时的，1人扣0.2分
cases    what? bound tail=what size=qty lose points                      # 跑了两趟以上才办成的，一件扣0.2分
cases    what? bound tail=what? lose points slash size=qty                # 重伤2人以上扣3分/次
either   what? each? drop=less|more? one=qty mid=what? mark=or|slash again=each? short=less|more? tail=what? other=qty then=what? lose points # 每缺一项内容或少学一次扣0.5分
hurt     what size=qty then=what? lose points slash other=qty             # 死亡1人扣10分/次
hurt     what size=qty tail=what? each other=qty lose points              # 死亡1人的，每次扣10分
heads    what? each size drop=less other=qty then=what? lose points       # 每人少1次扣0.2分
heads    what? each size per=each drop=less? other=qty then=what? lose|gain|get points # 无故缺席的每人每次扣0.2分
heads    what? lose points slash size slash other=qty                     # 扣1分/人/次
heads    what? each size per then=what? drop=less|more? other=qty? tail=what? lose points # 每人每月少缴1次扣0.1分
hurt     each mid=what? other=qty what size=qty tail=what? lose points    # 每发生1起死亡1人的事故扣10分
step     what? per then=what lose points                                # 每月未召开扣0.5分
step     what per lose points                                           # 未公示的每季度扣0.25分
step     what? per drop=less size then=what? lose points                # 每季度缺1次扣1分
step     what? per mid=what one=qty then=what? lose points               # 每季度未召开一次会议扣1分
step     what? lose points slash|each size                              # 扣0.5分/次
again    slash size                                                     # /次
step     rest each size tail=what lose points                            # 其他每项不合格扣0.3分
step     what? all lose points                                          # 无计划、总结的，各扣1分
less     what? drop=less|more size then=what? lose points               # 少一次扣0.5分
less     what? drop=less|more size then=what? none                      # 缺3次不得分
count    what? size then=what? lose points                              # 一项不符合扣1分
count    what? size then=what? none                                     # 3次不合格不得分
nothing  what? each drop=less size then=what? none                      # 每缺一项不计分
credit   what? each drop=less|more? mid=what? size then=what? gain|get points # 每增加一项加1分
credit   what? each drop=less|more? mid=what? size then=what? comma per need=qty|dur comma gain|get points # 每开展1次（每月1次）得1分
credit   what? gain|get points slash|each size                          # 加1分/次
credit   what? all gain|get points                                      # 建立台账、制度的各得1分
portions each size points                                                # 每项0.5分
credit   what all points                                                 # 有计划、有总结各0.5分
earned   what? drop=less|more? size then=what? gain|get points          # 开展2次得1分
earned   what? drop=less|more? size then=what? full                     # 开展4次得满分
earned   what? per mid=what? size=qty full                               # 全年开展12次得满分
earned   what? pct full|kept|calm                                        # 完成率100%得满分
twoway   what? each rise_fall size gain_lose points                     # 每增减10%加减1分
band     what? per mid=what? bound then=what? lose|get|gain worth       # 全年报送信息12篇以上得3分
band     what? per mid=what? bound then=what? none|full|kept|calm       # 全年研究少于2次不得分
band     what? bound comma per need=qty|dur comma none                  # 支委会少3次以上（每月1次）的不得分
band     what? bound|range then=what? lose|gain|get worth               # 90%以上得5分
band     what bound all lose points                                     # 登记率、发证率低于95%的，各扣5分
band     what? sum? bound|range then=what? none|full|kept|calm               # 80%以下不得分
band     what? bound|range worth                                        # 90%以上5分
band     what bound|range worth                                         # 出勤率达95%以上10分
band     what? bound|range colon worth                                  # 满意度≥95%：3分
band     what? bound|range colon none|full|kept                         # 满意度<90%：0分
rung     what? size colon points                                         # 3次：2分
rung     what? size colon none                                           # 1次：0分
titled   get points colon what? qty|bound? then=what?                    # 计3分：1项不达标
titled   none|full colon what? qty|bound? then=what?                     # 不计分：2项及以上不达标
grade    what? names=grade+ all lose|gain|get nums=points|num|none+     # 好、差分别得5分、0分
grade    what? names=grade+ lose|gain|get worth                         # 较好得3分
grade    what? names=grade+ none|full|kept|calm                         # 差的不得分
grade    what? names=grade+ worth                                       # 好5分
full     what? full                                                     # 符合要求的得满分
kept     what? kept                                                     # 已建立的不扣分
calm     what calm                                                      # 建立台账的不加不扣
level    what? names=level+ then=what? each? qty? all? gain|get|lose nums=points|num+ # 省、市级表彰分别加3、2分
falling  what? lead=level list names=level+ then=what? each? qty? all? gain range # 一、二、三等奖分别加3-1分
level    what? names=level+ then=what? each size gain|get|lose points   # 市级每人加1分
penal    what? names=penal+ then=what? lose points                      # 受警告处分扣1分
ranges   what? all lose range                                           # 无计划、总结各扣1-3分
judged   rest then=what? judge+ losing                                   # 其他问题酌情扣分
judged   rest then=what? judge+ lose worth                               # 其他问题酌情扣1-2分
judged   what? judge+ then=what? lose|gain|get worth                    # 酌情扣1-3分
judged_each what? each mid=what? size then=what? judge+ lose|gain|losing|gaining range # 每例酌情扣1-3分
judged_each what? judge+ each mid=what? size then=what? lose|gain range # 视情节每次扣1-3分
judged   what? lose|gain|get range                                      # 扣1-3分
judged   what? judge+? then=what? lose|gain|get points and_down         # 酌情扣2分以内
judged   what? judge+? losing range                                       # 酌扣1-3分
judged   what? judge+? then=what? range judge? grading|losing|gaining    # 在0-2分内打分
judged   what? graded range                                             # 由检查人评分，1-5分
judged   what? judge+? grading range                                    # 打分0-5分
judged   what? judge+ then=what? losing|gaining|grading                 # 酌情打分
judged   what? losing|gaining                                           # 不符合要求的扣分
judged   what? graded                                                   # 由检查人评分
halved   who=what halved                                                 # 其他干部有上述情况的，减半扣分
apart    what all lose nums=points+                                     # 未召开、未记录的，分别扣2分、1分
apart    what? each drop=less size all lose nums=points+                   # 党员大会、支委会每少1次分别扣1分、0.5分
apart    what each size all lose nums=points+                            # 漏报、瞒报的，每人次分别扣0.5分、1分
apart    what size all lose nums=points+                                 # 漏报、瞒报一次分别扣0.5分、1分
apart    each mid=what size all lose nums=points+                       # 每漏报、错报1次，分别扣1分、0.5分
dealt    what? per mid=what? need=qty then=what? each size points       # 每季度1次，每次0.5分
fine     what? lose points                                              # 未制定计划的扣2分
bonus    what? per then=what gain points                                # 全年无投诉的加1分
rowed    what pct each size gain points                                 # 整改率100%每次加1分
bonus    what? gain points                                              # 创新做法被推广的加1分
got      what? get points                                               # 符合要求得3分
ranged   what range                                                      # 流于形式0-1分
gone_on  what points slash size                                          # 迟到0.5分/次
bare     what points                                                    # 有场所2分
chapter  what? name=quoted? chapter none                                # 弄虚作假的该大项不得分
chapter  what? bound then=what? name=quoted? chapter none               # 满意率低于60%的该大项不得分
zero     one_of none                                                    # 有下列情形之一的不得分
zero     what? per then=what none                                       # 每半年没有汇报的，不得分
zero     what? none                                                     # 未开展的不得分
veto     veto_list                                                      # 一票否决事项
veto     one_of then=what? veto                                         # 有下列情形之一的一票否决
veto     what? veto                                                     # 弄虚作假的一票否决
veto     what? bound then=what? veto                                    # 满意率低于80%的一票否决
barred   one_of then=what? barred tier+                                 # 有下列情形之一的不得评为一类
barred   what? barred tier+                                             # 不得评为一类
barred   what? bound then=what? barred tier+                            # 满意率低于80%的不得评为一类
ceiling  one_of then=what? ceiling tier+                                # 有下列情形之一的等次不得高于二类
ceiling  what? ceiling tier+                                            # 等次不得高于二类
forced   one_of then=what? forced tier+                                 # 有下列情形之一的直接定为三类
forced   what? forced tier+                                             # 直接定为三类
forced   what? bound then=what? forced tier+                            # 满意率低于60%的直接定为三类
granted  one_of then=what? granted tier+                                # 有下列情形之一的可直接评为五星级
granted  what? granted tier+                                            # 可直接评为五星级
ungraded one_of then=what? ungraded                                     # 有下列情形之一的不参加评定
ungraded what? ungraded                                                 # 成立不满1年的不参加评定
ungraded what? bound then=what? ungraded                                # 党员少于3人的不参加评定
oneof    what? one_of                                                   # 有下列情形之一
other    else none                                                      # 否则不得分
other    else lose points                                               # 否则扣1分
other_each else each drop=less|more? mid=what? size then=what? lose points  # 否则每发现一次扣5分
other_one else drop=less|more? mid=what? size then=what? lose points    # 否则发现一次扣0.5分
other_judged else judge+? lose range                                    # 否则酌情扣1-2分
other_judged else judge+ losing                                        # 否则酌情扣分
backward backward points                                                # 否则倒扣2分
rest     rest none                                                      # 其余不得分
rest     rest points                                                     # 其余3分
rest     rest get points                                                # 其余得1分
freq     what? each size then=what? per mid=what? bound                 # 每人每年不少于32学时
freq     what? each size per mid=what? qty then=what?                   # 每人每年至少讲1次党课
freq     what? each size per then=what                                  # 党员每人每月交纳党费
often    what? per mid=what? qty? then=what? get points                  # 每月学习得2分
freq     what? per mid=what? bound list? also=qty|dur                   # 每年学习不少于6次、12天
freq     what? per mid=what? qty|bound? then=what?                      # 每季度至少召开1次
freq     what? qty|bound per then=what?                                 # 党课4次/年
owed     what? each one=qty mid=what? qty|bound then=what?               # 每个网格至少配备1名网格员
aim      what? bound then=what?                                         # 达到90%以上
aim      what? pct base                                                 # 以80%为基准
aim      what? pct then=what base                                        # 以90%的满意率为基准
aim      what? pct                                                      # 参学率100%
whom     whom                                                            # 设有党小组的
note     what                                                           # 未建立台账的
"""


def _read(line: str) -> tuple[str, Pattern]:
    kind, rest = line.split(None, 1)
    return kind, Pattern(rest.partition("#")[0])


GRAMMAR: tuple[tuple[str, Pattern], ...] = tuple(map(_read, LINES.strip().splitlines()))
