"""What acts on each clause of a plan: a clause that is encoded, and on which nothing acts, is only kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

from plans import clauses
from plans.acting import REGISTERED, Act, Kind
from plans.model import Frozen, Plan


@dataclass(frozen=True, slots=True)
class Covered:
    """A clause that is encoded, and what acts on it."""

    clause: str
    title: str
    acts: Mapping[Act, tuple[str, ...]] = field(default_factory=dict)


def coverage(plan: Plan) -> list[Covered]:
    """Return every clause that is encoded with what acts on it, and on which parts of the file; in the file's order.

    Only what is imported counts: whoever asks imports the handlers first.
    """
    by_part: dict[str, list[Act]] = {}
    for item in REGISTERED:
        for part in item.parts:
            by_part.setdefault(part, []).append(item.act)
    found, encoding = [], clauses.parts(plan)
    for number, entry in plan.clauses.items():
        if entry.status != "encoded":
            continue
        acts: dict[Act, dict[str, None]] = {}
        for name in (name for part in encoding[number] for name in _names(part)):
            for act in by_part.get(name, ()):
                acts.setdefault(act, {})[name] = None
        order = get_args(Kind)
        ranked = sorted(acts, key=lambda act: (order.index(act.kind), act.name))
        found.append(Covered(number, entry.title, {act: tuple(acts[act]) for act in ranked}))
    return found


def idle(plan: Plan) -> list[str]:
    """Return the clauses that are encoded and on which nothing acts."""
    return [item.clause for item in coverage(plan) if not item.acts]


def _names(part: clauses.Part) -> list[str]:
    """Return what acts may be registered for: the model, and each key of it that the file fills."""
    model = type(part.of).__name__
    if part.key:
        return [f"{model}.{part.key}", *([model] if model != Plan.__name__ else ())]
    return [model, *(f"{model}.{key}" for key in _filled(part.of))]


def _filled(statement: Frozen) -> list[str]:
    """Return the keys that say something: neither empty nor the word for nothing that they have by default."""
    return [
        key
        for key, field_of in type(statement).model_fields.items()
        if (value := getattr(statement, key)) not in (None, "", (), {}, False)
        and (value is True or value != field_of.default)
    ]
