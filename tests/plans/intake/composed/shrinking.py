"""The smallest message that is still misread in the same way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, Self, TypeVar

from tests.plans.intake.composed.truth import Fault


class Composed(Protocol):
    """A text whose truth is known, with its simpler neighbours."""

    @property
    def text(self) -> str: ...
    @property
    def easy(self) -> bool: ...
    def tags(self) -> set[str]: ...
    def faults(self) -> list[Fault]: ...
    def figures(self) -> tuple[int, int]: ...
    def told(self) -> str: ...
    def smaller(self) -> Iterator[Self]: ...


C = TypeVar("C", bound=Composed)


def shrunk(message: C, fault: Fault) -> C:
    """The message without all that can go while the fault stays; an easy one stays easy."""
    while True:
        for simpler in message.smaller():
            if len(simpler.text) <= len(message.text) and simpler != message and _same(fault, simpler.faults()):
                message = simpler
                break
        else:
            return message


def _same(fault: Fault, faults: Iterable[Fault]) -> bool:
    return any(other.fact == fault.fact and other.verdict == fault.verdict for other in faults)


def described(message: Composed, faults: Iterable[Fault]) -> str:
    """A failing text with its truth and the reading, for a person."""
    shown = "; ".join(f"{fault.verdict} {fault.fact} = {fault.shown or 'nothing'}" for fault in faults)
    return f"{message.text!r}\n    truth: {message.told()}\n    reading: {shown}"
