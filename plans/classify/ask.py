"""Which question narrows most: every unknown is cut at the bounds that matter, and each answer is assessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from plans.classify.assessment import Question
from plans.classify.outcome import Outcome, Tables
from plans.classify.words import label, question, span
from plans.logic import Box, Space, facts_in
from plans.logic.terms import Bound, above, below, lower_bounds, upper_bounds
from plans.model import All, AnyOf, Compare, Expression, Fact, Not

Assess = Callable[[Box], Outcome]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question, and what it would leave: a number between ``low`` and ``high``, or a choice."""

    outcome: Outcome
    text: str = ""
    low: Bound = 0
    high: Bound = 0


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A fact that might be asked, with its answers."""

    fact: str
    answers: tuple[Answer, ...]

    def score(self) -> tuple[float, int]:
        """Return how much is left after it: on average over the answers, and at worst."""
        sizes = [answer.outcome.size for answer in self.answers]
        return sum(sizes) / len(sizes), max(sizes)

    def narrows(self, now: Outcome) -> bool:
        """Return whether some answer leaves less than what is possible now."""
        return any(answer.outcome.size < now.size for answer in self.answers)


def inquiries(
    tables: Tables, conditions: Iterable[Expression], box: Box, now: Outcome, assess: Assess
) -> list[Inquiry]:
    """Return the facts whose answers narrow, the one that narrows most first.

    Where no single answer narrows (two unknowns decide only together) every unknown that matters is returned.

    Args:
        conditions: the rows and start conditions that matter here.
        assess: what an answer would leave.
    """
    conditions = list(conditions)
    found, others = [], []
    for position, name in enumerate(_unknown(tables.space, conditions, box)):
        answers = tuple(_answers(tables.space, name, conditions, box, assess))
        inquiry = Inquiry(name, answers)
        if answers and inquiry.narrows(now):
            found.append((inquiry.score(), position, inquiry))
        elif len(answers) > 1:
            others.append(inquiry)
    return [inquiry for _, _, inquiry in sorted(found, key=lambda entry: entry[:2])] or others


def _unknown(space: Space, conditions: list[Expression], box: Box) -> Iterator[str]:
    """Yield the facts that matter and are not settled, in the plan's order."""
    mentioned = frozenset[str]().union(*(facts_in(condition) for condition in conditions))
    parts = {part for name in mentioned if name in space.own for part in space.parts[space.names.quantity[name]]}
    for name in space.facts:
        if name in space.own:
            q = space.own[name]
            if q in parts and not box.absent[q] and box.low[q] < box.high[q]:
                yield name
        elif name in mentioned and len(box.domains[space.names.discrete[name]]) > 1:
            yield name


def _answers(space: Space, name: str, conditions: list[Expression], box: Box, assess: Assess) -> Iterator[Answer]:
    fact = space.facts[name]
    if name not in space.own:
        v = space.names.discrete[name]
        labels: dict[str | bool, str] = {choice.id: choice.label for choice in fact.choices}
        for value, text in (labels or {True: "是", False: "否"}).items():
            if value in box.domains[v]:
                trial = box.copy()
                trial.domains[v] = frozenset([value])
                yield Answer(assess(trial), text=text)
        return
    q = space.own[name]
    whole = space.names.whole[q]
    low, high = box.low[q], box.high[q]
    starts = [low, *(cut for cut in _cuts(space, name, conditions, box) if low < cut <= high)]
    ends = [*(below(cut, whole) for cut in starts[1:]), high]
    for start, end in zip(starts, ends, strict=True):
        trial = box.copy()
        if trial.raise_low(q, start) and trial.lower_high(q, end) and trial.consistent():
            yield Answer(assess(trial), low=start, high=end)


def _cuts(space: Space, name: str, conditions: list[Expression], box: Box) -> list[Bound]:
    """Return where the answer begins to matter: the bounds of every quantity that the fact counts into."""
    own = space.own[name]
    cuts: set[Bound] = set()
    for compare in (leaf for condition in conditions for leaf in compares(condition)):
        q = space.names.quantity[compare.fact]
        if own not in space.parts[q]:
            continue
        whole = space.names.whole[q]
        others = sum(box.low[part] for part in space.parts[q] if part != own)
        bounds = [*lower_bounds(compare, whole), *(above(bound, whole) for bound in upper_bounds(compare, whole))]
        cuts.update(bound - others for bound in bounds)
    return sorted(cuts)


def compares(condition: Expression) -> Iterator[Compare]:
    """Yield every comparison of a condition."""
    if isinstance(condition, Compare):
        yield condition
    elif isinstance(condition, Not):
        yield from compares(condition.part)
    elif isinstance(condition, All | AnyOf):
        for part in condition.parts:
            yield from compares(part)


def reasons(tables: Tables, found: list[Inquiry], now: Outcome) -> tuple[str, ...]:
    """Say why the level is open: for each unknown, what each answer would make of it."""
    texts = []
    for inquiry in found:
        # Where no answer changes the event levels (a plan without a level table) the response levels are what is open.
        by_event = any(answer.outcome.events != now.events for answer in inquiry.answers)
        merged: list[tuple[list[Answer], str]] = []
        for answer in inquiry.answers:
            leaves = _levels(answer.outcome, by_event)
            if merged and merged[-1][1] == leaves:
                merged[-1][0].append(answer)
            else:
                merged.append(([answer], leaves))
        fact = tables.space.facts[inquiry.fact]
        answers = "；".join(f"{_answer(group, fact)}则{leaves}" for group, leaves in merged)
        texts.append(f"{label(tables.space, inquiry.fact)}未定：{answers}")
    return tuple(texts)


def _answer(group: list[Answer], fact: Fact) -> str:
    if group[0].text:
        return "或".join(answer.text for answer in group)
    return span(group[0].low, group[-1].high, fact)


def _levels(outcome: Outcome, by_event: bool) -> str:
    if by_event:
        names = [*outcome.events]
    else:
        names = [*(["不启动响应"] if outcome.no_response else []), *(f"{level}级响应" for level in outcome.responses)]
    return f"{names[0]}至{names[-1]}" if len(names) > 2 else "或".join(names)


def questions(space: Space, found: list[Inquiry], offered: Iterable[str]) -> tuple[Question, ...]:
    """Return the narrowing questions in order, then the closed quantities that nobody mentioned."""
    asked = {inquiry.fact: True for inquiry in found}
    asked.update((name, False) for name in offered if name not in asked)
    return tuple(
        Question(
            fact=name,
            label=space.facts[name].label or name,
            question=question(name, space.facts[name]),
            narrows=narrows,
            judgement=space.facts[name].judgement,
        )
        for name, narrows in asked.items()
    )
