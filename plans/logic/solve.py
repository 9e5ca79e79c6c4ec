"""Whether terms can hold together within a box: exact, by asserting what is forced and branching on the rest."""

from __future__ import annotations

from collections.abc import Iterable

from plans.logic.box import Box
from plans.logic.terms import And, Applies, Ge, In, Le, Or, Term


class _Spent(Exception):
    """The budget is used up."""


def possible(terms: Iterable[Term], box: Box) -> bool:
    """Return whether some values within ``box`` make every term hold."""
    try:
        return _search(list(terms), box.copy())
    except _Spent:
        return True


def _search(todo: list[Term], box: Box) -> bool:
    box.budget[0] -= 1
    if box.budget[0] < 0:
        raise _Spent
    undecided = assume(todo, box)
    if undecided is None:
        return False
    if not undecided:
        return box.consistent()
    undecided.sort(key=lambda term: len(term.parts))
    first, *rest = undecided
    for alternative in first.parts:
        if _search([alternative, *rest], box.copy()):
            return True
    return False


def assume(todo: list[Term], box: Box) -> list[Or] | None:
    """Narrow ``box`` by all that ``todo`` forces (both are changed).

    Returns:
        The disjunctions that are left open, or None when nothing is possible.
    """
    open_: list[Or] = []
    while todo:
        narrowed = False
        while todo:
            term = todo.pop()
            if isinstance(term, And):
                todo.extend(term.parts)
            elif isinstance(term, Or):
                alternatives = _alternatives(term.parts, box)
                if alternatives is None:
                    continue
                if not alternatives:
                    return None
                if len(alternatives) == 1:
                    todo.append(alternatives[0])
                else:
                    open_.append(Or(tuple(alternatives)))
            else:
                value = term.value(box)
                if value is False:
                    return None
                if value is None:
                    if not _narrow(term, box):
                        return None
                    narrowed = True
        if narrowed:
            todo, open_ = [*open_], []
    return open_


def _alternatives(parts: tuple[Term, ...], box: Box) -> list[Term] | None:
    """Return the parts that may still hold, or None when one holds anyway."""
    open_parts = []
    for part in parts:
        here = part.value(box)
        if here is True:
            return None
        if here is None:
            open_parts.append(part)
    return open_parts


def _narrow(term: Ge | Le | In | Applies, box: Box) -> bool:
    if isinstance(term, Ge):
        return box.raise_low(term.q, term.bound)
    if isinstance(term, Le):
        return box.lower_high(term.q, term.bound)
    return isinstance(term, In) and box.restrict(term.v, term.values)
