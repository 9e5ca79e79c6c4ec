"""值班表: reading one as offices write it, and who is on duty when. A turn decides nothing: a person takes the seat."""

from plans.roster.duty import Turn, on_duty, turns_of_a_day
from plans.roster.reading import BadRoster, Problem, Reading, read_book, read_roster

__all__ = [
    "BadRoster",
    "Problem",
    "Reading",
    "Turn",
    "on_duty",
    "read_book",
    "read_roster",
    "turns_of_a_day",
]
