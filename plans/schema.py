"""The JSON schema of a plan file, for editors that complete and check while one writes.

``python -m plans.schema`` prints it; ``make schema`` keeps ``plans/schema.json``. The loader stays the judge: it also
holds what a schema cannot say (a clause that is listed, a unit that is known).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from plans.model import RESERVED, Plan, complete

FILE = Path(__file__).parent / "schema.json"

_EXPRESSIONS = ("Compare", "Within", "All", "AnyOf", "Not")
_CONDITION = {"$ref": "#/$defs/Condition"}
_BOUND = {"type": "number"}
_SET_BY_THE_LOADER = ("hash", "path")


def schema() -> dict[str, Any]:
    """Return the schema as plain data."""
    complete()  # a default that is a statement is written by its own kind
    document = Plan.model_json_schema(by_alias=True)
    for name in _SET_BY_THE_LOADER:
        document["properties"].pop(name)
    definitions = document["$defs"]
    for name in _EXPRESSIONS:
        definitions.pop(name)
    definitions["Condition"] = _condition()
    shaped: dict[str, Any] = _shaped(document)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "应急预案", "$comment": "make schema"}
    return head | {key: value for key, value in shaped.items() if key != "title"}


def _condition() -> dict[str, Any]:
    """The mapping form of a condition: several keys hold together."""
    bounds = {name: _BOUND for name in ("lt", "le", "gt", "ge")}
    compare = {"type": "object", "properties": bounds, "additionalProperties": False, "minProperties": 1}
    value = {"type": ["string", "boolean"]}
    several = {"type": "array", "items": value, "minItems": 1}
    parts = {"type": "array", "items": _CONDITION, "minItems": 1}
    return {
        "description": f"{{deaths: {{ge: 3}}}}; a flag or choice; all, any, not; reserved: {', '.join(RESERVED)}",
        "type": "object",
        "minProperties": 1,
        "properties": {"all": parts, "any": parts, "not": _CONDITION},
        "additionalProperties": {"anyOf": [compare, value, several]},
    }


def _shaped(value: Any) -> Any:
    """Return the schema without pydantic's titles, with conditions and spans as a plan file writes them."""
    if isinstance(value, list):
        return [_shaped(item) for item in value]
    if not isinstance(value, dict):
        return value
    if _is_condition(value):
        return _CONDITION
    if isinstance(value.get("anyOf"), list) and any(_is_expression(item) for item in value["anyOf"]):
        return {"anyOf": [_CONDITION, {"type": "null"}]}
    if value.get("format") == "duration":
        return {"type": "string", "pattern": "^P", "examples": ["PT30M", "PT4H", "P1D", "PT0S"]}
    if isinstance(value.get("properties"), dict):
        inner = {name: _shaped(item) for name, item in value["properties"].items()}
        rest = {key: _shaped(item) for key, item in value.items() if key not in ("properties", "title")}
        return rest | {"properties": inner}
    return {key: _shaped(item) for key, item in value.items() if not (key == "title" and isinstance(item, str))}


def _is_expression(value: Any) -> bool:
    return isinstance(value, dict) and value.get("$ref", "").rsplit("/", 1)[-1] in _EXPRESSIONS


def _is_condition(value: dict[str, Any]) -> bool:
    parts = value.get("anyOf")
    return _is_expression(value) or (isinstance(parts, list) and all(_is_expression(item) for item in parts))


def text() -> str:
    """Return what stands in ``plans/schema.json``."""
    return json.dumps(schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
