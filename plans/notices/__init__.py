"""Who is to be told what: (plan, incident, events) -> notices. Keys and parameters only; words are ``bot/texts``."""

from plans.notices.collect import notices
from plans.notices.notice import Notice, Press

__all__ = ["Notice", "Press", "notices"]
