"""To whom a text of the desk goes: read from words, offered as what is picked with one tap."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.cases.body_lists import BodyLists
from bot.office.identity import person_named
from bot.render.recipients import Preset
from bot.service.service import Service
from plans.core import keys
from plans.desk.addressed import Addressed
from plans.directory.amendments import names_of, unit_called
from plans.incident.state import Incident
from plans.model import Plan
from storage.transaction import Reading

SHORTEST = 3
"""Characters of a name by which a unit is found in running text."""

LOOKED_BACK = 20
"""Cases among which the last one with recipients is looked for."""

_BETWEEN = re.compile(r"[、，,；;\s]+")
_AND = re.compile(r"(?<=\S)[和及与](?=\S)")
_ALL = re.compile(r"(?:全体|全部|各|所有)?(?:成员单位|指挥部成员单位)")
_ROLES = re.compile(r"(?:全体|全部|各|所有)?指挥部(?:成员|领导)")
_AREA = re.compile(r"(?P<area>全[区县市镇]|.+?(?:街道|[镇乡]))(?:办事处)?(?:的|各|所有|全部|全体)*(?P<kind>.*)$")
_PLACE = re.compile(
    r"(?:机关)?(?:大院|院内|院子|办公楼|大楼|(?:[一二三四五六七八九十\d]+|主|东|西|南|北|附)(?:号)?楼|[一二三四五六七八九十\d]+层"
    r"|\d+(?:会议)?室|(?:第?[一二三四五六七八九十\d]+|大|小|视频)?会议室|礼堂|会堂|食堂|门口|门前|大门|广场|附近|旁边|对面)"
)
"""What makes of a name the place where something is: 区政府二楼."""
_DUTY = ("值班员", "值班室")


@dataclass(frozen=True, slots=True)
class Addressees:
    """Recipients as words name them; ``unread``: the words that name none for sure."""

    recipients: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


async def addressees(rx: Reading, lists: BodyLists, plan: Plan, words: str) -> Addressees:
    """Return whom words name: units, roles, persons, listed bodies, all of an area (城关镇学校)."""
    found: dict[str, None] = {}
    unread = []
    for part in filter(None, _BETWEEN.split(words.strip())):
        named = await _named(rx, lists, plan, part)
        if not named:  # 教育局和公安局: two names; 卫生健康和体育局 is one
            each = [await _named(rx, lists, plan, name) for name in _AND.split(part)]
            named = [name for names in each for name in names] if all(each) else []
        if named:
            found |= dict.fromkeys(named)
        else:
            unread.append(part)
    return Addressees(tuple(found), tuple(unread))


async def _named(rx: Reading, lists: BodyLists, plan: Plan, word: str) -> list[str]:
    """Return whom one word names; nobody where that is not sure."""
    if _ALL.fullmatch(word):
        return [*members(plan)]
    if _ROLES.fullmatch(word):
        return [keys.to_role(role) for role in plan.roles]
    unit = unit_called(plan, word)
    if unit is not None:
        return [keys.to_unit(unit.id)]
    role = next((name for name, role in plan.roles.items() if word in (name, role.title)), None)
    if role is not None or word in _DUTY:
        return [keys.to_role(role or "duty")]
    bodies = (await lists.of(rx, plan.jurisdiction.name)).called(word)
    if len(bodies) == 1:
        return [keys.to_unit(bodies[0].id)]
    person = await person_named(rx, plan, word)
    if person is not None:
        return [keys.to_person(person.id)]
    area = _AREA.match(word)
    if area is None:
        return []
    there = await lists.in_areas(rx, plan, area["area"], area["kind"])
    if there.areas.unknown or (area["kind"] and not there.bodies):
        return []
    units = () if area["kind"] else there.units
    return [*map(keys.to_unit, units), *(keys.to_unit(body.id) for body in there.bodies)]


def named_in(plan: Plan, text: str) -> tuple[str, ...]:
    """Return the units of a plan that running text names, in its order; of names within each other the longest.

    A name that says where something is (区政府二楼) names nobody.
    """
    own = {keys.Audience(name).of for name in pickable(plan)}
    names = [(name, unit.id) for unit in plan.units if unit.id in own for name in names_of(unit)]
    found: dict[str, int] = {}
    taken = [False] * len(text)
    for name, unit in sorted(names, key=lambda item: -len(item[0])):
        if len(name) < SHORTEST:
            continue
        for match in re.finditer(re.escape(name), text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = [True] * len(name)
                if _PLACE.match(text, match.end()) is None:
                    found.setdefault(unit, match.start())
    return tuple(keys.to_unit(unit) for unit in sorted(found, key=found.__getitem__))


def pickable(plan: Plan) -> tuple[str, ...]:
    """Return the units that may be picked one by one, members first; none that is another at each incident."""
    units = [unit for unit in plan.units if not (unit.place_bound or unit.standing_for)]
    return tuple(keys.to_unit(unit.id) for unit in sorted(units, key=lambda unit: not unit.member))


def members(plan: Plan) -> tuple[str, ...]:
    """Return all member units."""
    own = {unit.id for unit in plan.units if unit.member}
    return tuple(name for name in pickable(plan) if keys.Audience(name).of in own)


async def presets(rx: Reading, service: Service, plan: Plan, case: Addressed) -> tuple[Preset, ...]:
    """Return what is picked with one tap: whom the words name, who was told last, who is called, all members."""
    found = {
        "named": named_in(plan, case.text),
        "called": await _called(rx, service, getattr(case, "incident", "")),
        "last": await _last(rx, service, plan, case),
        "all": members(plan),
    }
    kept: dict[tuple[str, ...], str] = {}
    for name, recipients in found.items():
        if recipients:
            kept.setdefault(tuple(sorted(recipients)), name)
    return tuple(Preset(name, found[name]) for name in kept.values())


async def _called(rx: Reading, service: Service, stream: str) -> tuple[str, ...]:
    """Return the units that take part in an incident."""
    incident = await service.cache.load_case(rx, stream) if stream else None
    if not isinstance(incident, Incident):
        return ()
    return tuple(keys.to_unit(name) for name, call in incident.calls.items() if call.involved)


async def _last(rx: Reading, service: Service, plan: Plan, case: Addressed) -> tuple[str, ...]:
    """Return whom the last of the same kind went to."""
    kind = case.stream.partition(":")[0]
    for row in await rx.cases.newest(kind, LOOKED_BACK):
        if row.stream != case.stream and (row.jurisdiction, row.plan_id) == (case.jurisdiction, plan.id):
            other = await service.cache.load_case(rx, row.stream)
            if isinstance(other, Addressed) and other.told:
                return tuple(other.told)
    return ()
