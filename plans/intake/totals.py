"""Mentions of one fact -> one value: within a sentence groups add up, across sentences the last total counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

from plans.intake.mentions import Mention
from plans.intake.patterns import lazy
from plans.intake.reading import Span

INJURED = ("hurt", "wound", "faint", "serious", "critical", "grave", "light")
"""Kinds of mention that count as injured."""


@dataclass(frozen=True, kw_only=True)
class Value:
    """What is said about one fact, as bounds with the words; `rank` tells how firmly, `open`: others are uncounted."""

    low: int | float
    high: int | float | None
    stated: int | float | None
    span: Span
    rank: int
    mode_new: bool
    hedged: bool
    unknown: bool
    open: bool
    update: bool
    sentence: int
    groups: tuple[int, ...]
    grade: str = ""


_GRAVE = frozenset(("serious", "critical", "grave"))


def across(mentions: Sequence[Mention], fact: str) -> Value | None:
    """The last stated total counts, unless it is smaller than an earlier one without saying that it corrects it."""
    zeros = [m for m in mentions if m.zero and not (fact == "injuries" and m.kind in ("serious", "critical", "grave"))]
    rest = [m for m in mentions if not m.zero]
    if zeros and zeros[-1].update and (not rest or zeros[-1].span[1] > rest[-1].span[0]):
        return _value(zeros[-1:], 3)
    by_sentence: dict[int, list[Mention]] = {}
    for mention in rest:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    best: Value | None = None
    uncounted = False
    for part in by_sentence.values():
        value = _within(part, fact)
        if value is None:
            continue
        uncounted = uncounted or value.unknown
        if fact == "injuries" and best is not None and best.grade != value.grade and _beside(best, value):
            best = _of_grades(best, value)
        elif best is None or best.unknown or (value.update and not value.unknown):
            best = value
        elif value.unknown:
            continue
        elif best.mode_new and not value.mode_new:
            best = value
        elif value.mode_new and not best.mode_new:
            best = _plus(best, value) if not best.update and value.low and best.rank < 2 else best
        elif (value.rank > best.rank and best.rank < 1) or (value.rank >= best.rank and value.low >= best.low):
            best = value
        elif value.rank == 2 and best.rank == 1 and best.low <= value.low:
            best = value
    if best is None or best.unknown:
        if zeros and (best is None or zeros[-1].sentence >= best.sentence):
            return _value(zeros[-1:], 1)
    if uncounted and best is not None and not best.unknown and best.rank == 0:
        return replace(best, open=True)  # 女的下了病危; 对门老太轻伤: others are hurt as well
    return best


def _within(mentions: Sequence[Mention], fact: str) -> Value | None:
    """Combine what one sentence says: disjoint groups add up, parts do not."""
    updates = [m for m in mentions if m.update or (m.left and m.kind in ("trapped", "missing"))]
    if updates:
        return replace(_value(updates[-1:], 3), grade=_grade(updates[-1:]) if fact == "injuries" else "")
    whole = _whole(mentions)
    whole = [m for m in whole if not m.included] or whole
    counted = [m for m in whole if not m.unknown and not m.zero]
    if not counted:
        return _value(whole[-1:], 1) if whole else None
    direct = [m for m in counted if not (m.carried or m.weak)]
    if fact == "ill" and direct and len(direct) < len(counted) and not any(m.other for m in counted):
        counted = direct
    if fact == "injuries":
        general = [m for m in counted if m.kind in ("hurt", "wound", "faint") and not m.carried]
        grave = _others([m for m in counted if m.kind in _GRAVE], general)
        counted = _grades(counted)
    if fact == "serious_injuries":
        return _serious(counted)
    stated = [m for m in counted if not m.implied] or counted
    if fact == "injuries" and stated is not counted and not any(m.kind == "hurt" for m in stated):
        told = {m.kind for m in stated}  # 司机重伤，2人轻伤: grades of which no total is told
        stated = [m for m in counted if not m.implied or m.kind not in told]
    if len(stated) < len(counted) and any(m.summary or m.running for m in stated):
        counted = stated
    distinct = _distinct(counted)
    value = _value(distinct, _rank(distinct))
    if fact == "injuries":
        value = replace(value, grade=_grade(distinct))
        if value.grade != "light" and general and grave:
            both, some = _value(general, 1), _value(grave, 1)
            if not any(m.other for m in general + grave) and _overlap(both, some):
                return _either(both, some)
    more = {m.group for m in whole if m.unknown and not (m.relative or m.carried)} - set(value.groups)
    summed = any(m.summary or m.running or m.kind == "hurt" for m in distinct)
    twice = _perhaps_twice(distinct)
    return replace(value, open=twice or (bool(more) and fact == "injuries" and not summed))


def _perhaps_twice(distinct: Sequence[Mention]) -> bool:
    """死了4个，2个大人2个娃; 5个伤的，刚又说5个伤: who is added up may have been told of before."""
    told = [m for m in distinct if not m.implied and not m.unknown]
    if len(told) < 2:
        return False
    alike = len({m.kind for m in told}) == 1 and not any(m.other or m.venue for m in told[1:])
    return alike and len(told) > 2 and 2 * max(m.low for m in told) == sum(m.low for m in told)


def _beside(best: Value, value: Value) -> bool:
    """Both are figures that somebody counted, and neither is told as the sum."""
    if best.unknown or value.unknown or value.mode_new or (value.update and value.grade != "grave"):
        return False
    named = all(one.rank or one.low >= 2 for one in (best, value))  # 张某、李某、王某
    return named and {best.rank, value.rank} <= {0, 1, 3}


def _of_grades(one: Value, other: Value) -> Value:
    """The gravely and the lightly hurt add up; the gravely hurt are of all who are hurt, where they can be."""
    if {one.grade, other.grade} == {"grave", "light"}:
        both = _plus(one, other)
        return replace(both, grade="", span=(min(one.span[0], other.span[0]), max(one.span[1], other.span[1])))
    grave, general = (one, other) if one.grade == "grave" else (other, one)
    if grave.grade != "grave" or not _overlap(general, grave):
        return general
    return _either(general, grave)


def _overlap(general: Value, grave: Value) -> bool:
    """So many are gravely hurt that they may not all be of those who are hurt."""
    return general.low < (grave.low if grave.high is None else grave.high)


def _either(general: Value, grave: Value) -> Value:
    """Whether the gravely hurt are of all who are hurt or come on top."""
    high = None if general.high is None or grave.high is None else general.high + grave.high
    return replace(general, low=max(general.low, grave.low), high=high, stated=None, hedged=True, open=True)


def _rank(distinct: Sequence[Mention]) -> int:
    """How firm a statement is: 0 follows from a noun, 1 is said in passing or added up here, 2 is a stated total."""
    if all(m.implied for m in distinct):
        return 0
    stated = len(distinct) == 1 and distinct[0].summary
    return 2 if stated or any(m.running for m in distinct) else 1


def _grade(mentions: Sequence[Mention]) -> str:
    """``grave`` or ``light`` where all are so."""
    kinds = {m.kind for m in mentions}
    return "grave" if kinds <= _GRAVE else "light" if kinds == {"light"} else ""


def _whole(mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions that are no part (其中) of people already counted for the same fact."""
    seen: set[int] = set()
    split: set[int] = set()
    whole: list[Mention] = []
    parts: int | float = 0
    lows = {m.group: inf if m.unknown else m.low if m.high is None else m.high for m in mentions}
    for mention in mentions:
        if mention.sub and mention.low > lows.get(mention.parent, mention.low):
            whole.append(mention)  # 仨重伤，其中1名女性，伤了9人
        elif mention.sub and (mention.parent in seen or mention.parent in split or (mention.scene and seen)):
            split.add(mention.parent)  # what is listed beside a part is a part too
            parts += mention.low
        elif mention.other and parts and whole and whole[-1].low == parts + mention.low:
            parts += mention.low  # 46例，其中确诊21例，其余25例
        else:
            whole.append(mention)
        seen.add(mention.group)
    return whole


def _grades(counted: list[Mention]) -> list[Mention]:
    """Grades that exclude each other are summed; a stated number of all injured counts instead of them."""
    counted = _without_parts(counted)
    general = [m for m in counted if m.kind == "hurt"]
    graded = _others([m for m in counted if m.kind not in ("hurt", "wound", "faint")], general)
    wounds = _others([m for m in counted if m.kind in ("wound", "faint")], general)
    if not general and len(wounds) == 1 and len(graded) > 1 and wounds[0].low == sum(m.low for m in graded):
        return wounds  # 砸伤9个，轻伤7个，重伤2个
    if not general and wounds and any(m.kind != "light" for m in graded):
        general, wounds = wounds + [m for m in graded if m.kind == "light"], []
        graded = [m for m in graded if m.kind != "light"]
    if general and graded and not any(m.other for m in general):
        return general if sum(m.low for m in general) >= sum(m.low for m in graded) else graded
    return counted


_BODILY = lazy(r"断|骨折|骨裂|破|缝|脱臼|脑震荡|出血")


_THOSE = lazy(r"的(?:有|是)?(?:\d|[一二两三四五六七八九十俩仨])")
"""摔伤的11个，手勒破的6个: those of one harm and those of another."""
_HARM_FIRST = lazy(r"[^\d一二两三四五六七八九十俩仨]")
"""打伤三个: the number stands behind what befell them."""


def _without_parts(counted: list[Mention]) -> list[Mention]:
    """摔伤三个学生，一个骨折: a bare count with a bodily harm is one of those just told of."""
    kept: list[Mention] = []
    for mention in counted:
        last = kept[-1] if kept else None
        part = (
            last is not None
            and mention.bare
            and mention.kind == "wound"
            and last.kind in ("hurt", "wound")
            and not (mention.other or (last.bare and not _HARM_FIRST.match(last.words)) or last.carried)
            and not (last.kind == "wound" and _THOSE.search(last.words) and _THOSE.search(mention.words))
            and mention.sentence == last.sentence
            and mention.low < last.low
            and mention.span[0] - last.span[1] <= 8
        )
        if not part:
            kept.append(mention)
    return kept


def _others(mentions: list[Mention], known: list[Mention]) -> list[Mention]:
    groups = {m.group for m in known}
    return [m for m in mentions if m.group not in groups]


def _serious(counted: list[Mention]) -> Value:
    """重症5例、危重症2例: whether the critical are among the grave is not said, so it stays an interval."""
    critical = [m for m in counted if m.kind == "critical"]
    grave = _others([m for m in counted if m.kind == "grave"], critical)
    if not (critical and grave):
        distinct = _distinct(counted)
        return _value(distinct, _rank(distinct))
    both, more = _value(grave, 1), _value(critical, 1)
    high = None if both.high is None or more.high is None else both.high + more.high
    return replace(both, low=max(both.low, more.low), high=high, hedged=True)


def _distinct(counted: list[Mention]) -> list[Mention]:
    """Disjoint groups: each once, repeats and running totals folded."""
    distinct: list[Mention] = []
    groups: set[int] = set()
    summed: int | float = 0
    for mention in counted:
        if mention.group in groups:
            continue
        last = distinct[-1] if distinct else None
        if last and mention.told and not mention.other and _same_sort(mention.kind, last.kind):
            distinct, groups, summed = [], set(), 0  # 受伤3人，医生说4人受伤
            last = None
        if last and mention.running and last.running and not mention.other and mention.low < last.low:
            continue  # 累计报告87人，确诊34人: what follows a running total is within it
        if last and (mention.running or (mention.summary and not last.summary and mention.low >= summed)):
            distinct, summed = [], 0
        elif last and not mention.other:
            repeated = mention.low == last.low and mention.kind == last.kind and mention.span[0] - last.span[1] > 12
            repeated = repeated or (mention.again and mention.kind == last.kind)
            repeated = repeated or (
                mention.words == last.words and len(mention.words) > 2 and mention.kind == last.kind
            )
            apart = bool(mention.venue and last.venue) and mention.venue != last.venue  # 县医院收治3人，市医院收治2人
            if not apart and (repeated or ((mention.weak or mention.kind == "hospital") and mention.low <= last.low)):
                continue
        distinct.append(mention)
        groups.add(mention.group)
        summed += mention.low
    return distinct


def _same_sort(one: str, other: str) -> bool:
    return one == other or {one, other} <= {"hurt", "wound", "light", "faint"}


def _value(mentions: Sequence[Mention], rank: int) -> Value:
    high = None if any(m.high is None for m in mentions) else sum(m.high or 0 for m in mentions)
    stated = None if any(m.stated is None for m in mentions) else sum(m.stated or 0 for m in mentions)
    return Value(
        low=sum(m.low for m in mentions),
        high=high,
        stated=stated,
        span=(min(m.span[0] for m in mentions), max(m.span[1] for m in mentions)),
        rank=rank,
        mode_new=all(m.new for m in mentions),
        hedged=any(m.hedged for m in mentions),
        unknown=all(m.unknown for m in mentions),
        open=False,
        update=any(m.update or (m.left and m.kind in ("trapped", "missing")) for m in mentions),
        sentence=mentions[0].sentence,
        groups=tuple(m.group for m in mentions),
    )


def _plus(first: Value, second: Value) -> Value:
    high = None if first.high is None or second.high is None else first.high + second.high
    stated = None if first.stated is None or second.stated is None else first.stated + second.stated
    return replace(first, low=first.low + second.low, high=high, stated=stated)
