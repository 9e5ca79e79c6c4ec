"""Facts that a later text speaks of, though nothing was made of it: no old figure stands beside such words unasked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from plans.intake.changes import exact
from plans.intake.fates import LOCATED, Fate, Item
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.sayings import said_of
from plans.intake.stepping import HELPERS, Bounds

_OUT: frozenset[Fate] = frozenset(("back", "out", "dead"))
_CARE = lazy(r"出院|医院|包扎|留观|在院|住院|轻伤|伤员|病人|挂水|缝|门诊|检查|病房|床位|症状|康复|治愈|高压氧|舱")
_IN_CARE = lazy(
    r"住院|医院|监护|抢救|救治|医治|病房|伤员|伤者|病人|\d床|大夫|医生|治疗|手术|无效|不治|没(?:能)?(?:抢)?(?:扛|挺|熬|撑|缓|救)"
)
_HOME = lazy(r"打(?:的|了)?(?:的)?车|都好了|自己|回(?:家|去)|签字")
_STILL_SO = lazy(r"还是(?:那|原|刚|这|\d|[一二两三四五六七八九十])|(?:人数|总数|数)(?:不|没|未)[变动]")
_FRESH = lazy(
    r"凌晨|刚刚?(?!才)|夜里|今早|今天|半夜|又|也|昨[天晚夜]|失去|(?:没|未)(?:能)?(?:救|挺|扛|熬|撑|顶|保|留)|无效|"
    + _IN_CARE.pattern
)
_CARED = lazy(_IN_CARE.pattern + r"|衰竭|昏迷|ICU|走了|伤的")
_STAYS_DEAD = lazy(r"DNA|比对|名字|火化|殡仪|后事|家属|辨认|认领|遗体(?:告别|存放)|名单|身份|悼|赔|抚恤|确认是")


def unheeded(
    told: Sequence[Item], known: Mapping[str, Bounds], weak: str
) -> Iterator[tuple[str, tuple[Bounds, ...], Span]]:
    """Facts that the text speaks of, each with what it may be: an old figure never stands beside such words unasked."""
    if any(_STILL_SO.search(item.words) for item in told):
        return
    for item in told:
        if said_of("already", item.words) or said_of("unchanged", item.words) or HELPERS.search(item.words):
            continue
        many = item.many or 1
        went = "went" in item.fates and _IN_CARE.search(item.words) and not _HOME.search(item.words)
        gone = "dead" in item.fates or went
        if (
            gone
            and (base := exact(known, "deaths")) is not None
            and (item.many != base or _FRESH.search(item.words))
            and not _STAYS_DEAD.search(item.words)
        ):
            yield "deaths", ((base + many, base + many),), item.span
            whole = exact(known, weak)
            sought = any(exact(known, fact) for fact in ("missing", "trapped"))
            if not sought and whole is not None and whole >= many and _CARED.search(item.words):
                yield weak, ((whole - many, whole - many),), item.span
        lost = [fact for fact in ("missing", "trapped") if exact(known, fact)]
        located = item.fates & (LOCATED if lost == ["missing"] else _OUT - {"dead"})
        if located and len(lost) == 1 and not _CARE.search(item.words) and "still" not in item.fates:
            base = exact(known, lost[0]) or 0
            if many <= base:
                yield lost[0], ((base - many, base - many),), item.span
        serious = exact(known, "serious_injuries")
        if serious is not None and item.fates & {"grave", "better"}:
            new = serious + many if "grave" in item.fates else max(0, serious - many)
            yield "serious_injuries", ((new, new),), item.span
