"""Who is to be told what: (plan, incident, events) -> notices. Keys and parameters only; words are ``bot/texts``."""

from plans.notices.again import asked_again
from plans.notices.collect import notices
from plans.notices.notice import Notice, Press

__all__ = ["Notice", "Press", "asked_again", "notices"]
