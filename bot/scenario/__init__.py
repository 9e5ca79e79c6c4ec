"""A scenario file: what happens when, who does it, what a drill plays to whom, what is expected to come of it."""

from bot.scenario.base import ScenarioError
from bot.scenario.form import Scenario
from bot.scenario.reading import parse, read_scenario

__all__ = ["Scenario", "ScenarioError", "parse", "read_scenario"]
