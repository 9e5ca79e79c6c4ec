"""From the notices of a case that is no incident to rows of the outbox: who gets which words where, once each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from bot.cases.plan_registry import PlanRegistry
from bot.outgoing.addresses import CaseAddresses, Target
from bot.outgoing.channels import also
from bot.outgoing.due_together import Gathering, rung_once, waits_until, write_together
from bot.outgoing.live import CARD, row_of
from bot.outgoing.messages import OutgoingMessage, content, rows_of
from bot.outgoing.retraction import STRIP, guard_of, strip_guarded
from bot.render import (  # the topics of other kinds register their words
    announcements,  # noqa: F401
    duty,  # noqa: F401
    handover,  # noqa: F401
    instructions,  # noqa: F401
    log,  # noqa: F401
    split,
    spot_checks,  # noqa: F401
    warning,  # noqa: F401
)
from bot.render.cases import CaseView, draw_case, render_case, stamp_of
from bot.render.framing import preceded
from plans.core import keys
from plans.core.notice import Notice, repeating, type_of
from plans.core.notices import answered_guards, open_guards, overtaken_guards
from plans.core.outcome import CaseOutcome
from plans.core.policy import Policy
from plans.core.state import CaseState
from plans.kinds import kind_of
from plans.model import Plan
from storage.downloads import Download
from storage.outbox import NewMessage, OutboxRow
from storage.people import shown_name
from storage.transaction import Reading, Writing

Beside = Callable[[Reading, Plan, Any, datetime, bool, Collection[str]], Awaitable[Mapping[str, Any]]]
B = TypeVar("B", bound=Beside)
D = TypeVar("D", bound="Callable[[Any], Iterable[Download]]")
N = TypeVar("N", bound="Callable[[Any, Notice], Iterable[str]]")

BESIDE: dict[str, Beside] = {}


def sees_beside(kind: str) -> Callable[[B], B]:
    """Register what a view of a kind of case shows of what lies outside of its log: names, numbers, other cases.

    It is asked with the case's own moment, whether one person reads it in private (only he sees personal numbers), and
    whom the page is about besides those that the case itself brings up.
    """

    def register(function: B) -> B:
        BESIDE[kind] = function
        return function

    return register


FILES: dict[str, Callable[[Any], Iterable[Download]]] = {}


def brings_files(kind: str) -> Callable[[D], D]:
    """Register which files the events of a kind of case bring: (outcome) -> what is to be fetched, asked for now."""

    def register(function: D) -> D:
        FILES[kind] = function
        return function

    return register


SHOWN: dict[str, Callable[[Any, Notice], Iterable[str]]] = {}


def shows_files(kind: str) -> Callable[[N], N]:
    """Register what goes behind the words of a notice: (case, notice) -> ``kind:reference`` of what Telegram has."""

    def register(function: N) -> N:
        SHOWN[kind] = function
        return function

    return register


@dataclass(frozen=True, slots=True)
class Happened:
    """What a command came to, with the notices that tell of it."""

    plan: Plan
    outcome: CaseOutcome[Any]
    notices: Sequence[Notice]


class CaseDispatcher:
    """Writes what people are to be told of cases of every kind; incidents have ``NoticeDispatcher`` for all they need.

    Args:
        registry: the plans.
        policy: the reminder policy, shown where a local target is named.
    """

    def __init__(self, registry: PlanRegistry, policy: Policy) -> None:
        self.registry, self.policy = registry, policy

    async def dispatch(
        self, tx: Writing, happened: Sequence[Happened], now: datetime, *, online: bool = True,
        gathering: Gathering | None = None,
    ) -> None:  # fmt: skip
        """Queue every notice for everybody it is for, and withdraw what no longer holds.

        Args:
            happened: in one case, or in many: then people are looked up, and messages written, at once.
            gathering: of several cases that are woken together.
        """
        morning = Gathering(late=not online) if gathering is None else gathering
        told = [replace(one, notices=[item for item in one.notices if not item.type.draws]) for one in happened]
        addresses = await self._addresses(tx, told, now)
        messages: list[OutgoingMessage] = []
        for one, others, where in zip(happened, told, addresses, strict=True):
            outcome, plan = one.outcome, one.plan
            await self._withdraw(tx, plan, outcome, now)
            if (brought := FILES.get(kind_of(outcome.after.stream).name)) is not None:
                await tx.downloads.add([replace(item, asked_at=now, at=now) for item in brought(outcome)])
            live = [notice for notice in one.notices if notice.type.draws]
            if live:
                await self._replace_live(tx, plan, outcome, live[-1], now)
            said = await self._messages(tx, where, others.notices, now, online=online)
            for notice, target, outgoing in said:
                if (gathering is not None and gathering.takes(notice, target)) or waits_until(notice, target, now):
                    morning.add_whole(notice, target, outgoing, outcome.after, now)
                else:
                    messages.append(outgoing)
        if gathering is not None:
            gathering.beside += messages
        else:
            await write_together(tx, morning, now, self.policy)
            messages = rung_once(messages)
            await tx.outbox.enqueue([*await rows_of(tx, messages, now), *await also(tx, messages, now, self.policy)])
        for one in happened:
            if any(notice.edits and notice.key == CARD for notice in one.notices):
                await self._redraw(tx, one.plan, one.outcome.after, now)

    async def _addresses(self, tx: Writing, happened: Sequence[Happened], now: datetime) -> list[CaseAddresses]:
        """Return the addresses of each case; those of the same plan and jurisdiction share what is looked up."""
        found: list[CaseAddresses] = []
        shared: dict[tuple[str, str], tuple[CaseAddresses, list[str]]] = {}
        for one in happened:
            case = one.outcome.after
            addresses = CaseAddresses(tx, one.plan, case, now)
            first, audiences = shared.setdefault((case.jurisdiction, one.plan.id), (addresses, []))
            addresses.looked_up = first.looked_up
            audiences += [notice.to for notice in one.notices if not notice.edits]
            found.append(addresses)
        for first, audiences in shared.values():
            await first.look_up(audiences)
        return found

    async def _replace_live(
        self, tx: Writing, plan: Plan, outcome: CaseOutcome[Any], notice: Notice, now: datetime
    ) -> None:
        """Say a new stage by a new live message; the old one is stamped as what it was."""
        case, rows = outcome.after, list[NewMessage]()
        for target in await CaseAddresses(tx, plan, case, now).resolve(notice.to):
            live = await tx.cards.get(case.stream, target.place.id, CARD)
            if live is not None and live.message_id is not None and outcome.before is not None:
                before = await self.view(tx, plan, outcome.before, now, target, audience=notice.to)
                message = preceded(draw_case(before), stamp_of(case))
                payload = {
                    **content(split(message)[0]), "message_id": live.message_id,
                    "reply_markup": {"inline_keyboard": []},
                }  # fmt: skip
                rows.append(
                    NewMessage(
                        place_id=target.place.id, priority=3, method="editMessageText", payload=payload,
                        stream=case.stream, notice=STRIP, coalesce=f"edit:{live.message_id}", not_before=now,
                        created_at=now,
                    )
                )  # fmt: skip
                await tx.cards.save(replace(live, message_id=None, digest=None))
            rows.append(row_of(CARD, case.stream, target, notice.priority, now))
        await tx.outbox.enqueue(rows)

    async def _redraw(self, tx: Writing, plan: Plan, case: CaseState, now: datetime) -> None:
        """Queue the renewal of a case's live message where it stands: drawn when it is sent, the newest wins."""
        rows = []
        for live in await tx.cards.of(case.stream):
            place = await tx.places.get(live.place_id) if live.message_id is not None else None
            if place is not None and live.kind == CARD:
                rows.append(row_of(CARD, case.stream, Target(place), 3, now))
        await tx.outbox.enqueue(rows)

    async def view(
        self, tx: Reading, plan: Plan, case: CaseState, now: datetime, target: Target | None = None,
        *, audience: str = "", online: bool = True, about: Collection[str] = (),
    ) -> CaseView:  # fmt: skip
        """Return a case as it is seen from a place by a person; in private where no place is named.

        Args:
            about: units and bodies that are named besides those that the case itself brings up.
        """
        beside, place_kind = BESIDE.get(kind_of(case.stream).name), target.place.kind if target else "private"
        at, private = case.own_time(now), place_kind == "private"
        return CaseView(
            plan=plan, case=case, now=at, policy=self.policy, place_kind=place_kind, audience=audience,
            recipient=shown_name(target.person) if target and target.person else "", online=online,
            **(await beside(tx, plan, case, at, private, about) if beside is not None else {}),
        )  # fmt: skip

    async def tell(
        self,
        tx: Writing,
        plan: Plan,
        case: CaseState,
        notices: Sequence[Notice],
        now: datetime,
        *,
        online: bool = True,
        but: str = "",
    ) -> None:
        """Queue notices of a case for everybody they are for, but not for one place (by its id)."""
        addresses = CaseAddresses(tx, plan, case, now)
        await addresses.look_up([notice.to for notice in notices if not notice.edits])
        messages = [item[2] for item in await self._messages(tx, addresses, notices, now, online=online, but=but)]
        await tx.outbox.enqueue([*await rows_of(tx, messages, now), *await also(tx, messages, now, self.policy)])

    async def _messages(
        self, tx: Writing, addresses: CaseAddresses, notices: Sequence[Notice], now: datetime, *, online: bool,
        but: str = "",
    ) -> list[tuple[Notice, Target, OutgoingMessage]]:  # fmt: skip
        """Return the messages of notices, each place and object once."""
        plan, case = addresses.plan, addresses.case
        seen: dict[bool, CaseView] = {}
        written: set[tuple[str, str, str]] = set()
        messages: list[tuple[Notice, Target, OutgoingMessage]] = []
        told = [notice for notice in notices if not notice.edits]
        for notice in told:
            targets = [item for item in await addresses.resolve(notice.to) if item.place.id != but]
            if not targets and notice.to == keys.SEAT and notice.reaches_group:
                targets = await addresses.resolve(keys.GROUP)
            for target in targets:
                about = "" if notice.type.one_each else notice.guard or str(notice.params)
                once = (target.place.id, notice.type.repeats or notice.key, about)
                if once not in written:
                    written.add(once)
                    private = target.place.kind == "private"
                    if private not in seen:
                        seen[private] = await self.view(tx, plan, case, now, target, online=online)
                    messages.append((notice, target, self._outgoing(seen[private], notice, target)))
        return messages

    async def _withdraw(self, tx: Writing, plan: Plan, outcome: CaseOutcome[Any], now: datetime) -> None:
        """Drop what waits for objects that are settled now, and take the buttons from what was sent about them."""
        if outcome.before is None:
            return
        stream = outcome.after.stream
        answered = answered_guards(outcome.after) - answered_guards(outcome.before)
        await tx.outbox.withdraw({f"{stream}|{item}" for item in answered}, now, repeating())
        settled = open_guards(outcome.before) - open_guards(outcome.after)
        overtaken = overtaken_guards(outcome.after) - overtaken_guards(outcome.before) - settled
        guards, again = ({f"{stream}|{item}" for item in found} for found in (settled, overtaken))
        line = stamp_of(outcome.after)

        def stamp(row: OutboxRow) -> str:
            return line if type_of(row.notice).stamps else ""

        if guards:
            await tx.outbox.withdraw(guards, now)
            await strip_guarded(tx, stream, guards, now, stamp)
        if again:
            await strip_guarded(tx, stream, again, now, stamp, again=True)

    def _outgoing(self, seen: CaseView, notice: Notice, target: Target) -> OutgoingMessage:
        case = seen.case
        view = replace(
            seen, place_kind=target.place.kind, audience=notice.to,
            recipient=shown_name(target.person) if target.person else "",
        )  # fmt: skip
        return OutgoingMessage(
            place_id=target.place.id,
            message=render_case(notice, view),
            notice=notice.key,
            audience=notice.to,
            person_id=target.person.id if target.person else None,
            stream=case.stream,
            drill=case.drill,
            jurisdiction=case.jurisdiction,
            priority=notice.priority,
            ring=notice.ring,
            pin=notice.pin,
            guard=guard_of(case.stream, notice),
            shown=tuple(shown(case, notice)) if (shown := SHOWN.get(kind_of(case.stream).name)) is not None else (),
        )
