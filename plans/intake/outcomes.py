"""What is told right beside a figure of what became of its people, or how it was reckoned: it may be another one.

Rules like those of `plans.intake.balance`: none reads anything, each names a kind of words beside which a figure is
asked.
"""

from __future__ import annotations

from plans.intake.balance import Around, Rule
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Found

_PARTS = lazy(r"里[头面边]|当中|初报|[一二三]报|第[一二三四][遍次]|排除|符合|定义|单纯")


def otherwise(around: Around, name: str, found: Found) -> bool:
    """Whether the words beside a figure make it another one."""
    return bool(found.at_least) and any(rule(around, name, found) for rule in RULES)


def sum_of_parts(around: Around, name: str, found: Found) -> bool:
    """初报2死，二报3死; 病例57例，排除5例，符合定义52例: what was added is told of the same people."""
    counts = around.within(found)
    return len(counts) > 1 and _PARTS.search(around.text, counts[0].end, counts[-1].end + 2) is not None


_COMES_TO = lazy(
    r"[^,。;!?\n\d一二两三四五六七八九十]{0,3}(?:一?共|总共|合计)(?:有|是)?(\d{1,3}|[一二两三四五六七八九十]{1,3})[人个名]"
)


def comes_to_more(around: Around, name: str, found: Found) -> bool:
    """列车长、两名乘务和七名乘客烧伤共十人: right behind a figure stands a sum that is another."""
    match = _COMES_TO.match(around.text, found.span[1])
    number = next(numbers(match[1]), None) if match else None
    return number is not None and number.low != found.at_least


_RAN = lazy(r"吓跑|逃[了逸跑]|肇事|溜了|跑路|嫌疑|凶手|自首")
_BACK = lazy(r"[^。;!?\n]{0,6}(?:均|都|全)(?:已经?)?(?:找[回到着]|接走|领走|回家)")


def not_lost(around: Around, name: str, found: Found) -> bool:
    """司机吓跑了没找着; 走失儿童4名，均已找回."""
    if name != "missing":
        return False
    ran = _RAN.search(around.text, *around.clause(found.span))
    return ran is not None or _BACK.match(around.text, found.span[1]) is not None


_ALIVE = lazy(r"[有那]?[一1]?个[^,。;!?\n]{0,8}(?:救活|活过来|救回来)")


def one_lives(around: Around, name: str, found: Found) -> bool:
    """说四个没了，有一个后来抢救活了."""
    if name != "deaths" or not found.at_least or found.at_least < 2:
        return False
    high = around.sentence(found.span)[1]
    return _ALIVE.search(around.text, found.span[1], high) is not None


_DEAD = lazy(r"[^。;!?\n]{0,12}(?:烧没|烧死|没脱离危险)")


def dead_inside(around: Around, name: str, found: Found) -> bool:
    """3人没出来，确定在里面烧没了; 还在里面没脱离危险."""
    return name in ("missing", "trapped") and _DEAD.match(around.text, found.span[1]) is not None


_STRUCK = lazy(r"碰|撞|摔|砸|跌")
_IN_CARE = lazy(r"挂水|输液|送医|就诊|收治|住院|吸氧")
_CURRENT = lazy(r"漏电|触电|带电|电击|触到电")
_SICK = lazy(r"吐|拉肚|中毒|发[热烧]|腹泻|煤气|中暑")


def hurt_not_ill(around: Around, name: str, found: Found) -> bool:
    """12人自述碰撞不适; 漏电，挂水的有七个: who was struck is hurt, and not ill."""
    if name != "ill":
        return False
    text = around.text
    if _STRUCK.search(text, *found.span):
        return True
    in_care = _IN_CARE.search(text, *found.span) is not None
    return in_care and _CURRENT.search(text) is not None and _SICK.search(text) is None


RULES: tuple[Rule, ...] = (sum_of_parts, comes_to_more, not_lost, one_lives, dead_inside, hurt_not_ill)
