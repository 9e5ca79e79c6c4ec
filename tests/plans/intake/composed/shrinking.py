"""The smallest message that is still misread in the same way."""

from __future__ import annotations

from collections.abc import Iterable

from plans.intake import read
from tests.plans.intake.composed.message import Message
from tests.plans.intake.composed.truth import Fault, judge
from tests.plans.intake.saying import NOW


def faults_of(message: Message) -> list[Fault]:
    return judge(read(message.text, now=NOW), message.truth(), to_be_read=message.easy)


def shrunk(message: Message, fault: Fault) -> Message:
    """The message without all that can go while the fault stays; an easy one stays easy."""
    while True:
        for simpler in message.smaller():
            if len(simpler.text) <= len(message.text) and simpler != message and _same(fault, faults_of(simpler)):
                message = simpler
                break
        else:
            return message


def _same(fault: Fault, faults: Iterable[Fault]) -> bool:
    return any(other.fact == fault.fact and other.verdict == fault.verdict for other in faults)


def described(message: Message, faults: Iterable[Fault]) -> str:
    """A failing text with its truth and the reading, for a person."""
    truth = "; ".join(f"{fact} {known}" for fact, known in message.truth().items() if str(known) != "-") or "nothing"
    shown = "; ".join(f"{fault.verdict} {fault.fact} = {fault.shown or 'nothing'}" for fault in faults)
    return f"{message.text!r}\n    truth: {truth}\n    reading: {shown}"
