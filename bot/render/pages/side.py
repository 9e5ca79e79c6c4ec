"""What stands beside the incidents on the wall: warnings, who is on duty, duties overdue, what was not delivered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.render import warning_pieces as pieces
from bot.render.cases import CaseView
from bot.render.pages.names import shown, some
from bot.render.pages.tile import case_of
from bot.render.times import at
from bot.texts import pages as t
from plans.model import Plan
from plans.roster.duty import Turn

MOST_SILENT = 3
MOST_BEARERS = 3
MOST_AREAS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningTile:
    """A warning in force; ``ends`` by the program's clock, None where it was not said."""

    case: str
    number: str
    title: str
    colour: str
    drill: bool
    ends: datetime | None
    until: str
    areas: str
    answered: int
    total: int
    silent: str
    order: str


def warning_tile(view: CaseView) -> WarningTile:
    """Return a warning's tile."""
    warning = pieces.the_warning(view)
    content, counts = warning.content, pieces.answered(warning)
    ends = content.ends - warning.offset if content.ends is not None else None
    silent = [pieces.recipient_name(view, item.recipient) for item in warning.silent()]
    return WarningTile(
        case=case_of(warning),
        number=pieces.number(view),
        title=pieces.title(content),
        colour=t.COLOUR_CLASSES.get(content.colour, ""),
        drill=warning.drill,
        ends=ends,
        until=t.WARNING_UNTIL.format(time=at(content.ends, view.now)) if content.ends else t.WARNING_OPEN,
        areas=some([shown(area, 12) for area in content.areas], MOST_AREAS) or pieces.areas(content),
        answered=counts["answered"],
        total=counts["total"],
        silent=some(silent, MOST_SILENT),
        order=f"{int(warning.drill)}{-content.height + 9}{warning.number:06}",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class OnDuty:
    """Who has the duty of some plans: a role and a name each, the seat first."""

    plans: str
    rows: tuple[tuple[str, str], ...]
    order: str


def on_duty(seats: Iterable[tuple[Plan, str, Sequence[Turn]]]) -> list[tuple[OnDuty, tuple[Plan, ...]]]:
    """Return who is on duty; plans with the same people stand together.

    Args:
        seats: plan, the name of who sits on its seat, and whose turns it is by the roster.
    """
    groups: dict[tuple[tuple[str, str], ...], list[Plan]] = {}
    for plan, seat, turns in seats:
        rows = [(t.WATCH_SEAT, shown(seat, 16) or t.WATCH_EMPTY)]
        rows += [(turn.kind, shown(turn.name, 16)) for turn in turns]
        groups.setdefault(tuple(dict.fromkeys(rows)), []).append(plan)
    found = []
    for number, (people, plans) in enumerate(groups.items()):
        first = _short(plans[0])
        title = t.WATCH_PLANS.format(first=first, count=len(plans)) if len(plans) > 1 else first
        found.append((OnDuty(plans=title, rows=people, order=f"{number:04}"), tuple(plans)))
    return found


def _short(plan: Plan) -> str:
    return plan.title.removeprefix(plan.jurisdiction.name) or plan.title


@dataclass(frozen=True, kw_only=True, slots=True)
class Overdue:
    """Duties of a plan whose end is past and of which nobody has said anything."""

    plan: str
    count: int
    bearers: str
    order: str


def overdue(plan: Plan, bearers: Mapping[tuple[str, str], int]) -> Overdue:
    """Return how many duties of a plan are overdue.

    Args:
        bearers: how many are of each, by its kind and id.
    """
    titles = [plan.roles[id].title if kind == "role" and id in plan.roles else shown(id, 16) for kind, id in bearers]
    count = sum(bearers.values())
    return Overdue(
        plan=_short(plan),
        count=count,
        bearers=t.DUTIES_BEARERS.format(count=len(titles), names=some(titles, MOST_BEARERS)) if titles else "",
        order=f"{max(0, 999_999 - count):06}{plan.id}",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Undelivered:
    """What waits for longer than it should, and what did not arrive, of one case."""

    number: str
    waiting: int
    failed: int
    order: str


def undelivered(
    numbers: Mapping[str, str], counts: Mapping[str, tuple[int, int]]
) -> list[tuple[str, Undelivered]]:  # fmt: skip
    """Return the cases of which messages wait or failed, the most failed first.

    Args:
        numbers: what each case is called; any other is one of those elsewhere. counts: how many wait and failed.
    """
    worst = sorted(counts, key=lambda stream: (-counts[stream][1], -counts[stream][0], stream))
    return [
        (
            stream,
            Undelivered(
                number=numbers.get(stream, t.DELIVERIES_ELSEWHERE),
                waiting=counts[stream][0],
                failed=counts[stream][1],
                order=f"{place:04}",
            ),
        )
        for place, stream in enumerate(worst)
    ]
