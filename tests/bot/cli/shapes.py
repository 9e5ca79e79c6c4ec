"""The shapes of docs/contract.md, as a test holds what is printed to them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from plans.model import EVENT_LEVELS, RESPONSE_LEVELS

TEXT, FLAG, LIST, OBJECT = str, bool, list, dict
ISO_SPAN = re.compile(r"P(?=.)(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?\Z")


def holds(value: Any, shape: Any, where: str = "$") -> None:
    """Assert that a value has a shape.

    A dict of the shape must be there with at least these keys; a list with one item holds many of it; a tuple is one of
    several; a function is asked.
    """
    if isinstance(shape, dict):
        assert isinstance(value, dict), f"{where}: {value!r} is no object"
        missing = sorted(set(shape) - set(value))
        assert not missing, f"{where} lacks {missing}"
        for key, inner in shape.items():
            holds(value[key], inner, f"{where}.{key}")
    elif isinstance(shape, list):
        assert isinstance(value, list), f"{where}: {value!r} is no list"
        for number, item in enumerate(value):
            holds(item, shape[0], f"{where}[{number}]")
    elif isinstance(shape, tuple):
        errors = []
        for one in shape:
            try:
                return holds(value, one, where)
            except AssertionError as error:
                errors.append(str(error))
        raise AssertionError(" or ".join(errors))
    elif shape is None:
        assert value is None, f"{where}: {value!r} is not null"
    elif isinstance(shape, type):
        assert isinstance(value, shape) and (shape is bool or not isinstance(value, bool)), f"{where}: {value!r}"
    elif callable(shape):
        assert shape(value), f"{where}: {value!r} is not {shape.__name__}"
    else:
        assert value == shape, f"{where}: {value!r} is not {shape!r}"


def some(value: Any) -> bool:
    """Not empty text."""
    return isinstance(value, str) and bool(value)


def moment(value: Any) -> bool:
    """ISO 8601 with an offset."""
    return isinstance(value, str) and datetime.fromisoformat(value).utcoffset() is not None


def beijing(value: Any) -> bool:
    """ISO 8601 at +08:00."""
    return moment(value) and datetime.fromisoformat(value).utcoffset() == timedelta(hours=8)


def span(value: Any) -> bool:
    """An ISO 8601 duration; zero is PT0S."""
    return isinstance(value, str) and bool(ISO_SPAN.match(value))


def event_level(value: Any) -> bool:
    """An event level."""
    return value in EVENT_LEVELS


def response_level(value: Any) -> bool:
    """Ⅰ to Ⅳ."""
    return value in RESPONSE_LEVELS


def possible_event_level(value: Any) -> bool:
    """An event level or below all."""
    return value in (*EVENT_LEVELS, "未达标准")


def whole(value: Any) -> bool:
    """A whole number."""
    return isinstance(value, int) and not isinstance(value, bool)


PLAN_LINE = {
    "id": some,
    "title": some,
    "document": some,
    "issuer": some,
    "in_force": (None, re.compile(r"\d{4}-\d\d-\d\d\Z").match),
    "jurisdiction": some,
    "version": some,
}

PLAN = PLAN_LINE | {
    "clauses": [{"id": some, "title": some, "status": some, "reason": (None, some)}],
    "facts": [{"id": some, "label": some, "type": some, "unit": TEXT, "includes": [some]}],
    "classes": [{"id": some, "name": some}],
    "levels": [{"id": some, "class": (None, some), "level": event_level, "clause": some, "evidence": TEXT}],
    "responses": [
        {
            "level": response_level,
            "clause": some,
            "conditions": [some],
            "declared_by": [some],
            "ended_by": [some],
            "measures": [some],
        }
    ],
    "obligations": [
        {
            "id": some,
            "clause": some,
            "report": some,
            "channel": some,
            "bearer": some,
            "to": [some],
            "clock_from": some,
            "within": (None, span),
            "every": (None, span),
            "applies": TEXT,
        }
    ],
    "forms": [{"report": some, "elements": [some], "clause": some}],
    "units": [{"name": some, "aliases": [some], "duty": TEXT, "lines": [{"number": some, "kind": some}]}],
    "groups": [{"name": some, "lead": [some], "members": [some], "duty": TEXT}],
    "warnings": LIST,
    "duties": LIST,
    "errata": LIST,
}

READING = {
    "facts": OBJECT,
    "occurred_at": (None, moment),
    "occurred": (None, {"from": moment, "to": moment, "text": some, "span": [whole]}),
    "place": (None, some),
    "place_text": (None, some),
    "category": (None, some),
    "class_candidates": LIST,
}

ASSESSMENT = {
    "plan": some,
    "class": (None, some),
    "event_level": (None, possible_event_level),
    "possible_event_levels": [possible_event_level],
    "response_level": (None, response_level),
    "possible_response_levels": [response_level],
    "declared_by": [some],
    "matched": [{"clause": some, "level": some, "because": some}],
    "near": [{"clause": some, "level": some, "distance": (int, float), "text": some}],
    "undetermined_because": [some],
    "ask": [{"fact": some, "label": some, "question": some}],
    "facts": OBJECT,
    "route": (None, {"plan": (None, some), "lead": (None, some), "post": (None, some), "clause": some}),
}

KINDS = (
    "received asked proposal refused announcement call ack escalation reminder overdue filed card ended final closed "
    "note warning duty log instruction"
).split()
STATUSES = "pending filed late overdue waived superseded possible".split()
STATES = "reported responding ended closed rejected merged".split()
REPORTS = "首报 续报 终报 核实答复 信息发布 总结评估".split()


def kind(value: Any) -> bool:
    """A kind of timeline line."""
    return value in KINDS


def status(value: Any) -> bool:
    """A status of an obligation."""
    return value in STATUSES


def state(value: Any) -> bool:
    """A state of an incident."""
    return value in STATES


INCIDENT = {
    "id": some,
    "number": whole,
    "plan": some,
    "drill": FLAG,
    "state": state,
    "event_level": (None, event_level),
    "response_level": (None, response_level),
    "reported_at": beijing,
    "occurred_at": (None, beijing),
    "text": TEXT,
}

OBLIGATION = {
    "id": some,
    "rule": some,
    "clause": TEXT,
    "report": some,
    "channel": some,
    "due": beijing,
    "filed_at": (None, beijing),
    "status": status,
    "to": [{"recipient": some, "filed_at": (None, beijing), "taker": (None, some)}],
}

SIMULATION = {
    "incident": (INCIDENT, None),
    "timeline": [{"at": beijing, "kind": kind, "to": [some], "obligation": (None, some), "text": TEXT}],
    "obligations": [OBLIGATION],
}
