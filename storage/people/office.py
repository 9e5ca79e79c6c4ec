"""What every command asks of an office, read at once: the duty seat and who sits there, groups, people with chats."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, String, bindparam, cast, literal, null, select, union_all

from storage.people.persons import GET_PERSON, Person, people
from storage.people.seats import SEAT, Seat, seats
from storage.places import GET_PLACE, Place, bound_to, place_plans, places
from storage.session import Repository

T = TypeVar("T")
COMMAND = "command"
_SAT = ("name", "since", "said")
_PEOPLE, _PLACES = ([column.name for column in table.c] for table in (people, places))


def _columns(table: Any, prefix: str, *, empty: bool = False) -> list[ColumnElement[Any]]:
    """Return a table's columns under names of their own; ``empty``: as many without a value."""
    return [(cast(null(), column.type) if empty else column).label(f"{prefix}_{column.name}") for column in table.c]


def _part(what: str, *, seat: bool = False, person: bool = True) -> Select[Any]:
    """Return what each part of the question returns: what it is, a seat, somebody, a chat."""
    which = [(seats.c[name] if seat else cast(null(), seats.c[name].type)).label(name) for name in _SAT]
    return select(
        literal(what, String).label("what"), *which, *_columns(people, "person", empty=not person),
        *_columns(places, "place"),
    )  # fmt: skip


_his_chat = places.c.id == people.c.place_id
_SEATED = (
    _part("seat", seat=True)
    .select_from(seats.join(people, people.c.id == seats.c.person_id).join(places, _his_chat, isouter=True))
    .where(seats.c.jurisdiction == bindparam("jurisdiction"), seats.c.plan_id == bindparam("plan_id"))
)
_GROUPS = (
    _part("group", person=False)
    .select_from(places.join(place_plans, place_plans.c.place_id == places.c.id))
    .where(
        place_plans.c.jurisdiction == bindparam("jurisdiction"),
        place_plans.c.plan_id == bindparam("plan_id"),
        places.c.kind == literal(COMMAND, String),
    )
)
_PERSONS = (
    _part("person")
    .select_from(people.join(places, _his_chat, isouter=True))
    .where(people.c.id.in_(bindparam("persons", expanding=True)))
)
_OFFICE = union_all(_SEATED, _GROUPS, _PERSONS)


class Office(Repository):
    """Reads ahead what is asked one by one otherwise; nothing of it outlives the transaction."""

    async def look_at_office(self, jurisdiction: str, plan_id: str, persons: Collection[str] = ()) -> None:
        """Read a plan's seat and command groups, and some people, at once: each is asked for next and not read again.

        What a decision hangs on is not among it: roles are read, and held, by :meth:`holdings`.
        """
        keep, kept, plan = self._session.keep, self._session.kept, (jurisdiction, plan_id)
        bound = (bound_to("jurisdiction", "plan_id", "kind"), *plan, COMMAND)
        known = {id: tuple[Person, ...]() for id in sorted(persons) if kept((GET_PERSON, id)) is None}
        if not known and kept((SEAT, *plan)) is not None and kept(bound) is not None:
            return
        wanted = {"jurisdiction": jurisdiction, "plan_id": plan_id, "persons": [*known]}
        groups: list[Place] = []
        seated: tuple[Seat, ...] = ()
        for what, name, since, said, *values in await self._session.rows(_OFFICE, wanted):
            chat = values[len(_PEOPLE) :]
            place = _as(Place, _PLACES, chat) if chat[0] is not None else None
            if place is not None:
                keep((GET_PLACE, place.id), (place,), places)
            if what == "group" and place is not None:
                groups.append(place)
                continue
            person = _as(Person, _PEOPLE, values[: len(_PEOPLE)])
            known[person.id] = (person,)
            if what == "seat":
                seated = (Seat(person_id=person.id, name=name, since=since, said=bool(said)),)
        for id, rows in known.items():
            keep((GET_PERSON, id), rows, people)
        groups.sort(key=lambda group: (group.created_at, group.id))
        keep(bound, tuple(groups), places, place_plans)
        keep((SEAT, *plan), seated, seats)


def _as(kind: type[T], columns: Sequence[str], values: Sequence[Any]) -> T:
    """Return a row's part as what it is."""
    return kind(**dict(zip(columns, values, strict=True)))
