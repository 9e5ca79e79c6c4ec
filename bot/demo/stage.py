"""What the page of the demo asks of the town behind it: the clock, the deadlines, the cast, the scenes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

RATES = (0, 1, 60, 600)
"""Virtual seconds per real second that the page offers."""

OPENING = "实验小学宿舍楼楼梯发生踩踏，4名学生受伤，已拨打120"
"""The first sentence that a visitor may send with one click; see :attr:`Part.opening`."""

Status = Literal["pending", "possible", "overdue", "filed", "late", "waived", "superseded"]


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """One report obligation as the strip beside the chats shows it.

    Attributes:
        incident: its number, shown as 17号.
        report: 首报, 续报, 终报 …, with the channel where it matters (书面首报).
        clause: the plan's clause, such as ``4.1.2``.
        due: aware.
        to: every recipient, in the plan's order.
        filed: those of ``to`` who have been told.
        status: as ``Instance.status_at`` says.
        text: one line more, such as 上调后补报 or the reason of a waiver; may be empty.
        drill: whether the incident is a drill.
    """

    incident: int
    report: str
    clause: str
    due: datetime
    to: tuple[str, ...]
    status: Status
    filed: tuple[str, ...] = ()
    text: str = ""
    drill: bool = False


@dataclass(frozen=True, kw_only=True)
class Part:
    """Somebody whom the visitor can play.

    Attributes:
        person: Telegram id.
        name: as the chats show it.
        title: 值班员, 办公室主任（区教育局局长） …
        chats: keys of the chats worth opening, the most telling first; the private chat has the person's id as its key.
        hint: what this person may try, one sentence.
        opening: a sentence offered to be sent in the first of ``chats`` with one click; at most one part has one.
    """

    person: int
    name: str
    title: str
    chats: tuple[str, ...]
    hint: str = ""
    opening: str = ""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A night that can be played step by step."""

    key: str
    title: str
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Look:
    """A screen to look at.

    Attributes:
        person: whose.
        chat: key of the chat.
        words: the newest message that holds each of them is pointed at.
    """

    person: int
    chat: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A page of the program itself, with the cookie by which it is let in.

    Attributes:
        address: on loopback. cookie: name and value.
    """

    address: str
    cookie: tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Step:
    """What a step of a scene has just done.

    Attributes:
        scene: key of the scene.
        number: counted from 1.
        of: how many steps the scene has.
        text: one line for the visitor: what happened, what the plan demands, what to look at.
        clause: the plan's clause that demands it; may be empty.
        looks: the screens that show it, the most telling first; the page brings them to the front.
        wall: whether the wall of the duty room is worth a look now.
        popups: what the bot answered to presses of the script, with the name of who pressed.
    """

    scene: str
    number: int
    of: int
    text: str
    clause: str = ""
    looks: tuple[Look, ...] = ()
    wall: bool = False
    popups: tuple[str, ...] = ()


class NotPlayed(ValueError):
    """A step could not be played to its end: what should appear did not, or the bot is off."""


class Stage(Protocol):
    """The town, as far as the page can move it.

    ``reset`` keeps the same ``World`` object (its state is replaced), because the page's routes hold it.
    """

    @property
    def night(self) -> int:
        """A number that changes when the town begins anew, so that pages forget what they showed."""
        ...

    @property
    def alive(self) -> bool:
        """Whether the bot runs."""
        ...

    @property
    def shown(self) -> Step | None:
        """The step played last, None when no scene was begun."""
        ...

    @property
    def rate(self) -> float:
        """Virtual seconds per real second; 0 stands still."""
        ...

    def set_rate(self, rate: float) -> None:
        """Let virtual time go at one of :data:`RATES`."""
        ...

    def now(self) -> datetime:
        """Return the virtual moment, aware."""
        ...

    def jump(self, by: timedelta) -> None:
        """Pass a span of virtual time as fast as the work on the way allows."""
        ...

    def next_deadline(self) -> datetime | None:
        """Return the next moment worth jumping to, or None."""
        ...

    async def deadlines(self) -> Sequence[Deadline]:
        """Return the obligations of all incidents, also the closed ones, in any order."""
        ...

    def cast(self) -> Sequence[Part]:
        """Return whom the visitor can play, the most telling first."""
        ...

    def scenes(self) -> Sequence[Scene]:
        """Return the scenes; none: the page shows no script."""
        ...

    async def play(self, scene: str) -> Step:
        """Begin a scene from a fresh town and return its first step.

        Raises:
            KeyError: there is no such scene.
            NotPlayed: its first step came to no end.
        """
        ...

    async def step(self) -> Step | None:
        """Do the next step of the scene begun, or return None when it is over.

        Raises:
            NotPlayed: it came to no end; it may be tried again.
        """
        ...

    async def wall(self) -> Screen | None:
        """Pair a wall (值班室大屏) for the visitor's browser; None while the bot is off."""
        ...

    async def board(self) -> Screen | None:
        """Let the visitor's browser in to the board as whoever sits on the duty seat; None while the bot is off."""
        ...

    async def kill(self) -> None:
        """Kill the bot without warning; the town goes on. Nothing happens when it is dead."""
        ...

    async def revive(self) -> None:
        """Start the bot again on the same database. Nothing happens when it lives."""
        ...

    async def reset(self) -> None:
        """Begin the town anew: no chats, no incidents, the clock at its first moment."""
        ...
