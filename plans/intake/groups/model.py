"""Groups of people in a text: who is a part of whom, and what befell each."""

from __future__ import annotations

from dataclasses import dataclass, field

from plans.intake.groups.headings import Heading
from plans.intake.groups.mentions import Mention
from plans.intake.groups.refs import Many
from plans.intake.groups.units import Unit, are_apart, unit_in
from plans.intake.patterns import lazy
from plans.intake.person_words import Lot, Lots
from plans.intake.reading import Span

HARMED: frozenset[Lot] = frozenset(("hurt", "grave", "ill", "care"))
FINE: frozenset[Lot] = frozenset(("well", "out"))
HELD: frozenset[Lot] = frozenset(("held", "lost"))
MORE = lazy(r"(?:还有|另有|又有|外加|连同|加上|也有|又|另外|再|新)[^,。;!?\n\d]{0,6}$|另$")
"""Before people: they are others than those before."""
AMONG = lazy(r"(?:其中|包[括含]|(?<![在到了着从])里[头面边]|(?<=[个人名])里|当中|内?含|内有)[^,。;!?\n\d]{0,10}$")
"""Before people: they are some of those before."""
INSIDE = lazy(r"里[头面边](?:的|还|现在|目前|一共|总共|合计|共|就|大概|当时|本来)*(?:有|是|困了?|住了?|干活)?$")
"""Before people: a place, where nobody was told of before."""


@dataclass
class Group:
    """People of whom a text tells.

    Args:
        many: how many; None where it is not known.
        lots: what befell them, all of them.
        noun: who they are.
        kind: as of `Ref`.
        span: their words.
        parent: those of whom they are a part.
        marked: they are said to be a part (其中).
        tentative: some of them died, if their parts come to their number.
        there: of all of them it is only said that they were there.
        unit: where they were; that of those before, where none is named.
    """

    many: Many | None
    lots: Lots
    noun: str
    kind: str
    span: Span
    mention: Mention
    parent: Group | None = None
    parts: list[Group] = field(default_factory=list)
    marked: bool = False
    tentative: bool = False
    there: bool = False
    unit: Unit | None = None

    @property
    def several(self) -> bool:
        """Whether they are more than one."""
        return self.many is not None and self.many[1] > 1

    def remaining(self) -> Many | None:
        """How many of them no part has; None where it is not known."""
        if self.many is None or any(part.many is None for part in self.parts):
            return None
        low = self.many[0] - sum(part.many[1] for part in self.parts if part.many)
        high = self.many[1] - sum(part.many[0] for part in self.parts if part.many)
        return max(0, low), high


@dataclass
class Tree:
    """The groups of a text, and what was not understood."""

    roots: list[Group] = field(default_factory=list)
    gaps: set[str] = field(default_factory=set)
    nobody: dict[str, Span] = field(default_factory=dict)
    local: set[str] = field(default_factory=set)
    last: Group | None = None
    lost: bool = False
    """Somebody else was spoken of, or nobody is known."""
    aside: bool = False
    """What stood between tells of nobody else."""
    within: Group | None = None
    """Those of whom the same clause tells some (5人中1人)."""
    other: bool = False
    """Of somebody else words without people of their own may tell."""
    heading: Heading | None = None
    """What befell those of whom a list tells."""
    headed: bool = True
    """Somebody was told of under the heading."""
    illness: bool = False
    """An illness was named before anybody was spoken of."""
    singles: set[int] = field(default_factory=set)
    """Numbers that are of each of several, whose number is known (两家各3个)."""
    wholes: set[int] = field(default_factory=set)
    """What these come to."""
    of_each: list[tuple[Lot, int]] = field(default_factory=list)
    """Numbers that are of each of several, of whom it is not known how many they are."""
    attending: Span | None = None
    """Who is in hospital on behalf of others."""
    corrected: bool = False
    """A number was taken back and told anew."""
    unit: Unit | None = None
    """That which was named last."""
    plain: bool = False
    """Of each it is told in a clause of his own."""

    def of_other_unit(self, mention: Mention, group: Group) -> bool:
        """Whether people were in another unit than a group: 后车司机 and those of 前车."""
        return are_apart(unit_in(mention.lead) or self.unit, group.unit)

    def add(self, mention: Mention, parent: Group | None, many: Many | None = None) -> Group:
        """The people of a mention, as a part of others or beside them."""
        ref = mention.ref
        self.unit = unit_in(mention.lead) or self.unit
        group = Group(
            many if many is not None else ref.many,
            mention.lots,
            ref.noun,
            ref.kind,
            mention.piece.span,
            mention,
            parent,
            unit=self.unit,
        )
        (parent.parts if parent else self.roots).append(group)
        self.last, self.lost, self.other, self.aside = group, False, False, False
        return group

    def go_on_with(self, group: Group, lots: Lots) -> None:
        """More is told of people who were spoken of before."""
        group.lots = group.lots | lots
        self.last, self.lost, self.aside = group, False, False

    def chain(self) -> list[Group]:
        """The last group and those of whom it is a part, from within; then the roots before, last first."""
        found: list[Group] = []
        group = self.last
        while group is not None:
            found.append(group)
            group = group.parent
        for root in reversed(self.roots):
            if root in found or (not root.lots and root.kind == "one"):
                continue
            found.append(root)
            if root.many is not None and root.many[1] > 1:
                break
        return found

    def has(self, lots: Lots) -> bool:
        """Whether the same was told of somebody before, as 也 says."""
        weak = lots.keys() | ({"ill", "care"} if lots.keys() & {"ill", "care"} else set())
        return any(group.lots.keys() & weak for group in self.everybody())

    def everybody(self) -> list[Group]:
        """All groups in order."""
        found: list[Group] = []
        waiting = list(reversed(self.roots))
        while waiting:
            group = waiting.pop()
            found.append(group)
            waiting.extend(reversed(group.parts))
        return found


def total(groups: list[Group]) -> Many | None:
    """How many they are together."""
    low = high = 0
    for group in groups:
        if group.many is None:
            return None
        low, high = low + group.many[0], high + group.many[1]
    return low, high


def spread(group: Group, lots: Lots) -> None:
    """It befell all of them; who is dead or well was told so before."""
    if not group.parts:
        if "dead" not in group.lots:
            group.lots = lots | group.lots
        return
    left = group.remaining()
    if left is not None and left[1] > 0:
        group.lots = lots | group.lots
    for part in group.parts:
        spread(part, lots)
