"""The variables of a plan: its facts and the reserved names, numbered, with the sums and orders that tie them."""

from __future__ import annotations

from plans.logic.terms import Names, Term
from plans.model import BELOW, CORE_CONSTRAINTS, Expression, Fact, Plan, merge_facts

NONE = ""
"""What a choice or a reserved name is when it is none of its values: never asked, not declared, no level."""


class Variables:
    """The variables of one plan.

    Attributes:
        facts: core facts and the plan's own.
        names: the numbering.
        own: per numeric fact, the variable of the fact itself (without what it includes).
        names_of_own: the fact of each own variable.
        parts: per quantity, the own variables that it sums.
        sums: (total, parts) for every fact that includes others.
        coupled: per quantity, whether a sum or an order concerns it.
    """

    def __init__(self, plan: Plan) -> None:
        self.facts: dict[str, Fact] = merge_facts(plan.facts, casualties=plan.casualties)
        self.own: dict[str, int] = {}
        whole: list[bool] = []
        discrete: dict[str, int] = {}
        domains: list[frozenset[str | bool]] = []
        for name, fact in self.facts.items():
            if fact.type in ("count", "number"):
                self.own[name] = len(whole)
                whole.append(fact.type == "count")
            else:
                discrete[name] = len(domains)
                domains.append(choices(fact) | {NONE} if fact.choices else choices(fact))
        self.names_of_own = tuple(self.own)
        quantity = dict(self.own)
        self.parts: list[tuple[int, ...]] = [(q,) for q in range(len(whole))]
        sums: list[tuple[int, tuple[int, ...]]] = []
        for name, fact in self.facts.items():
            if fact.includes:
                quantity[name] = len(whole)
                parts = tuple(sorted({self.own[part] for part in self._closure(name)}))
                sums.append((len(whole), parts))
                self.parts.append(parts)
                whole.append(fact.type == "count")
        self.sums = tuple(sums)
        pairs = dict.fromkeys((c.smaller, c.larger) for c in (*CORE_CONSTRAINTS, *plan.constraints))
        self.order_names = tuple(pairs)
        self.orders = tuple((quantity[smaller], quantity[larger]) for smaller, larger in pairs)
        levels = frozenset((*plan.event_levels, BELOW, NONE))
        for name, domain in (
            ("event_level", levels),
            ("response_level", frozenset([*(response.level for response in plan.responses), NONE])),
            ("event_class", frozenset([*(item.id for item in plan.classes), NONE])),
            ("undetermined", frozenset((True, False))),
            ("drill", frozenset((True, False))),
        ):
            discrete[name] = len(domains)
            domains.append(domain)
        self.names = Names(quantity, whole, discrete, domains)
        linked = {q for order in self.orders for q in order} | {q for t, parts in sums for q in (t, *parts)}
        linked |= {part for q in linked for part in self.parts[q]}
        self.linked = tuple(sorted(linked))
        self.coupled = tuple(q in linked for q in range(len(whole)))
        self.totals = frozenset(total for total, _ in sums)
        self._terms: dict[tuple[int, bool], tuple[Expression, Term]] = {}

    def term(self, expression: Expression, positive: bool = True) -> Term:
        """Return ``expression`` (or its negation) compiled, from a cache."""
        # Kept by identity, since an expression's hash walks through all of it; the expression is kept with its term, so
        # that no other one is ever given its identity.
        key = (id(expression), positive)
        if (entry := self._terms.get(key)) is None:
            entry = self._terms[key] = (expression, self.names.compile(expression, positive))
        return entry[1]

    def _closure(self, name: str) -> set[str]:
        seen: set[str] = set()
        todo = [name]
        while todo:
            current = todo.pop()
            if current not in seen:
                seen.add(current)
                todo.extend(self.facts[current].includes)
        return seen


def choices(fact: Fact) -> frozenset[str | bool]:
    """Return the values that a flag or choice may have."""
    return frozenset(choice.id for choice in fact.choices) or frozenset((True, False))
