"""Conditions that act on the whole result: 一票否决, 不得评为一类, 该大项不得分; and their lists."""

import re

from standards.reading.cover import Piece
from standards.reading.parts import Part, Unread

_EFFECTS = {
    "veto": "fail",
    "barred": "cap_tier",
    "ceiling": "cap_tier",
    "forced": "force_tier",
    "granted": "grant_tier",
    "ungraded": "not_graded",
    "chapter": "zero_group",
}
_NEXT = {
    "一类": "二类",
    "二类": "三类",
    "五星": "四星",
    "四星": "三星",
    "三星": "二星",
    "一等": "二等",
    "一档": "二档",
    "A级": "B级",
    "B级": "C级",
    "A等": "B等",
    "一级": "二级",
}
_BEST = ("一类", "五星", "四星", "优秀", "先进", "好", "示范", "一等", "A级", "A等", "红旗")
_WORST = ("达标", "合格")
_WINDOW = re.compile(
    r"(?:近|过去|最近|前)?([一二两三四五0-9])年(?:内|以内|来|之内)|近([一二两三四五0-9])年|(?:近|最近)([0-9一二三六]{1,2})个月"
)
_THAT_YEAR = re.compile(r"(?:的?，?(?:当年|本年度|当年度|年度内|该党?支部|所在党?支部))+$")
_BRANCH = re.compile(
    "(?:该|其|所在|本)?(?:党?支部|党组织|单位|村|社区)?(?:当年度?|本年度|年度)?(?:综合)?(?:考核|评定|评星|定级)?(?:结果|等次)?"
)
# 书记不得评为优秀 grades a person.
_PERSON = re.compile(
    r"(?:^|，|的)(?:该|其|所在支部)?(?:党?支部)?(?:副?书记|个人|本人|当事人|党员|同志|班子成员|(?:主要|相关)?(?:负责人|责任人)|领导干部|委员)(?:年度考核|年度|本年度|当年|考核)?$"
)
_OF_A_BRANCH = ("barred", "ceiling", "forced", "granted", "ungraded")
_NO_TIER = re.compile(r"^(?:先(?!进)|优评|评|星$)")
# 被省政协列为重点提案，一件加10分 says what was achieved, not which tier follows.
_LISTED_BY = re.compile("(?:[^，]{0,12}的?，)?[^，的]{0,6}被[^，]{1,16}(?:列|评|定|确定|认定)为")
_NUMBER = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_ENDING = re.compile(r"(?:等次|等级|党支部|支部|党组织|档次|及以上|以上)+$")


# 取消评先资格, 不得评先评优: who is honoured elsewhere is neither points nor a tier of this scheme.
_HONOUR = r"(?:评先|评优评先|评奖|(?:先进|优秀|荣誉|表彰|红旗)[^，。；0-9]{0,8}(?:评选|推荐|申报|推优|评比))"
_HONOURS = re.compile(
    rf"(?:(?:取消|丧失|暂停)[^，。；0-9]{{0,8}}?(?:{_HONOUR}|评优)"
    rf"|(?:不得|不能|不予|不再)[^，。；0-9]{{0,8}}?{_HONOUR})(?:评优|评先)?(?:的?资格)?"
)


def check(text: str) -> None:
    if found := _HONOURS.search(text):
        raise Unread(
            f"“{found.group()}”说的是评先评优，本方案的扣分和等次都管不到；"
            "要限制等次请写“不得评为……”，只作后果的请写进备注"
        )


def gate(walk: object, piece: Piece) -> None:
    part = Part("gate", _effect(walk, piece))
    bounded = piece.found.first("bound") is not None
    when = _up_to_effect(walk, piece) if bounded else _condition(walk, piece)
    when = _THAT_YEAR.sub("", when).removesuffix("的，党支部")
    if piece.kind == "forced" and piece.after == "comma" and _LISTED_BY.match(walk.words(piece)):
        raise Unread(f"“{walk.words(piece)}”是定等次，还是后面加扣分的条件，未能识别，请人工核定")
    if piece.kind in _OF_A_BRANCH and _PERSON.search(when):
        raise Unread(f"“{walk.words(piece)}”说的是个人，不是党组织")
    if not when and walk.collected:
        _all(walk, piece, part)
    elif piece.found.has("one_of") or (piece.after == "colon" and not when):
        walk.listing = part
    elif not when and not walk.aims and _same_sentence(walk, piece):
        last = walk.rules.parts[-1]
        said = last.values.get("words") if last.shape == "~band" else last.values.get("condition")
        when = last.values.get("when", said or last.what)
        _add(walk, piece, part, when)
    elif when or _from_aim(walk):
        _add(walk, piece, part, when or walk.aims_taken)
    else:
        raise Unread(f"“{walk.words(piece)}”没有写明什么情况")


def _condition(walk: object, piece: Piece) -> str:
    """空壳村，党支部不得评为五星级: whose tier it is is no condition."""
    own = "then" if _BRANCH.fullmatch(walk.named(piece, "what")) else "what"
    when = walk.condition(piece, own, every=piece.found.value("veto") == "any")
    if not when and walk.applies and not walk.applied:
        when, walk.applies = walk.applies, ""  # 成立不满半年的党支部，不定等次
    return when


def _up_to_effect(walk: object, piece: Piece) -> str:
    """满意率低于80%的一票否决: the bound is part of the condition."""
    at = [token.type for token in piece.found.tokens].index("bound")
    behind = piece.found.groups.get("then", piece.found.tokens[at : at + 1])
    held = [note for note in walk.notes if walk.conditional(note)]
    if held or walk.collected:
        raise Unread(f"“{walk.words(piece)}”有几个条件，怎么合未能识别，请人工核定")
    walk.forget_notes()
    return walk.text[piece.found.tokens[0].start : behind[-1].end].removesuffix("的")


_AND = ("，并", "，且")


def _same_sentence(walk: object, piece: Piece) -> bool:
    """实行一票否决，不得评为三星级; 扣5分，并一票否决: two effects of one condition."""
    last = walk.rules.parts[-1] if walk.rules.parts else None
    if last is not None and last.shape in ("~fine", "~grade", "~band"):
        between = walk.text[walk.tokens[last.end - 1].end : walk.tokens[piece.end - 1].end]
        fails = last.shape == "~fine" or last.values["verb"] == "lose"
        fails = fails and (last.shape != "~band" or last.values["points"] == "none")
        return fails and last.sentence == walk.sentence and between.startswith(_AND)
    return last is not None and last.shape in ("gate", "~zero") and last.sentence == walk.sentence


def one_of(walk: object, piece: Piece) -> None:
    walk.forget_notes()
    walk.listing = Part("~collect")


def another(walk: object, piece: Piece) -> None:
    """One case of a list; a case may run over commas."""
    walk.notes.append(piece)
    if piece.after == "comma":
        return
    words = walk.text[walk.tokens[walk.notes[0].start].start : walk.tokens[piece.end - 1].end]
    walk.notes = []
    if walk.listing.shape == "~collect":
        walk.collected.append(words)
    elif walk.listing.shape == "~zero":
        walk.add(piece, "~zero", words)
    else:
        _add(walk, piece, walk.listing, words)


def _all(walk: object, piece: Piece, part: Part) -> None:
    cases, walk.collected, walk.listing = walk.collected, [], None
    for case in cases:
        _add(walk, piece, part, case)


def _from_aim(walk: object) -> bool:
    """满意度低于80%的，一票否决: the bound is the condition."""
    held = [piece for piece in walk.aims if piece.found.first("bound")]
    if len(held) != 1 or len(walk.aims) != 1:
        return False
    walk.aims_taken, walk.aims = walk.words(held[0]), []
    return True


def _add(walk: object, piece: Piece, part: Part, when: str) -> None:
    values = {**part.values, "when": when}
    window = _WINDOW.search(when)
    if window:
        number = next(group for group in window.groups() if group)
        months = _NUMBER.get(number) or int(number)
        values["window"] = months if window.group(3) else months * 12
    if not any(
        one.shape == "gate" and values.items() <= one.values.items() for one in walk.rules.parts
    ):
        walk.add(piece, "gate", when, "", **values)


def _effect(walk: object, piece: Piece) -> dict:
    effect = _EFFECTS[piece.kind]
    if effect == "zero_group":
        named = piece.found.groups.get("name")
        chapter = walk.span(named).strip("“”") if named else "本大项"
        return {"effect": effect, "chapter": chapter}
    if effect in ("fail", "not_graded"):
        return {"effect": effect}
    tokens = piece.found.groups["tier"]
    tier = walk.span([token for token in tokens if token.type != "de"])
    tier = re.split("、|或者?|”“", tier)[-1]  # of several the lowest is named last
    plain = tier.replace("“", "").replace("”", "")
    tier = plain if tokens[0].type == "quoted" else _ENDING.sub("", plain) or plain
    if _NO_TIER.match(tier):
        raise Unread(f"“{walk.words(piece)}”里的等次未能识别，请人工核定")
    if walk.span(tokens).rstrip("”").endswith("以下"):
        raise Unread(f"“{walk.words(piece)}”是哪一等次没有写明")
    if piece.kind == "barred":
        return _barred(walk, tier)
    if piece.kind == "forced" and any(best in tier for best in _BEST):
        effect = "grant_tier"
    if tier in ("不达标", "未达标"):
        return {"effect": "fail"}
    return {"effect": effect, "tier": tier}


def _barred(walk: object, tier: str) -> dict:
    """不得评为一类 means 二类 at most; where the next tier is not in the name, its name says so."""
    if tier in _WORST:
        return {"effect": "fail"}
    for name, lower in _NEXT.items():
        if tier.startswith(name):
            return {"effect": "cap_tier", "tier": lower + tier.removeprefix(name), "not": tier}
    walk.rules.doubt(f"“{tier}”的下一等次按本方案的等次表定", "0.8")
    return {"effect": "cap_tier", "tier": f"{tier}的下一等次", "not": tier}
