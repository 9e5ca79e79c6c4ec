"""When the program itself cannot go on with a report: its text is kept, its author has the duty line, somebody is rung.

Nothing here needs a plan that can be read: what fails may be just that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.callback_data import new_id
from bot.cases.plan_registry import UnknownPlan, UnusablePlan
from bot.office.administration import append_admin_event
from bot.outgoing.addresses import ANY_PLAN
from bot.outgoing.channels import by_channels
from bot.outgoing.messages import OutgoingMessage, write_all
from bot.outgoing.viewer import amendments
from bot.render import Message
from bot.render import rescue as pages
from bot.render.rescue import Why
from bot.service.service import Service
from plans.core import keys
from plans.directory import amended, duty_line
from storage.people import Person, shown_name
from storage.places import Place
from storage.transaction import Reading, Writing

EVENT = "report-unserved"
"""In the admin log: a report that the program could not work off, with its text."""

NOTICE = "rescue"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stuck:
    """An update that could not be worked off.

    Attributes:
        telegram_id, name: of whoever sent it. chat_id, title, private: where.
        text: what was written, empty for a picture or a voice alone.
        tells: whether it tells of an event; anything else is a command or a press.
    """

    update_id: int
    telegram_id: int
    name: str
    chat_id: int
    title: str
    private: bool
    message_id: int | None
    text: str
    said_at: datetime
    tells: bool


async def rescue(service: Service, stuck: Stuck, error: Exception) -> bool:
    """Tell the author, and of a report the seat and the administrators too; once for each update.

    Returns:
        whether it was told now.
    """
    now, cause = service.clock.now(), f"rescue:{stuck.update_id}"
    async with service.store.writing("service.rescue") as tx:
        if await tx.causes.result(cause) is not None:
            return False
        place, person = await _met(tx, stuck, now)
        stuck = replace(stuck, name=shown_name(person) or stuck.name)
        served = await _served(tx, place, person, stuck)
        why = _why(service, error, [plan for _, plan in served])
        line = await _line(service, tx, served)
        messages: list[OutgoingMessage] = []
        if stuck.tells:
            where = "" if stuck.private else stuck.title
            messages = await _alarms(service, tx, stuck.text, stuck.name, where, stuck.said_at, served, why, now)
        words = pages.kept(line, rung=bool(messages)) if stuck.tells else pages.not_done(line)
        messages.insert(
            0,
            OutgoingMessage(
                place_id=place.id, message=words, notice=NOTICE, person_id=person.id, priority=1, ring=True,
                jurisdiction=place.jurisdiction, reply_to_message=stuck.message_id,
            ),
        )  # fmt: skip
        await write_all(tx, messages, now)
        await _by_other_ways(service, tx, messages[1:], now)
        if stuck.tells:
            for name in dict.fromkeys(jurisdiction for jurisdiction, _ in served):
                await append_admin_event(
                    tx, name, EVENT, actor=person.id, cause=cause, at=now, own=("name", "text"), name=stuck.name,
                    text=stuck.text, update=stuck.update_id, place=place.id, reason=type(error).__name__,
                )  # fmt: skip
        await tx.causes.take(cause, now, {"told": len(messages)})
        return True


async def rescue_request(
    service: Service, id: str, jurisdiction: str, plans: Sequence[str], name: str, text: str, said_at: datetime,
    error: Exception,
) -> None:  # fmt: skip
    """Ring the seat and the administrators for what another system brought and cannot be worked off; once.

    Args:
        id: of the request. plans: under which it may fall. name: of the system.
    """
    now, cause = service.clock.now(), f"rescue:api:{id}"
    served = [(jurisdiction, plan) for plan in plans]
    async with service.store.writing("api.rescued") as tx:
        if await tx.causes.result(cause) is not None:
            return
        why = _why(service, error, plans)
        messages = await _alarms(service, tx, text, name, "", said_at, served, why, now)
        await write_all(tx, messages, now)
        await _by_other_ways(service, tx, messages, now)
        await append_admin_event(
            tx, jurisdiction, EVENT, actor="", cause=cause, at=now, own=("text",), system=name, text=text, request=id,
            reason=type(error).__name__,
        )  # fmt: skip
        await tx.causes.take(cause, now, {"told": len(messages)})


async def _by_other_ways(service: Service, tx: Writing, messages: Sequence[OutgoingMessage], now: datetime) -> None:
    """Tell people by their other ways too."""
    for outgoing in messages:
        if outgoing.person_id is not None:
            who, text, policy = outgoing.person_id, outgoing.message.text, service.policy
            await tx.outbox.enqueue(await by_channels(tx, who, outgoing, text, now, policy))


async def alarm_of_case(service: Service, stream: str, error: Exception) -> None:
    """Ring the seat and the administrators because a case's clocks cannot be served; once for each reason."""
    now = service.clock.now()
    cause = f"rescue:{stream}:{type(error).__name__}"
    async with service.store.writing("service.rescue-clock") as tx:
        row = await tx.incidents.get(stream) or await tx.cases.get(stream)
        if row is None or await tx.causes.result(cause) is not None:
            return
        stored = isinstance(error, UnusablePlan)
        why = Why(kind="stored" if stored else "other", plan=row.plan_id if stored else "")
        message = pages.stuck(row.number, row.drill, why)
        people = await _duty(tx, [(row.jurisdiction, row.plan_id)])
        people += await _admins(service, tx, [row.jurisdiction])
        messages = _to_people(people, lambda _: message, row.jurisdiction)
        if not messages:
            messages = await _to_groups(tx, [(row.jurisdiction, row.plan_id)], message)
        await write_all(tx, messages, now)
        await tx.causes.take(cause, now, {"told": len(messages)})


async def _met(tx: Writing, stuck: Stuck, now: datetime) -> tuple[Place, Person]:
    """Return place and person, written down where they are new: perhaps that was what failed."""
    place = await tx.places.by_chat(stuck.chat_id) or await tx.places.add(
        Place(
            id=new_id(), chat_id=stuck.chat_id, kind="private" if stuck.private else "none", title=stuck.title[:128],
            created_at=now,
        )
    )  # fmt: skip
    person = await tx.people.by_telegram(stuck.telegram_id) or await tx.people.add(
        Person(
            id=new_id(), telegram_id=stuck.telegram_id, name=stuck.name[:128], created_at=now,
            place_id=place.id if stuck.private else None, started_at=now if stuck.private else None,
        )
    )  # fmt: skip
    return place, person


async def _served(tx: Reading, place: Place, person: Person, stuck: Stuck) -> list[tuple[str, str]]:
    """Return (jurisdiction, plan) of the group, or of a person in private; somebody unknown means all that is bound."""
    bindings = [(name, plan) for name, plan, _ in await tx.places.bindings()]
    holdings = await tx.people.holdings(person.id)
    if not stuck.private:
        own = await tx.places.plans_of(place.id)
        return [(place.jurisdiction, plan) for plan in own if place.jurisdiction]
    pairs = [(item.jurisdiction, item.plan_id) for item in holdings if item.plan_id != ANY_PLAN]
    wide = {item.jurisdiction for item in holdings if item.plan_id == ANY_PLAN}
    pairs += [pair for pair in bindings if pair[0] in wide]
    return list(dict.fromkeys(pairs or bindings))


def _why(service: Service, error: Exception, plans: Sequence[str]) -> Why:
    if isinstance(error, UnknownPlan) and error.plan_id in plans:
        return Why(kind="plan", plan=error.plan_id)
    return Why(kind="stored", plan="、".join(plans)) if isinstance(error, UnusablePlan) else Why()


async def _line(service: Service, tx: Reading, served: Sequence[tuple[str, str]]) -> str:
    """Return the duty line of the first of some plans that has one, also of one that is not installed any more."""
    for jurisdiction, plan_id in served:
        plan = await service.registry.last_known(tx, plan_id)
        entry = duty_line(amended(plan, await amendments(tx, jurisdiction))) if plan is not None else None
        if entry is not None:
            return entry.dial
    return ""


async def _alarms(
    service: Service, tx: Reading, text: str, who: str, where: str, said_at: datetime,
    served: Sequence[tuple[str, str]], why: Why, now: datetime,
) -> list[OutgoingMessage]:  # fmt: skip
    admins = await _admins(service, tx, [name for name, _ in served])
    people = [*await _duty(tx, served), *admins]
    admin_ids = {person.id for person in admins}
    name = served[0][0] if served else None

    def message(person: Person | None) -> Message:
        admin = person is not None and person.id in admin_ids
        return pages.alarm(text, who, where, said_at, now, why, admin=admin)

    return _to_people(people, message, name) or await _to_groups(tx, served, message(None))


async def _duty(tx: Reading, served: Sequence[tuple[str, str]]) -> list[Person]:
    """Return who sits on the seats, else the duty officers, else whoever leads there."""
    everybody: list[Person] = []
    for jurisdiction, plan_id in served:
        seat = await tx.people.seat(jurisdiction, plan_id)
        holder = await tx.people.get(seat.person_id) if seat is not None else None
        people = [holder] if holder is not None and _reachable(holder) else []
        for role in ("duty", "director", "deputy", "commander"):
            people = people or [one for one in await tx.people.holders(jurisdiction, plan_id, role) if _reachable(one)]
        everybody += people
    return everybody


async def _admins(service: Service, tx: Reading, jurisdictions: Iterable[str]) -> list[Person]:
    """Return the administrators of some jurisdictions, and those of the settings, who can be written to."""
    people: list[Person] = []
    for name in dict.fromkeys(jurisdictions):
        holdings = [item for item in await tx.people.all_holdings(name) if item.role == "admin"]
        people += [person for item in holdings if (person := await tx.people.get(item.person_id)) is not None]
    for telegram_id in sorted(service.admins):
        administrator = await tx.people.by_telegram(telegram_id)
        people += [administrator] if administrator is not None else []
    return [person for person in people if _reachable(person)]


def _reachable(person: Person) -> bool:
    return person.place_id is not None and person.blocked_at is None


def _to_people(
    people: Sequence[Person], message: Callable[[Person], Message], jurisdiction: str | None
) -> list[OutgoingMessage]:
    return [
        OutgoingMessage(
            place_id=person.place_id or "", message=message(person), notice=NOTICE, audience=keys.to_person(person.id),
            person_id=person.id, priority=1, ring=True, jurisdiction=jurisdiction,
        )
        for person in {person.id: person for person in people}.values()
    ]  # fmt: skip


async def _to_groups(tx: Reading, served: Sequence[tuple[str, str]], message: Message) -> list[OutgoingMessage]:
    """Where nobody can be written to: the command groups."""
    places = {
        place.id: place
        for jurisdiction, plan in served
        for place in await tx.places.bound(jurisdiction, plan, "command")
        if place.member
    }
    return [
        OutgoingMessage(
            place_id=place.id, message=message, notice=NOTICE, audience=keys.GROUP, priority=1, ring=True,
            jurisdiction=place.jurisdiction,
        )
        for place in places.values()
    ]  # fmt: skip
