"""The one place where state changes, in one transaction: load log -> decide -> append events, obligations, messages."""

from bot.service.asking import Answer, Asker, Handled, Result, Step
from bot.service.reports import NewReport
from bot.service.service import Service

__all__ = ["Answer", "Asker", "Handled", "NewReport", "Result", "Service", "Step"]
