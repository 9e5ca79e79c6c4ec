"""A text or a CAP message becomes the commands that bring a warning, or change one that is open."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.exchange.cap import Alert
from bot.exchange.cap.profile import Taken, taken
from bot.exchange.cap.stages import identifier_of
from bot.service.opening import NewCase, Numbered
from bot.service.plan_choice import plans_of_warning, spoken_facts
from bot.service.requests import Answer, Requester, Result, Step
from bot.service.service import Service
from plans.core.command import Command
from plans.desk.entry_links import BecomeCase
from plans.desk.entry_state import Entry
from plans.intake.warning import WarningFound, read
from plans.model import Plan
from plans.warning.state import KIND, Content, WarningCase, same_issuer, with_unsaid
from plans.warning.taking import ChangeTaken, TakeChange, TakeWarning, WarningTaken

LONGEST = 4096
"""Characters of a warning's text that are kept: Telegram sends no more."""

MOST_AREAS = 200
"""Areas of one message that are kept."""

_APART = re.compile(r"[、,，;；\s]+")

FILES = (".cap", ".xml")
TYPES = ("application/cap+xml", "application/xml", "text/xml")
"""How a file or a body calls itself CAP."""

REAL, EXERCISE = "Actual", "Exercise"
"""Statuses of CAP that are taken; a test of the system and a draft are nobody's warning."""


class NoWarning(Exception):
    """A CAP message that brings no warning, though it can be read.

    Args:
        key: of the sentence that says why.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, kw_only=True, slots=True)
class Brought:
    """What came of a CAP message.

    Attributes:
        stream: of the warning that it brought or changed, empty where it was refused.
        result: what the transaction answered; ``repeated`` where the same message had come before.
        differs: a message of this name had come before, and said something else.
    """

    stream: str
    result: Result
    differs: bool = False


def content_of(found: WarningFound, text: str) -> Content:
    """Return what was read as the content of a warning, each field with its words."""
    said = {
        "hazard": found.kind, "colour": found.colour, "issuer": found.issuer, "starts": found.from_, "ends": found.to,
    }  # fmt: skip
    words = {name: item.text for name, item in said.items() if item is not None}
    if found.areas:
        words["areas"] = "、".join(item.text for item in found.areas)
    return Content(
        hazard=found.kind.value if found.kind else "",
        colour=found.colour.value if found.colour else "",
        issuer=found.issuer.value if found.issuer else "",
        starts=found.from_.value.at if found.from_ else None,
        ends=found.to.value.at if found.to else None,
        areas=tuple(item.value for item in found.areas)[:MOST_AREAS],
        text=text[:LONGEST],
        words=words,
    )


def new_warning(
    plans: Sequence[Plan], content: Content, *, act: str = "", source: str = "text", sender: str = "",
    identifier: str = "", facts: Mapping[str, Any] | None = None, drill: bool = False, origin: str = "",
    entry: str = "", entry_number: int = 0,
) -> NewCase:  # fmt: skip
    """Return what opens a warning.

    Args:
        plans: under which it may fall, the likeliest first; of several a person is asked.
        entry, entry_number: of the duty log, from which it is brought.
    """
    plan, among = plans[0], tuple((plan.id, plan.title) for plan in plans)

    def opened(given: Numbered) -> Command:
        return TakeWarning(
            content=content, act=act, source=source, sender=sender, identifier=identifier, facts=facts or {},
            drill=drill, origin=origin, plan=given.plan.id, plan_version=given.plan.version,
            plan_hash=given.plan_hash, jurisdiction=given.plan.jurisdiction.name, number=given.number,
            year=given.year, among=among, entry=entry, entry_number=entry_number,
        )  # fmt: skip

    return NewCase(kind=KIND, plan_id=plan.id, jurisdiction=plan.jurisdiction.name, command=opened, drill=drill)


async def open_warnings(service: Service, plans: Sequence[Plan]) -> list[WarningCase]:
    """Return the open warnings of some plans, the oldest first."""
    ids = {plan.id for plan in plans}
    async with service.store.reading() as rx:
        places = dict.fromkeys(plan.jurisdiction.name for plan in plans)
        rows = [row for name in places for row in await rx.cases.open(KIND, name)]
    pairs = [await service.case(row.stream) for row in rows if row.plan_id in ids]
    return [pair[1] for pair in pairs if pair is not None and isinstance(pair[1], WarningCase)]


async def same_warnings(
    service: Service, plans: Sequence[Plan], content: Content, drill: bool, *, whoever: bool = False
) -> list[WarningCase]:  # fmt: skip
    """Return the open warnings that a content is about: of the same hazard and, where both say, issuer.

    Of each plan the newest: what was passed on under two plans is changed and lifted under both.

    Args:
        whoever: also those of another issuer.
    """
    found: dict[str, WarningCase] = {}
    for case in await open_warnings(service, plans):
        other = case.proposal.content if case.proposal is not None and not case.stages else case.content
        same = other.hazard == content.hazard and case.drill == drill
        if same and (whoever or not content.issuer or not other.issuer or same_issuer(content.issuer, other.issuer)):
            found[case.plan] = case
    return list(found.values())


async def steps_of(
    service: Service, contents: Sequence[tuple[Content, bool]], around: Sequence[Plan], likely: Sequence[Plan],
    facts: Mapping[str, Mapping[str, Any]], *, drill: bool = False, origin: str = "", sender: str = "",
    entry: Entry | None = None,
) -> list[Step | NewCase]:  # fmt: skip
    """Return what the warnings of a text change or open; nothing where it lifts what is not there.

    Args:
        contents: each with whether it is lifted. around: plans whose open warnings it may change.
        likely: under which a new one may fall. facts: figures that the words state, by plan.
        entry: of the duty log, from which it is brought.
    """
    steps: list[Step | NewCase] = []
    for content, lifts in contents:
        act, cases = "lift" if lifts else "", await same_warnings(service, around, content, drill)
        if lifts and not cases:
            cases = await same_warnings(service, around, content, drill, whoever=True)
        for case in cases:
            said = with_unsaid(case.content, content) if case.in_force and not lifts else content
            change = TakeChange(content=said, act=act, source="text", sender=sender, facts=facts[case.plan])
            steps.append(Step(stream=case.stream, command=change))
            if entry is not None:
                became = BecomeCase(stream=case.stream, number=case.number, drill=case.drill)
                steps.append(Step(stream=entry.stream, command=became))
        if not cases and not lifts:
            of = facts[likely[0].id] if len(likely) == 1 else {}
            steps.append(
                new_warning(
                    likely, content, facts=of, drill=drill, origin=origin, sender=sender,
                    entry=entry.stream if entry is not None else "",
                    entry_number=entry.number if entry is not None else 0,
                )
            )  # fmt: skip
    return steps


async def take_alert(
    service: Service, plans: Sequence[Plan], alert: Alert, *, requester: Requester, origin: str = "",
    here: Sequence[Plan] = (), answer: Answer | None = None,
) -> Brought:  # fmt: skip
    """Bring the warning of a CAP message, or change the one that it refers to; the same message only once.

    Args:
        plans: whose open warnings it may change. here: under which of them a new one may fall; all where empty.

    Raises:
        NoWarning: it brings none: a test, an acknowledgement, a lifting of what is not known here.
    """
    if alert.status not in (REAL, EXERCISE):
        raise NoWarning("warn_cap_test")
    if alert.msg_type not in ("Alert", "Update", "Cancel"):
        raise NoWarning("warn_cap_no_notice")
    said, drill = taken(alert), alert.status == EXERCISE
    content = content_of_alert(here or plans, alert, said)
    act = "lift" if said.stage == "lifted" else ""
    referred = await _referred(service, plans, alert, drill)
    streams = [referred] if referred is not None else []
    if not streams and content.hazard and (not alert.references or act == "lift"):
        streams = [case.stream for case in await same_warnings(service, plans, content, drill)]
    if not streams and act == "lift":
        raise NoWarning("warn_cap_unknown")
    named: dict[str, Any] = {"source": "cap", "sender": alert.sender, "identifier": alert.identifier}
    likely = plans_of_warning(here or plans, content.text, content.level, alert.sent)
    steps: list[Step | NewCase] = [
        Step(stream=stream, command=TakeChange(content=content, act=act, **named)) for stream in streams
    ]
    if not steps:
        facts = spoken_facts(likely[0], content.text, alert.sent) if len(likely) == 1 else {}
        steps = [new_warning(likely, content, drill=drill, origin=origin, facts=facts, **named)]
    result = await service.execute(steps, cause=cause_of(likely[0], alert), requester=requester, answer=answer)
    stream = next(iter(result.streams), "")
    return Brought(
        stream=stream, result=result, differs=result.repeated and await _differs(service, stream, alert, content)
    )


async def _differs(service: Service, stream: str, alert: Alert, content: Content) -> bool:
    """Return whether the message that came under this name before said something else."""
    pair = await service.case(stream) if stream else None
    for item in pair[1].events if pair is not None else ():
        event = item.event
        if isinstance(event, WarningTaken | ChangeTaken) and event.identifier == alert.identifier:
            return replace(event.content(), words={}) != content
    return False


def cause_of(plan: Plan, alert: Alert) -> str:
    """Return the cause of a CAP message, by whatever way it comes: its sender, identifier and time name it."""
    named = "\n".join((plan.id, alert.sender, alert.identifier, alert.sent.isoformat()))
    return f"cap:{hashlib.sha256(named.encode()).hexdigest()}"


def content_of_alert(plans: Sequence[Plan], alert: Alert, said: Taken) -> Content:
    """Return what a CAP message says as the content of a warning; a level is one of a plan's or none."""
    info = alert.info_in("zh")
    event = info.event.removesuffix("预警信号").removesuffix("预警") if info is not None else ""
    text = "\n".join(dict.fromkeys(part for part in (said.headline, said.description, alert.note) if part))
    titled = read(said.headline, now=alert.sent, drill=True).warnings if said.headline else ()
    issuer = next((item.issuer.value for item in titled if item.issuer is not None), "")
    areas = (part for place in said.areas for part in _APART.split(place.name))
    return Content(
        hazard=(said.kind or event)[:20],
        colour=said.colour,
        level=said.level if any(item.level == said.level for plan in plans for item in plan.warnings) else "",
        issuer=(said.issuer or issuer)[:40],
        starts=said.begins,
        ends=said.ends,
        areas=tuple(dict.fromkeys(area[:40] for area in areas if area))[:MOST_AREAS],
        text=(text or f"CAP {alert.identifier}")[:LONGEST],
    )


def said_in(alert: Alert) -> list[str]:
    """Return the words of a CAP message in which a place may be named."""
    said = taken(alert)
    return [said.issuer, said.headline, said.description, *(place.name for place in said.areas)]


async def _referred(service: Service, plans: Sequence[Plan], alert: Alert, drill: bool) -> str | None:
    """Return the open warning that brought, or was told by, one of the messages that a CAP message refers to."""
    meant = {(item.sender, item.identifier) for item in alert.references}
    ours = {item.identifier for item in alert.references}
    for case in reversed(await open_warnings(service, plans) if meant else []):
        told = {identifier_of(case, stage) for stage in case.stages}
        if case.drill == drill and (meant & case.identifiers or ours & told):
            return case.stream
    return None


def is_cap(name: str, mime: str) -> bool:
    """Return whether a file calls itself one of CAP."""
    return name.lower().endswith(FILES) or mime in TYPES
