"""The routes of ``/api/v1``: every topic writes its operations down when it is imported."""

from bot.web.api import calls, duties, incidents, reports, warnings
from bot.web.api.gate import Api
from bot.web.api.operations import OPERATIONS

__all__ = ["OPERATIONS", "Api"]

_REGISTER = (reports, incidents, calls, warnings, duties)
"""Topics that write themselves down when they are imported."""
