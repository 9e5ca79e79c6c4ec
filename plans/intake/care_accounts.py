"""People in care in an account: who got worse or better, who died, and who came since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from plans.intake.changes import Change, exact
from plans.intake.fates import LOCATED, Item
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.stepping import HELPERS, OF_NOBODY_HURT, ONCE_MORE, TOTAL, Bounds

_IN_CARE = lazy(
    r"住院|医院|监护|抢救|救治|医治|病房|伤员|伤者|病人|\d床|大夫|医生|治疗|手术|无效|不治|没(?:能)?(?:抢)?(?:扛|挺|熬|撑|缓|救)"
)
_STAYS = lazy(
    r"(?:还|仍|尚|继续|依旧|依然|维持)[^,。;!?\n]{0,4}(?:在|[按算是]重|ICU|重症|监护|抢救|呼吸机|危险|没醒)|另(?:外)?[^,。;!?\n]{0,4}(?:还?在|抢救)"
)
_NOW = lazy(r"现(?:在|有|存)?|目前|还是|仍|剩|维持|[降减增升]")
TAKEN_BACK = lazy(
    r"没关系|撤回|重复|重名|[减扣划去]掉|剔除|多[报算]|[弄搞认报说记写听看]错|误[报传]|有误|更正|同名|报死|作废|不算|报了?死|以为"
)
"""Somebody told of before was told wrongly."""
_OF_THEM = lazy(r"里|中|那|的(?:$|[俩仨\d一二两三四五六七八九十])")
_TOTAL = lazy(r"(?:死亡?|遇难|身亡)(?:人数)?[:为是了]?(?:\d|[一二两三四五六七八九十])")
_HOME = lazy(r"打(?:的|了)?(?:的)?车|(?:包扎|处理|检查|缝|上药|拍片)(?:好|完)|都好了|自己|回(?:家|去)|签字")
_MORE = lazy(
    r"又|也|再(?![次核查看数点问报]|确认)|陆续|还(?!在|没|未|能|要|是|得)有?|新(?=[增来送到发收入])|另(?:有|外)|第[二三四五\d]趟"
)
_COMES = lazy(
    r"到了?(?=\d|[一二两三四五六七八九十])|(?<![起出上下回])来了?|送|拉(?!起|开|闸|响|警|了?警)|抬|背|接(?!触)|查出|吐|疼|痛|晕|烫|伤|砸|骨折|发烧|发热|难受|恶心|昏迷|住院|收治|中毒|中招|带走|站不稳|例|倒(?!车|塌)|确诊"
)
_BODY = lazy(r"具|遗体|尸")
_SOMEBODY = lazy(r"(?:阿|老|小|大)[一-龥]{1,2}(?:昨|今|前|夜|凌|刚|还|也|早|已|没|走)")
_FOUND_TOO = lazy(r"又(?:见|发现|找|挖|翻|清|搜|掏|抬|捞|刨|扒)(?!的)")
_OF_THE_KNOWN = lazy(
    r"其中|[个名位人员者](?:里头|里面|当中)|那(?:\d|[两俩仨三四五六七八九十])|转院|转到|转往|转送|出院|回家|好转|还是|就是|疑似|不是|没(?:有)?(?:再|又|新)|[死没]|转重|转轻|重症|家[属长]|专家"
)


def serious(told: Sequence[Item], known: Mapping[str, Bounds], weak: str) -> Iterator[Change]:
    """Who got worse, better or died of the seriously hurt."""
    base = exact(known, "serious_injuries")
    by = died = stay = 0
    named = False  # 重症里头那位走了: he may have been moved
    to: int | None = None
    spans: list[Span] = []
    beside: list[Span] = []
    for item in told:
        if item.sum or ("dead" in item.fates and TOTAL.search(item.words)):
            continue
        care = item.group == "serious_injuries"
        if not (care or item.fates & {"grave", "better"}) or (item.new and "grave" in item.fates):
            continue
        if care and ("dead" in item.fates or ("went" in item.fates and not _HOME.search(item.words))):
            many = _many(item, base)
            if many is None:
                return
            died, by = died + many, by - many
            named = named or ("went" in item.fates and "dead" not in item.fates and not item.counted)
        elif "better" in item.fates:
            many = _many(item, base)
            if many is None or base is None or "grave" in item.fates:
                return
            by -= many
        elif "grave" in item.fates and not _STAYS.search(item.words):
            if item.many is None:
                return
            by += item.many
        elif item.many is not None and (_STAYS.search(item.words) or item.left or "still" in item.fates):
            stay += item.many
            beside.append(item.span)
            continue
        elif item.many is not None and not item.fates and _NOW.search(item.words):
            to = item.many
            continue
        else:
            continue
        spans.append(item.span)
    if not spans:
        return
    now = (base or 0) + by
    if (now < 0 and base is not None) or (stay and stay != now) or (to is not None and to != now):
        return
    span = min(spans + beside)[0], max(spans + beside)[1]
    if base is not None or by > 0:
        yield Change("serious_injuries", by, None, span)
    if died:
        yield Change("deaths", died, None, span, claimed=named)
    if weak in known:
        yield Change(weak, -died, None, span)


def _many(item: Item, base: int | None) -> int | None:
    if item.many is not None:
        return item.many
    return base if base is not None and (item.every or base == 1) else None


def newcomers(told: Sequence[Item], known: Mapping[str, Bounds], weak: str) -> Iterator[Change]:
    """陆续又到了7个; 隔壁两口子也查出来了，一块送了: more of those in care; 又抬出来一具: one more dead."""
    base = exact(known, weak)
    lost = [fact for fact in ("missing", "trapped") if exact(known, fact)]
    more = dead = 0
    spans: list[Span] = []
    for item in told:
        more_told = item.new or _MORE.search(item.words.split(",")[0]) is not None
        if item.many is None or item.sum or TOTAL.search(item.words) or not more_told or item.group or item.left:
            continue
        found = "dead" in item.fates and (item.new or _FOUND_TOO.search(item.words) is not None)
        if (_OF_THE_KNOWN.search(item.words) and not found) or HELPERS.search(item.words):
            continue
        if OF_NOBODY_HURT.search(item.words) or ONCE_MORE.search(item.words):
            continue
        if "dead" in item.fates and not lost and item.counted and (found or _BODY.search(item.words)):
            dead += item.many
        elif (
            base is not None
            and not item.fates - {"hurt", "out", "alive"}
            and item.fates != {"alive"}
            and _COMES.search(item.words)
            and not lost
        ):
            more += item.many
        else:
            continue
        spans.append(item.span)
    if not spans:
        return
    span = spans[0][0], spans[-1][1]
    if dead and exact(known, "deaths") is not None:
        yield Change("deaths", dead, None, span, mild=True)
    if more:
        yield Change(weak, more, None, span, mild=True)


def died_in_care(
    told: Sequence[Item], whole: Sequence[Item], known: Mapping[str, Bounds], weak: str
) -> Iterator[Change]:
    """People of those in care who died: 五个里面没了一个，剩下四个还在高压氧; 送县医院那个没扛过去."""
    base = exact(known, weak)
    if not base or any(TAKEN_BACK.search(item.words) for item in told):
        return
    died = left = 0
    spans: list[Span] = []
    told_of = any(item.many == base and not item.fates and _OF_THEM.search(item.words) for item in whole)
    care = claimed = False
    lost = any(exact(known, fact) for fact in ("missing", "trapped"))
    for item in told:
        if item.new and not item.fates & {"dead", "went"}:
            continue  # 另有一名来报手臂擦伤
        if item.group in ("missing", "trapped", "serious_injuries") or item.new:
            return
        if "dead" in item.fates or ("went" in item.fates and not _HOME.search(item.words)):
            only = item.many is None and base == 1 and not lost and not item.others and "dead" in item.fates
            if only and _SOMEBODY.match(item.words):
                died, care, claimed = died + 1, True, True  # 阿强昨晚没了: the only one who was hurt
                spans.append(item.span)
                continue
            if item.many is None or item.sum or item.many > base or item.fates & LOCATED:
                return
            if _TOTAL.search(item.words) or (item.left and not item.among):
                return
            died += item.many
            went = "went" in item.fates and "dead" not in item.fates
            care = (
                care
                or _IN_CARE.search(item.words) is not None
                or item.among
                or (went and not item.counted and not lost)
            )
            claimed = claimed or went
            spans.append(item.span)
        elif item.many and (item.left or item.others or _STAYS.search(item.words)):
            left += item.many
    if not died or not (died + left == base if left else told_of or care):
        return
    span = spans[0][0], spans[-1][1]
    yield Change("deaths", died, None, span, claimed=claimed)
    yield Change(weak, -died, None, span)
    serious = exact(known, "serious_injuries")
    if serious:
        yield Change("serious_injuries", -min(died, serious), None, span, claimed=True)
