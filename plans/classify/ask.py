"""Which question narrows most: every unknown is cut at the bounds that matter, and each answer is assessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from plans.classify.assessment import Question
from plans.classify.outcome import Outcome, Tables
from plans.classify.words import label, question, span
from plans.logic import Box, Space, facts_in
from plans.logic.terms import Bound, above, lower_bounds, upper_bounds
from plans.model import BELOW, All, AnyOf, Compare, Expression, Not

Assess = Callable[[Box], Outcome]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question, in words, and what it would leave."""

    text: str
    outcome: Outcome


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

    Args:
        conditions: the rows and start conditions that matter here.
        assess: what an answer would leave.
    """
    conditions = list(conditions)
    found = []
    for position, name in enumerate(_unknown(tables.space, conditions, box)):
        answers = tuple(_answers(tables.space, name, conditions, box, assess))
        inquiry = Inquiry(name, answers)
        if answers and inquiry.narrows(now):
            found.append((inquiry.score(), position, inquiry))
    return [inquiry for _, _, inquiry in sorted(found, key=lambda entry: entry[:2])]


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
        labels = {choice.id: choice.label for choice in fact.choices}
        for value in sorted(box.domains[v], key=str):
            trial = box.copy()
            trial.domains[v] = frozenset([value])
            text = labels.get(str(value), "是" if value is True else "否")
            yield Answer(text, assess(trial))
        return
    q = space.own[name]
    whole = space.names.whole[q]
    low, high = box.low[q], box.high[q]
    starts = [low, *(cut for cut in _cuts(space, name, conditions, box) if low < cut <= high)]
    ends = [*((cut[0] - 1, 0) if whole else (cut[0], cut[1] - 1) for cut in starts[1:]), high]
    for start, end in zip(starts, ends, strict=True):
        trial = box.copy()
        if trial.raise_low(q, start) and trial.lower_high(q, end) and trial.consistent():
            yield Answer(span(start, end, fact), assess(trial))


def _cuts(space: Space, name: str, conditions: list[Expression], box: Box) -> list[Bound]:
    """Return where the answer begins to matter: the bounds of every quantity that the fact counts into."""
    own = space.own[name]
    cuts: set[Bound] = set()
    for compare in (leaf for condition in conditions for leaf in _compares(condition)):
        q = space.names.quantity[compare.fact]
        if own not in space.parts[q]:
            continue
        whole = space.names.whole[q]
        others = sum(box.low[part][0] for part in space.parts[q] if part != own)
        bounds = [*lower_bounds(compare, whole), *(above(bound, whole) for bound in upper_bounds(compare, whole))]
        cuts.update((bound[0] - others, bound[1]) for bound in bounds)
    return sorted(cuts)


def _compares(condition: Expression) -> Iterator[Compare]:
    if isinstance(condition, Compare):
        yield condition
    elif isinstance(condition, Not):
        yield from _compares(condition.part)
    elif isinstance(condition, All | AnyOf):
        for part in condition.parts:
            yield from _compares(part)


def reasons(tables: Tables, found: list[Inquiry]) -> tuple[str, ...]:
    """Say why the level is open: for each unknown, what each answer would make of it."""
    texts = []
    for inquiry in found:
        merged: list[tuple[list[str], str]] = []
        for answer in inquiry.answers:
            levels = _levels(answer.outcome)
            if merged and merged[-1][1] == levels:
                merged[-1][0].append(answer.text)
            else:
                merged.append(([answer.text], levels))
        answers = "；".join(f"{_joined(words)}为{levels}" for words, levels in merged)
        texts.append(f"{label(tables.space, inquiry.fact)}未定：{answers}")
    return tuple(texts)


def _joined(words: list[str]) -> str:
    return (
        words[0] if len(words) == 1 else f"{words[0]}或{words[-1]}" if len(words) == 2 else f"{words[0]}……{words[-1]}"
    )


def _levels(outcome: Outcome) -> str:
    if len(outcome.events) == 1 or not outcome.responses:
        return "或".join(outcome.events) or ("不启动响应" if outcome.no_response else "")
    names = outcome.events if 1 < len(outcome.events) < 4 and BELOW not in outcome.events else ()
    return "或".join(names or (f"{level}级响应" for level in outcome.responses))


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
