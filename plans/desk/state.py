"""What every case of the duty desk holds."""

from __future__ import annotations

from dataclasses import dataclass

from plans.core.files import CaseWithFiles


@dataclass(slots=True)
class DeskState(CaseWithFiles):
    """One case of the duty desk.

    Attributes:
        entry: stream of the entry of the log that it came from, empty for none.
    """

    entry: str = ""
