"""Tokens of a sentence -> mentions: which number goes with which harm, within a clause and across clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from plans.intake import cues
from plans.intake.denial import denial, strongest
from plans.intake.joining import befalls, denied_behind, following, glued
from plans.intake.mentions import Mention
from plans.intake.people import Group, counted, helpers, implied, joined
from plans.intake.reading import Span
from plans.intake.tokens import Token
from plans.intake.words import CASUALTY

_LISTED = 12
"""Groups, and tokens, that a look back or ahead takes in: no list in a report is longer, and time stays linear."""


class SentenceReader:
    """Reads one sentence; keeps the people last spoken of, and of whom 其中 speaks.

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
        self.depth = 0
        self.summing = False  # this clause sums up or holds a number
        self.before_open: list[Group | None] = []
        self.renewing = False  # a word of change has not met its number yet
        self.remainder = False  # 其余: those of a total who are not listed
        self.loose: Group | None = None  # 掉下去一个: nothing proves that it counts people, until one is missing
        self.last_kind = ""

    def read(self) -> None:
        """Fill `mentions`, `groups` and `raised`."""
        at = 0
        while at < len(self.tokens):
            at = self._step(at)

    def _step(self, at: int) -> int:
        token = self.tokens[at]
        if token.kind == "count":
            return self._count(at)
        if token.kind in CASUALTY:
            return self._harm(at)
        if token.kind in ("one", "folk", "pair", "some"):
            return self._people(at)
        if token.kind == "deny":
            return self._deny(at)
        if token.kind == "unhurt":
            self._zero(("hurt",), (token.start, token.end))
            return at + 1
        if token.kind == "nobody":
            self._zero(("dead",), (token.start, token.end))
            return at + 1
        self._steer(token)
        return at + 1

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
        elif kind == "sub":
            self.flags.add("sub")
            self.parent = self._last()
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

    def _last(self) -> int:
        return self.groups[-1].index if self.groups else self.first_group - 1

    def _next(self) -> int:
        return self.first_group + len(self.groups)

    def _remains(self, group: Group) -> bool:
        before = cues.LEFT.search(self.text, max(0, group.start - 3), group.start)
        return before is not None or cues.STILL.match(self.text, group.end) is not None

    def _add(self, kind: str, group: Group, span: Span, zero: bool = False, carried: bool = False) -> None:
        if kind == "harm":  # 9人伤亡: how many died and how many were hurt is not said
            self._raise((kind,), span)
            return
        if self.text[group.start] == "首" and any(mention.kind == kind for mention in self.mentions[-_LISTED:]):
            return  # 死亡…，为首例死亡病例: the one just told of
        if group.folk and kind != "dead":  # 学生受伤: one or several?
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
                left=kind in cues.LASTING and self._remains(group),
                carried=carried,
                late=kind == "dead" and cues.LATE.search(self.text, span[0], span[1]) is not None,
                scene=kind == "dead" and "当场" in self.text[span[0] : span[1]],
                implied=group.implied,
                hedged=group.hedged,
                zero=zero,
                unknown=group.unknown,
            )
        )

    # --------------------------------------- 3人受伤: number first

    def _count(self, at: int, beside: Group | None = None) -> int:
        first = self.tokens[at]
        group, scan = counted(self.text, self.tokens, at, self._next())
        if beside is not None:  # 司机和两名乘客
            group = joined(beside, group)
        if cues.AGENT.search(self.text, max(0, first.start - 3), first.start):
            self.flags.discard("sub")  # 被其中一名男子: who did it, not whom it befell
            return scan + 1 if scan < len(self.tokens) and self.tokens[scan].kind == "one" else scan
        kinds, end, stop = following(self.text, self.tokens, scan)
        if not kinds and self._running_total(first, group):
            return scan
        if first.bare and not kinds:
            self.loose = group
            return scan
        if helpers(self.text, group, end) or (
            not kinds and cues.POPULATION.search(self.text, max(0, group.start - 14), group.start)
        ):
            return scan
        self.groups.append(group)
        self.summing, self.remainder, self.renewing = True, False, False
        if kinds or not cues.TALK.match(self.text, group.end):
            self.subject = self.here = group
        if "update" in self.flags and not kinds and self.mentions:
            self._add(self.mentions[-1].kind, group, (group.start, group.end))  # 死亡2人有误，实为1人
            return scan
        if cues.AMONG_ALL.search(self.text, max(0, group.start - 14), group.start):
            self.flags.add("sub")  # 其余6名伤者中：…
            self.parent = group.index - 1
        part = cues.AMONG.search(self.text, max(self._before(group), group.start - 14), group.start)
        if part:
            self.flags.add("sub")
            self.parent = group.index - 1
        if not kinds and self._those_left(group):
            return scan
        if "missing" in kinds and "dead" in kinds and cues.ALL.search(self.text, group.end, end):
            self._out(("missing",), (group.start, end))  # 3名失联人员均已遇难
        if "trapped" in kinds and "safe" in kinds and cues.ALL.search(self.text, group.end, end):
            self._out(("trapped",), (group.start, end))  # 3名被困学生已全部救出
        else:
            for kind in strongest(kinds):
                self._add(kind, group, (group.start, end))
        if part:
            self.flags.discard("sub")
        if kinds:
            self.flags -= {"other", "update", "new", "included"}
            return stop
        own = self.tokens[scan] if scan < len(self.tokens) else None
        noun = (
            own is not None and own.kind in ("one", "folk") and cues.OWN_NOUN.fullmatch(self.text, group.end, own.start)
        )
        return scan + 1 if noun else scan

    def _running_total(self, first: Token, group: Group) -> bool:
        """一共8个了, 累计6例: of what the sentence spoke of before."""
        counts = first.bare or (self.text[first.end - 1] == "例" and self.last_kind == "ill")
        summed = cues.SUMMED.search(self.text, max(0, group.start - 6), group.start)
        if not (counts and summed) or self.last_kind in ("", "safe"):
            return False
        self.groups.append(group)
        self._add(self.last_kind, group, (group.start, group.end))
        return True

    def _those_left(self, group: Group) -> bool:
        """7人被困，已救出5人，还有2人."""
        if not cues.LEFT.search(self.text, max(0, group.start - 3), group.start):
            return False
        for mention in self.mentions[-_LISTED:]:
            if mention.kind in ("trapped", "missing") and mention.low > group.low:
                self._add(mention.kind, group, (group.start, group.end))
                return True
        return False

    def _before(self, group: Group) -> int:
        return self.groups[-2].end if len(self.groups) > 1 else group.start

    # --------------------------------------- 死亡3人: harm first

    def _harm(self, at: int) -> int:
        tokens, scan = self.tokens, at
        kinds = [tokens[at].kind]
        # 死亡病例29例: adjoining words are one noun
        while (
            scan + 1 < len(tokens)
            and tokens[scan + 1].kind in CASUALTY
            and tokens[scan + 1].start - tokens[scan].end <= 1
        ):
            scan += 1
            kinds.append(tokens[scan].kind)
        if kinds[0] == "dead" and cues.INJURED & set(kinds[1:]):
            kinds = ["harm"]  # 撞死撞伤20人
        ahead, update = scan + 1, False
        while ahead < len(tokens) and tokens[ahead].kind in cues.TO_A_NUMBER:
            token = tokens[ahead]
            if token.kind == "unclear":
                self._raise([token.kind for token in tokens[at:ahead]], (tokens[at].start, token.end))
                return ahead + 1
            if token.kind == "deny":
                if not denied_behind(self.text, tokens[scan], token):
                    break
                self._zero(strongest(kinds), (tokens[at].start, token.end))
                return ahead + 1
            update = update or token.kind == "update"
            if token.kind == "count":
                after = ahead + 1
                old = after < len(tokens) and tokens[after].kind == "update" and tokens[after].start - token.end <= 6
                if old and cues.FROM.search(self.text, tokens[scan].end, token.start):
                    ahead = after  # 由2人上升为3人: the first number is what was
                    continue
                weak = set(kinds) <= {"safe", "hospital"}
                if not (update or glued(self.text, tokens[scan], token)) or (
                    weak and following(self.text, self.tokens, ahead + 1)[0]
                ):
                    break  # 救出3名被困学生: the number belongs to what follows it
                if kinds == ["harm"] and token.number and token.number.high == 0:
                    self._zero(kinds, (tokens[at].start, token.end))
                    return ahead + 1
                if old:
                    ahead = after
                    continue
                return self._numbered(at, ahead, strongest(kinds), update)
            ahead += 1
        behind = tokens[scan + 1] if scan + 1 < len(tokens) else None
        if behind and behind.kind in ("one", "pair") and cues.IS.fullmatch(self.text, tokens[scan].end, behind.start):
            group, end = implied(self.text, tokens, scan + 1, self._next())
            self.groups.append(group)
            for kind in strongest(kinds):
                self._add(kind, group, (tokens[at].start, group.end))
            return end
        if behind and behind.kind != "count" and befalls(self.text, tokens[at].start - 1, tokens[scan], behind):
            group, end = implied(self.text, tokens, scan + 1, self._next())
            self.groups.append(group)
            for kind in strongest(kinds):
                self._add(kind, group, (tokens[at].start, group.end))
            return end
        self._bare(at, scan, kinds)
        return scan + 1

    def _numbered(self, at: int, number: int, kinds: list[str], update: bool) -> int:
        group, scan = counted(self.text, self.tokens, number, self._next())
        behind = self.tokens[scan] if scan < len(self.tokens) else None
        if group.stated is None and behind and behind.kind == "unclear":
            self._raise(kinds, (self.tokens[at].start, behind.end))  # 伤了几个还不清楚
            return scan + 1
        self.groups.append(group)
        self.renewing = self.remainder = False
        if update:
            self.flags.add("update")
        none = group.high == 0
        if none and cues.NOW.search(self.text, max(0, self.tokens[at].start - 3), self.tokens[at].start):
            self.flags.add("update")
        for kind in kinds:
            self._add(kind, group, (self.tokens[at].start, group.end), zero=none)
        if cues.NO_MORE.match(self.text, group.end) and set(kinds) <= {"trapped", "missing"}:
            self._out(kinds, (self.tokens[at].start, group.end))
        self.flags -= {"other", "update", "new", "included"}
        self.subject = self.here = group
        return scan

    # --------------------------------------- 司机当场死亡: no number at all

    def _people(self, at: int) -> int:
        group, scan = implied(self.text, self.tokens, at, self._next())
        if cues.AGENT.search(self.text, max(0, group.start - 3), group.start):
            return scan
        ahead = self.tokens[scan] if scan < len(self.tokens) else None
        if ahead and ahead.kind == "count" and self.text[group.end : ahead.start].strip() in ("", "等"):
            return scan  # 母女二人: the number follows
        if group.folk and cues.AT_WORK.match(self.text, group.start):
            return scan
        if self.here is not None and group.folk:
            return scan  # an object: 歹徒砍伤学生
        if group.implied and not group.unknown and ahead and ahead.kind == "enum" and self._counts(scan + 1):
            start = self.tokens[scan + 1].start
            if cues.AND.fullmatch(self.text, group.end, start):
                return self._count(scan + 1, group)
        self.groups.append(group)
        self.here = group
        fresh = (group.unknown or group.folk) and self.subject is not None and not self.subject.kinds
        if not fresh and not cues.TALK.match(self.text, group.end):
            self.subject = group
        return scan

    def _counts(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].kind == "count"

    def _bare(self, at: int, scan: int, kinds: list[str]) -> None:
        first = self.tokens[at]
        span = (first.start, self.tokens[scan].end)
        word = self.text[first.start : first.end]
        self.last_kind = strongest(kinds)[0] if kinds != ["harm"] else self.last_kind
        noun = word in cues.NOUNS or cues.NO_SUBJECT.match(self.text, span[1]) is not None
        if "harm" in kinds:
            self._raise(kinds, span)
        elif self.remainder and self.here is None and (rest := self._rest(span)) is not None:
            for kind in strongest(kinds):
                self._add(kind, rest, span)
        elif self.here is not None:
            self._link(self.here, strongest(kinds), span, carried=self.here.kinds != [])
        elif self.loose is not None and not noun and set(kinds) <= {"dead", "missing"}:
            group = replace(self.loose, index=self._next(), kinds=[])
            self.groups.append(group)
            self.loose = None
            self._link(group, strongest(kinds), (group.start, span[1]), carried=True)
        elif (
            kinds == ["safe"] and self.subject is not None and cues.ALL.search(self.text, max(0, span[0] - 4), span[0])
        ):
            if "trapped" in self.subject.kinds:
                self._out(("trapped",), (self.subject.start, span[1]))  # 3人被困，均已获救
        elif self.subject is not None and self.subject.kinds and "dead" in kinds and self._somebody_else(span):
            self._raise(kinds, span)
        elif self.subject is not None and (not noun or (self.subject.implied and word in ("遗体", "尸体"))):
            self._link(self.subject, strongest(kinds), span, carried=True)
        elif word in ("伤者", "伤员", "被困") and self.single is not None:
            self.here = self.subject = self.single
            if "dead" in kinds:  # 伤者已身亡
                self._link(self.single, ["dead"], span, carried=True)
        elif word in cues.PATIENT and self._dies(scan + 1):
            self.here = self.subject = Group(
                index=self._next(), low=1, high=1, stated=1, start=span[0], end=span[1], implied=True, folk=True
            )
            self.groups.append(self.here)
        elif not noun or word in ("伤者", "伤员", "死者"):
            self._raise(kinds, span)

    def _somebody_else(self, span: Span) -> bool:
        """5人受伤，嫌疑人被击毙: the clause of a death names people of its own, whoever they are."""
        start = max(self.text.rfind(mark, max(0, span[0] - 20), span[0]) for mark in ",:。; ") + 1
        return cues.OWN_PERSON.match(self.text, start, span[0]) is not None

    def _dies(self, at: int) -> bool:
        """A death without a number follows in the sentence: 患者…宣告死亡 speaks of one."""
        for token in self.tokens[at : at + _LISTED]:
            if token.kind == "dead":
                return True
            if token.kind in ("count", "deny", "some", "one", "folk", "pair"):
                return False
        return False

    def _rest(self, span: Span) -> Group | None:
        """4人摔倒，1人骨折，其余挫伤: those of a total who are not listed."""
        known = [group for group in self.groups if not (group.implied or group.unknown or group.folk or group.part)]
        known = known[-_LISTED:]
        for at, total in enumerate(known):
            left = total.low - sum(group.low for group in known[at + 1 :] if group.start > total.start)
            if len(known) > at + 1 and total.low == total.high and left > 0:
                self.remainder = False
                group = Group(index=self._next(), low=left, high=left, stated=left, start=span[0], end=span[1])
                self.groups.append(group)
                return group
        return None

    def _link(self, people: Group, kinds: Sequence[str], span: Span, carried: bool) -> None:
        said = set(people.kinds)
        if said and self.text.startswith("自杀", span[0]):
            return  # who shot others and then himself
        for kind in kinds:
            if kind == "harm" or kind in said or "dead" in said:
                continue
            if carried and kind in ("safe", "hospital") and (said or people.implied):
                continue
            if carried and people.implied and kind not in cues.CERTAIN:
                continue
            if kind in ("hurt", "wound", "light") and cues.INJURED & said:
                continue
            if "safe" in said and kind != "dead" and kind not in cues.INJURED:
                continue
            if kind == "dead" and "missing" in said and cues.ALL.search(self.text, max(0, span[0] - 4), span[0]):
                self._out(("missing",), span)  # 3名失联人员全部找到，均已遇难
            self._add(kind, people, (min(people.start, span[0]), max(people.end, span[1])), carried=carried)

    def _raise(self, kinds: Sequence[str], span: Span) -> None:
        for kind in kinds:
            self.last_kind = self.last_kind if kind == "harm" else kind
            for fact in ("dead", "hurt") if kind == "harm" else (kind,):
                self.raised.setdefault(fact, span)

    # --------------------------------------- 无人员伤亡: none

    def _deny(self, at: int) -> int:
        found = denial(self.text, self.tokens, at, self.here is not None or self.subject is not None)
        if found.known:
            self._zero(found.kinds, found.span)
        else:
            self._raise(found.kinds, found.span)
        return found.end

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
