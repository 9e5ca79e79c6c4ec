"""Obligations as people see them: what is owed to whom by when, who has heard it, who is to be rung next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.render import naming
from bot.render.citing import cite
from bot.render.times import at
from bot.render.view import View
from bot.texts import card as c
from bot.texts import words as w
from plans.incident.records import Filing, Instance
from plans.incident.ringing import RingFailed
from plans.model import Obligation
from plans.obligations.demands import demanded
from plans.obligations.record import coverages
from plans.obligations.rules import AfterTask, rules_of
from plans.obligations.wanted import CORRECTION, covering


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """One instance with its coverage.

    Attributes:
        rule: of the plan; None for a correction.
        heard: recipient -> when it was told this report.
        filings: recipient -> the filing by which; none of those that the report itself reached.
        left: recipients that have not heard it, in the plan's order; those rung in vain come last.
    """

    instance: Instance
    rule: Obligation | None
    heard: dict[str, datetime]
    left: tuple[str, ...]
    filings: dict[str, Filing] = field(default_factory=dict)


def owed(view: View, keys: tuple[str, ...] | None = None) -> list[Owed]:
    """Return the open instances, or those of ``keys``, the earliest due first; possible ones last."""
    # A card asks dozens of times, and there is a card for each place.
    return list(view.incident.once(("owed", keys), lambda *_: tuple(_owed(view, keys)), view.plan, view.policy))


def _owed(view: View, keys: tuple[str, ...] | None) -> list[Owed]:
    incident = view.incident
    rules = {rule.id: rule for rule in rules_of(view.plan)}
    demands = demanded(view.plan, incident, view.policy)
    chosen = (
        incident.open_instances if keys is None else [incident.instances[k] for k in keys if k in incident.instances]
    )
    settled = [instance for instance in chosen if instance.status != "open"]
    covered = coverages(view.plan, incident, settled, view.policy) if settled else {}
    items = []
    for instance in chosen:
        item = demands.get(instance.key)
        if instance.status != "open":
            filings = covered[instance.key]
        else:
            filings = covering(item, incident) if item is not None else {}
        reached = incident.reported_at or instance.opened_at
        heard = {name: filing.called_at if filing is not None else reached for name, filing in filings.items()}
        waiting = () if instance.status != "open" else tuple(name for name in instance.to if name not in heard)
        items.append(
            Owed(
                instance=instance,
                rule=rules.get(instance.rule),
                heard=heard,
                left=_vain_last(view, instance, waiting),
                filings={name: filing for name, filing in filings.items() if filing is not None},
            )
        )
    return sorted(items, key=lambda item: (item.instance.possible, target(view, item), item.instance.key))


def target(view: View, item: Owed) -> datetime:
    """Return the moment to work towards: the plan's deadline; for 立即, and what arose late, the local target."""
    instance = item.instance
    return instance.due if instance.due > instance.arose_at else instance.arose_at + view.policy.immediate


def is_unsure(item: Owed) -> bool:
    """Whether it is possible only because a figure is not yet confirmed, whatever the level."""
    return item.instance.possible and item.rule is not None and item.rule.clock.from_ == "casualties_changed"


def _vain_last(view: View, instance: Instance, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (vain(view, name, instance) or (0, ""))[0]))


def vain(view: View, recipient: str, instance: Instance) -> tuple[int, str] | None:
    """Return how often a recipient was rung in vain since it last heard something, and the last outcome."""
    if not _rung_in_vain(view):
        return None
    since = max((item.sequence for item in view.incident.filings if item.recipient == recipient), default=0)
    outcomes = [
        ring.outcome
        for sequence, at, ring in _rung_in_vain(view)
        if ring.recipient == recipient and _is_about(ring, instance) and sequence > since and at >= instance.opened_at
    ]
    return (len(outcomes), outcomes[-1]) if outcomes else None


def _rung_in_vain(view: View) -> tuple[tuple[int, datetime, RingFailed], ...]:
    """Return every ring in vain that counts: its number in the log, when, and what it was."""
    incident = view.incident

    def found() -> tuple[tuple[int, datetime, RingFailed], ...]:
        return tuple(
            (item.sequence, item.at, item.event)
            for item in incident.events
            if isinstance(item.event, RingFailed) and item.sequence not in incident.undone
        )

    return incident.once("in_vain", found)  # asked for each recipient of each instance


def _is_about(event: RingFailed, instance: Instance) -> bool:
    """Whether a ring in vain belongs to an instance; older logs do not say, and nobody rings about what is written."""
    return event.about == instance.key if event.about else instance.channel != w.WRITTEN


def rings(view: View, recipient: str, instance: Instance) -> list[tuple[datetime, str]]:
    """Return every ring in vain about an instance: when, and what came of it."""
    return [
        (at, ring.outcome)
        for _, at, ring in _rung_in_vain(view)
        if ring.recipient == recipient and ring.about == instance.key
    ]


def is_task(item: Owed) -> bool:
    """Whether it is a task after the end: filed with its document, never rung about."""
    return isinstance(item.rule, AfterTask)


def duties_of_office(view: View) -> list[Owed]:
    """Return what the duty seat itself must file, certain ones first."""
    return [item for item in owed(view) if item.instance.by_office]


def next_call(view: View) -> tuple[Owed, str] | None:
    """Return the obligation and the recipient to ring next.

    What the plan wants by telephone comes before what it leaves open. What only may be owed is not rung about, and
    one's own duty line is not rung at all.
    """
    for phone in (True, False):
        for item in duties_of_office(view):
            channel = item.instance.channel
            if item.instance.possible or channel == w.WRITTEN or (channel == w.PHONE) is not phone:
                continue
            outside = [name for name in item.left if not _own_line(view, name) and not naming.medium(view, name)]
            if outside:
                return item, outside[0]
    return None


def _own_line(view: View, recipient: str) -> bool:
    line = naming.line_of(view, recipient)
    return line is not None and naming.read_number(view.plan, line.number) == naming.seat_number(view)


def name(item: Owed) -> str:
    """Return ``首报（电话）``."""
    channel = "" if is_task(item) else w.CHANNELS.get(item.instance.channel, item.instance.channel)
    return c.REPORT_BY.format(report=item.instance.report, channel=channel) if channel else item.instance.report


def is_immediate(item: Owed) -> bool:
    """Whether the plan says 立即 (and no time)."""
    return item.rule is not None and item.rule.clock.within == timedelta() and not item.instance.local


def due(view: View, item: Owed) -> str:
    """Return by when: ``03:32前``, or ``立即``."""
    return w.IMMEDIATELY if is_immediate(item) else w.BY.format(when=at(item.instance.due, view.now))


def citation(item: Owed, *, reading: bool = True) -> str:
    """Return the clause with reading and local-rule label."""
    instance = item.instance
    return cite(
        instance.clause,
        item.rule.reading if item.rule is not None and reading else None,
        local=instance.local or instance.rule == CORRECTION,
        note=w.RAISED_NOTE if instance.raised else "",
    )


def lacks(view: View, item: Owed) -> str:
    """Return what is still lacking: who has not heard it, or the paper that shows a task to be done."""
    return c.TASK_LACKS if is_task(item) else names(view, item.left) or w.NONE


def names(view: View, keys: tuple[str, ...] | list[str]) -> str:
    """Return recipients or units, joined."""
    return w.LIST.join(naming.unit_name(view, key) for key in keys)


def some_names(view: View, keys: list[str], most: int) -> str:
    """Return the first names, and 等 where there are more."""
    return names(view, keys[:most]) + (c.CARD_MORE_UNITS if len(keys) > most else "")
