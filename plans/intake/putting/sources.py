"""What several sources report, and what the writer counted himself: 厂里报伤5，街道报伤8，我一床一床数的7个 are 7."""

from __future__ import annotations

from itertools import islice

from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.replacing import FILL
from plans.intake.tokens import word_at
from plans.intake.words import CASUALTY

_N = r"(?:\d{1,4}|[一二两三四五六七八九十]{1,3}|[俩仨])"
_MEASURE = r"(?:个人|[人名例个位具张份])?"
_WHO = r"[\u4e00-\u9fa5]{1,8}?"
_SAYS = r"(?:头一回|最早|最先|开始|一开始|先)?(?:上报|报上来|报|说|讲|称|登记|统计)(?:的|了)?(?:是|有)?"
_HARM = r"(?:死亡?|亡|受?伤|失[联踪]|被?困|中毒|发[烧热]|吐|病)"
_SOURCE = (
    rf"{_WHO}{_SAYS}[^,。;!?\n\d一二两三四五六七八九十]{{0,3}}?{_HARM}?[了的]?"
    rf"{_N}{_MEASURE}[^,。;!?\n\d]{{0,6}}[,;。]"
)
_MINE = (
    r"(?:可|但|不过|其实|实际)?(?:我|咱|俺|本人|现场)们?[^,。;!?\n\d一二两三四五六七八九十]{0,8}?"
    r"(?:[一挨逐][^,。;!?\n\d]{0,8})?(?:数|点|核对?|清点|查|看|问|对)[^,。;!?\n\d一二两三四五六七八九十]{0,8}"
)
_COUNTED = lazy(
    rf"(?P<sources>(?:{_SOURCE}){{1,4}})(?P<mine>{_MINE},?(?:是|就|才|只有|有|总共|一共|为)*)(?P<n>{_N})(?P<measure>{_MEASURE})"
    r"(?=[^\u4e00-\u9fa5]|$|[死伤受失被中发吐病是])",
    sparse=True,
)
_SO_IT_IS = lazy(
    rf"{_WHO}{_SAYS}[^,。;!?\n]{{2,16}}[,;。]{_MINE}[^。!?\n]{{0,40}}?所以(?:现在|目前|应该|实际)?就?[是为]?(?=[死伤亡受]\D{{0,2}}{_N})",
    sparse=True,
)
_SHEETS = lazy(r"(?<=[\d一二两三四五六七八九十])[张份]")
"""The writer counted their papers."""
_OWN_HARM = lazy(r"[死伤亡淹烧埋困冲失毒吐砸压病]")
_ENOUGH = 4
_LONGEST = 400


def by_own_count(plain: str, text: str) -> tuple[str, list[Span]]:
    """Masked text without what others reported of whom the writer counted himself, and where he says so.

    Args:
        plain: normalised text.
        text: the same, masked.
    """
    places: list[Span] = []
    for match in islice(_SO_IT_IS.finditer(plain), _ENOUGH):
        text = _filled(text, match.start(), match.end())
    for match in islice(_COUNTED.finditer(plain), _ENOUGH):
        low, high = match.span("sources")
        told = [(at, word) for at in range(low, high) if (word := word_at(plain, at)) and word.kind in CASUALTY]
        kinds = {word.kind for _, word in told}
        own, others = next(numbers(match["n"]), None), [number.low for number in numbers(match["sources"])]
        if len(kinds - {"hospital"}) > 1 or own is None or (len(others) > 1 and own.low == sum(others)):
            continue  # several harms, or a total of them all
        text = _filled(text, low, high)
        places.append((match.start("mine"), match.end()))
        if match["measure"] in ("张", "份"):
            text = text[: match.start("n")] + _SHEETS.sub("人", text[match.start("n") :])
        if not told:
            continue
        if _OWN_HARM.search(match["mine"]):
            continue  # 据说淹死6个。现场看到的是冲走2个: those he counted are told with a harm of their own
        at, word = told[0]
        harm = plain[at : word.end]
        if (behind := word_at(plain, match.end())) is None or behind.kind not in CASUALTY:
            mine = match.span("mine")
            if mine[1] - mine[0] < len(harm) + 1:
                continue
            text = text[: mine[0]] + FILL * (mine[1] - mine[0] - len(harm)) + harm + text[mine[1] :]
    return text, places


def _filled(text: str, low: int, high: int) -> str:
    return text[:low] + FILL * (high - low) + text[high:]


def counts_himself(plain: str) -> bool:
    """Whether the writer tells what others report and what he counted: their figures are no parts of a sum."""
    return len(plain) <= _LONGEST and _COUNTED.search(plain) is not None
