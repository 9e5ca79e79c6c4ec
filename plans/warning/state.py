"""What the log of a warning tells: what was brought, what is in force, who was woken (叫应), which measures stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, ClassVar

from plans.core.files import CaseWithFiles

KIND = "warning"

COLOURS = ("蓝", "黄", "橙", "红")
"""Lowest first."""

ACTS = ("issue", "raise", "lower", "extend", "update", "lift")
"""What a stage does: 发布 升级 降级 延长 更新 解除."""

ISSUE, PASS_ON = "issue", "pass_on"
"""In whose name: issued under the plan, or passed on as another authority issued it (转发)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """What a warning says; what was not said is empty or None.

    Attributes:
        hazard: 暴雨, 大雾 … colour: of ``COLOURS``. level: one of the plan's own warning levels.
        issuer: whose it is, as the text names it; empty = of the office itself.
        starts, ends: aware. areas: townships, streets, waters, as they are named.
        text: what is warned of, in the words that brought it.
        words: for each field the words that it was read from.
    """

    hazard: str = ""
    colour: str = ""
    level: str = ""
    issuer: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    areas: tuple[str, ...] = ()
    text: str = ""
    words: dict[str, str] = field(default_factory=dict)

    @property
    def height(self) -> int:
        """How high the colour is; -1 without one."""
        return COLOURS.index(self.colour) if self.colour in COLOURS else -1


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """What waits to be issued, passed on or dismissed.

    Attributes:
        sequence: of the event that brought it or changed it last. act: empty = as the content compares (``act_of``).
        source: ``typed text cap api``. sender, identifier: of a CAP file, which the reference of our own names.
        rung: how often the seat was reminded, the last time at ``rung_at``.
    """

    sequence: int
    content: Content
    at: datetime
    act: str = ""
    source: str = "typed"
    sender: str = ""
    identifier: str = ""
    by: str = ""
    rung: int = 0
    rung_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """One thing that was said about the warning in its own right; each later one refers to the one before.

    Attributes:
        way: ``issue`` or ``pass_on``. role: under which it was decided, a unit's name for a unit's own warning.
        oral, signed: spoken and recorded (代录), and signed afterwards.
        measures: what the plan asks at this level. clause: under which it was issued.
    """

    sequence: int
    at: datetime
    act: str
    way: str
    content: Content
    clause: str
    role: str
    by: str
    measures: tuple[str, ...] = ()
    oral: bool = False
    signed: bool = False
    spoken_by: str = ""
    spoken_id: str = ""
    spoken_role: str = ""
    recorded_by: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Waking:
    """One recipient of a warning (叫应): a unit or body of the area.

    Attributes:
        stage: number of the stage that it is to answer.
        reachable: somebody who can be written to answers for it.
        step: of the ladder, 0 = told, 1 = by other channels too, 2 = on the list of numbers to ring, then again.
        answered_at: 收到; ``recorded``: noted by the duty officer after a call.
        tried: calls by telephone in vain. voice: where it answered by a key on the telephone its number, masked.
        wants_person: it asked by a key on the telephone that somebody rings.
    """

    recipient: str
    stage: int
    called_at: datetime
    reachable: bool = True
    step: int = 0
    stepped_at: datetime | None = None
    answered_at: datetime | None = None
    answered_by: str = ""
    recorded: bool = False
    tried: int = 0
    voice: str = ""
    wants_person: bool = False

    @property
    def silent(self) -> bool:
        """Whether it has not answered."""
        return self.answered_at is None

    @property
    def since(self) -> datetime:
        """From when its next step is counted."""
        return self.stepped_at or self.called_at


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """What a recipient said of one measure: ``done`` or ``not_applicable``, with a reason, perhaps a picture."""

    status: str
    at: datetime
    by: str
    reason: str = ""
    evidence: str = ""


@dataclass(slots=True)
class WarningCase(CaseWithFiles):
    """One warning.

    Attributes:
        proposal: what waits for a decision. stages: what was issued, the newest last.
        waking: by recipient. members: who reads it beside them and need not answer.
        measures: by (recipient, number of the measure, from 1).
        facts: figures that were said for the plan's own conditions, as plain data.
        plans: id and title of those under which it may fall; plan_asked: nobody has said yet which of them.
        identifiers: (sender, identifier) of the CAP messages that brought it, its changes too.
        asked: how often it was asked what comes after the end, the last time at ``asked_at``.
    """

    OPEN_STATES: ClassVar[frozenset[str]] = frozenset({"taken", "in_force"})
    COLLECTIONS: ClassVar[tuple[str, ...]] = ("stages", "waking", "measures", "facts", "identifiers", "files")

    plans: tuple[tuple[str, str], ...] = ()
    plan_asked: bool = False
    proposal: Proposal | None = None
    stages: list[Stage] = field(default_factory=list)
    waking: dict[str, Waking] = field(default_factory=dict)
    members: tuple[str, ...] = ()
    measures: dict[tuple[str, int], Measure] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    identifiers: set[tuple[str, str]] = field(default_factory=set)
    asked: int = 0
    asked_at: datetime | None = None
    closing: str = ""

    @property
    def stage(self) -> Stage | None:
        """What was said last."""
        return self.stages[-1] if self.stages else None

    @property
    def content(self) -> Content:
        """What is in force, or what waits where nothing is."""
        stage = self.stage
        if stage is not None:
            return stage.content
        return self.proposal.content if self.proposal is not None else Content()

    @property
    def in_force(self) -> bool:
        """Whether it holds now."""
        return self.state == "in_force"

    @property
    def issuing(self) -> Stage | None:
        """The stage that first put it in force: by it is known who lifts it (谁发布，谁解除)."""
        return self.stages[0] if self.stages else None

    def silent(self) -> Iterator[Waking]:
        """Yield who has not answered what is in force."""
        yield from (item for item in self.waking.values() if item.silent)

    def measures_of(self, recipient: str) -> Iterator[tuple[int, str, Measure | None]]:
        """Yield number, words and state of each measure for a recipient."""
        stage = self.stage
        for number, text in enumerate(stage.measures if stage is not None else (), 1):
            yield number, text, self.measures.get((recipient, number))


def same_issuer(one: str, other: str) -> bool:
    """Return whether two names are of one issuer: 区气象台 is 晋城市城区气象台 and 区气象局, and not 市气象台."""
    names = sorted((name.replace("气象局", "气象台") for name in (one, other)), key=len)
    return bool(names[0]) and names[1].endswith(names[0])


def act_of(before: Content | None, after: Content) -> str:
    """Return what a stage does, by comparing what it says with what is in force."""
    if before is None:
        return "issue"
    if before.height >= 0 and after.height >= 0 and after.height != before.height:
        return "raise" if after.height > before.height else "lower"
    return "extend" if _goes_on(before, after) else "update"


def _goes_on(before: Content, after: Content) -> bool:
    """Return whether the same holds longer: 4时至10时, then 10时至14时 without a gap."""
    if before.ends is None or after.ends is None or after.ends <= before.ends:
        return False
    joined = after.starts is None or before.starts is None or before.starts <= after.starts <= before.ends
    return joined and same_but_end(replace(before, starts=None), replace(after, starts=None))


def same_but_end(one: Content, other: Content) -> bool:
    """Return whether two contents say the same but for the end and the words; a level that one does not say is none."""
    if not one.level or not other.level:
        one, other = replace(one, level=""), replace(other, level="")
    return replace(one, ends=None, words={}, text="") == replace(other, ends=None, words={}, text="")


def with_unsaid(before: Content, after: Content) -> Content:
    """Return what a change says, with what it does not say as it was: where, from whom, until when, of what.

    A level goes with its colour: where that changed it is not known from before.
    """
    kept = {
        name: getattr(before, name)
        for name in ("hazard", "colour", "issuer", "starts", "ends", "areas")
        if not getattr(after, name)
    }
    if not after.level and (not after.colour or after.colour == before.colour):
        kept["level"] = before.level
    return replace(after, **kept)
