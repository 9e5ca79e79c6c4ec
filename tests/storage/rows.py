"""Rows to fill tables with; every field can be given."""

from datetime import UTC, datetime, timedelta
from typing import Any

from storage.inbox import NewUpdate
from storage.incidents import IncidentRow
from storage.journal import NewEntry
from storage.outbox import NewMessage
from storage.people import Person
from storage.places import Place

AT = datetime(2026, 3, 2, 2, 20, tzinfo=UTC)
STREAM = "incident:1"


def after(**parts) -> datetime:
    return AT + timedelta(**parts)


def new_update(update_id, chat="1", **fields):
    defaults: dict[str, Any] = {"kind": "message", "received_at": AT, "payload": "{}"}
    return NewUpdate(**(defaults | fields), update_id=update_id, chat_key=chat)


def entry(text="楼梯踩踏", **fields):
    defaults: dict[str, Any] = {
        "event": "reported",
        "version": 1,
        "at": AT,
        "actor": "person:1",
        "cause": "update:1",
        "payload": {"text": text, "injuries": 4},
        "personal": (),
    }
    return NewEntry(**(defaults | fields))


def message(place_id="p1", **fields):
    defaults: dict[str, Any] = {
        "priority": 2,
        "method": "sendMessage",
        "payload": {"text": "请核实"},
        "notice": "ask",
        "not_before": AT,
        "created_at": AT,
    }
    return NewMessage(**(defaults | fields), place_id=place_id)


def place(id="p1", chat_id=None, **fields):
    number = chat_id if chat_id is not None else -1000 - int(id[1:])
    defaults: dict[str, Any] = {"kind": "none", "title": "指挥群", "created_at": AT}
    return Place(**(defaults | fields), id=id, chat_id=number)


def person(id="u1", telegram_id=None, **fields):
    number = telegram_id if telegram_id is not None else 5000 + int(id[1:])
    defaults: dict[str, Any] = {"name": "王值班", "created_at": AT}
    return Person(**(defaults | fields), id=id, telegram_id=number)


def incident(stream=STREAM, **fields):
    defaults: dict[str, Any] = {
        "jurisdiction": "chengqu",
        "plan_id": "campus",
        "plan_version": "2024",
        "plan_hash": "ab",
        "drill": False,
        "year": 2026,
        "number": 1,
        "state": "reported",
        "event_level": None,
        "response_level": None,
        "reported_at": AT,
        "occurred_at": None,
        "text": "楼梯踩踏",
        "place_id": None,
        "sequence": 1,
    }
    return IncidentRow(**(defaults | fields), stream=stream)


async def add_places(store, *ids):
    async with store.writing() as tx:
        for id in ids:
            await tx.places.save(place(id))


async def add_people(store, *ids):
    async with store.writing() as tx:
        for id in ids:
            await tx.people.save(person(id))
