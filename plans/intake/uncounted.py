"""More people are told of and nobody counted them: 又送来一批伤的, 伤员里有人没了, 上来一部分, 吐的越来越多.

The figure that they move is asked, for an old one that stands on beside such words reads as if it had been told anew.
Who is told dead so is one at least.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from plans.intake.clauses import Clause
from plans.intake.patterns import lazy
from plans.intake.reading import After, Option
from plans.intake.roll.words import states_of
from plans.intake.stepping import HELPERS, Bounds
from plans.intake.steps import NO_NEWS
from plans.intake.taking import any_overlap, asked, was

_PEOPLE = (
    r"(?:伤员|伤者|病人|病号|患者|病例|学生|孩子|娃|老人|工人|村民|群众|乘客|游客|居民|同事|工友|司机|职工|住户|"
    r"师生|人)"
)
_SOME = (
    r"(?:好?几(?:个|名|位|例|人|车|拨)|(?:一|好几?)?(?:大)?(?:些|批|群|波|拨|车|帮)|半车|不少|好多|许多|若干|多[人名]|"
    rf"(?:一|大|小)?部分|(?:有|是)(?:的|{_PEOPLE})|[伤病吐拉晕烧烫砸](?:的|肚子的)|{_PEOPLE})"
)
_FEW = lazy(_SOME)
_NEW = lazy(
    r"又(?!不|没|是|说|问|打|看|查|核|跟|回)|再次?(?=有|送|来|发现|增|添)|新(?=增|来|送|发|收|出现)|另(?:外)?还?有|陆续|不断|接连|相继"
)
_NOT_COUNTED = lazy(
    r"(?:还|另)(?:外)?有[^,。;!?\n]{0,8}(?:没|未)(?:来得及|有)?(?:算|报|统计|登记|数|点|录)|(?:没|未)(?:来得及|有)?(?:算|报|统计|登记|数)(?:清|完|进)|还有人[^,。;!?\n]{0,4}(?:送|来|抬)"
)
_RISES = lazy(
    rf"(?:数|数字|人数|伤亡|死亡|{_PEOPLE}|的)(?:还|仍|正|又)?(?:在|是|不断|持续|一直|继续)*"
    r"(?:往?上(?:升|涨|走|加)|增加|增多|攀升|上升|越来越多|多起来|"
    r"(?:多|添|增)了(?:些|点|不少|好多|几个)?(?=[,。;! \n了]|$))"
)
_COME = lazy(r"[来送拉抬收倒背接](?!电|信|消息|报|话)|[扒挖刨救捞]出|发现|出现")
_DIED_OF_THEM = lazy(
    rf"(?:伤员|伤者|病人|患者|[伤重病]的|ICU|住院的?|送[去到]?医院的|重症)[^,。;!?\n\d]{{0,5}}有(?:的|{_PEOPLE})"
)
_AGAIN_DEAD = lazy(rf"又(?:有)?{_PEOPLE}?(?:死|没)了?(?:人|{_PEOPLE})?|(?:死|没)的又|又[死没]了?人")
_ONE_MORE = lazy(
    r"(?:又|再)(?:来|送|抬|拉|发现|收|接|背|扶|扒|救|挖)[^,。;!?\n\d一二两三四五六七八九十]{0,3}个(?![人小半月电消])|"
    r"(?:再|还要|还得|得)?补(?:报|登)?(?:上)?一?个"
)
_INDEFINITE = lazy(r"一(?:大)?(?=些|批|群|波|拨|车|帮|部分)")
_ONE_SAID = lazy(r"[一两二三四五六七八九十\d]|[俩仨]|(?<!几)[个名位](?!人)")
_LOADS = lazy(r"[一几半]大?车(?=的?(?:人|[伤病]))")
_NO_PATIENT = lazy(
    r"家属|家长(?!又?送)|出院|回家|转院|转走|转[到往去]|疏散|撤离|安置|转移|密接|隔离|媒体|围观|车[来到]|物资|"
    r"(?<![\d.:])0(?![\d.:])|(?:如果?|若|倘若?|一旦|万一|要是|假如)(?:再|又|还)?有|没(?:有)?(?:人|新)|无(?:人|新)|未(?:再|有)|[药血水饭]|电话|医院?(?:专家|人员)|排查|走访|检查|采样|看热闹|帮忙"
)
_FEWER = {"missing": lazy(r"(?<![没未不])(?:找[到着回]|联系上|打通|有(?:消息|下落)|回来|报平安|现身)")}
_FEWER["trapped"] = lazy(
    r"(?<![没未不])(?:[救扒挖拉抬弄背刨拖接](?:了)?[出上下]|[出上下]来(?!了?(?:电|消息|通知))|脱[困险]|获救|升井)"
)
_LOST = {
    "missing": lazy(r"失[联踪]|不见|联系不上|冲走|卷走|没回来"),
    "trapped": lazy(r"被困|困[住在着]|埋[住在着]|压[住在着]"),
}


def with_uncounted(
    clauses: Sequence[Clause], known: Mapping[str, Bounds], weak: str, changed: Mapping[str, After]
) -> Mapping[str, After]:
    """What is known, with figures in question that people without a number move.

    Args:
        clauses: of the asserted text.
        known: what the case knew.
        weak: the fact of people of whom only a number is told.
        changed: what others made of the text.
    """
    told: dict[str, After] = {}
    for clause in clauses:
        if (
            NO_NEWS.search(clause.text)
            or HELPERS.search(_LOADS.sub("", clause.text))
            or _NO_PATIENT.search(clause.text)
        ):
            continue
        if any(number.low == number.high for number in clause.counts) and not _ONE_MORE.match(clause.text):
            continue  # 重伤的走了一个，又送来1个伤员
        for fact, way in _moved(clause, known, weak):
            now, base = changed.get(fact), known.get(fact)
            if fact in told or now is None:
                continue
            counted = _ONE_SAID.search(_INDEFINITE.sub("", clause.text)) is not None
            one = (
                way == "more"
                and not counted
                and now.change in ("add", "set")
                and _is_one_more(now, base)
                and not now.unknown
            )
            at_hand = now.span is not None and any_overlap(now.span, [clause.span])
            if (one and at_hand) or (now.change == "same" and not now.asks and base is not None):
                told[fact] = _in_question(clause, base or (0, 0), way)
    return {**changed, **told} if told else changed


def _moved(clause: Clause, known: Mapping[str, Bounds], weak: str) -> Iterator[tuple[str, str]]:
    words = clause.text
    new, few = _NEW.search(words) is not None, _FEW.search(words) is not None
    rises = _RISES.search(words)
    states = states_of(words)
    if not _ONE_SAID.search(_INDEFINITE.sub("", words)):
        if _DIED_OF_THEM.search(words) and states & {"dead", "went"}:
            yield "deaths", "more"
            yield weak, "fewer"
            return
        if _AGAIN_DEAD.search(words) or (new and few and states & {"dead"}):
            yield "deaths", "more"
            return
    if rises and not states & {"dead"} and "deaths" not in clause.facts:
        yield from ((weak, "more"),) if weak in known else ()
        return
    if rises:
        yield "deaths", "more"
        return
    lost = [fact for fact in ("missing", "trapped") if known.get(fact, (0, 0)) != (0, 0)]
    if _ONE_MORE.search(words) and not (lost and _FEWER[lost[0]].search(words)):
        yield weak, "more"  # 又来个捂着脑袋的
        return
    if not few:
        return
    for fact, lost_words in _LOST.items():
        if new and lost_words.search(words) and not (fact in lost and _FEWER[fact].search(words)):
            yield fact, "more"
            return
    for fact in lost:
        if _FEWER[fact].search(words):
            yield fact, "fewer"
            return
    if _NOT_COUNTED.search(words) or (new and (states & {"hurt", "ill", "care"} or _COME.search(words))):
        yield weak, "more"


def _is_one_more(now: After, base: Bounds | None) -> bool:
    return (now.at_least, now.at_most) == ((base[0] or 0) + 1 if base else 1, (base[1] or 0) + 1 if base else 1)


def _in_question(clause: Clause, base: Bounds, way: str) -> After:
    """As it was, or more, or fewer."""
    low, high = base
    words, span = clause.text, clause.span
    more = Option(at_least=(low or 0) + 1, at_most=None, text=words, span=span)
    fewer = Option(at_least=0, at_most=max(0, (high or low or 0) - 1), text=words, span=span)
    return asked((more if way == "more" else fewer, was(base)), "set" if way == "more" else "fall", words, span)
