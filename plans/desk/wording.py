"""What somebody writes when he puts down an instruction: whose word, by which way, when, by when it is wanted."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from plans.desk.instruction_state import WAYS
from plans.intake.due import Due, due_named, dues
from plans.times.moments import moment_past

LONGEST = 4000
"""Characters of an instruction or a notice that are kept."""

_TITLE = re.compile(
    r"(?:长|书记|主任|主席|部长|局长|常委|总|专员|秘书长|指挥|政委|参谋|调研员|督导|助理|领导|委员|主管|负责人)$"
)
_WAY = {
    "批示": "",
    "批示件": "批示件",
    "批件": "批示件",
    "电话": "电话",
    "会议": "会议",
    "会上": "会议",
    "当面": "当面",
}
_SAID = re.compile(
    r"^(?P<giver>[\u4e00-\u9fff·]{2,14}?)(?:同志)?(?:在|的|来)?"
    r"(?P<way>批示件?|电话|会上|会议|当面)(?:上|中|里)?(?:指示|要求|强调|交代|说|指出)?[：:，,\s]+(?P<text>\S.*)$",
    re.DOTALL,
)
_BARE = re.compile(r"^(?P<giver>[\u4e00-\u9fff·]{2,14}?)(?:指示|要求|强调|指出)[：:]\s*(?P<text>\S.*)$", re.DOTALL)
_COLON = re.compile(r"^(?P<giver>[\u4e00-\u9fff·]{2,14}?)[：:]\s*(?P<text>\S.*)$", re.DOTALL)
_THEN = re.compile(
    r"^(?P<way>批示件?|电话|会上|会议|当面)(?:上|中|里)?(?:指示|要求|强调|交代|说|指出)?[：:，,]\s*(?P<text>\S.*)$",
    re.DOTALL,
)
_FIRST = re.compile(r"^(?P<giver>[\u4e00-\u9fff·]{2,14})\s+(?P<text>\S.*)$", re.DOTALL)
_NO_NAME = re.compile(r"^[请各全立马明今本由对关按各把将再要该这那务应须]")
_PRESSES = re.compile(r"加急|特急|立即|马上|火速|立刻")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment by which a result is wanted, aware, and the words that say so.

    Where these leave the hour open it is the latest that they may mean, the end of the office's day: whoever reads the
    draft sees it, and may set another.
    """

    at: datetime
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What was written; what was not said is empty or None."""

    text: str
    giver: str = ""
    way: str = ""
    given_at: datetime | None = None
    due: Deadline | None = None
    urgent: bool = False


def read_instruction(text: str, now: datetime, known: Collection[str] = ()) -> Written:
    """Return what a text says.

    Args:
        now: aware: when it was written.
        known: titles of roles and names of people by which a giver is known at once.
    """
    body = text.strip()[:LONGEST]
    giver, way = "", ""
    if (match := _SAID.match(body)) is not None and _is_somebody(match["giver"], known):
        giver, way, body = match["giver"], _WAY[match["way"]], match["text"]
    elif (match := _BARE.match(body)) is not None and _is_somebody(match["giver"], known):
        giver, body = match["giver"], match["text"]
    elif (match := _FIRST.match(body)) is not None and _is_somebody(match["giver"], known):
        giver, body = match["giver"], match["text"]
    elif (match := _COLON.match(body)) is not None and _is_called(match["giver"], known):
        giver, body = match["giver"], match["text"]
    if giver and not way and (match := _THEN.match(body)) is not None:
        way, body = _WAY[match["way"]], match["text"]
    given_at = None
    while body:
        word, _, rest = body.partition(" ")
        if giver and not way and word in _WAY and rest.strip():
            way, body = _WAY[word], rest.strip()
        elif giver and given_at is None and rest.strip() and (moment := moment_past(word, now)) is not None:
            given_at, body = moment, rest.strip()
        else:
            break
    wanted = _wanted(body, now)
    if way and way not in WAYS:
        raise ValueError(f"no way: {way}")
    return Written(
        text=body, giver=giver, way=way, given_at=given_at, due=wanted,
        urgent=_PRESSES.search(body) is not None,
    )  # fmt: skip


def names_giver(text: str, known: Collection[str] = ()) -> bool:
    """Return whether a text is the title of somebody alone, of whose word nothing is said."""
    word = text.strip().rstrip("：:")
    return 1 < len(word) <= 14 and " " not in word and _is_called(word, known)


def _is_somebody(word: str, known: Collection[str]) -> bool:
    """Return whether a word names who gave it: a title, a known name, or as short as a name is."""
    return _is_called(word, known) or (len(word) <= 3 and not _NO_NAME.match(word))


def _is_called(word: str, known: Collection[str]) -> bool:
    """The same by title or known name alone: a short word before a colon may be anything."""
    return word in known or (_TITLE.search(word) is not None and not _NO_NAME.match(word))


def _wanted(text: str, now: datetime) -> Deadline | None:
    """Return the last moment that a text names: what is wanted by then is the result."""
    found = [(at, item) for item in dues(text, now, asks=True) if (at := _latest(item)) is not None]
    return Deadline(found[-1][0], found[-1][1].text) if (found := sorted(found, key=lambda pair: pair[0])) else None


def _latest(item: Due) -> datetime | None:
    return item.at or max(item.options, default=None)


def by_when(words: str, now: datetime) -> Deadline | None:
    """Return the day that somebody sets by words alone: 12月30日前, 三天内, 明天下班."""
    moments = due_named(words, now)
    return Deadline(max(moments), words.strip()) if moments else None
