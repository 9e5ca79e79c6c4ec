"""Ways to read a figure that is asked: what another reader comes to stands among what a person may choose."""

from __future__ import annotations

from dataclasses import replace

from plans.intake.reading import Found, Option, Span

WAYS = 3
"""Ways to read a figure that a person is offered."""


def offered(found: Found, many: tuple[int, int], text: str, span: Span) -> Found:
    """A question, with what another reader comes to behind the likeliest: 伤了4个 may be the 5 told of.

    Args:
        found: the fact as it is asked; what is shown, or known to be uncounted (多人受伤), is left as it is.
        many: how many the other reader counts, at least and at most.
        text: in which they are told of, ``span`` where.
    """
    if not found.unknown or not found.readings or not many[1]:
        return found
    if any((option.at_least, option.at_most) == many for option in found.readings):
        return found
    first, *others = found.readings
    exact = [option for option in others if option.at_most is not None or option.at_least is None]
    told = Option(at_least=many[0], at_most=many[1], text=text[span[0] : span[1]], span=span)
    least = min(many[0], found.at_least) if found.at_least is not None else found.at_least
    most = max(many[1], found.at_most) if found.at_most is not None else found.at_most
    return replace(found, at_least=least, at_most=most, readings=(first, told, *exact)[:WAYS])
