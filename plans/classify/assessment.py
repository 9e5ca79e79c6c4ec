"""What the engine says of an incident: levels that are possible, why, how near the next one is, and what to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from plans.model import Route
from plans.values import FactValue, Number, as_data


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A row or start condition that is met.

    Attributes:
        because: clause, evidence and the facts that met it, to be read aloud.
        certain: it holds whatever the unknown facts turn out to be; otherwise the known facts meet it so far.
        reading: how its unclear clause was read (解读), to be said beside it.
    """

    clause: str
    level: str
    because: str
    evidence: str = ""
    certain: bool = True
    reading: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Near:
    """A higher level that one fact alone would reach.

    Attributes:
        distance: in the fact's unit, from the value on record to the bound.
    """

    clause: str
    level: str
    distance: Number
    text: str
    fact: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A fact worth asking.

    Attributes:
        narrows: it takes part in deciding the level; otherwise the fact is only offered.
        judgement: a named person's judgement is asked, no observation.
    """

    fact: str
    label: str
    question: str
    narrows: bool = True
    judgement: bool = False


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """An assessment (研判结果) of one incident by one plan.

    Attributes:
        event_class: as given, or None.
        event_level: the determined or only possible level (perhaps 未达标准), else None.
        possible_event_levels: exact, lowest first; empty for a plan without event levels.
        undetermined: whether 暂时无法判明等级 was counted for the response.
        response_level: the only possible response level, else None.
        possible_response_levels: exact, lowest first.
        no_response_possible: perhaps no response level starts.
        proposed_response: the level to propose: the only one, else the highest possible; None when there is none.
        declared_by: titles of those who may declare the proposed response.
        ask: the question that narrows most first; quantities that nobody mentioned last.
        judgements: closed judgements (研判) that a named person may record.
        contradictions: orders that the facts contradict (重伤多于受伤).
        route: where the plan sends an event of this class.
    """

    plan: str
    event_class: str | None
    event_level: str | None
    possible_event_levels: tuple[str, ...]
    undetermined: bool
    response_level: str | None
    possible_response_levels: tuple[str, ...]
    no_response_possible: bool
    proposed_response: str | None
    declared_by: tuple[str, ...]
    matched: tuple[Match, ...]
    near: tuple[Near, ...]
    undetermined_because: tuple[str, ...]
    ask: tuple[Question, ...]
    judgements: tuple[Question, ...] = ()
    contradictions: tuple[str, ...] = ()
    route: Route | None = None
    facts: Mapping[str, FactValue] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the shape that ``tocsin classify --json`` prints."""
        route = self.route
        return {
            "plan": self.plan,
            "class": self.event_class,
            "event_level": self.event_level,
            "possible_event_levels": list(self.possible_event_levels),
            "response_level": self.response_level,
            "possible_response_levels": list(self.possible_response_levels),
            "no_response_possible": self.no_response_possible,
            "declared_by": list(self.declared_by),
            "matched": [
                {
                    "clause": m.clause,
                    "level": m.level,
                    "because": m.because,
                    "certain": m.certain,
                    "reading": m.reading or None,
                }
                for m in self.matched
            ],
            "near": [{"clause": n.clause, "level": n.level, "distance": n.distance, "text": n.text} for n in self.near],
            "undetermined_because": [*self.undetermined_because, *self.contradictions],
            "ask": [{"fact": q.fact, "label": q.label, "question": q.question, "narrows": q.narrows} for q in self.ask],
            "judgements": [{"fact": q.fact, "label": q.label, "question": q.question} for q in self.judgements],
            "route": None
            if route is None
            else {
                "plan": route.plan or None,
                "lead": route.lead or None,
                "post": route.post or None,
                "clause": route.clause,
            },
            "facts": {name: as_data(value) for name, value in self.facts.items()},
        }
