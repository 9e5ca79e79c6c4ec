"""An account of units that is understood as a whole: 县医院31个，中医院9个，还有2个在诊所挂水 are 42.

Clause by clause it is told which unit has how many of which harm; a part (里头重的2个), somebody who is not to be
counted (B团有俩是晕车，不算), who is told of twice (1个是转过去的，已经算在6个里了) and a total are taken as what they
are. Where a number of people or a harm is left over nothing is read so; what is read so is sure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from plans.intake.reading import Found, Span, Utterance, UtteranceKind
from plans.intake.replacing import FILL
from plans.intake.taking import any_overlap
from plans.intake.tally import words
from plans.intake.tally.account import Account
from plans.intake.tally.entries import BARE, GRAVE, Entry, NotUnderstood
from plans.intake.tally.pieces import pieces

LONGEST = 320
"""Characters of a text that may be such an account."""
_POISON = ("food_poisoning", "gas_poisoning", "epidemic")
_FITS: frozenset[UtteranceKind] = frozenset(("asserted", "quoted", "header", "asked", "reported", "past", "rumour"))
_OF_OTHERS: frozenset[UtteranceKind] = frozenset(("past", "rumour"))
_SIX = ("deaths", "injuries", "serious_injuries", "missing", "trapped", "ill")
_OPEN = ("ill", "injuries", "missing")


def tallied(
    heard: str,
    plain: str,
    spoken: Sequence[Utterance],
    category: str | None,
    facts: dict[str, Found],
) -> dict[str, Found]:
    """The facts, with those that an account of units comes to.

    Args:
        heard: normalised text, masked.
        plain: the same, not masked.
        spoken: its utterances.
        category: kind of event.
        facts: as they were read, each as it would be shown.
    """
    if len(heard) > LONGEST or any(item.kind not in _FITS for item in spoken):
        return facts
    others = [item.span for item in spoken if item.kind in _OF_OTHERS]
    if words.WRONG.search(words.SET_RIGHT.sub("", _without(plain, others))):
        return facts
    asides = [span for span in others if words.ASIDE.search(plain, *span)]
    text = _with_asides(heard, plain, asides)
    try:
        account, told = _account(text, category)
    except NotUnderstood:
        return facts
    if told is None:
        return facts
    facts = {name: found for name, found in facts.items() if name in told or not _is_gone(found, account)}
    for name, found in facts.items():
        if name in _SIX and name not in told and found.at_least and not found.unknown:
            return facts  # the grammar read of what this account knows nothing
    kept = {name: found for name, found in facts.items() if not (found.unknown and name in _OPEN)}
    for name, found in told.items():
        if name not in kept or not _same(kept[name], found):
            kept[name] = replace(found, text=plain[slice(*found.span)])
    return kept


def _is_gone(found: Found, account: Account) -> bool:
    """It counts those who are not to be counted, or a unit that does not answer, or nobody of one unit alone."""
    return any_overlap(found.span, account.gone if found.at_least else account.nobody)


def _same(one: Found, other: Found) -> bool:
    return not one.unknown and (one.at_least, one.at_most) == (other.at_least, other.at_most)


def _with_asides(heard: str, plain: str, asides: Sequence[Span]) -> str:
    """有3个是去年的病例不算: who is not to be counted is heard."""
    for low, high in asides:
        heard = heard[:low] + plain[low:high] + heard[high:]
    return heard


def _without(text: str, spans: Sequence[Span]) -> str:
    for low, high in spans:
        text = text[:low] + FILL * (high - low) + text[high:]
    return text


def _account(text: str, category: str | None) -> tuple[Account, dict[str, Found] | None]:
    account = Account()
    for piece in pieces(text):
        account.hear(piece)
    account.drop()
    poison = category in _POISON
    if not _is_one(account) or not _named(account, poison, text, category):
        return account, None
    facts: dict[str, list[Entry]] = {}
    for entry in account.entries:
        facts.setdefault(_fact(entry.kind, poison), []).append(entry)
    if ({"ill", "injuries"} <= facts.keys() and not poison) or not _are_several(facts):
        return account, None
    told = _without_whole(account, {name: _found(some) for name, some in facts.items()}, facts, poison)
    if told is not None and account.grave:
        grave = account.grave + sum(entry.low for entry in account.entries if entry.kind in GRAVE)
        spans = [*account.graves, *(entry.figure.span for entry in account.entries if entry.kind in GRAVE)]
        span = (min(low for low, _ in spans), max(high for _, high in spans))
        told["serious_injuries"] = Found(at_least=grave, at_most=grave, stated=grave, text="", span=span)
    return account, told


def _is_one(account: Account) -> bool:
    """Two units of one sort at least, or one beside people of another kind; or somebody was taken out."""
    units = {(entry.sort, entry.unit) for entry in account.entries if entry.unit and not entry.died}
    sorts = {sort for sort, _ in units} - {"group"}
    bare = {
        entry.sort for entry in account.entries if entry.unit and not entry.died and entry.figure.kind != "hospital"
    }
    several = len(units) > 1 and (sorts or all(entry.figure.kind == "" for entry in account.entries))
    if account.loose and (account.loose < 3 or not words.EACH.search(account.heard)):
        return False
    if (not several and not account.taken) or ("care" in bare and len(bare - {"group"}) > 1):
        return False
    among = any(entry.kind == "dead" and entry.died for entry in account.entries)
    return not (among and any(entry.kind == "dead" and not entry.unit for entry in account.entries))


def _named(account: Account, poison: bool, text: str, category: str | None) -> bool:
    """Give each number without a harm the one that was told of others; False where none is told."""
    running = account.running or ("hurt" if account.grave and "伤" in text else "")
    for entry in account.entries:
        if entry.kind in BARE:
            if entry.open and account.running and entry.sort != "care":
                return False  # 团里28人，…游客有四个刮伤
            if not running and (category is None or not (poison or entry.sort == "care")):
                return False
            entry.bare = not account.taken
            entry.kind = running or ("ill" if poison else "hurt")
        elif poison and entry.kind in (*GRAVE, "faint"):
            entry.kind = "ill"
    return True


def _are_several(facts: Mapping[str, Sequence[Entry]]) -> bool:
    """Each number that was told without a harm has another one beside it for the same fact."""
    return all(len(some) > 1 or not some[0].bare for some in facts.values())


def _without_whole(
    account: Account, told: dict[str, Found], facts: Mapping[str, Sequence[Entry]], poison: bool
) -> dict[str, Found] | None:
    """The figures without a whole that its units come to; None where they come to another number."""
    first = account.entries[0]
    name = _fact(first.kind, poison)
    others = [entry for entry in facts[name] if entry is not first]
    lie = first.sort != "care" and any(entry.sort == "care" for entry in others)  # 食堂5个烫伤，县医院收治2人，…
    if (not first.unit and any(entry.unit for entry in others)) or lie:
        if sum(entry.low for entry in others) != first.low:
            return None
        told[name] = _found(others)
    main = next((entry for entry in account.entries if entry.kind != "dead"), first)
    for figure, before in account.totals:
        own = told.get(_fact(figure.kind or main.kind, poison))
        if own is None or not before or (own.at_least, own.at_most) != (figure.low, figure.high):
            return None
    return told


def _fact(kind: str, poison: bool) -> str:
    if kind == "dead":
        return "deaths"
    if kind in ("missing", "trapped"):
        return kind
    return "ill" if kind == "ill" or (poison and kind in ("faint", "hospital")) else "injuries"


def _found(entries: Sequence[Entry]) -> Found:
    low = sum(entry.low for entry in entries)
    high = None if any(entry.high is None for entry in entries) else sum(entry.high or 0 for entry in entries)
    span = (min(entry.span[0] for entry in entries), max(entry.span[1] for entry in entries))
    return Found(
        at_least=low, at_most=high, stated=low if low == high else None, text="", span=span, approx=low != high
    )
