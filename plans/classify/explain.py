"""Why a level holds, with clause, evidence and the facts that met it; and how near the next level is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from plans.classify.assessment import Match, Near
from plans.classify.outcome import Outcome, Tables
from plans.classify.scope import Scope, Statement
from plans.classify.words import amount, current, label
from plans.logic import NONE, Box
from plans.logic.terms import lower_bounds, upper_bounds
from plans.model import (
    All,
    AnyOf,
    Compare,
    Expression,
    Not,
    Plan,
    Within,
)
from plans.model.condition import RESERVED
from plans.values import written

_MOST_NEAR = 4
_OF_CLASS = (("事件类别", False),)
_NOT_SO = (frozenset([False]), frozenset([NONE]))


def matched(tables: Tables, scope: Scope, box: Box, outcome: Outcome) -> tuple[Match, ...]:
    """Return what is met: the rows of the highest level that surely holds, or those that the known facts meet so far.

    Args:
        box: what is known, with the reserved variables as far as they are settled.
    """
    matches: dict[tuple[bool, bool], list[tuple[Statement, Match]]] = {}
    classes = box.domains[tables.space.names.discrete["event_class"]]
    per_class: dict[str | bool, int] = {}
    for statement, term, rank in scope.statements:
        if _depends(statement, classes) and term.value(box) is True:
            per_class.update({name: max(rank, per_class.get(name, -1)) for name in statement.classes})
    for statement, term, rank in scope.statements:
        possible = outcome.responses if statement.of_response else outcome.events
        if statement.level not in possible or (value := term.value(box)) is False:
            continue
        supports = list(_supports(tables, statement.when, box))
        depends = _depends(statement, classes)
        if depends:
            # It holds if the event is of that class: not sure, and of such rows only the highest of each class is said.
            if value is True and not any(per_class.get(name) == rank for name in statement.classes):
                continue
            value = None
        if value is None and not any(known for _, known in supports):
            continue
        match = Match(
            clause=statement.clause,
            level=statement.level,
            because=_because(statement, [*_OF_CLASS[:depends], *_said(tables, supports, box)]),
            evidence=statement.evidence,
            certain=value is True,
            reading=statement.reading,
        )
        matches.setdefault((statement.of_response, value is True), []).append((statement, match))
    answer: list[Match] = []
    for of_response in (False, True):
        sure = matches.get((of_response, True), [])
        if sure:
            top = max(statement.rank for statement, _ in sure)
            answer += [match for statement, match in sure if statement.rank == top]
        answer += [match for _, match in matches.get((of_response, False), [])]
    return tuple(answer)


def _depends(statement: Statement, classes: frozenset[str | bool]) -> bool:
    """Return whether a statement counts only for some of the classes that may still be meant."""
    return bool(statement.classes) and not classes <= frozenset(statement.classes)


def _because(statement: Statement, supports: list[tuple[str, bool]]) -> str:
    quoted = statement.evidence or statement.text
    facts = "，".join(text for text, known in supports if known)
    unknown = "、".join(text for text, known in supports if not known)
    meets = f"{facts}，符合" if facts else "符合"
    level = f"{statement.level}级响应条件" if statement.of_response else statement.level
    rest = f"（{unknown}未定）" if unknown else ""
    return f"{meets}{statement.clause}{f'“{quoted}”' if quoted else ''}{rest}，为{level}"


def _supports(tables: Tables, when: Expression, box: Box) -> Iterator[tuple[Compare | Within, bool]]:
    """Yield what meets a condition, and whether it is known, at least so far."""
    space = tables.space
    if isinstance(when, All | AnyOf):
        values = [(part, space.term(part).value(box)) for part in when.parts]
        # One part of "any" that surely holds suffices: what is open besides it decides nothing.
        enough = isinstance(when, AnyOf) and any(value is True for _, value in values)
        for part, value in values:
            if value is True or (value is None and not enough):
                yield from _supports(tables, part, box)
    elif isinstance(when, Not):
        yield from _supports(tables, when.part, box)
    elif isinstance(when, Within) and when.fact in RESERVED:
        if space.term(when).value(box) is True:
            yield when, True
    elif isinstance(when, Compare):
        if not box.absent[space.names.quantity[when.fact]]:
            yield when, space.term(when).value(box) is not None or _begun(tables, when, box)
    elif box.domains[space.names.discrete[when.fact]] not in _NOT_SO:  # what is not so need not be said
        yield when, space.term(when).value(box) is not None


def _said(tables: Tables, supports: Iterable[tuple[Compare | Within, bool]], box: Box) -> list[tuple[str, bool]]:
    """Return how each is said, once, and whether it is known; of what is open only the name."""
    space, texts = tables.space, dict[tuple[str, bool], None]()
    for when, known in supports:
        if when.fact in RESERVED and isinstance(when, Within):
            texts[_reserved(when, box, tables), True] = None
        elif not known:
            texts[label(space, when.fact), False] = None
        else:
            texts[current(space, when.fact, box), True] = None
            if space.term(when).value(box) is None:
                texts[f"{label(space, when.fact)}上限", False] = None
    return list(texts)


def _begun(tables: Tables, when: Compare, box: Box) -> bool:
    """Return whether the quantity is surely at or above the lower bound, and only the upper one is open."""
    q = tables.space.names.quantity[when.fact]
    lower = lower_bounds(when, tables.space.names.whole[q])
    return bool(lower) and all(box.low[q] >= bound for bound in lower)


def _reserved(when: Within, box: Box, tables: Tables) -> str:
    domain = box.domains[tables.space.names.discrete[when.fact]]
    if when.fact == "undetermined":
        return "暂时无法判明等级" if True in domain else "等级已判明"
    values = "或".join(str(value) for value in when.values if value in domain)
    if when.fact == "event_level":
        return f"事件级别{values}"
    if when.fact == "event_class":
        return "、".join(item.name for item in tables.plan.classes if item.id in domain)
    return values


def near(tables: Tables, scope: Scope, box: Box, outcome: Outcome, on_record: AbstractSet[str]) -> tuple[Near, ...]:
    """Return the higher levels that a change of one quantity alone would reach, the nearest first.

    Args:
        on_record: the facts that have a value on record; how near an unknown one is cannot be said.
    """
    best: dict[tuple[str, bool], tuple[tuple[int, float], Statement, str, float, float, bool]] = {}
    reached = {of_response: _reached(tables.plan, outcome, of_response) for of_response in (False, True)}
    for statement, term, rank in scope.statements:
        if rank <= reached[statement.of_response] or term.value(box) is not False:
            continue
        for name, target, distance, rising in _missed(tables, statement.when, box):
            order, key = (rank, distance), (name, statement.of_response)
            if key in best and order >= best[key][0]:
                continue
            if _recorded(tables, name, box, on_record) and _with(tables, statement.when, box, name, target):
                best[key] = (order, statement, name, target, distance, rising)
    ordered = sorted(best.values(), key=lambda entry: (entry[0], entry[1].clause))
    return tuple(_near(tables, *entry[1:]) for entry in ordered[:_MOST_NEAR])


def _recorded(tables: Tables, name: str, box: Box, on_record: AbstractSet[str]) -> bool:
    """Return whether all that a quantity counts has a value on record, or does not apply."""
    space = tables.space
    return all(
        box.absent[part] or space.names_of_own[part] in on_record for part in space.parts[space.names.quantity[name]]
    )


def _reached(plan: Plan, outcome: Outcome, of_response: bool) -> int:
    """Return the rank of the highest possible level, or -1."""
    if of_response:
        return max((plan.height(level) for level in outcome.responses), default=-1)
    return max((plan.rank(level) for level in outcome.events), default=-1)


def _missed(tables: Tables, when: Expression, box: Box) -> Iterator[tuple[str, float, float, bool]]:
    """Yield the quantities that fail a bound of ``when``: fact, the value that would do, how far, whether upwards."""
    if isinstance(when, All | AnyOf):
        for part in when.parts:
            yield from _missed(tables, part, box)
    elif isinstance(when, Compare):
        q = tables.space.names.quantity[when.fact]
        whole = tables.space.names.whole[q]
        if box.absent[q]:
            return
        for bound in lower_bounds(when, whole):
            if box.high[q] < bound and not math.isinf(box.high[q]):
                yield when.fact, bound, bound - box.high[q], True
        for bound in upper_bounds(when, whole):
            if box.low[q] > bound:
                yield when.fact, bound, box.low[q] - bound, False


def _with(tables: Tables, when: Expression, box: Box, name: str, target: float) -> bool:
    """Return whether ``when`` might hold if the one quantity were at ``target``."""
    trial = box.copy()
    q = tables.space.names.quantity[name]
    trial.low[q] = trial.high[q] = target
    return tables.space.term(when).value(trial) is not False


def _near(tables: Tables, statement: Statement, name: str, target: float, distance: float, rising: bool) -> Near:
    fact = tables.space.facts[name]
    # A strict bound (低于3天) is the float next to it: the distance is that to the bound, which must be passed.
    strict = target != round(target, 6)
    distance = round(distance, 6)
    distance = int(distance) if float(distance).is_integer() else distance
    change = amount(distance, fact) if fact.unit != "%" else f"{written(distance)}个百分点"
    level = f"{statement.level}级响应条件" if statement.of_response else statement.level
    way = "增" if rising else "降"
    moves = f"再{way}即" if strict and not distance else f"再{way}{'超过' if strict else ''}{change}，即"
    text = f"{label(tables.space, name)}{moves}达{level}（{statement.clause}）"
    return Near(clause=statement.clause, level=statement.level, distance=distance, text=text, fact=name)
