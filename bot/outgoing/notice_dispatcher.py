"""From notices to rows of the outbox: who gets which words where, once each."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.cases.incident_cache import IncidentCache
from bot.cases.plan_registry import PlanRegistry
from bot.outgoing.addresses import Target
from bot.outgoing.channels import also, by_channels
from bot.outgoing.due_together import Gathering, rung_once, waits_until, write_together
from bot.outgoing.evidence import ask_for_files, media_shown
from bot.outgoing.forum_topics import open_topics, settle_topics
from bot.outgoing.live import in_a_crowd, renewals
from bot.outgoing.messages import OutgoingMessage, rows_of
from bot.outgoing.pictures import picture_of
from bot.outgoing.pins import unpin_over
from bot.outgoing.reporting import RECEIPT, RING, receipt, rung
from bot.outgoing.retraction import guard_of, supersede, withdraw
from bot.outgoing.second_reading import ask_for_second_reading
from bot.outgoing.units import reshow
from bot.outgoing.viewer import Viewer
from bot.render import Key, render
from bot.render.chat import popup_text
from bot.render.labels import press
from plans.core import keys
from plans.core.notice import Notice
from plans.core.policy import Policy
from plans.incident.calling import UnitCalled
from plans.incident.case import Outcome
from plans.incident.joint_calls import call_key, together
from plans.incident.seat import HandlingTaken
from plans.incident.state import RUNNING, Incident
from plans.kinds import asked_again
from plans.model import Plan
from storage.outbox import NewMessage
from storage.transaction import Reading, Writing


class NoticeDispatcher:
    """Writes what people are to be told.

    Args:
        registry: the plans.
        policy: the reminder policy, shown where a local target is named.
        cache: the incidents that were read lately.
        reads_twice: whether there is a second reader.
    """

    def __init__(
        self,
        registry: PlanRegistry,
        policy: Policy,
        cache: IncidentCache | None = None,
        *,
        reads_twice: bool = False,
    ) -> None:
        self.reads_twice = reads_twice
        self.registry, self.policy, self.cache = registry, policy, cache or IncidentCache()

    def viewer(self, tx: Reading, plan: Plan, incident: Incident, now: datetime, *, online: bool = True) -> Viewer:
        """Return the maker of an incident's views within a transaction."""
        return Viewer(tx, plan, incident, now, self.policy, online)

    async def dispatch(
        self,
        tx: Writing,
        plan: Plan,
        outcome: Outcome,
        notices: Sequence[Notice],
        now: datetime,
        *,
        online: bool = True,
        gathering: Gathering | None = None,
    ) -> None:
        """Queue every notice for everybody it is for, and withdraw what no longer holds.

        Args:
            gathering: of several cases that are woken together.
        """
        morning = Gathering(late=not online) if gathering is None else gathering
        viewer = self.viewer(tx, plan, outcome.after, now, online=online)
        await withdraw(tx, outcome, now)
        await unpin_over(tx, outcome.before, outcome.after, now)
        written: set[tuple[str, str, str]] = set()
        messages: list[OutgoingMessage] = []
        reminded: dict[str, set[str]] = {}
        await viewer.addresses.look_up([notice.to for notice in notices if not notice.edits])
        deciders = await self._deciders(viewer, notices)
        notices = await self._asked(tx, viewer, outcome, notices)
        to_tell = [
            (notice, target)
            for notice in notices
            if not notice.edits and notice.key != "card_new"
            for target in await self._targets(viewer, notice, deciders)
        ]
        for notice, target in joined_for_units(outcome.after, to_tell):
            once = (target.place.id, notice.type.repeats or notice.key, _about(notice))
            if once in written or _said(notice, target, reminded):
                continue
            written.add(once)
            await supersede(tx, outcome.after.stream, target.place.id, notice, now)
            outgoing = await self._outgoing(tx, viewer, notice, target, now)
            if (gathering is not None and gathering.takes(notice, target)) or waits_until(notice, target, now):
                morning.add(notice, target, outgoing, await viewer.build(target, audience=notice.to), now)
            else:
                messages.append(outgoing)
        rows: list[NewMessage] = []
        if gathering is not None:
            gathering.beside += messages
        else:
            await write_together(tx, morning, now, self.policy)
            messages = rung_once(messages)
            rows += [*await rows_of(tx, messages, now), *await also(tx, messages, now, self.policy)]
        rows += await self._beside_telegram(tx, viewer, outcome, now)
        rows += await media_shown(viewer, outcome, now)
        rows += await self._topics(tx, viewer, outcome, now)
        await ask_for_files(tx, outcome, now)
        if self.reads_twice:
            await ask_for_second_reading(tx, outcome, now)
        rows += await renewals(tx, viewer.addresses, outcome, notices, now)
        await tx.outbox.enqueue(rows)
        answered = {str(item.params["unit"]) for item in notices if item.kind == "ack" and "unit" in item.params}
        if answered:
            await reshow(tx, viewer, answered, now)

    async def _asked(
        self, tx: Writing, viewer: Viewer, outcome: Outcome, notices: Sequence[Notice]
    ) -> Sequence[Notice]:
        """Leave out what is asked of a report in a crowd that nobody has taken, and ask it of whoever takes it."""
        after = outcome.after
        if outcome.before is None and await in_a_crowd(viewer.addresses, outcome):
            return [notice for notice in notices if notice.key != "question"]
        if after.question and any(isinstance(item.event, HandlingTaken) for item in outcome.recorded):
            waiting = await tx.outbox.noticed(after.stream, "question")
            question = None if waiting else asked_again(viewer.plan, after, keys.fact(after.question))
            return [*notices, question] if question is not None else notices
        return notices

    async def _beside_telegram(self, tx: Writing, viewer: Viewer, outcome: Outcome, now: datetime) -> list[NewMessage]:
        """Return the calls by other channels to units whose liaisons cannot be written to, besides the telephone."""
        incident, rows = outcome.after, list[NewMessage]()
        answering: dict[str, list[str]] = {}
        for item in outcome.recorded:
            if isinstance(item.event, UnitCalled) and not item.event.reachable:
                for person in await viewer.addresses.answering(item.event.unit):
                    answering.setdefault(person.id, []).append(item.event.unit)
        for person_id, units in answering.items():
            guard = call_key(incident, units)
            params = {"units": tuple(units)}
            notice = Notice(kind="call", key="call", to=keys.to_unit(units[0]), params=params, guard=guard)
            words = render(notice, await viewer.build(audience=notice.to))
            outgoing = OutgoingMessage(
                place_id="", message=words, notice="call", stream=incident.stream, priority=1, call=guard,
                guard=guard_of(incident.stream, notice), drill=incident.drill,
            )  # fmt: skip
            rows += await by_channels(tx, person_id, outgoing, words.text, now, self.policy)
        return rows

    async def _topics(self, tx: Writing, viewer: Viewer, outcome: Outcome, now: datetime) -> list[NewMessage]:
        """Return the calls that make an incident's topics before its first message there, and close them with it."""
        groups = [target for target in await viewer.addresses.resolve(keys.GROUP) if target.place.forum]
        if not groups:
            return []
        before, after = outcome.before, outcome.after
        if before is None and not await in_a_crowd(viewer.addresses, outcome):
            return open_topics(after.stream, await viewer.build(groups[0]), groups, now)
        if before is not None and before.open != after.open:
            return await settle_topics(tx, after.stream, groups, now, closed=not after.open)
        return []

    async def _deciders(self, viewer: Viewer, notices: Sequence[Notice]) -> frozenset[str]:
        """Return the persons who are asked to decide now: nobody is told to telephone himself."""
        audiences = {notice.to for notice in notices if notice.type.asks_to_decide}
        targets = [target for to in sorted(audiences) for target in await viewer.addresses.resolve(to)]
        return frozenset(target.person.id for target in targets if target.person is not None)

    async def _targets(self, viewer: Viewer, notice: Notice, deciders: frozenset[str]) -> list[Target]:
        addresses = viewer.addresses
        targets = await addresses.resolve(notice.to)
        if notice.to == keys.ORIGIN:
            if all(target.place.kind == "command" for target in targets) and notice.key == "receipt":
                return []  # the card is the receipt there
            if any(target.place.kind != "private" for target in targets):
                place_ids = {target.place.id for target in targets}
                targets = targets + [
                    item for item in await addresses.resolve(keys.REPORTER) if item.place.id not in place_ids
                ]
        if not targets and notice.to == keys.SEAT and notice.reaches_group:
            return await addresses.resolve(keys.GROUP)
        if notice.type.rings_deciders:
            return [item for item in targets if item.person is None or item.person.id not in deciders]
        if notice.type.personal:
            return await addresses.resolve(notice.to.replace("role:", "own:", 1)) or targets
        return targets

    async def _outgoing(
        self, tx: Writing, viewer: Viewer, notice: Notice, target: Target, now: datetime
    ) -> OutgoingMessage:
        incident = viewer.incident
        units = notice.params.get("units", ()) if notice.type.mentions else ()
        view = await viewer.build(target, audience=notice.to, mentioned=tuple(units))
        if notice.type.rings_deciders:
            view = replace(view, unseated=await viewer.addresses.unseated(notice.params["roles"]))
        message = render(notice, view)
        if notice.key == "duty_ring" and view.flag:
            # A real report beside a drill: one tap pauses the drill.
            key = Key(popup_text("pause_drills"), press("pause_drills", "pause_drills", drills=await _drills(viewer)))
            message = replace(message, rows=(*message.rows, (key,)))
        outgoing = OutgoingMessage(
            place_id=target.place.id,
            message=message,
            notice=notice.key,
            audience=notice.to,
            person_id=target.person.id if target.person else None,
            stream=incident.stream,
            jurisdiction=incident.jurisdiction,
            priority=notice.priority,
            ring=notice.ring,
            pin=notice.pin,
            guard=guard_of(incident.stream, notice),
            reference=f"{incident.number}号" if notice.ring else None,
            call=notice.guard if keys.calls_in(notice.guard) else None,
            files=(picture_of(view),) if notice.type.pictured and not view.neutral else (),
            spoken=message.text,
            drill=incident.drill,
        )
        if notice.key == RING:
            return await rung(tx, outgoing, view, now)
        return await receipt(tx, outgoing, view, now) if notice.key == RECEIPT else outgoing


def joined_for_units(incident: Incident, to_tell: Sequence[tuple[Notice, Target]]) -> list[tuple[Notice, Target]]:
    """Return what is told whom; what one person is told of several units for which he answers is one notice."""
    groups: dict[Hashable, list[tuple[Notice, Target]]] = {}
    for number, (notice, target) in enumerate(to_tell):
        key: Hashable = number
        if notice.type.joins_units and target.place.kind == "private":
            call = incident.calls.get(str(notice.params["unit"]))
            key = (target.place.id, notice.key, notice.to.kind, call.round if call and notice.buttons else None)
        group = groups.setdefault(key, [])
        if all(notice.params != item.params for item, _ in group):
            group.append((notice, target))
    return [(together(incident, [notice for notice, _ in group]), group[0][1]) for group in groups.values()]


async def _drills(viewer: Viewer) -> list[str]:
    """Return the drills that run beside a real incident: those, and no later ones, are paused by the button."""
    return await viewer.tx.incidents.drills(viewer.incident.jurisdiction, RUNNING)


def _said(notice: Notice, target: Target, reminded: dict[str, set[str]]) -> bool:
    """Whether a person was just reminded of all this by another of his roles; note what he is reminded of."""
    if not notice.type.reminds or not notice.obligations:
        return False
    obligations = reminded.setdefault(target.place.id, set())
    if obligations >= set(notice.obligations):
        return True
    obligations.update(notice.obligations)
    return False


def _about(notice: Notice) -> str:
    return notice.guard or str(sorted(notice.params.items(), key=str))
