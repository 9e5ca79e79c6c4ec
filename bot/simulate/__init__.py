"""``tocsin simulate``: the real service on a database in memory, in virtual time, told by a scenario file."""

from bot.scenario import Scenario, ScenarioError, parse, read_scenario
from bot.simulate.run import simulate

__all__ = ["Scenario", "ScenarioError", "parse", "read_scenario", "simulate"]
