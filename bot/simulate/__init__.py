"""``tocsin simulate``: the real service on a database in memory, in virtual time, told by a scenario file."""

from bot.simulate.run import simulate
from bot.simulate.scenario import Scenario, ScenarioError, read_scenario

__all__ = ["Scenario", "ScenarioError", "read_scenario", "simulate"]
