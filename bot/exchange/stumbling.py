"""Where a library stumbled over a file: logged for whoever keeps the program, without a word of the file."""

from __future__ import annotations

import traceback
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)


def stumbled(kind: str, problem: Exception) -> None:
    """Log what was raised, and where; its text may hold what stands in the file."""
    last = traceback.extract_tb(problem.__traceback__)[-1]
    at = f"{Path(last.filename).parent.name}/{Path(last.filename).name}:{last.lineno}"
    log.info("file.not_read", kind=kind, error=type(problem).__name__, at=at)
