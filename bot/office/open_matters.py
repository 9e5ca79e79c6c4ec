"""What is open on a duty desk: each topic registers a section, and a hand-over (交接班) shows all of them.

A matter is one thing that somebody has still to do or to know. It is open while its section returns it and closed when
it does not: nothing is kept of it here, so that the page cannot differ from what it is made of.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot.render.text import Text
from bot.service.service import Service
from plans.model import Plan
from storage.transaction import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenMatter:
    """One thing that is open.

    Attributes:
        stream: of the case that it belongs to; else a word of the section for what is no case (``shift``).
        key: what tells it from others of the same stream, and stays the same while it is open.
        line: as it stands on the page; for those who have duty only, in private.
        due: by when, aware; None where nothing says.
        person: who has to do it, by our id, where that is one person.
        plan_id: the plan under which it is open, filled in by :func:`open_matters`.
    """

    stream: str
    line: Text
    due: datetime | None = None
    person: str = ""
    key: str = ""
    plan_id: str = ""

    @property
    def id(self) -> str:
        """What the same matter is called on every page."""
        return f"{self.stream}|{self.key}"


Section = Callable[[Reading, Service, str, Plan, datetime], Awaitable[list[OpenMatter]]]
S = TypeVar("S", bound=Section)

_SECTIONS: dict[str, tuple[int, Section]] = {}


def section(name: str, order: int) -> Callable[[S], S]:
    """Register what is open of one topic: (transaction, service, jurisdiction, plan, now) -> its open matters.

    It returns everything that is open under the plan in the jurisdiction and nothing else, in the order of the page.

    Args:
        name: its title stands in ``bot.texts.handover.SECTIONS``. order: of the page, the smallest first.
    """

    def register(function: S) -> S:
        if name in _SECTIONS:
            raise ValueError(f"the section “{name}” is there already")
        _SECTIONS[name] = (order, function)
        return function

    return register


def sections() -> tuple[str, ...]:
    """Return the names of all sections in the order of the page."""
    return tuple(sorted(_SECTIONS, key=lambda name: (_SECTIONS[name][0], name)))


async def open_matters(
    rx: Reading, service: Service, plans: Sequence[Plan], now: datetime, only: Collection[str] | None = None
) -> dict[str, tuple[OpenMatter, ...]]:
    """Return all that is open under some plans by section, each matter once; sections with nothing are there too.

    Args:
        only: of these sections; left out, of all.
    """
    found: dict[str, tuple[OpenMatter, ...]] = {}
    for name in sections():
        if only is not None and name not in only:
            continue
        _, function = _SECTIONS[name]
        matters: dict[str, OpenMatter] = {}
        for plan in plans:
            for item in await function(rx, service, plan.jurisdiction.name, plan, now):
                matters.setdefault(item.id, item if item.plan_id else replace(item, plan_id=plan.id))
        found[name] = tuple(matters.values())
    return found
