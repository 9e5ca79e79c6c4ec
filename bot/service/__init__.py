"""The one place where state changes, in one transaction: load log -> decide -> append events, obligations, messages."""

from bot.outgoing import desk as _sent  # what stands beside a text of the desk
from bot.outgoing import directing as _played  # what is shown beside a played drill
from bot.outgoing import duty as _handed_in  # what comes with a duty
from bot.outgoing import handover as _handed_over  # what a hand-over is shown with
from bot.outgoing import log as _noted  # what comes with an entry of the duty log
from bot.outgoing import warning as _seen  # what stands beside a warning
from bot.service import desk as _stood_for  # whom a text of the desk reaches
from bot.service import spot_checks as _checked  # whom a spot check asks
from bot.service import warning as _concerned  # whom a warning concerns
from bot.service.reports import NewReport
from bot.service.requests import Answer, Requester, Result, Step, StepResult
from bot.service.service import Service

__all__ = ["Answer", "NewReport", "Requester", "Result", "Service", "Step", "StepResult"]

_REGISTER = (_played, _handed_in, _handed_over, _noted, _sent, _seen, _checked, _concerned, _stood_for)
"""Topics that write themselves down when they are imported."""
