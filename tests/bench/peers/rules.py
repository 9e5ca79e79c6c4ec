"""A level table as rule-engine reads it: one rule a case, tried in order."""

from __future__ import annotations

import json
from collections.abc import Sequence

import rule_engine

from tests.bench.peers.flat import Atom, Case, Value

OPERATORS = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<"}


class RuleTable:
    """Compiled rules; see :class:`tests.bench.peers.zen.ZenTable`."""

    def __init__(self, cases: Sequence[Case], otherwise: str) -> None:
        self._rules = [
            (rule_engine.Rule(" and ".join(self._atom(atom) for atom in case.atoms)), case.level) for case in cases
        ]
        self._otherwise = otherwise

    def level(self, facts: dict[str, Value]) -> str:
        """Return the level of the first rule that matches."""
        for rule, level in self._rules:
            if rule.matches(facts):
                return level
        return self._otherwise

    @staticmethod
    def _atom(atom: Atom) -> str:
        if atom.operator == "in":
            return "(" + " or ".join(f"{atom.fact} == {json.dumps(value)}" for value in atom.values) + ")"
        return f"{atom.fact} {OPERATORS[atom.operator]} {atom.bound:g}"
