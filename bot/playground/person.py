"""A person: the handle that tests and the demo page act and look with."""

from __future__ import annotations

from bot.playground.looking import Looking
from bot.playground.pressing import Pressing
from bot.playground.records import User


class Person(Pressing, Looking):
    """A person: what he does (``Writing``, ``Sharing``, ``Pressing``, ``Membership``), what he sees (``Looking``)."""

    @property
    def user(self) -> User:
        """The record."""
        return self.world.state.users[self.id]

    def __repr__(self) -> str:
        return f"Person({self.id}, {self.user.first_name!r})"
