"""The one place where state changes, in one transaction: load log -> decide -> append events, obligations, messages."""

from bot.service.reports import NewReport
from bot.service.requests import Answer, Requester, Result, Step, StepResult
from bot.service.service import Service

__all__ = ["Answer", "NewReport", "Requester", "Result", "Service", "Step", "StepResult"]
