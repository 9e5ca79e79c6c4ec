"""The OpenAPI 3.1 document: made of the operations and their models, never written beside them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.texts import api as t
from bot.web.api.models.base import ProblemDetails
from bot.web.api.operations import JSON, OPERATIONS, Operation
from bot.web.api.problems import MEDIA_TYPE, STATUS

COMMON = ("not-known", "too-many", "broken", "later")
"""Problems of every operation."""

_IN_PATH = re.compile(r"\{(\w+)(?::[^{}]*(?:\{[^{}]*\})?[^{}]*)?\}")


@cache
def document() -> dict[str, Any]:
    """Return the document."""
    models = sorted({model for item in OPERATIONS.values() for model in _models(item)}, key=lambda one: one.__name__)
    found, definitions = models_json_schema(
        [*((model, "serialization") for model in models), (ProblemDetails, "serialization")],
        ref_template="#/components/schemas/{model}",
    )
    del found
    schemas: dict[str, Any] = definitions["$defs"]
    for schema in schemas.values():
        _described(schema)
    paths: dict[str, dict[str, Any]] = {}
    for item in OPERATIONS.values():
        paths.setdefault(_IN_PATH.sub(r"{\1}", item.path), {})[item.method.lower()] = _operation(item)
    return {
        "openapi": "3.1.0",
        "info": {"title": t.TITLE, "version": "1", "description": t.DESCRIPTION},
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "tags": [{"name": name, "description": words} for name, words in t.TAGS.items()],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": t.BEARER}},
            "schemas": dict(sorted(schemas.items())),
        },
        "x-problems": {
            code: {"status": STATUS[code], "title": title} for code, (title, _) in t.PROBLEMS.items()
        },
    }  # fmt: skip


def _models(item: Operation) -> list[type[BaseModel]]:
    return [*(model for model in item.bodies.values() if model is not None), *item.answers.values()]


def _described(schema: dict[str, Any]) -> None:
    """Say what each field is, in the words of the people who read it; and nothing in others."""
    schema.pop("description", None)
    schema.pop("title", None)
    for name, field in schema.get("properties", {}).items():
        field.pop("title", None)
        if "$ref" not in field:
            field["description"] = t.FIELDS[name]


def _operation(item: Operation) -> dict[str, Any]:
    said: dict[str, Any] = {
        "operationId": item.id, "tags": [item.tag], "summary": t.OPERATIONS[item.id],
        "security": [{"token": list(item.scopes)}],
        "parameters": [*_in_path(item), *_in_query(item), *_in_header(item)],
        "responses": {str(status): _answer(model, item, status) for status, model in item.answers.items()},
    }  # fmt: skip
    if item.bodies:
        content = {
            kind: {"schema": _reference(model) if model is not None else {"type": "string"}}
            for kind, model in item.bodies.items()
        }
        said["requestBody"] = {"required": True, "content": content}
    for status, codes in sorted(_problems(item).items()):
        words = "；".join(f"{t.PROBLEMS[code][0]}（{code}）" for code in codes)
        problem: dict[str, Any] = {
            "description": words, "content": {MEDIA_TYPE: {"schema": _reference(ProblemDetails)}},
        }  # fmt: skip
        if status in (429, 503):
            problem["headers"] = {"Retry-After": {"description": t.RETRY_AFTER, "schema": {"type": "integer"}}}
        said["responses"][str(status)] = problem
    return said


def _problems(item: Operation) -> dict[int, list[str]]:
    """Return the codes with which an operation may be refused, by status."""
    codes = [*COMMON, *item.problems]
    codes += ["not-allowed"] if item.scopes else []
    codes += ["no-key", "key-reused"] if item.keyed else []
    codes += ["not-valid"]
    codes += ["bad-request", "slow", "too-large", "wrong-type"] if item.bodies else []
    found: dict[int, list[str]] = {}
    for code in sorted(set(codes)):
        found.setdefault(STATUS[code], []).append(code)
    return found


def _answer(model: type[BaseModel], item: Operation, status: int) -> dict[str, Any]:
    said: dict[str, Any] = {
        "description": t.OPERATIONS[item.id], "content": {JSON: {"schema": _reference(model)}},
    }  # fmt: skip
    if item.keyed and status in (201, 202):
        said["headers"] = {"Location": {"description": t.LOCATION, "schema": {"type": "string"}}}
    return said


def _reference(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{model.__name__}"}


def _in_path(item: Operation) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "description": t.FIELDS[name], "schema": {"type": "string"}}
        for name in _IN_PATH.findall(item.path)
    ]


def _in_query(item: Operation) -> list[dict[str, Any]]:
    if item.query is None:
        return []
    schema = item.query.model_json_schema()
    words = {"cursor": t.CURSOR, "limit": t.LIMIT}
    return [
        {
            "name": name, "in": "query", "required": name in schema.get("required", ()),
            "description": words.get(name) or t.FIELDS[name],
            "schema": {key: value for key, value in field.items() if key != "title"},
        }
        for name, field in schema["properties"].items()
    ]  # fmt: skip


def _in_header(item: Operation) -> list[dict[str, Any]]:
    if not item.keyed:
        return []
    schema = {"type": "string", "minLength": 1, "maxLength": 128, "pattern": r"^[\x21-\x7e]{1,128}$"}
    return [
        {"name": "Idempotency-Key", "in": "header", "required": True, "description": t.KEY, "schema": schema}
    ]  # fmt: skip
