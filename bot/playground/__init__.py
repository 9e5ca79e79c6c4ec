"""A strict, stateful, in-memory Telegram for tests and the demo: see README.md in this folder."""

from bot.playground.errors import ApiError, NotPossible, PlaygroundError, SchemaBreach
from bot.playground.faults import Fault
from bot.playground.handles import Bot, Group
from bot.playground.limits import Limits
from bot.playground.log import Call, Change
from bot.playground.person import Person
from bot.playground.rules import Rules
from bot.playground.seen import Button, Press, Seen
from bot.playground.server import LocalBotApi
from bot.playground.world import World

__all__ = [
    "ApiError",
    "Bot",
    "Button",
    "Call",
    "Change",
    "Fault",
    "Group",
    "Limits",
    "LocalBotApi",
    "NotPossible",
    "Person",
    "PlaygroundError",
    "Press",
    "Rules",
    "SchemaBreach",
    "Seen",
    "World",
]
