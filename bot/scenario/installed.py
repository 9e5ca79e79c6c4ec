"""The scripts of drills that come with the program, beside the plans that they are of."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.scenario.form import Scenario
from bot.scenario.reading import read_scenario
from plans.load import DATA

FOLDER = DATA / "drills"


def scripts() -> list[Path]:
    """Return their files."""
    return sorted(FOLDER.glob("*.yaml"))


@cache
def installed() -> dict[str, Scenario]:
    """Return them by name, read once a process."""
    return {path.stem: read_scenario(path) for path in scripts()}
