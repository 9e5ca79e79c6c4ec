"""The canonical text of a plan: what a running incident is pinned to, and what its hash is taken over.

Only what the file says is written, in the file's order, so that a field that the schema gains later changes no hash.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from plans.load.error import PlanError
from plans.model import Plan

SCHEMA = 1
"""The plan schema that this program writes and reads."""

UPCASTERS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""For each older schema number, what turns its data into the next schema's."""


def canonical(plan: Plan) -> str:
    """Return the plan as canonical JSON text (UTF-8, no spaces), without ``hash`` and ``path``."""
    data = plan.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={"hash", "path"})
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def digest(plan: Plan) -> str:
    """Return the SHA-256 of the canonical text, in hexadecimal."""
    import hashlib  # it takes longer to load than a plan that is kept, whose digest is kept too

    return hashlib.sha256(canonical(plan).encode()).hexdigest()


def upcast(data: dict[str, Any]) -> dict[str, Any]:
    """Bring the data of an older schema to the present one; data without a usable number is returned as it is."""
    number = data.get("schema")
    while isinstance(number, int) and number < SCHEMA and number in UPCASTERS:
        data = {**UPCASTERS[number](data), "schema": number + 1}
        number += 1
    return data


def from_canonical(text: str) -> Plan:
    """Read what :func:`canonical` wrote, also in an older version of the program; raise PlanError."""
    data = upcast(json.loads(text))
    try:
        plan = Plan.model_validate(data)
    except ValidationError as error:
        from plans.load.document import Document
        from plans.load.explain import explain

        raise PlanError("canonical", explain(error, Document(name="canonical", data=data, root=None))) from error
    return plan.model_copy(update={"hash": digest(plan)})
