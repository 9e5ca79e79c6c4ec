"""A case that begins is noted in the entry of the duty log that it comes from: both or neither."""

from __future__ import annotations

from collections.abc import Iterator

from bot.service.requests import Step
from plans.core.state import CaseState
from plans.desk.entry_links import BecomeCase, CorrectedBy
from plans.desk.entry_state import Entry


def linked(case: CaseState) -> Iterator[Step]:
    """Yield what is asked of other entries of the log when a case was opened."""
    if case.entry:
        command = BecomeCase(stream=case.stream, number=case.number, drill=case.drill)
        yield Step(stream=case.entry, command=command)
    if isinstance(case, Entry) and case.corrects:
        yield Step(stream=case.corrects, command=CorrectedBy(stream=case.stream, number=case.number))
