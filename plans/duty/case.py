"""The book on the table while a command is decided; which duties its bearer has, and who checks them."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from plans.acting import carries_out
from plans.bearers import bearers
from plans.core.case import OpenCase
from plans.core.notice_context import NoticeContext as CaseNotices
from plans.core.outcome import CaseOutcome
from plans.duty.state import DutyBook
from plans.model import Duty, Plan


@dataclass(slots=True)
class Case(OpenCase[DutyBook]):
    """Collects events; ``book`` always shows the state after them."""

    @property
    def book(self) -> DutyBook:
        """The book after the events so far."""
        return self.state

    @property
    def bears(self) -> bool:
        """Whether the actor answers for the bearer, and came in a way with authority."""
        book, actor = self.book, self.actor
        held = actor.roles if book.bearer_kind == "role" else actor.units
        return actor.via == "direct" and book.bearer in held

    @property
    def keeps(self) -> bool:
        """Whether the actor may end the book or go on with it: the program, an administrator, who checks."""
        return self.checks or bool(self.actor.roles & {"system", "admin"})

    @property
    def checks(self) -> bool:
        """Whether the actor looks after the duties of others: the office, the plan's roles, the unit of the office."""
        actor, plan = self.actor, self.plan
        if actor.via != "direct":
            return False
        return bool(actor.roles & {"duty", *plan.roles}) or bool(plan.office_unit and plan.office_unit in actor.units)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome(CaseOutcome[DutyBook]):
    """What a command about a book comes to."""


@dataclass(frozen=True, slots=True)
class NoticeContext(CaseNotices[DutyBook]):
    """What the makers of a book's notices see."""


_PLANS = 16
_borne: OrderedDict[int, tuple[Plan, dict[tuple[str, frozenset[str]], tuple[Duty, ...]]]] = OrderedDict()


@carries_out("list", "duties", "Duty")
def duties_of(plan: Plan, kind: str, bearer: str, kinds: tuple[str, ...] = ()) -> tuple[Duty, ...]:
    """Return the duties of one bearer, those that stand too, in the plan's order.

    Args:
        kind: ``role``, ``unit`` or ``body``. kinds: of a body, what it is (学校, 有校车).
    """
    names = frozenset(kinds) if kind == "body" else frozenset({bearer})
    # Looked up once for all schools. Keyed by the identity of the plan, which is kept so that none other gets it.
    entry = _borne.get(id(plan))
    if entry is None:
        entry = _borne[id(plan)] = (plan, {})
        while len(_borne) > _PLANS:
            _borne.popitem(last=False)
    known = entry[1]
    if (kind, names) not in known:
        known[kind, names] = tuple(
            duty for duty in plan.duties if any(item.kind == kind and item.id in names for item in bearers(plan, duty))
        )
    return known[kind, names]


def duty_of(plan: Plan, name: str) -> Duty | None:
    """Return a duty by its id."""
    return next((item for item in plan.duties if item.id == name), None)
