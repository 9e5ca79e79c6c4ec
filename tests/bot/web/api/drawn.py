"""Requests drawn from the OpenAPI document alone: such as it admits, and such as it does not, by one change.

The part of JSON Schema that the document uses is drawn; anything else is an error here, and no request that nobody
draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

WORDS = (
    "有人落水，2人失踪", "实验小学3时起火，4名学生受伤", "收到", "已出发", "区消防救援大队", "x", "\u202e火", "𠮷",
    "<b>4人</b>", "' OR 1=1 --", "{number}", "死亡0人",
)  # fmt: skip
LETTERS = "火灾人死伤4０九aZ _-.,，。：；/\\<>&'\"{}%*`@#|\u202e\u200b\ufeff\uffff𠮷👨‍👩é"
"""A few of each kind: what is markup somewhere, what is not seen, what is no plane of its own."""

MOMENTS = ("2026-03-01T19:00:00+08:00", "2026-03-01T11:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00")
KNOWN = frozenset({
    "additionalProperties", "anyOf", "default", "description", "enum", "format", "items", "maxItems", "maxLength",
    "maxProperties", "maximum", "minItems", "minLength", "minProperties", "minimum", "pattern", "properties",
    "propertyNames", "required", "title", "type", "$ref", "const", "exclusiveMinimum", "examples",
})  # fmt: skip


class Drawing:
    """What can be drawn of a document's schemas."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._schemas = document["components"]["schemas"]

    def admitted(self, schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
        """Return values that a schema admits."""
        assert set(schema) <= KNOWN, f"nobody draws {set(schema) - KNOWN}"
        if "$ref" in schema:
            return self.admitted(self._schemas[schema["$ref"].rpartition("/")[2]])
        if "anyOf" in schema:
            return st.one_of([self.admitted(one) for one in schema["anyOf"]])
        if "enum" in schema or "const" in schema:
            return st.sampled_from(schema.get("enum") or [schema["const"]])
        return {
            "null": lambda _: st.none(), "boolean": lambda _: st.booleans(), "integer": self._integer,
            "number": self._integer, "string": self._string, "array": self._array, "object": self._object,
        }[schema["type"]](schema)  # fmt: skip

    @staticmethod
    def _integer(schema: Mapping[str, Any]) -> st.SearchStrategy[int]:
        return st.integers(schema.get("minimum", -(10**6)), schema.get("maximum", 10**6))

    @staticmethod
    def _string(schema: Mapping[str, Any]) -> st.SearchStrategy[str]:
        if schema.get("format") == "date-time":
            return st.sampled_from(MOMENTS)
        if "pattern" in schema:
            return st.from_regex(schema["pattern"], fullmatch=True)
        least, most = schema.get("minLength", 0), schema.get("maxLength", 40)
        fits = [word for word in WORDS if least <= len(word) <= most]
        return st.sampled_from(fits) | st.text(LETTERS, min_size=least, max_size=min(most, 40))

    def _array(self, schema: Mapping[str, Any]) -> st.SearchStrategy[list[Any]]:
        most = min(schema.get("maxItems", 3), 3)
        return st.lists(self.admitted(schema["items"]), min_size=schema.get("minItems", 0), max_size=most)

    def _object(self, schema: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
        fields = {name: self.admitted(one) for name, one in schema.get("properties", {}).items()}
        if not fields:
            names = st.sampled_from(["deaths", "injuries", "missing", "large_sum", "nothing_such"])
            return st.dictionaries(names, self.admitted(schema["additionalProperties"]), max_size=3)
        needed = {name: fields.pop(name) for name in schema.get("required", ())}
        return st.fixed_dictionaries(needed, optional=fields)

    @staticmethod
    def spoilt(draw: st.DrawFn, value: dict[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
        """Draw an object that one change has made such as its schema does not admit."""
        changed, fields = dict(value), schema["properties"]
        way = draw(st.sampled_from(["extra", "kind", "lacks", "long"]))
        if way == "lacks" and schema.get("required"):
            changed.pop(draw(st.sampled_from(sorted(schema["required"]))))
        elif way == "long" and (long := [name for name, one in fields.items() if one.get("maxLength")]):
            name = draw(st.sampled_from(long))
            changed[name] = "长" * (fields[name]["maxLength"] + 1)
        elif way == "kind":
            changed[draw(st.sampled_from(sorted(fields)))] = draw(st.sampled_from([{"x": []}, [[]], 1.5]))
        else:
            changed[draw(st.sampled_from(["level", "declare", "text ", "__class__"]))] = "Ⅰ"
        return changed
