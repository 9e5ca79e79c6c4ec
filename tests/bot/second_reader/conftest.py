"""The rig: a strict local Telegram, a database, virtual time."""

from tests.bot.rig import file_rig, logged, rig, skip

__all__ = ["file_rig", "logged", "rig", "skip"]
