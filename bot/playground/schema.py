"""Checks calls, results and updates against ``botapi.json``, stricter than Telegram: what is not described is refused.

Source: Bot API 10.1, trimmed by :mod:`bot.playground.trim`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.playground.errors import ApiError, SchemaBreach, bad

_TRUE, _FALSE = {"true", "yes", "1"}, {"false", "no", "0", ""}
_LATER = {
    "ChatMemberAdministrator": {"can_send_welcome_messages": {"types": ["Boolean"]}},
    "ChatAdministratorRights": {"can_send_welcome_messages": {"types": ["Boolean"]}},
}
"""Fields of a later Bot API (10.3) without which aiogram 3.31 does not parse an update."""
_FILE_FIELDS = (".media", ".thumbnail", ".cover")
_SIMPLE = {"Integer", "String", "Boolean", "Float", "InputFile"}
_KINDS: dict[str, Any] = {"Integer": int, "Float": (int, float), "String": str, "Boolean": bool}


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that came with a call: its content, the name and type the bot gave it."""

    name: str
    content: bytes
    mime: str = "application/octet-stream"


@cache
def description() -> dict[str, Any]:
    """Return the whole trimmed description."""
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name("botapi.json").read_text("utf-8"))
    for name, fields in _LATER.items():
        loaded["types"][name]["fields"] |= fields
    return loaded


@dataclass(frozen=True, kw_only=True)
class _Shape:
    """What is asked of every value of a type: seen a thousand times a minute, hence looked up once."""

    fields: dict[str, Any]
    names: frozenset[str]
    required: frozenset[str]
    consts: tuple[tuple[str, Any], ...]


@cache
def _shape(type_name: str) -> _Shape | None:
    """Return it, None for a type without fields of its own."""
    fields = description()["types"].get(type_name, {}).get("fields")
    if fields is None:
        return None
    return _Shape(
        fields=fields,
        names=frozenset(fields),
        required=frozenset(name for name, spec in fields.items() if spec.get("required")),
        consts=tuple((name, spec["const"]) for name, spec in fields.items() if "const" in spec),
    )


@cache
def method_names() -> dict[str, str]:
    """Return every method of the Bot API by its lower-case name (Telegram ignores case)."""
    return {name.lower(): name for name in description()["methods"]}


def fields_of(type_name: str) -> dict[str, Any]:
    """Return the fields of a plain type."""
    fields: dict[str, Any] = description()["types"][type_name]["fields"]
    return fields


def check_call(method: str, arguments: dict[str, Any], files: dict[str, Upload]) -> dict[str, Any]:
    """Return the parameters of a call, converted, or refuse.

    Args:
        method: a method of the description, in its own spelling.
        arguments: parameters as they came, text from a form or values from JSON.
        files: uploaded parts by their name.

    Raises:
        ApiError: 400 for an unknown, missing, wrongly typed or over-long parameter.
    """
    fields = description()["methods"][method]["fields"]
    checked: dict[str, Any] = {}
    for name, value in arguments.items():
        if name not in fields:
            raise bad(f'unknown parameter "{name}" of {method} (refused by the local server)')
        if value is not None:
            checked[name] = _read(value, fields[name], name, files)
    for name, upload in files.items():
        if name in fields:
            checked[name] = upload
        elif not any(f"attach://{name}" in str(value) for value in arguments.values()):
            raise bad(f'uploaded file "{name}" is used by no parameter of {method} (refused by the local server)')
    for name, field in fields.items():
        if field.get("required") and name not in checked:
            raise bad(_missing(name))
    return checked


def _missing(name: str) -> str:
    messages = {
        "chat_id": "chat_id is empty",
        "text": "message text is empty",
        "message_id": "message identifier is not specified",
    }
    return messages.get(name, f'parameter "{name}" is required')


def _read(value: Any, field: dict[str, Any], path: str, files: dict[str, Upload]) -> Any:
    types = field["types"]
    if len(types) > 1 and all(name.startswith("Array of ") for name in types):
        items = _json(value, path)
        if not isinstance(items, list):
            raise bad(f"can't parse {path}: expected an Array")
        inner = {"types": [name.removeprefix("Array of ") for name in types]}
        read = [_read(item, inner, f"{path}[{index}]", files) for index, item in enumerate(items)]
        _check_limit(read, field, path)
        return read
    problems: list[ApiError] = []
    for type_name in _likely(field["types"], value):
        try:
            read = _read_as(value, type_name, path, files)
        except ApiError as error:
            problems.append(error)
            continue
        _check_limit(read, field, path)
        return read
    raise problems[0]


def _likely(types: list[str], value: Any) -> list[str]:
    """Return the types to try, those first whose fields the value has: so that the complaint is about the right one."""
    if len(types) == 1:
        return types
    if isinstance(value, str) and value[:1] in "{[" and not _SIMPLE & set(types):
        try:
            value = json.loads(value)
        except ValueError:
            return types
    sample = value[0] if isinstance(value, list) and value else value
    if not isinstance(sample, dict):
        return types
    names = set(sample)

    def misfit(type_name: str) -> int:
        shape = _shape(type_name.replace("Array of ", ""))
        if shape is None:
            return 0
        wrong = [name for name, const in shape.consts if sample.get(name) != const]
        return len(names - shape.names) + 10 * len(wrong) + len(shape.required - names)

    return sorted(types, key=misfit)


def _read_as(value: Any, type_name: str, path: str, files: dict[str, Upload]) -> Any:
    if type_name.startswith("Array of "):
        items = _json(value, path)
        if not isinstance(items, list):
            raise bad(f"can't parse {path}: expected an Array")
        inner = type_name.removeprefix("Array of ")
        return [_read(item, {"types": [inner]}, f"{path}[{index}]", files) for index, item in enumerate(items)]
    if type_name in _SIMPLE:
        return _simple(value, type_name, path, files)
    content = value if type_name == "KeyboardButton" else _json(value, path)
    return _read_object(content, type_name, path, files)


def _simple(value: Any, type_name: str, path: str, files: dict[str, Upload]) -> Any:
    if type_name == "Integer":
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63:
            return value
        if isinstance(value, str) and re.fullmatch(r"-?\d{1,18}", value):
            return int(value)
    elif type_name == "Float":
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        if isinstance(value, str) and re.fullmatch(r"-?\d{1,18}(\.\d+)?", value):
            return float(value)
    elif type_name == "Boolean":
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value.lower() in _TRUE | _FALSE:
            return value.lower() in _TRUE
    elif type_name == "String":
        if isinstance(value, str) and value.startswith("attach://") and path.endswith(_FILE_FIELDS):
            return _attached(value, path, files)
        if isinstance(value, str):
            return value
    elif isinstance(value, Upload):
        return value
    elif isinstance(value, str) and value.startswith("attach://"):
        return _attached(value, path, files)
    raise bad(f'parameter "{path}" must be of type {type_name}')


def _attached(value: str, path: str, files: dict[str, Upload]) -> Upload:
    if (name := value.removeprefix("attach://")) in files:
        return files[name]
    raise bad(f'file "{name}" of {path} was not uploaded')


def _json(value: Any, path: str) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad(f"can't parse {path} JSON object") from None


def _read_object(value: Any, type_name: str, path: str, files: dict[str, Upload]) -> Any:
    if type_name == "KeyboardButton" and isinstance(value, str):
        return {"text": value}  # "For simple text buttons, String can be used instead of this object"
    if not isinstance(value, dict):
        raise bad(f"can't parse {path}: expected an Object")
    entry = description()["types"][type_name]
    if "subtypes" in entry:
        return _read(value, {"types": entry["subtypes"]}, path, files)
    checked = {}
    for name, item in value.items():
        if name not in entry["fields"]:
            raise bad(f'can\'t parse {path}: unknown field "{name}" of {type_name} (refused by the local server)')
        if item is not None:
            field = entry["fields"][name]
            checked[name] = _read(item, field, f"{path}.{name}", files)
            if "const" in field and checked[name] != field["const"]:
                raise bad(f'can\'t parse {path}: field "{name}" must be "{field["const"]}"')
    for name, field in entry["fields"].items():
        if field.get("required") and name not in checked:
            raise bad(f"can't parse {path}: can't find field \"{name}\" of {type_name}")
    return checked


def _check_limit(value: Any, field: dict[str, Any], path: str) -> None:
    if "limit" not in field or field.get("parsed"):
        return
    least, most, what = field["limit"]
    if what == "value":
        size = value
    elif what == "bytes":
        size = len(value.encode())
    else:
        size = len(value)
    if least <= size <= most:
        return
    if path.endswith(".callback_data"):
        raise bad("BUTTON_DATA_INVALID")
    if path == "text" and most == 200:
        raise bad("MESSAGE_TOO_LONG")
    unit = "" if what == "value" else f" {what}"
    raise bad(f'parameter "{path}" must be {least}-{most}{unit}, got {size}')


def check_emitted(type_name: str, value: Any, path: str = "") -> None:
    """Check what the server is about to hand out.

    Raises:
        SchemaBreach: the value does not fit the description: our bug.
    """
    if type_name.startswith("Array of "):
        if not isinstance(value, list):
            raise SchemaBreach(f"{path}: {value!r} is no list")
        for index, item in enumerate(value):
            check_emitted(type_name.removeprefix("Array of "), item, f"{path}[{index}]")
        return
    if type_name in _SIMPLE:
        if not isinstance(value, _KINDS[type_name]) or (type_name != "Boolean" and isinstance(value, bool)):
            raise SchemaBreach(f"{path}: {value!r} is no {type_name}")
        return
    entry = description()["types"][type_name]
    if "subtypes" in entry:
        _check_any(entry["subtypes"], value, path)
        return
    shape = _shape(type_name)
    if shape is None or not isinstance(value, dict):
        raise SchemaBreach(f"{path}: {value!r} is no {type_name}")
    fields = shape.fields
    if unknown := value.keys() - shape.names:
        raise SchemaBreach(f"{path}: {type_name} has no {sorted(unknown)}")
    if missing := shape.required - value.keys():
        raise SchemaBreach(f"{path}: {type_name} lacks {[name for name in fields if name in missing]}")
    for name, item in value.items():
        field = fields[name]
        if "const" in field and item != field["const"]:
            raise SchemaBreach(f"{path}.{name}: {item!r} is not {field['const']!r}")
        _check_any(field["types"], item, f"{path}.{name}")


def _check_any(types: list[str], value: Any, path: str) -> None:
    if len(types) == 1:
        return check_emitted(types[0], value, path)
    problems = []
    for type_name in _likely(types, value):
        try:
            return check_emitted(type_name, value, path)
        except SchemaBreach as breach:
            problems.append(breach)
    raise problems[0]


def check_result(method: str, value: Any) -> None:
    """Check the result of a method (:class:`SchemaBreach` otherwise)."""
    _check_any(description()["methods"][method]["returns"], value, method)
