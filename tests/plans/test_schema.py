"""The schema for editors: it is the models', takes every plan there is, and refuses what the loader refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from plans.load import DATA
from plans.load.document import compose
from plans.schema import FILE, schema, text

TINY = Path(__file__).parent / "tiny.yaml"
SCHEMA = schema()


def faults(value: Any, rule: dict[str, Any], where: str = "$") -> list[str]:
    """Return what the schema has against a value; only the words of JSON Schema that ours uses."""
    unknown = set(rule) - {
        "$schema",
        "$comment",
        "$defs",
        "$ref",
        "title",
        "description",
        "examples",
        "default",
        "type",
        "enum",
        "const",
        "anyOf",
        "properties",
        "required",
        "additionalProperties",
        "minProperties",
        "items",
        "minItems",
        "maxItems",
        "prefixItems",
        "pattern",
        "maxLength",
        "minimum",
        "maximum",
        "format",
    }
    assert not unknown, f"this test does not know {unknown}"
    if "$ref" in rule:
        return faults(value, SCHEMA["$defs"][rule["$ref"].rsplit("/", 1)[-1]], where)
    if "anyOf" in rule:
        tried = [faults(value, one, where) for one in rule["anyOf"]]
        return [] if any(not found for found in tried) else min(tried, key=len)
    if "const" in rule and value != rule["const"]:
        return [f"{where}: {value!r} is not {rule['const']!r}"]
    if "enum" in rule and value not in rule["enum"]:
        return [f"{where}: {value!r} is none of {rule['enum']}"]
    kinds: dict[str, Any] = {
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
        "object": dict,
        "array": list,
    }
    wanted = [rule["type"]] if isinstance(rule.get("type"), str) else rule.get("type", [])
    fits = [
        value is None
        if kind == "null"
        else isinstance(value, kinds[kind]) and (kind == "boolean" or not isinstance(value, bool))
        for kind in wanted
    ]
    if wanted and not any(fits):
        return [f"{where}: {value!r} is no {wanted}"]
    found: list[str] = []
    if isinstance(value, dict):
        properties, rest = rule.get("properties", {}), rule.get("additionalProperties", True)
        found += [f"{where} lacks {name}" for name in rule.get("required", ()) if name not in value]
        found += [f"{where} is empty"] if len(value) < rule.get("minProperties", 0) else []
        for name, inner in value.items():
            if name in properties:
                found += faults(inner, properties[name], f"{where}.{name}")
            elif rest is False:
                found.append(f"{where} knows no {name}")
            elif isinstance(rest, dict):
                found += faults(inner, rest, f"{where}.{name}")
    if isinstance(value, int | float) and not rule.get("minimum", value) <= value <= rule.get("maximum", value):
        found.append(f"{where}: {value} is too little or too much")
    if isinstance(value, list):
        found += [f"{where} is too short"] if len(value) < rule.get("minItems", 0) else []
        for number, inner in enumerate(value):
            found += faults(inner, rule.get("items", {}), f"{where}[{number}]")
    if isinstance(value, str):
        found += [f"{where}: {value!r}"] if "pattern" in rule and not re.search(rule["pattern"], value) else []
        found += [f"{where} is too long"] if len(value) > rule.get("maxLength", len(value)) else []
    return found


def test_the_file_is_what_the_models_say():
    assert FILE.read_text("utf-8") == text(), "run `make schema`"
    assert json.loads(text()) == SCHEMA


@pytest.mark.parametrize("path", [*sorted(DATA.glob("*.yaml")), TINY], ids=lambda path: path.stem)
def test_every_plan_fits(path):
    assert faults(compose(path.read_text("utf-8"), path.name).data, SCHEMA) == []


def test_the_loaders_own_entries_are_not_for_authors():
    assert not {"hash", "path"} & set(SCHEMA["properties"])
    assert SCHEMA["additionalProperties"] is False
    assert {"id", "schema", "version", "title"} <= set(SCHEMA["required"])


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        ("id: tiny-pool", "id: Tiny"),
        ("schema: 1", 'schema: "1"'),
        ("title: 云川区", "titel: 云川区"),
        ("level: district", "level: 区"),
        ("status: narrative", "status: 叙述"),
        ("{ge: 30}", "{ge: 三十}"),
        ("{ge: 30}", "{least: 30}"),
        ("{ge: 30}", "{}"),
        ("within: PT30M", "within: 30"),
        ("within: PT30M", "within: 30分钟"),
        ("from: occurred", "from: 事发"),
        ("channel: 电话", "channel: 微信"),
        ("to: [区委]", "to: 区委"),
        ("colour: 橙", "colour: 紫"),
        ("evidence: 30人以上死亡", f"evidence: {'死' * 41}"),
        ("declared_by: [commander]", "declarer: [commander]"),
        ("rank: 0", "rank: 高"),
        ("every: {years: 3}", "every: {years: 1}"),
        ("every: {years: 3}", "every: weekly"),
        ("every: {years: 3}", "every: {jahre: 3}"),
        ("period: 每3年评估一次", f"period: {'每' * 41}"),
    ],
)
def test_what_the_loader_refuses_an_editor_shows(found, instead):
    source = TINY.read_text("utf-8")
    assert found in source
    changed = compose(source.replace(found, instead, 1), "tiny").data
    assert faults(changed, SCHEMA)
