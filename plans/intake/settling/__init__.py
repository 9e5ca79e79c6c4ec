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
_SLIPPED = lazy(r"[看听数][错岔]|走眼")
"""It is no false alarm where another figure follows: 困了7个，我看错了，9个."""
_KNOWS = lazy(r"医院|卫生院|120|大夫|医生|^我")
"""Whose figure may take the stead of the writer's own."""
_SEVERAL = lazy(
    r"[\d一二两三四五六七八九十百](?:[人名个位例口]{0,2} ?(?:[-~—至到、]|或者?) ?)"
    r"(?:\d{1,4}|[一二两三四五六七八九十]{1,3}) ?[人名个位例口]"
    r"|\n[^\n,。;:]* \d{1,4}\n[^\n,。;:]* \d{1,4}(?=\n|$)"
)
"""Of two numbers for one figure (7、8人, 8 - 10人), or in the rows of a table, none is taken for a figure alone."""
_ORDERS = lazy(r"是不是|是否")
"""核实一下是不是伤了3人: a figure that is to be looked into is none that was told."""
LONGEST = 240
"""Characters of a text that is looked at."""
_ENOUGH = 40
"""Clauses of one."""
_TALKS = lazy(
    r"[说讲报发写数点查核清算统念填登问错岔准确切记改更修订复归汇转瓢漏落加减扣刨剔划不又再重多少就总反去除也慢]",
    sparse=True,
)
"""No text without any of these corrects a figure."""


def settled(plain: str, spoken: Sequence[Utterance] = ()) -> tuple[str, list[int]] | None:
    """The text as it comes to in the end, and the place of each of its characters; None where nothing is settled.

    Args:
        plain: normalised text.
        spoken: its utterances; figures of hearsay, or that are only supposed, are no others' to correct.
    """
    if len(plain) > LONGEST or _TALKS.search(plain) is None or _SEVERAL.search(plain) or _ORDERS.search(plain):
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
