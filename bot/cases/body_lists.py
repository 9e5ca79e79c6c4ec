"""The listed bodies of each jurisdiction, as this process has read them; what they are in a text, a plan, an area.

A list of thousands is read, and its names are put in order, once for each of its versions: whoever asks pays for one
number from the database. Not to be asked behind what the same transaction has written.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.texts import bodies as t
from plans.areas import Areas, Body, BodyNames, Mention, Townships, bodies_in
from plans.areas.townships import area_of
from plans.bodies import listed_ids
from plans.directory import Entry, PhoneBook
from plans.directory.amendments import names_of
from plans.directory.numbers import personal
from plans.incident.bodies import mention_data
from plans.incident.records_said import BodyMention, MentionedBody
from plans.incident.state import Incident
from plans.model import Line, Plan, Unit
from storage.bodies import BodyRow
from storage.transaction import Reading

AT_ONCE = 500
"""Bodies whose names are put in order without anybody noticing it."""


@dataclass(frozen=True)
class ListedBodies:
    """The bodies that are listed in a jurisdiction.

    Attributes:
        version: number of the newest list; 0 = there is none.
    """

    jurisdiction: str
    version: int
    bodies: tuple[Body, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Body]:
        """Each body by its id."""
        return {body.id: body for body in self.bodies}

    @cached_property
    def townships(self) -> Townships:
        """The townships and streets of the bodies."""
        return Townships(self.bodies)

    @cached_property
    def names(self) -> BodyNames:
        """The names of the bodies, to be looked up in texts."""
        return BodyNames(self.bodies, self.jurisdiction, self.townships)

    @cached_property
    def offices(self) -> dict[str, Body]:
        """The listed office of each township that has one, and no other."""
        found: dict[str, Body | None] = {}
        for body in self.bodies:
            if "镇街" in body.families:
                area = self.townships.of(body)
                found[area] = None if area in found else body
        return {area: body for area, body in found.items() if body is not None}

    def called(self, name: str) -> tuple[Body, ...]:
        """Return the bodies that have a name, or the one of this id where none has."""
        return self.names.called(name) or ((self.by_id[name],) if name in self.by_id else ())

    def full_name(self, id: str) -> str:
        """Return what tells a body from others of its name; by that it is found (``called``)."""
        body = self.by_id.get(id)
        if body is None:
            return id
        return f"{self.townships.of(body)}{body.name}" if len(self.names.called(body.name)) > 1 else body.name

    def mentions(self, *texts: str, own: str = "") -> list[BodyMention]:
        """Return the bodies that texts name.

        Args:
            own: id of the body for which somebody speaks, if it is listed.
        """
        first = [self.as_mention(self.by_id[own])] if own in self.by_id else []
        if not self.bodies:
            return first
        text = "\n".join(text for text in texts if text)
        return [*first, *(self._kept(item) for item in self.names.mentions(text))]

    def as_mention(self, body: Body) -> BodyMention:
        """Return a body that is meant without its name having been written."""
        return BodyMention(words="", bodies=(self._body(body),), sure=True)

    def _kept(self, item: Mention) -> BodyMention:
        return BodyMention(words=item.words, bodies=tuple(map(self._body, item.bodies)), sure=item.sure)

    def _body(self, body: Body) -> MentionedBody:
        area = self.townships.of(body)
        office = self.offices.get(area)
        return MentionedBody(
            id=body.id, name=body.name, families=body.families, township=area,
            office=office.id if office is not None else "", office_name=office.name if office is not None else "",
        )  # fmt: skip

    @cached_property
    def _books(self) -> dict[bool, PhoneBook]:
        return {}

    async def book(self, *, with_personal: bool, area_code: str = "") -> PhoneBook | None:
        """Return the telephone numbers of the bodies; None where there are none. How names sound takes a moment once.

        Args:
            with_personal: mobile telephones, and the heads' names, too.
        """
        if not self.bodies:
            return None
        if with_personal not in self._books:
            made = await asyncio.to_thread(PhoneBook, list(self._entries(with_personal, area_code)))
            self._books.setdefault(with_personal, made)
        return self._books[with_personal]

    def _entries(self, with_personal: bool, area_code: str) -> Iterable[Entry]:
        for body in self.bodies:
            for number in body.phones:
                if with_personal or not personal(number):
                    yield Entry(
                        unit=body.name, names=(body.id, *body.short), number=number, plan="", area_code=area_code,
                        kind=t.MOBILE if personal(number) else t.LINE, place=self.jurisdiction,
                        label=body.head if with_personal else "",
                    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class InAreas:
    """What lies in the areas that a text names.

    Attributes:
        areas: what was read, and which words were not.
        bodies: listed bodies there. units: ids of the plan's units that are the offices of these townships.
    """

    areas: Areas
    bodies: tuple[Body, ...] = ()
    units: tuple[str, ...] = ()


@dataclass
class BodyLists:
    """What was read of every jurisdiction."""

    _read: dict[str, ListedBodies] = field(default_factory=dict)

    async def of(self, rx: Reading, jurisdiction: str) -> ListedBodies:
        """Return the bodies of a jurisdiction as they are listed now."""
        version = await rx.bodies.version(jurisdiction)
        read = self._read.get(jurisdiction)
        if read is None or read.version != version:
            rows = await rx.bodies.all(jurisdiction) if version else []
            read = ListedBodies(jurisdiction, version, tuple(map(body_of_row, rows)))
            if len(rows) > AT_ONCE:
                await asyncio.to_thread(getattr, read, "names")  # everybody else goes on meanwhile
            self._read[jurisdiction] = read
        return read

    async def in_areas(self, rx: Reading, plan: Plan, text: str, kind: str = "") -> InAreas:
        """Return the bodies and units of the areas that a text names: ``城关镇、河口乡``, ``全区``.

        Args:
            plan: whose jurisdiction it is, and whose units the offices of townships may be.
            kind: only bodies of it: ``学校``, ``有校车`` …; empty = all.
        """
        listed = await self.of(rx, plan.jurisdiction.name)
        offices = {unit.id: _areas_of(unit) for unit in township_offices(plan)}
        townships = Townships(listed.bodies, tuple(area for areas in offices.values() for area in areas[:1]))
        areas = townships.read(text)
        units = [
            unit
            for unit, names in offices.items()
            if any(townships.called(name) in areas.names for name in names if townships.called(name))
        ]
        found = bodies_in(listed.bodies, areas, townships, kind)
        return InAreas(areas=areas, bodies=tuple(found), units=tuple(units))


def township_offices(plan: Plan) -> list[Unit]:
    """Return the units of a plan that are offices of townships and streets."""
    standing = {
        name for unit in plan.units for name in unit.standing_for if "镇街" in "".join((unit.id, *unit.aliases))
    }
    return [unit for unit in plan.units if unit.id in standing]


def _areas_of(unit: Unit) -> list[str]:
    return list(dict.fromkeys(area_of(name) for name in names_of(unit)))


def body_of_row(row: BodyRow) -> Body:
    """Return a body as its row has it."""
    return Body(
        id=row.id, name=row.name, short=tuple(row.short), kind=row.kind, township=row.township, head=row.head,
        phones=tuple(row.phones),
    )  # fmt: skip


def as_data(mentions: Sequence[BodyMention]) -> tuple[dict[str, object], ...]:
    """Return mentions as commands carry them."""
    return tuple(mention_data(item) for item in mentions)


async def with_listed(rx: Reading, plan: Plan, incident: Incident, *, with_personal: bool = False) -> Plan:
    """Return a plan in which the listed bodies that an incident speaks of stand as units, with names and lines.

    Args:
        plan: with the lines that are rung now.
        with_personal: mobile telephones too, for what one person reads in private.
    """
    ids = listed_ids(incident) - {unit.id for unit in plan.units}
    if not ids:
        return plan
    rows = await rx.bodies.of(incident.jurisdiction, ids)
    units = [_unit(rows[name], with_personal) for name in sorted(ids & rows.keys())]
    return plan.model_copy(update={"units": (*plan.units, *units)})


def _unit(row: BodyRow, with_personal: bool) -> Unit:
    lines = [
        Line(number=number, kind=t.MOBILE if personal(number) else t.LINE, label=_label(row) if with_personal else "")
        for number in row.phones
        if with_personal or not personal(number)
    ]
    return Unit(id=row.id, name=row.name, aliases=tuple(row.short), lines=tuple(lines), member=False)


def _label(row: BodyRow) -> str:
    return t.HEAD_OF.format(name=row.name, head=row.head) if row.head else ""
