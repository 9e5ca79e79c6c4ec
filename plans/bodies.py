"""Which real body a placeholder of a plan stands for at this incident: 事发镇街, 事发学校, 主要牵头部门.

A person's word counts first, then the listed body that the words name, the place and unit of the report, its text. What
only may be meant is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from plans.acting import carries_out
from plans.areas.body import families_meant
from plans.classify import route_for
from plans.incident.records_said import MentionedBody
from plans.incident.state import Incident
from plans.model import Plan, Unit

_OFFICE = re.compile(
    r"(?:人民政府|政府|街道办事处|办事处|管委会|交通运输局|交通局|能源局|卫健局|卫体局|卫生健康局|应急管理局|教育局)$"
)
"""What stands behind the name of an area in the name of its office."""

_AREA = re.compile(r"[县市区镇乡]$")
_COMMON = frozenset({"城区", "市区", "郊区", "开发区", "高新区", "新区"})
"""Names of areas that are words as well: 城区大面积停电 is not yet an event in the district 城区."""

_TELLING = 4
"""Characters from which a short name (晋风公交) means its body and nothing else."""

_MOVED = re.compile(r"(?:送|转|赴|往|通知|联系|告知|报告|上报|报|向|请|由|经|抄送)[^,，。；;、]{0,3}$")
"""Before a name: who was told or where people were taken, not where it happened."""

_HOSPITAL = re.compile(r"^(?:人民|中心|中医|妇幼|第[一二三四五六]|总)*(?:医院|卫生院|诊所|保健院)")

_SCHOOL = re.compile(
    r"[^,，。；;、\s]{1,24}?(?:小学|中学|幼儿园|幼教中心|学校|学院|大学|职高|技校|高中|初中)(?:部|校区|分校|分园)?"
)
_TOWN = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,5}?(?:街道|镇|乡)(?!中)|(?<=[市县区])[\u4e00-\u9fff]{2,4}?(?:街道|镇|乡)(?!中)"
)
_NOBODY = re.compile(
    r"某|^(?:[一两几多]所?|这所?|该|我|本|附近的?|当地)?(?:小学|中学|幼儿园|学校|学院|大学|职高|技校|高中|初中)$"
)
"""What tells no body from others: 某小学, 一所中学."""

_BEFORE = re.compile(r"^.*(?:街道|[镇乡县区市])(?=.{3})")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a placeholder.

    Attributes:
        body: the unit of the plan, or the listed body, that it is; empty while that is not known or it is neither.
        name: what it is called, empty while nobody has said.
        among: whom to ask about while it is not known: those that may be meant first.
        words: of the report that name it, where a listed body was named.
    """

    body: str = ""
    name: str = ""
    among: tuple[str, ...] = ()
    words: str = ""


def placeholder(plan: Plan, unit: str) -> Unit | None:
    """Return the unit of this id where it stands for another one at each incident."""
    return next((item for item in plan.units if item.id == unit and _stands_in(item)), None)


def _stands_in(unit: Unit) -> bool:
    return unit.place_bound or bool(unit.standing_for)


@carries_out("reading", "place", "Jurisdiction")
def standing(plan: Plan, incident: Incident, unit: str) -> Standing:
    """Return which body a placeholder stands for at this incident; of any other unit, itself."""
    stand_in = placeholder(plan, unit)
    if stand_in is None:
        return Standing(body=unit)
    return incident.once(("standing", unit), lambda plan, stand_in: _standing(plan, incident, stand_in), plan, stand_in)


def _standing(plan: Plan, incident: Incident, stand_in: Unit) -> Standing:
    chosen = incident.bodies.get(stand_in.id, "")
    if not stand_in.standing_for:
        return _listed(plan, incident, stand_in, chosen)
    if chosen in stand_in.standing_for:
        return Standing(body=chosen, name=_name(plan, chosen))
    leads = _leads(plan, stand_in, incident)
    if leads is not None:
        body = leads[0] if leads else ""
        return Standing(body=body, name=_name(plan, body))
    body, likely = _meant(plan, stand_in, incident)
    if body:
        return Standing(body=body, name=_name(plan, body))
    return Standing(among=tuple(dict.fromkeys((*likely, *stand_in.standing_for))))


def body_of(plan: Plan, incident: Incident, unit: str) -> str:
    """Return the unit that is called where ``unit`` is meant: the body that it stands for, else itself."""
    return standing(plan, incident, unit).body or unit


def bodies_of(plan: Plan, incident: Incident, units: Iterable[str]) -> tuple[str, ...]:
    """Return the units that are called where ``units`` are meant, each once."""
    stand_ins = {item.id for item in plan.units if _stands_in(item)}
    return tuple(dict.fromkeys(body_of(plan, incident, unit) if unit in stand_ins else unit for unit in units))


def stood_for(plan: Plan, incident: Incident, unit: str) -> tuple[str, ...]:
    """Return the placeholders that are this unit at this incident."""
    listed = mentioned(incident, unit) is not None
    return tuple(
        item.id
        for item in plan.units
        if unit in item.standing_for or (listed and item.place_bound and item.id != unit)
        if body_of(plan, incident, item.id) == unit
    )


def mentioned(incident: Incident, body: str) -> MentionedBody | None:
    """Return a listed body that the words of an incident name, or its township's office; None for any other."""
    for mention in incident.mentions:
        for item in mention.bodies:
            if item.id == body:
                return item
            if item.office and item.office == body:
                return MentionedBody(
                    id=body, name=item.office_name, families=frozenset({"镇街"}), township=item.township
                )
    return None


def listed_ids(incident: Incident) -> frozenset[str]:
    """Return the ids of all listed bodies that an incident may speak of."""
    named = (body for mention in incident.mentions for body in mention.bodies)
    return frozenset(name for body in named for name in (body.id, body.office) if name)


def known_units(plan: Plan, incident: Incident) -> frozenset[str]:
    """Return the units that may be called or told at an incident: the plan's, and the listed bodies that it names."""
    return frozenset(unit.id for unit in plan.units) | listed_ids(incident)


def fitting(plan: Plan, incident: Incident, body: MentionedBody) -> tuple[str, ...]:
    """Return the placeholders of a plan that a listed body can be: a school 事发学校, a township's office 事发镇街."""
    return tuple(
        item.id
        for item in plan.units
        if (item.place_bound and not item.standing_for and families_meant(_names(item)) & body.families)
        or body.id in item.standing_for
    )


def _listed(plan: Plan, incident: Incident, unit: Unit, chosen: str) -> Standing:
    """Return which listed body a placeholder is: the one for which the report was made, else the only one named."""
    if chosen:
        body = mentioned(incident, chosen)
        return Standing(body=body.id, name=body.name) if body is not None else Standing(name=chosen)
    families = families_meant(_names(unit))
    named = Standing(name=_named(plan, incident, unit))
    if not families or not incident.mentions:
        return named
    if families == {"镇街"}:
        return _office(incident, named)
    pairs = [(mention, body) for mention in incident.mentions for body in mention.bodies if body.families & families]
    own = [(mention, body) for mention, body in pairs if incident.unit and body.id == incident.unit]
    sure = own or [(mention, body) for mention, body in pairs if mention.sure]
    if len({body.id for _, body in sure}) == 1:
        mention, body = sure[0]
        return Standing(body=body.id, name=body.name, words=mention.words)
    among = tuple(dict.fromkeys(body.id for _, body in (*sure, *pairs)))
    return Standing(name=named.name, among=among)


def _office(incident: Incident, named: Standing) -> Standing:
    """Return the office of the township in which the bodies lie that the words name, or that they name itself."""
    words: dict[str, str] = {}
    offices: dict[str, MentionedBody] = {}
    for said, body in _meant_bodies(incident):
        name = body.office_name or body.township
        if name:
            words.setdefault(name, said)
            offices.setdefault(name, body)
    if len(words) == 1:
        name, body = next(iter(offices.items()))
        return Standing(body=body.office, name=name, words=words[name])
    likely = [body for mention in incident.mentions for body in mention.bodies if body.office]
    among = tuple(dict.fromkeys([*(body.office for body in offices.values() if body.office),
                                 *(body.office for body in likely)]))  # fmt: skip
    return Standing(name=named.name, among=among)


def _meant_bodies(incident: Incident) -> list[tuple[str, MentionedBody]]:
    """Return the listed bodies that are meant, with the words: those that a person chose, else those named for sure."""
    chosen = [body for name in incident.bodies.values() if (body := mentioned(incident, name)) is not None]
    if chosen:
        return [("", body) for body in chosen]
    return [(mention.words, body) for mention in incident.mentions if mention.sure for body in mention.bodies]


def _names(unit: Unit) -> tuple[str, ...]:
    return (unit.id, unit.name, *unit.aliases)


def _name(plan: Plan, unit: str) -> str:
    return next((item.name or item.id for item in plan.units if item.id == unit), unit)


def _leads(plan: Plan, unit: Unit, incident: Incident) -> tuple[str, ...] | None:
    """Return the departments that lead events of the incident's class; None where the unit stands for no lead."""
    routes = [[name for name in route.lead.split("、") if name in unit.standing_for] for route in plan.routes]
    if not any(routes):
        return None
    route = route_for(plan, incident.event_class or None)
    return tuple(name for name in route.lead.split("、") if name in unit.standing_for) if route else ()


def _meant(plan: Plan, unit: Unit, incident: Incident) -> tuple[str, tuple[str, ...]]:
    """Return the body that the report names, else those that it may mean."""
    townships = (body.township for _, body in _meant_bodies(incident))
    stated = (*dict.fromkeys(townships), incident.township, incident.place, incident.unit)
    scene = "，".join(part for part in stated if part)
    likely: list[str] = []
    for text, is_scene in ((scene, True), (incident.text, False)):
        sure: list[str] = []
        for name in unit.standing_for:
            answer = _said(plan, name, text, is_scene)
            if answer is not None:
                likely.append(name)
                if answer:
                    sure.append(name)
        if sure:
            return (sure[0], ()) if len(sure) == 1 else ("", tuple(dict.fromkeys((*sure, *likely))))
    return "", tuple(dict.fromkeys(likely))


def _said(plan: Plan, unit: str, text: str, scene: bool) -> bool | None:
    """Whether a text names a body for sure (东街街道), only perhaps (东街), or not at all (None)."""
    sure, perhaps = _words(unit, _aliases(plan, unit))
    answer: bool | None = None
    for word in sure:
        for match in re.finditer(re.escape(word), text):
            before, behind = text[: match.start()], text[match.end() :]
            common = word in _COMMON and not (
                before.endswith((plan.jurisdiction.name, plan.jurisdiction.name.removesuffix("市")))
                or (scene and not before.rpartition("，")[2] and len(behind) > 1)
            )
            elsewhere = _HOSPITAL.match(behind) is not None or (not scene and _MOVED.search(before) is not None)
            if not (common or elsewhere):
                return True
            answer = False
    return False if answer is False or any(word in text for word in perhaps) else None


def _aliases(plan: Plan, unit: str) -> tuple[str, ...]:
    return next(((item.name or item.id, *item.aliases) for item in plan.units if item.id == unit), ())


@lru_cache(maxsize=512)
def _words(unit: str, names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words that name a body for sure, and those that only may."""
    sure: dict[str, None] = {}
    perhaps: dict[str, None] = {}
    for name in (unit, *names):
        stem = _OFFICE.sub("", name)
        if stem == name and not name.endswith(("街道", "镇", "乡")):
            # A company's or department's own name; a short one (东街, 开发区) may be a street or a word as well.
            short = len(name) < _TELLING and any(name != other and name in other for other in (unit, *names))
            (perhaps if short else sure)[name] = None
            continue
        area = stem + "街道" if name.endswith("街道办事处") else stem
        sure[area] = None
        bare = area.removesuffix("街道") if area.endswith("街道") else _AREA.sub("", area)
        if len(bare) > 1:
            perhaps[bare] = None
    return tuple(sure), tuple(word for word in perhaps if word not in sure)


def _named(plan: Plan, incident: Incident, unit: Unit) -> str:
    """Return what a body is called that is none of the plan's: the reporter's unit, or the school of the place."""
    if incident.unit and placeholder(plan, incident.unit) is None:
        return incident.unit
    if any("镇街" in name for name in (unit.id, *unit.aliases)) and (area := _TOWN.search(incident.place)):
        return "" if _NOBODY.search(area[0]) else area[0]
    if any("学校" in name for name in (unit.id, unit.name, *unit.aliases)) and (
        school := _SCHOOL.search(incident.place)
    ):
        name = _short(school[0])
        return "" if _NOBODY.search(name) else name
    return ""


def _short(name: str) -> str:
    """Return a school's name without the street, town or county before it, unless that tells it from others."""
    short = _BEFORE.sub("", name)
    return name if short.startswith(("中心", "第", "实验")) else short
