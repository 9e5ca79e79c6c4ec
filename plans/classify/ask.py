"""Which question narrows most: every unknown is cut at the bounds that matter, and each answer is assessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from plans.classify.assessment import Question
from plans.classify.outcome import Outcome
from plans.classify.scope import Scope
from plans.classify.words import question, span
from plans.logic import Box, Space
from plans.logic.parts import Cut, Stretch
from plans.logic.search import Reach, Search
from plans.logic.terms import Bound, below
from plans.model import Fact

Assess = Callable[[Reach], Outcome]


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


def inquiries(scope: Scope, search: Search, now: Outcome, assess: Assess) -> list[Inquiry]:
    """Return the facts whose answers narrow, the one that narrows most first.

    Where no single answer narrows (two unknowns decide only together) every unknown that matters is returned.

    Args:
        scope: the rows and start conditions that matter here.
        search: of the box that is known.
        now: what is possible in it.
        assess: what an answer would leave.
    """
    ranked, others = [], []
    for position, name in enumerate(_unknown(search.cells.space, scope, search.box)):
        if name in search.cells.space.own:
            answers = tuple(_amounts(search.cells.space.own[name], scope, search, assess))
        else:
            answers = tuple(_choices(name, search, assess))
        inquiry = Inquiry(name, answers)
        if answers and inquiry.narrows(now):
            ranked.append((inquiry.score(), position, inquiry))
        elif len(answers) > 1:
            others.append(inquiry)
    return [inquiry for _, _, inquiry in sorted(ranked, key=lambda entry: entry[:2])] or others


def _unknown(space: Space, scope: Scope, box: Box) -> Iterator[str]:
    """Yield the facts that matter and are not settled, in the plan's order."""
    for name in space.facts:
        if name in space.own:
            q = space.own[name]
            if q in scope.counted and not box.absent[q] and box.low[q] < box.high[q]:
                yield name
        elif name in scope.mentioned and len(box.domains[space.names.discrete[name]]) > 1:
            yield name


def _choices(name: str, search: Search, assess: Assess) -> Iterator[Answer]:
    labels: dict[str | bool, str] = {choice.id: choice.label for choice in search.cells.space.facts[name].choices}
    for value, text in (labels or {True: "是", False: "否"}).items():
        v, cell = search.cells.option(name, value)
        if search.domains[v] & cell:
            yield Answer(assess(Cut(search, v, cell)), text=text)


def _amounts(q: int, scope: Scope, search: Search, assess: Assess) -> Iterator[Answer]:
    cells = search.cells
    whole = cells.space.names.whole[q]
    box, v = search.box, cells.variable(q)
    low, high = box.low[q], box.high[q]
    starts = [low, *(cut for cut in _cuts(scope, q, box) if low < cut <= high)]
    ends = [*(below(cut, whole) for cut in starts[1:]), high]
    alone = len(scope.cuts[q]) == 1 and () in scope.cuts[q]
    for start, end in zip(starts, ends, strict=True):
        part: Cut | Stretch
        if v is not None and alone:
            part = Cut(search, v, cells.span(v, start, end))
        else:
            part = Stretch(search, q, start, end)
        if part.consistent():
            yield Answer(assess(part), low=start, high=end)


def _cuts(scope: Scope, own: int, box: Box) -> list[Bound]:
    """Return where the answer begins to matter: the bounds of every quantity that the fact counts into."""
    cuts: set[Bound] = set()
    for others, bounds in scope.cuts[own].items():
        least = sum(box.low[part] for part in others)
        cuts.update(bound - least for bound in bounds)
    return sorted(cuts)


def reasons(space: Space, asks: list[Inquiry], now: Outcome) -> tuple[str, ...]:
    """Say why the level is open: for each unknown, what each answer would make of it."""
    texts = []
    for inquiry in asks:
        # Where no answer changes the event levels (a plan without a level table) the response levels are what is open.
        by_event = any(answer.outcome.events != now.events for answer in inquiry.answers)
        merged: list[tuple[list[Answer], str]] = []
        for answer in inquiry.answers:
            leaves = _levels(answer.outcome, by_event)
            if merged and merged[-1][1] == leaves:
                merged[-1][0].append(answer)
            else:
                merged.append(([answer], leaves))
        fact = space.facts[inquiry.fact]
        answers = "；".join(f"{_answer(group, fact)}则{leaves}" for group, leaves in merged)
        # What is asked for is the fact's own figure, without those that count into it.
        texts.append(f"{fact.label or inquiry.fact}未定：{answers}")
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


def questions(space: Space, asks: list[Inquiry], offered: Iterable[str]) -> tuple[Question, ...]:
    """Return the narrowing questions in order, then the closed quantities that nobody mentioned."""
    narrowing = {inquiry.fact: True for inquiry in asks}
    narrowing.update((name, False) for name in offered if name not in narrowing)
    return tuple(
        Question(
            fact=name,
            label=space.facts[name].label or name,
            question=question(name, space.facts[name]),
            narrows=narrows,
            judgement=space.facts[name].judgement,
        )
        for name, narrows in narrowing.items()
    )
