"""What every case of the duty desk holds."""

from __future__ import annotations

from dataclasses import dataclass

from plans.core.files import CaseWithFiles


@dataclass(slots=True)
class DeskState(CaseWithFiles):
    """One case of the duty desk."""
