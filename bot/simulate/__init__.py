"""``tocsin simulate``: the real service on a database in memory, in virtual time, told by a scenario file."""

from bot.simulate.reading import parse, read_scenario
from bot.simulate.run import simulate
from bot.simulate.scenario import Scenario, ScenarioError

__all__ = ["Scenario", "ScenarioError", "parse", "read_scenario", "simulate"]
