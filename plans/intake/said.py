"""What a sentence has said so far: its people and mentions, and the words that steer what a number means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from plans.intake import cues
from plans.intake.body_words import HEADS as BODY_HEADS
from plans.intake.body_words import bodily_end
from plans.intake.mentions import Mention
from plans.intake.patterns import lazy
from plans.intake.people import Group
from plans.intake.reading import Span
from plans.intake.tokens import Token, word_at
from plans.intake.words import SINGULAR

LISTED = 12
"""Groups, and tokens, that a look back or ahead takes in: no list in a report is longer, and time stays linear."""
_SOME = ("有", "些", "名", "多", "几")
"""Before a noun: it may tell of several."""
_REACH = 40
"""Characters in which a noun is looked for again."""
_BEFALLS_ONE = frozenset(("wound", "hurt", "light", "serious", "critical", "grave", "faint", "ill", "missing"))
_SINGULAR = lazy(rf"(?:{SINGULAR})")
_UP_TO_A_MARK = lazy(r"(?s:.*)[,:。;!?\n ]")


class Said:
    """Keeps the people last spoken of, and of whom 其中 speaks.

    Args:
        text: normalised text.
        tokens: the tokens of the sentence.
        index: which sentence of the text.
        first_group: number of the next group of people.
        single: the one person whom the sentence before spoke of, to whom 伤者 refers.
    """

    def __init__(self, text: str, tokens: Sequence[Token], index: int, first_group: int, single: Group | None) -> None:
        self.text, self.tokens, self.index, self.single = text, tokens, index, single
        self.mentions: list[Mention] = []
        self.groups: list[Group] = []
        self.raised: dict[str, Span] = {}
        self.first_group = first_group
        self.subject: Group | None = None  # whom a clause without people of its own speaks of
        self.here: Group | None = None  # people that this clause itself names
        self.flags: set[str] = set()
        self.parent = -1
        self.by_place = False  # 其中 lists places, each with numbers of its own
        self.depth = 0
        self.summing = False  # this clause sums up or holds a number
        self.before_open: list[Group | None] = []
        self.renewing = False  # a word of change has not met its number yet
        self.remainder = False  # 其余: those of a total who are not listed
        self.loose: Group | None = None  # 掉下去一个: nothing proves that it counts people, until one is missing
        self.last_kind = ""
        self.pairs: dict[int, int] = {}  # number -> harms with their numbers behind it; `LISTED`: a harm stands last

    def _steer(self, token: Token) -> None:
        kind = token.kind
        if kind in ("comma", "colon"):
            self.flags -= {"other", "new", "included"} if self.renewing else {"other", "update", "new", "included"}
            self.remainder = False
            if not self.summing:  # 造成 … sums up as long as clauses with numbers follow
                self.flags -= {"sum", "running"}
            self.summing = False
            self.here = None
        elif kind == "open":
            if not self.depth:
                self.parent = self._last()
            self.depth += 1
            self.before_open.append(self.subject)
        elif kind == "close":
            self.depth = max(0, self.depth - 1)
            if self.before_open:
                self.subject, self.here = self.before_open.pop(), None
            if not self.depth:
                self.flags.discard("sub")
        elif kind == "sub":
            self.flags.add("sub")
            self.parent, self.by_place = self._last(), False
        elif kind == "within":
            self.flags.discard("sub")
        elif kind == "sum" and not cues.TAKEN_IN.match(self.text, token.end):
            self.flags.add("sum")
            self.summing = True
            if self.text[token.start : token.end] in cues.RUNNING:
                self.flags.add("running")
        elif kind in ("other", "update", "new", "included"):
            self.flags.add(kind)
            self.renewing = self.renewing or kind == "update"
            if kind == "other":
                self.flags.discard("sub")
                self.remainder = self.text[token.start : token.end] in cues.REMAINDER

    def _clause_start(self, at: int) -> int:
        mark = _UP_TO_A_MARK.match(self.text, max(0, at - 30), at)
        return mark.end() if mark else 0

    def _last(self) -> int:
        return self.groups[-1].index if self.groups else self.first_group - 1

    def _next(self) -> int:
        return self.first_group + len(self.groups)

    def _remains(self, group: Group) -> bool:
        before = cues.LEFT.search(self.text, max(0, group.start - 3), group.start)
        return before is not None or cues.STILL.match(self.text, group.end) is not None

    def _those_still(self, at: int) -> bool:
        """10人被困，救出7人，还困着3人: those who are left, where some are out."""
        return cues.STILL_IN.search(self.text, max(0, at - 40), at) is not None

    def _before(self, group: Group) -> int:
        return self.groups[-2].end if len(self.groups) > 1 else group.start

    def _add(self, kind: str, group: Group, span: Span, zero: bool = False, carried: bool = False) -> None:
        if kind == "harm":  # 9人伤亡: how many died and how many were hurt is not said
            group.toll = True
            self._raise((kind,), span)
            return
        if self.text[group.start] == "首" and any(mention.kind == kind for mention in self.mentions[-LISTED:]):
            return  # 死亡…，为首例死亡病例: the one just told of
        one = kind == "dead" or (kind in _BEFALLS_ONE and self._is_one(group))
        one = one or (kind == "wound" and self._has_a_body(group, span))
        one = one and (kind == "dead" or not self._told_before(group))
        if group.folk and not one:  # 学生受伤: one or several?
            group = replace(group, low=1, high=None, stated=None, unknown=True)
        group.kinds.append(kind)
        group.part = group.part or "sub" in self.flags or self.depth > 0
        self.last_kind = kind
        self.summing = True
        self.mentions.append(
            Mention(
                kind=kind,
                low=group.low,
                high=group.high,
                stated=group.stated,
                span=span,
                sentence=self.index,
                group=group.index,
                parent=self.parent,
                sub="sub" in self.flags or self.depth > 0,
                other="other" in self.flags,
                update="update" in self.flags,
                new="new" in self.flags or "included" in self.flags,
                included="included" in self.flags,
                summary="sum" in self.flags,
                running="running" in self.flags,
                left=kind in cues.LASTING
                and (
                    self._remains(group)
                    or self._those_still(span[0])
                    or cues.IN_CARE.search(self.text, max(0, span[0] - 4), span[0]) is not None
                ),
                carried=carried,
                late=kind == "dead" and cues.LATE.search(self.text, span[0], span[1]) is not None,
                scene=kind == "dead" and "当场" in self.text[span[0] : span[1]],
                implied=group.implied,
                hedged=group.hedged,
                zero=zero,
                unknown=group.unknown,
                venue=self._venue(group),
                told=cues.TOLD.search(self.text, max(0, span[0] - 6), span[0]) is not None,
                words=self.text[span[0] : span[1]],
                again=cues.AGAIN.search(self.text, max(0, span[0] - 12), span[0]) is not None,
                relative=self.text.startswith("的", span[1]),
                bare=self.text[group.end - 1 : group.end] in ("个", "人")
                and not (group.implied or cues.NOUN.match(self.text, group.end) or self._is_named(group.end)),
            )
        )

    def _is_named(self, at: int) -> bool:
        """一个服务员: a noun of somebody stands there."""
        word = word_at(self.text, at)
        return word is not None and word.kind in ("one", "folk")

    def _told_before(self, group: Group) -> bool:
        """夹伤1名保洁，保洁手指骨折: the noun was told before, so that he may be nobody else."""
        noun = self.text[group.start : group.end]
        return group.folk and noun in self.text[max(0, group.start - _REACH) : group.start]

    def _is_one(self, group: Group) -> bool:
        """司炉工重伤: of his trade there is one; 有保安受伤 may tell of several."""
        one = _SINGULAR.fullmatch(self.text, group.start, group.end) is not None
        return one and not self.text.endswith(_SOME, 0, group.start)

    def _has_a_body(self, group: Group, span: Span) -> bool:
        """保安手被划伤: it is one person's hand; 有学生胳膊骨折 may tell of several."""
        at = self._clause_start(span[0])
        return not self.text.endswith(_SOME, 0, group.start) and any(
            bodily_end(self.text, here) for here in range(max(at, group.end), span[1]) if self.text[here] in BODY_HEADS
        )

    def _venue(self, group: Group) -> str:
        before = max(0, group.start - 14)
        if not ("院" in (near := self.text[before : group.start]) or "诊所" in near or "中心" in near):
            return ""
        found = cues.VENUE.search(self.text, before, group.start)
        return found[1] if found else ""

    def _raise(self, kinds: Sequence[str], span: Span) -> None:
        for kind in kinds:
            self.last_kind = self.last_kind if kind == "harm" else kind
            for fact in ("dead", "hurt") if kind == "harm" else (kind,):
                self.raised.setdefault(fact, span)

    def _out(self, kinds: Sequence[str], span: Span) -> None:
        """They were, and are no more."""
        self.flags.add("update")
        self._zero(kinds, span)
        self.flags.discard("update")

    def _zero(self, kinds: Sequence[str], span: Span) -> None:
        for kind in kinds:
            for fact in ("dead", "hurt") if kind == "harm" else (kind,):
                if fact not in ("safe", "hospital"):
                    none = Group(index=self._next(), low=0, high=0, stated=0, start=span[0], end=span[1])
                    self.groups.append(none)
                    self._add(fact, none, span, zero=True)
