"""A report of one or two clauses read as people and what befell them, or not at all.

It is a reading of its own beside the grammar of `plans.intake.sentence`: every number of people in the text must have
its harm, be the whole of parts, or be said to be well; else nothing is read. Where both say the same a figure is sure.
A later text (`plans.intake.following`) is not read so: it tells of people who are known already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from plans.intake import portions
from plans.intake.brief_figures import Settled
from plans.intake.doubting import open_ended
from plans.intake.lexicon import alternatives
from plans.intake.patterns import lazy
from plans.intake.reading import Found, Option, Span, Utterance, UtteranceKind
from plans.intake.taking import any_overlap, overlap
from plans.intake.zeros import none_no_more

LONGEST = 31
"""Characters of a text that is read so."""
TURNS = lazy(lambda: alternatives("brief", "turn"))
_LINES = lazy(r"\n[^\n]*[\d一二两三四五六七八九十俩仨]")
"""A list, line by line."""
_FELT = lazy(r"吐|泻|拉|晕|昏|抽|疼|痛|烧|疹|起泡|咳|呛|熏|麻|憋|闷|难受|不适|不舒服|发黑|打摆|痒|肿|迷糊|倒|中暑")
"""What a person has who is ill; the kind of event alone (食物中毒, and 班里8人) makes nobody ill."""
_OF_OTHERS = lazy(r"其中|包[括含]|[里当之]中|里[头面边]|内?含|内有")
"""A part of others is told (中毒9人，其中重伤2人): how many are hurt at all the grammar knows, or nobody said."""
_IN_CARE = lazy(r"[送就]医|医院|住院|留观|抢救|救治|治疗|手术|输液|120|救护")
_BESIDE = {"injuries": "ill", "ill": "injuries"}
_SIX = frozenset(("deaths", "missing", "trapped", "injuries", "serious_injuries", "ill"))
_CONFIDENCE = 0.6
_ASKED = frozenset(("injuries", "ill"))
"""What the grammar reads of people who are only trapped (里头还闷着3个) is asked."""
_TAKES_BACK: frozenset[UtteranceKind] = frozenset(("corrected", "past", "rumour", "withdrawn"))


class Brief(NamedTuple):
    """What a text of few words says: figures, and where the people stand of whom it speaks."""

    figures: dict[str, Found]
    people: list[Span]


def brief(text: str, category: str | None) -> Brief | None:
    """What a text of few words says of people, or None where it is not understood as a whole."""
    if len(text) > LONGEST or TURNS.search(text) or _LINES.search(text) or portions.told(text):
        return None
    told = Settled(text, category)
    figures = told.figures()
    return None if figures is None else Brief(figures, [(who.start, who.end) for who in told.everybody])


def agreed(
    heard: str,
    spoken: Sequence[Utterance],
    category: str | None,
    read: Mapping[str, Found],
    facts: Mapping[str, Found],
    spare: Sequence[Span],
) -> dict[str, Found]:
    """The facts with those of this reading.

    What both readings say is sure, also where the second opinion asked it. A number that was left over beside a figure
    asks it no more where this reading knows what became of those people; what any other rule asks stays asked.

    Args:
        heard: normalised text, masked.
        spoken: its utterances.
        category: kind of event.
        read: as the grammar has them.
        facts: the same after the second opinion.
        spare: head counts that the grammar left over.
    """
    told = dict(facts)
    if len(heard) > LONGEST or any(item.kind in _TAKES_BACK for item in spoken):
        return told
    own = brief(heard, category)
    if own is None:
        return told
    figures = own.figures
    for name in _SIX:
        found = facts.get(name)
        if found is not None and found.unknown and not found.readings and name in _ASKED and name not in figures:
            if any(overlap(found.span, other.span) for other in figures.values()):
                del told[name]  # 呛着 is of the ill
        if found is None or found.unknown or bool(found.at_least) == bool(name in figures and figures[name].at_least):
            continue
        beside = "trapped" in figures and overlap(found.span, figures["trapped"].span)
        if name not in _ASKED or name in figures or not beside:
            return told  # the grammar read of what this reading knows nothing
        told[name] = open_ended(found, _CONFIDENCE)
    if "injuries" in figures and "injuries" not in facts and _OF_OTHERS.search(heard):
        figures = {name: found for name, found in figures.items() if name != "injuries"}
    explained = bool(spare) and all(any_overlap(span, own.people) for span in spare)
    for name, found in figures.items():
        grammar = read.get(name)
        if none_no_more(heard, name, found):
            continue
        if grammar is not None and grammar.unknown and grammar.readings and not explained:
            if grammar.at_most is None or not any(_same(option, found) for option in grammar.readings):
                continue
        if grammar is None and _is_of_those(heard, facts.get(_BESIDE.get(name, "")), found):
            continue
        if grammar is None or grammar.unknown:
            if (
                name != "ill"
                or grammar is not None
                or _FELT.search(heard, max(0, found.span[0] - 9), found.span[1] + 6)
            ):
                told[name] = found
        elif _same(grammar, found):
            told[name] = grammar
    return told


def _is_of_those(heard: str, known: Found | None, found: Found) -> bool:
    """9人中毒，已送医3人: those who are treated are of the ill, and not hurt beside them."""
    if known is None or known.unknown or (known.at_least or 0) < (found.at_least or 0):
        return False
    return _IN_CARE.search(heard, *found.span) is not None


def _same(one: Found | Option, other: Found) -> bool:
    return (one.at_least, one.at_most) == (other.at_least, other.at_most)
