"""A text in which figures are taken back, added to or told twice is read as what it comes to in the end.

困了两个，不好意思，被困是三个，刚才说错了 is read as 困了三个; 伤4个，失联3人，漏了一个，一共4个 as 伤4个，失联4个;
死2伤5。重复一遍：死2伤5 as 死2伤5. Whoever reads that text need know of no correction. It is done only where every word
between the figures is understood and the numbers bear it out; any other text is left as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from plans.intake.patterns import lazy
from plans.intake.reading import Reading, Span, Utterance, UtteranceKind
from plans.intake.settling.account import Account
from plans.intake.settling.counts import CLAUSE
from plans.intake.settling.words import SPEAKER

_NOT_ITS_OWN: frozenset[UtteranceKind] = frozenset(("reported", "rumour", "supposed", "ordered", "past"))
_SLIPPED = lazy(r"[看听数]错了?")
"""It is no false alarm where another figure follows: 困了7个，我看错了，9个."""
_KNOWS = lazy(r"医院|卫生院|120|大夫|医生|^我")
"""Whose figure may take the stead of the writer's own."""
LONGEST = 240
"""Characters of a text that is looked at."""
_ENOUGH = 40
"""Clauses of one."""
_CUE = lazy(
    r"不对|错|正|误|不是|并非|不准|不实|作废|撤回|核|最新|重|[再又]|漏|少[报数算记写]|算|加|补|多[报数算记写了]|去掉|扣|刨|减|剔|"
    r"总之|总的|反正|汇总|归总|一句话|情况|没变|复述|就是|应该?[是为]|实际|清楚|[手口]误|[哦噢啊呃]不|[,。;! ]不,|"
    r"等[下等]|没[算报]|确认|确定|几个|没说清|那个数|改|反|岔|信号|多少|[两2][遍次]",
    sparse=True,
)


def settled(plain: str, spoken: Sequence[Utterance] = ()) -> tuple[str, list[int]] | None:
    """The text as it comes to in the end, and the place of each of its characters; None where nothing is settled.

    Args:
        plain: normalised text.
        spoken: its utterances; figures of hearsay, or that are only supposed, are no others' to correct.
    """
    if len(plain) > LONGEST or _CUE.search(plain) is None:
        return None
    text = SPEAKER.sub(lambda match: "," * len(match[0]), plain)
    clauses: list[Span] = [match.span() for match in CLAUSE.finditer(text)]
    if not 1 < len(clauses) <= _ENOUGH:
        return None
    others = [item for item in spoken if item.kind in _NOT_ITS_OWN and not _SLIPPED.search(item.cue)]
    heard = [item.span for item in others if item.kind != "reported" or _KNOWS.search(item.cue) is None]
    account = Account(text, [item.span for item in others], heard)
    for at, (low, high) in enumerate(clauses):
        gap = clauses[at - 1][1] if at else 0
        if not account.take(gap, low, high, clauses[at + 1 : at + 3]):
            return None
    return account.written(plain) if account.closes() else None


def as_settled(reading: Reading, told: Reading) -> Reading:
    """A reading, with the figures that its text comes to; what a later text tells is still taken from its own words."""
    return replace(
        reading,
        facts=told.facts,
        by_grammar=reading.later.facts,
        raised=told.raised,
        unread=told.unread,
        category=told.category or reading.category,
    )
