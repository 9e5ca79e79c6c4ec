"""Of whom a stretch of a later text tells: the missing, the trapped, those in care, or people of whom nobody knew."""

from __future__ import annotations

from collections.abc import Mapping

from plans.intake.changes import exact
from plans.intake.patterns import lazy
from plans.intake.roll.words import Told, pattern
from plans.intake.stepping import Bounds

LOST = ("missing", "trapped")
PASSIVE = frozenset(("stands", "stable", "care", "hurt", "ill", "fine", "home"))
_UNKNOWN_BODY = lazy(r"认(?:不)?出|不在[^,。;!?\n]{0,6}名单|身份|辨认|是谁")
_IN_CARE = lazy(
    r"抢救|救治|医院|救护车|ICU|重症|监护|病房|手术|没(?:能)?(?:抢)?(?:救|挺|熬|扛|撑|留|保)|无效|不治|吸氧|住院|送[来医]|伤员|\d床"
)
_OF_CARE = lazy(
    r"[^,。;!?\n\d]{0,6}(?:伤员|伤者|病人|患者|住院的?|送[去到往]?[^,。;!?\n\d]{0,3}(?:医院?|院)的|ICU|重症室?|[受重]?伤的)"
    r"(?:那边|里[头面]?|中|当中)*(?:也|刚|又|有|再)*(?:又|再)"
)
_BODY = lazy(r"具|遗体|尸|发现|[挖扒刨翻清捞找抬](?:出|到|着|上)")
_HELPED = lazy(r"消防员|队员|民警|警察|医生|护士|志愿者|战士|武警|辅警|救援人员|抢修工?|工作人员|保安")
_OF_THE_DEAD = lazy(r"(?:那|这)?(?:死的|遇难的?|死者|走了?的|没了的|去世的|死亡的)")
_COMES = lazy(r"送来|抬来|拉来|新(?:来|送|收|到)|[又再](?:来|送|收|拉|抬)")
BEFORE_LIGHT = lazy(
    r"(?:原[来先]|本来|之前|先前|早先|昨天|起初)[^,。;!?\n]{0,5}轻|由轻|从轻|轻(?:伤|症)?的?(?:员|者)?(?:转|变|升|加重)"
)
GRAVE = lazy(r"重伤|重的|重症|危重|ICU|监护|抢救|昏迷|插管|最重")


_NOW_IN = lazy(r"(?<!新)(?<!送)[在住留]院")
_OF_THEM = lazy(
    r"(?:(?P<dead>死者|死的|遇难者|遇难的)|伤员|伤者|伤的|病人|患者|住院的)(?:里头?|里面|当中|之中|中)(?:面|边)?(?:有)?(?=[一二两三四五六七八九十俩仨\d])"
)


class NotUnderstood(Exception):
    """A stretch that may mean something else."""


def origin_of(item: Told, known: Mapping[str, Bounds], weak: str) -> str:
    """Of whom it tells: a fact of the lost, ``care``, ``new``, ``worse`` of the hurt, ``dead`` of those known dead.

    Raises:
        NotUnderstood: it may be of several.
    """
    many = item.many or 0
    lost = [fact for fact in LOST if exact(known, fact)]
    helped = _is_helper(item)
    if pattern("helpers").search(item.words.split(",")[0]) and not helped:
        raise NotUnderstood("helpers")
    if (them := _OF_THEM.match(item.words)) and not item.states - PASSIVE:
        return "dead" if them["dead"] else "care"  # 伤员里头有两个外国人
    if "dead" in item.states and lost and _UNKNOWN_BODY.search(item.words):
        raise NotUnderstood("body")
    if "new" in item.marks and item.group in LOST and not item.states & {"out", "found", "dead"}:
        return "new"  # 又发现两户被困，共5个人
    if lost and pattern("added").search(item.words):
        if len(lost) > 1 or item.states & {"out", "found", "dead"}:
            raise NotUnderstood("more of the lost")
        return "more"  # 楼上还有一个喊救命的，之前没发现
    if item.group in LOST and "still" in item.states and not item.counted and helped:
        return "new"  # 下水救人的辅警失踪了
    if item.group in lost:
        return item.group
    if item.states & {"out", "found", "still"} or "left" in item.marks:
        of = [fact for fact in lost if many <= (exact(known, fact) or 0)]
        if len(of) == 2:
            of = ["missing"] if "found" in item.states else ["trapped"] if "out" in item.states else []
        if of:
            return of[0]
        if lost:
            raise NotUnderstood
    if item.states & {"grave"} and not _COMES.search(item.words) and exact(known, weak):
        return "care"  # 又有2人病情恶化
    if item.group == "serious_injuries" and BEFORE_LIGHT.search(item.words):
        return "worse"  # 重伤又添一个，原先算轻的
    if "dead" in item.states and _OF_CARE.match(item.words) and (exact(known, weak) or 0) >= many and not lost:
        return "care"  # 送去医院的又死了一个
    if "new" in item.marks or "gone" in item.states or ("also" in item.marks and not lost):
        return "new"
    if item.parts and many == exact(known, weak) and not item.states - PASSIVE and not lost:
        return "care"  # 8位老人里5位已经不吐了
    if "stands" in item.states and _OF_THE_DEAD.match(item.words) and many == exact(known, "deaths"):
        return "dead"
    if item.group == "serious_injuries":
        return "care"
    if "went" in item.states and GRAVE.search(item.words) and exact(known, weak):
        return "care"
    if "care" in item.states and _NOW_IN.search(item.words) and many <= (exact(known, weak) or 0):
        return "care"  # 在院37
    if (
        item.parts
        and ("known" in item.marks or item.parts[0].marks & {"known"})
        and not item.states - {"care", "ill", "hurt"}
    ):
        of = [fact for fact in lost if exact(known, fact) == many]
        return of[0] if of and exact(known, weak) != many else "care"
    if "dead" in item.states:
        if lost:
            if "known" in item.marks and many == 1 and len(lost) == 1 and exact(known, lost[0]) == 1:
                return lost[0]  # 火场里发现的那个是住户，已经死了
            raise NotUnderstood
        if helped and "new" not in item.marks and not _IN_CARE.search(item.words):
            return "new"
        if _IN_CARE.search(item.words) and (exact(known, weak) or 0) >= many:
            return "care"
        if _BODY.search(item.words):
            return "new"
        raise NotUnderstood
    if item.states & {"hurt", "ill"} and helped and not item.states & {"stable", "stands", "home"}:
        return "new"
    if item.states and not item.states - {"home", "stands", "stable"} and many <= (exact(known, weak) or 0):
        return "care"  # 出院11人
    if "known" in item.marks and item.states & {"stands", "stable", "home", "care", "grave", "better"}:
        return "care"
    raise NotUnderstood


def _is_helper(item: Told) -> bool:
    """一名消防员摔伤, 消防的小李手烫了: a helper who came to harm."""
    if not item.states & {"hurt", "ill", "dead", "still"}:
        return False
    return _HELPED.search(item.words) is not None or (
        not item.counted and pattern("helpers").search(item.words) is not None
    )
