"""Who has a book of duties: each role, unit and listed body that bears a duty of a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plans.areas import Body
from plans.bearers import bearers
from plans.model import Plan


@dataclass(frozen=True, kw_only=True, slots=True)
class Owing:
    """One that bears duties.

    Attributes:
        kind: ``role``, ``unit`` or ``body``. id: of the role, unit or body. title: what people call it.
        kinds: of a body: its families and the words of the office's list.
        about: what it is counted under: a body's kind that the plan names, else ``role`` or ``unit``.
    """

    kind: str
    id: str
    title: str
    kinds: tuple[str, ...] = ()
    about: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What it is called in rows."""
        return self.kind, self.id


def owing(plan: Plan, bodies: Iterable[Body]) -> list[Owing]:
    """Return everybody who bears a duty of a plan, standing ones too, each once: roles, units, bodies in list's order.

    Args:
        bodies: that the office lists.
    """
    borne = dict.fromkeys(bearer for duty in plan.duties for bearer in bearers(plan, duty))
    titles = {unit.id: unit.name or unit.id for unit in plan.units}
    named = {
        (bearer.kind, bearer.id): Owing(
            kind=bearer.kind, id=bearer.id, about=bearer.kind,
            title=titles.get(bearer.id, bearer.title) if bearer.kind == "unit" else bearer.title,
        )
        for kind in ("role", "unit")
        for bearer in borne
        if bearer.kind == kind
    }  # fmt: skip
    bodies = list(bodies)
    called = Counter(body.name for body in bodies)
    words = [bearer.id for bearer in borne if bearer.kind == "body"]
    listed = []
    for body in bodies:
        kinds = tuple(dict.fromkeys((*sorted(body.families), *body.kinds)))
        about = next((word for word in words if word in kinds), "")
        if about:
            listed.append(Owing(kind="body", id=body.id, title=_title(body, called), kinds=kinds, about=about))
    return [*named.values(), *listed]


def _title(body: Body, called: Mapping[str, int]) -> str:
    """Return what people call a body: with its township where another one has its name."""
    return f"{body.township}{body.name}" if called[body.name] > 1 else body.name
