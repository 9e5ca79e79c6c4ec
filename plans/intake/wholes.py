"""Of persons told of one after another, who are the parts of others: 车上4人，一个没了，其余没事.

A whole whose parts are told counts for none of its own; parts of those harmed count for how gravely alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from plans.intake.patterns import lazy
from plans.intake.person_words import Lot
from plans.intake.persons import ANY_ONE, Gap, Person

_HARMED: frozenset[Lot] = frozenset(("hurt", "grave", "ill", "dead"))
_ALIVE_HARMED = _HARMED - {"dead"}
_POPULATION = lazy(
    r"[车船机井]上|井下|当班|共|全[车班村校]|在场|班里|里[面头]|[乘客桌住喝吃站围的]|学生|孩子|同行|一行|屋里|笼内|寝室|聚餐|一起|动手"
)
"""Around a number: it is that of all who were there."""
_SEXES = ("男的", "女的", "大的", "小的", "老的", "高的", "矮的")


def without_wholes(text: str, persons: list[Person], gaps: set[Gap]) -> list[Person]:
    """Without the wholes of which the parts are told; parts of those harmed count for how gravely alone."""
    persons = [replace(person) for person in persons]
    for harmed in (False, True):
        at = 0
        while at < len(persons):
            whole = persons[at]
            fits = (
                (whole.many or 0) > 1 and harmed == bool(whole.lots) and not whole.closed and "dead" not in whole.lots
            )
            parts = persons[at + 1 : at + 1 + _closing(whole, persons[at + 1 :])] if fits else []
            if parts and not _HARMED.isdisjoint(whole.lots) and not all(_of_those(part) for part in parts):
                gaps.add("part")
                parts = []
            if not parts:
                at += 1
                continue
            _close(whole, parts, gaps)
            del persons[at]
    at = 0
    while at < len(persons):
        whole, rest = persons[at], persons[at + 1 :]
        well = bool(whole.lots) and whole.lots.keys() <= {"well", "out", "dead"}
        if whole.closed and rest and rest[0].part and not well:
            at += 1 + _mark_parts(whole, rest[:1], gaps)
        elif (whole.many or 0) < 2 or whole.kind == "rest" or whole.closed or well or "dead" in whole.lots:
            at += 1
        elif not whole.lots:
            later = sum(person.many or 0 for person in rest)
            there = _POPULATION.search(text, max(0, whole.span[0] - 6), whole.span[1]) is not None
            if not 0 < later < (whole.many or 0) or any(person.part for person in rest) or not there:
                gaps.add("whole")
            del persons[at]
        else:
            at += 1 + _mark_parts(whole, rest, gaps)
    return persons


def _of_those(part: Person) -> bool:
    """其余, 一个, 其中两个: some of those just counted."""
    return part.many is None or (part.kind == "count" and (part.bare or part.part) and not part.noun)


def _close(whole: Person, parts: Sequence[Person], gaps: set[Gap]) -> None:
    """The parts of a whole: the rest gets its number, and each must have a lot."""
    for part in parts:
        if part.many is None:
            part.many = (whole.many or 0) - sum(other.many or 0 for other in parts)
            if not part.lots:
                gaps.add("rest")
        if not part.lots and (part.kind != "one" or part.noun in _SEXES):
            gaps.add("rest")
        if not _ALIVE_HARMED.isdisjoint(whole.lots) and _HARMED.isdisjoint(part.lots):
            gaps.add("sort")  # 熏倒六个，五个没大碍
        part.closed = True


def _mark_parts(whole: Person, rest: Sequence[Person], gaps: set[Gap]) -> int:
    """How many of those behind people who fared so are some of them."""
    under: list[Person] = []
    for part in rest:
        treated = part.lots.keys() <= {"care", "grave"} and (part.many or 0) <= (whole.many or 0)
        those = part.part or (part.bare and not part.noun) or treated or bool(under and under[-1].part)
        if part.many is None or (part.kind == "one" and not part.part) or part.more or not those:
            break
        under.append(part)
    if any(person.noun.endswith(ANY_ONE) for person in rest):
        gaps.add("part")  # 烫了3位老人，八十六岁那位没救过来
    if rest and whole.lots.keys() <= {"held", "lost", "out"}:
        gaps.add("held")
    if sum(part.many or 0 for part in under) > (whole.many or 0):
        gaps.add("part")
    for part in under:
        fainted = not part.part and part.lots.keys() == {"care"}
        if fainted or not part.lots or not part.lots.keys() <= {"hurt", "grave", "ill", "care"}:
            gaps.add("part")
        part.kind = "part"
    return len(under)


def _closing(whole: Person, rest: Sequence[Person]) -> int:
    """How many of those behind it are those it consists of; 0 where they do not come to it."""
    total, many = 0, whole.many or 0
    for count, part in enumerate(rest, 1):
        if part.kind == "one" and not part.lots and part.noun not in _SEXES and part.noun not in whole.noun:
            continue
        if part.many is None:
            return count if 0 < total < many and _ALIVE_HARMED.isdisjoint(whole.lots) else 0
        total += part.many
        if total >= many:
            return count if total == many and count > 1 else 0
    return 0
