"""Trims the published description of the Bot API to what the local server checks: names, types, required, limits.

Run: ``python -m bot.playground.trim SOURCE > botapi.json``. SOURCE is the ``api.json`` of the MIT-licensed project
``telegram-bot-api-spec``; its licence stands in ``botapi.LICENSE`` beside the result and is named inside it.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

_LENGTH = re.compile(r"(?<![\d.])(\d+)-(\d+)\s+(characters|bytes|items|identifiers)", re.IGNORECASE)
_COUNT_MAX = re.compile(r"(?:[Nn]o more than|[Aa]t most|[Uu]p to) (\d+) (results|commands|options)")
_LIST = re.compile(r"list of (\d+)-(\d+)")
_VALUE = re.compile(
    r"(?:[Vv]alues? between|[Mm]ust be between|measured in meters;|connections to the webhook[^,]*,)"
    r" ?(\d+)(?:-| and )(\d+)"
)
_BARE_COUNT = re.compile(r"; (\d+)-(\d+)\.")
_CONST = re.compile(r"(?:, must be|, always) [“\"]?([a-z0-9_]+)[”\"]?\.?$")


def limit_of(description: str, types: list[str]) -> list[Any] | None:
    """Return ``[least, most, what]`` where one is stated; ``what`` is characters, bytes, items or value."""
    array = types[0].startswith("Array of")
    if match := _LENGTH.search(description):
        what = match[3].lower()
        return [int(match[1]), int(match[2]), "items" if what in ("items", "identifiers") else what]
    if array and (match := _LIST.search(description)):
        return [int(match[1]), int(match[2]), "items"]
    if array and (match := _COUNT_MAX.search(description)):
        return [0, int(match[1]), "items"]
    if types[0] in ("Integer", "Float") and (match := _VALUE.search(description) or _BARE_COUNT.search(description)):
        return [int(match[1]), int(match[2]), "value"]
    return None


def trim_field(field: dict[str, Any]) -> dict[str, Any]:
    """Return one field: ``types``, and where they apply ``required``, ``limit``, ``parsed``, ``const``."""
    description: str = field["description"]
    kept: dict[str, Any] = {"types": field["types"]}
    if field["required"]:
        kept["required"] = True
    if limit := limit_of(description, field["types"]):
        kept["limit"] = limit
    if re.search("after entit(y|ies) parsing", description) or field["name"] == "message_text":
        kept["parsed"] = True
    if match := _CONST.search(description):
        kept["const"] = match[1]
    return kept


def trim(source: dict[str, Any]) -> dict[str, Any]:
    """Return the whole description without its prose."""
    types: dict[str, Any] = {}
    for name, entry in source["types"].items():
        if "subtypes" in entry:
            types[name] = {"subtypes": entry["subtypes"]}
        else:
            types[name] = {"fields": {f["name"]: trim_field(f) for f in entry.get("fields", [])}}
    methods = {
        name: {"returns": entry["returns"], "fields": {f["name"]: trim_field(f) for f in entry.get("fields", [])}}
        for name, entry in source["methods"].items()
    }
    licence = "MIT License, Copyright (c) 2020 Paul Larsen; full text in botapi.LICENSE"
    return {"version": source["version"], "licence": licence, "methods": methods, "types": types}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(trim(json.loads(Path(sys.argv[1]).read_text("utf-8"))), separators=(",", ":")) + "\n")
