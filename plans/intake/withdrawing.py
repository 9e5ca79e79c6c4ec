"""Known figures that an update takes back, while nothing is known in their stead: 死3伤12是网上的，官方没出数，先撤.

Each figure that is named as it is known, before or beside the words that take it back, is known no more; what is said
to stand stays (伤的数不变). 前面报的数都不算 takes all of them back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from plans.intake.changes import exact
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import After, Option, Span
from plans.intake.stepping import Bounds
from plans.intake.taking import was

_BACK = lazy(
    r"先(?:都)?(?:别|不要?|勿|不用)(?:往上)?(?:写|报|算|计|用|发|提|统计|往上|上报|录|填|登|列)|"
    r"(?:先|请|要|给|得|都|全|把[^,。;!?\n]{1,10})?"
    r"(?:撤(?:回|下|下来|掉|销|了)|拿掉|去掉|删(?:掉|了|除)|收回|抹掉)(?:了|吧|来|来吧)?(?=[,。;! \n]|$)|"
    r"(?:先|请|(?<=[,。;! \n]))撤(?=[,。;!了吧 \n]|$)|作废|不作数|暂不(?:报|计|算|列)|"
    r"(?:都|全|全部|通通|一律|暂时)?不算(?:数)?(?:了)?(?=[,。;! \n]|$)|推倒重来|重新(?:统计|核对|核实|清点|摸排|数)"
)
_ALL_OF_IT = lazy(
    r"(?:前面|前头|刚才|之前|上面|早上|上午|先前|昨天|我)(?:[^,。;!?\n]{0,4})(?:报|说|发|写)的?(?:那些|那条|那个|那份|几个)?(?:数字?|数据|消息|伤亡)?|"
    r"(?:所有|全部|那些|这些)(?:数字?|数据)|伤亡(?:数字?|人数|数据)"
)
_UNPROVED = lazy(
    r"网上|传的|瞎|谣|估的|猜的|瞎猜|没(?:有)?(?:人|给|经过?|得到)?[^,。;!?\n]{0,6}(?:核实|证实|确认|出数|给数|准数|定论|结论|准信|准儿)|未(?:经)?(?:核实|证实|确认)|"
    r"没人能|(?:还|谁)(?:都)?没(?:有)?(?:出|给|公布|确认|核)|嘴里|自媒体|发错|转错|贴错|听来|官方|等(?:公安|医院|上级|法医|正式|通报|卫健)|不(?:实|属实|准|靠谱|可信)|搞不清|说不准|对不上|重新"
)
_STANDS = lazy(r"不变|没变|照旧|照报|不动|别动|还是|仍(?:为|是)|没问题|是准的|属实|保留|准确")
_MORE = lazy(
    r"又(?!核|查|问)|新增|新送|增加|再添|另外|找[到着]|救出|出来|送来|送到|应该?[是为]|实际|改[为成]|更正|其实"
)
_NAMED = (
    (
        "deaths",
        lazy(
            r"死(?:亡|者|的|了)?(?=[\d一二两三四五六七八九十那俩仨个人数,的]|亡|者|人|$)|(?<![死伤])亡(?=[\d一二两三])|遇难|没了的"
        ),
    ),
    ("serious_injuries", lazy(r"重伤|重症|危重")),
    ("injuries", lazy(r"(?<![重轻])受伤|(?<![重轻受])伤(?!亡)(?:员|者|的|了)?")),
    ("missing", lazy(r"失[联踪]")),
    ("trapped", lazy(r"[被受]困|困着?的")),
    ("ill", lazy(r"病例|患者|确诊|发病|中毒|吐的|病人")),
)
ENOUGH = 120


def taken_away(
    text: str, known: Mapping[str, Bounds], weak: str, changed: Mapping[str, After], revised: Collection[str]
) -> Mapping[str, After]:
    """What is known once such figures are taken back.

    Args:
        text: all of it, but what is asked or supposed.
        known: what the case knew.
        weak: the fact of people of whom only a number is told.
        changed: what others made of the text.
        revised: facts that the text sets anew.
    """
    back = _BACK.search(text)
    if back is None or len(text) > ENOUGH or revised or _MORE.search(text) or _UNPROVED.search(text) is None:
        return changed
    told: dict[str, Span] = {}
    heads_at: list[tuple[int, Span]] = []
    for clause in _CLAUSE.finditer(text):
        words = clause[0]
        if _STANDS.search(words) and not _BACK.search(words):
            continue
        for fact, name in _NAMED:
            own = fact if exact(known, fact) else weak if fact in ("injuries", "ill") else ""
            if own and exact(known, own) and name.search(words):
                told.setdefault(own, clause.span())
        heads_at += [(int(number.low), clause.span()) for number in numbers(words) if number.low == number.high]
    if not told:
        for many, span in heads_at:
            of = [fact for fact in known if exact(known, fact) == many and many > 1]
            told |= {of[0]: span} if len(of) == 1 else {}  # 井口报的9人是估的
    if not told and _ALL_OF_IT.search(text):
        told = {fact: back.span() for fact in known if exact(known, fact)}
    if not told or any(many not in {1, *(exact(known, fact) for fact in told)} for many, _ in heads_at):
        return changed
    return {name: After(at_least=low, at_most=high) for name, (low, high) in known.items()} | {
        fact: _withdrawn(text, known[fact], span) for fact, span in told.items()
    }


_CLAUSE = lazy(r"[^,。;!?\n]+")


def _withdrawn(text: str, base: Bounds, span: Span) -> After:
    return After(
        at_least=None, at_most=None, change="withdrawn", asks=True, text=text[slice(*span)], span=span,
        readings=(Option(at_least=None, at_most=None), was(base)),
    )  # fmt: skip
