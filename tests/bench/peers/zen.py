"""A level table as zen-engine reads it: a decision table with one column a fact, first hit wins."""

from __future__ import annotations

import json
from collections.abc import Sequence

import zen

from tests.bench.peers.flat import Case, Value

OPERATORS = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<"}


class ZenTable:
    """A compiled decision table.

    Args:
        cases: in the order in which they are to be tried.
        otherwise: the answer where none holds.
    """

    def __init__(self, cases: Sequence[Case], otherwise: str) -> None:
        facts = list(dict.fromkeys(atom.fact for case in cases for atom in case.atoms))
        rules = [
            {"_id": f"r{number}", "level": json.dumps(case.level, ensure_ascii=False)}
            | {f"i-{fact}": self._cell(case, fact) for fact in facts}
            for number, case in enumerate(cases)
        ]
        rules.append({"_id": "rest", "level": json.dumps(otherwise, ensure_ascii=False)})
        table = {
            "hitPolicy": "first",
            "inputs": [{"id": f"i-{fact}", "name": fact, "field": fact} for fact in facts],
            "outputs": [{"id": "level", "name": "level", "field": "level"}],
            "rules": rules,
        }
        nodes = [
            {"id": "in", "name": "in", "type": "inputNode", "content": {}},
            {"id": "table", "name": "table", "type": "decisionTableNode", "content": table},
            {"id": "out", "name": "out", "type": "outputNode", "content": {}},
        ]
        edges = [
            {"id": f"e{n}", "sourceId": a, "targetId": b, "type": "edge"}
            for n, (a, b) in enumerate([("in", "table"), ("table", "out")])
        ]
        # From a static loader a decision is compiled once; made by hand it is an order of magnitude slower.
        graph = {"nodes": nodes, "edges": edges}
        self._engine = zen.ZenEngine({"loader": {"type": "static", "content": {"table": graph}}})

    def level(self, facts: dict[str, Value]) -> str:
        """Return the level that the table gives."""
        return str(self._engine.evaluate("table", facts)["result"]["level"])

    @staticmethod
    def _cell(case: Case, fact: str) -> str:
        parts = []
        for atom in case.atoms:
            if atom.fact != fact:
                continue
            if atom.operator == "in":
                parts.append(f"$ in [{', '.join(json.dumps(value) for value in atom.values)}]")
            else:
                parts.append(f"{OPERATORS[atom.operator]} {atom.bound:g}")
        return " and ".join(parts)
