"""What bearers hand in for their duties is fetched like any picture that comes with a report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.outgoing.case_dispatcher import brings_files
from bot.outgoing.evidence import brought
from plans.core.outcome import CaseOutcome
from plans.duty.settling import DutyEvidenceAdded, DutySettled
from plans.duty.state import KIND
from storage.downloads import Download


@brings_files(KIND)
def handed_in(outcome: CaseOutcome[Any]) -> Iterator[Download]:
    """Pictures and files that these events bring."""
    yield from brought(outcome, DutySettled, DutyEvidenceAdded)
