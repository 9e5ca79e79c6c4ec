"""The scripts of drills that come with the program, beside the plans that they are of."""

from __future__ import annotations

from pathlib import Path

from plans.load import DATA

FOLDER = DATA / "drills"


def scripts() -> list[Path]:
    """Return their files."""
    return sorted(FOLDER.glob("*.yaml"))
