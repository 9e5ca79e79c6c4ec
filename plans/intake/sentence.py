"""Tokens of a sentence -> mentions: which number goes with which harm, within a clause and across clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from plans.intake.denial import denial, strongest
from plans.intake.joining import befalls, denied_behind, following, glued
from plans.intake.mentions import Mention
from plans.intake.people import Group, counted, helpers, implied, joined
from plans.intake.reading import Span
from plans.intake.tokens import Token
from plans.intake.words import CASUALTY

_NO_SUBJECT = re.compile(
    r"者|员|面积|人数|原因|人员|病例|率|总数|威胁|危险|事故|事件|名单|家属|的|风险|患|身份|赔偿|情况|学生|男|女|"
    r"乘客|程度|鉴定|症状|现场"
)
_NOUNS = frozenset(
    (
        "死者",
        "死难者",
        "遗体",
        "尸体",
        "伤者",
        "伤员",
        "伤病员",
        "病例",
        "患者",
        "病人",
        "确诊病例",
        "确诊患者",
        "感染者",
        "症状",
    )
)
_AGENT = re.compile(r"(?:被|遭到?|让|由|被其中)$")
_TALK = re.compile(r"[^,。;]{0,12}(?:告诉|说|称|表示|介绍|认为|看到|透露|证实|目击|报警|发现|回忆)")
_LEFT = re.compile(r"(?:仍有?|尚有?|还有|还|只剩)$")
_STILL = re.compile(r"[^,。;]{0,4}(?:仍|尚未|还在)")
_RUNNING = frozenset(("累计", "共计", "总计", "合计", "总共", "一共", "共", "至此"))
_INJURED = frozenset(("hurt", "wound", "serious", "critical", "grave", "light"))
_CERTAIN = _INJURED | {"dead", "missing"}
_AMONG_ALL = re.compile(r"(?<!其)中:$")
_AMONG = re.compile(r"(?<!其)中,?(?:的|有|已有|又有)?$")
_OWN_NOUN = re.compile(r"[^,。;:将把对被给跟和与向同在]{0,10}")
_TO_A_NUMBER = frozenset(("sum", "update", "count", "colon", "new", "included", "unclear", "deny", "folk", "one"))
_AT_WORK = re.compile(
    r"(?:消防员|消防战士|民警|辅警|交警|医生|护士|保安)[^,。;]{0,6}?(?:救(?!火)|赶|到场|到达|抢|扑|处置|搜|发现|"
    r"说|称|表示)"
)
_ALL = re.compile(r"全部|全都|均|都")
_LATE = re.compile(r"无效|不治|伤势过重|重伤去世|伤重")
_TAKEN_IN = re.compile(r"[^,。;]{0,3}(?:收治|接收|接诊|救治|救出|抢救)")
_FROM = re.compile(r"[由从][^,。;]{0,8}$")
_AND = re.compile(r"(?:和|与|及|以及|、)[^,。;]{0,3}")


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
        self._steer(token)
        return at + 1

    def _steer(self, token: Token) -> None:
        kind = token.kind
        if kind in ("comma", "colon"):
            self.flags -= {"other", "update", "new", "included"}
            if not self.summing:  # 造成 … sums up as long as clauses with numbers follow
                self.flags -= {"sum", "running"}
            self.summing = False
            self.here = None
        elif kind == "open":
            if not self.depth:
                self.parent = self._last()
            self.depth += 1
        elif kind == "close":
            self.depth = max(0, self.depth - 1)
        elif kind == "sub":
            self.flags.add("sub")
            self.parent = self._last()
        elif kind == "within":
            self.flags.discard("sub")
        elif kind == "sum" and not _TAKEN_IN.match(self.text, token.end):
            self.flags.add("sum")
            self.summing = True
            if self.text[token.start : token.end] in _RUNNING:
                self.flags.add("running")
        elif kind in ("other", "update", "new", "included"):
            self.flags.add(kind)
            if kind == "other":
                self.flags.discard("sub")

    def _last(self) -> int:
        return self.groups[-1].index if self.groups else self.first_group - 1

    def _next(self) -> int:
        return self.first_group + len(self.groups)

    def _add(self, kind: str, group: Group, span: Span, zero: bool = False, carried: bool = False) -> None:
        if kind == "harm":  # 9人伤亡: how many died and how many were hurt is not said
            self._raise((kind,), span)
            return
        if group.folk and kind != "dead":  # 学生受伤: one or several?
            group = replace(group, low=1, high=None, stated=None, unknown=True)
        group.kinds.append(kind)
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
                left=_LEFT.search(self.text, max(0, group.start - 3), group.start) is not None
                or _STILL.match(self.text, group.end) is not None,
                carried=carried,
                late=_LATE.search(self.text, span[0], span[1]) is not None,
                scene="当场" in self.text[span[0] : span[1]],
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
        if _AGENT.search(self.text, max(0, first.start - 3), first.start):
            self.flags.discard("sub")  # 被其中一名男子: who did it, not whom it befell
            return scan + 1 if scan < len(self.tokens) and self.tokens[scan].kind == "one" else scan
        kinds, end, stop = following(self.text, self.tokens, scan)
        if helpers(self.text, group, end) or (first.bare and not kinds):
            return scan
        self.groups.append(group)
        self.summing = True
        if kinds or not _TALK.match(self.text, group.end):
            self.subject = self.here = group
        if "update" in self.flags and not kinds and self.mentions:
            self._add(self.mentions[-1].kind, group, (group.start, group.end))  # 死亡2人有误，实为1人
            return scan
        if _AMONG_ALL.search(self.text, max(0, group.start - 14), group.start):
            self.flags.add("sub")  # 其余6名伤者中：…
            self.parent = group.index - 1
        part = _AMONG.search(self.text, max(self._before(group), group.start - 14), group.start)
        if part:
            self.flags.add("sub")
            self.parent = group.index - 1
        if "trapped" in kinds and "safe" in kinds and _ALL.search(self.text, group.end, end):
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
        noun = own is not None and own.kind in ("one", "folk") and _OWN_NOUN.fullmatch(self.text, group.end, own.start)
        return scan + 1 if noun else scan

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
        if kinds[0] == "dead" and _INJURED & set(kinds[1:]):
            kinds = ["harm"]  # 撞死撞伤20人
        ahead, update = scan + 1, False
        while ahead < len(tokens) and tokens[ahead].kind in _TO_A_NUMBER:
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
                if old and _FROM.search(self.text, tokens[scan].end, token.start):
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
        self.groups.append(group)
        if update:
            self.flags.add("update")
        for kind in kinds:
            self._add(kind, group, (self.tokens[at].start, group.end))
        self.flags -= {"other", "update", "new", "included"}
        self.subject = self.here = group
        return scan

    # --------------------------------------- 司机当场死亡: no number at all

    def _people(self, at: int) -> int:
        group, scan = implied(self.text, self.tokens, at, self._next())
        if _AGENT.search(self.text, max(0, group.start - 3), group.start):
            return scan
        ahead = self.tokens[scan] if scan < len(self.tokens) else None
        if ahead and ahead.kind == "count" and self.text[group.end : ahead.start].strip() in ("", "等"):
            return scan  # 母女二人: the number follows
        if group.folk and _AT_WORK.match(self.text, group.start):
            return scan
        if self.here is not None and group.folk:
            return scan  # an object: 歹徒砍伤学生
        if group.implied and not group.unknown and ahead and ahead.kind == "enum" and self._counts(scan + 1):
            start = self.tokens[scan + 1].start
            if _AND.fullmatch(self.text, group.end, start):
                return self._count(scan + 1, group)
        self.groups.append(group)
        self.here = group
        fresh = (group.unknown or group.folk) and self.subject is not None and not self.subject.kinds
        if not fresh and not _TALK.match(self.text, group.end):
            self.subject = group
        return scan

    def _counts(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].kind == "count"

    def _bare(self, at: int, scan: int, kinds: list[str]) -> None:
        first = self.tokens[at]
        span = (first.start, self.tokens[scan].end)
        word = self.text[first.start : first.end]
        noun = word in _NOUNS or _NO_SUBJECT.match(self.text, span[1]) is not None
        if "harm" in kinds:
            self._raise(kinds, span)
        elif self.here is not None:
            self._link(self.here, strongest(kinds), span, carried=self.here.kinds != [])
        elif kinds == ["safe"] and self.subject is not None and _ALL.search(self.text, max(0, span[0] - 4), span[0]):
            if "trapped" in self.subject.kinds:
                self._out(("trapped",), (self.subject.start, span[1]))  # 3人被困，均已获救
        elif self.subject is not None and (not noun or (self.subject.implied and word in ("遗体", "尸体"))):
            self._link(self.subject, strongest(kinds), span, carried=True)
        elif word in ("伤者", "伤员", "被困") and self.single is not None:
            self.here = self.subject = self.single
            if "dead" in kinds:  # 伤者已身亡
                self._link(self.single, ["dead"], span, carried=True)
        elif not noun or word in ("伤者", "伤员", "死者"):
            self._raise(kinds, span)

    def _link(self, people: Group, kinds: Sequence[str], span: Span, carried: bool) -> None:
        said = set(people.kinds)
        if said and self.text.startswith("自杀", span[0]):
            return  # who shot others and then himself
        for kind in kinds:
            if kind == "harm" or kind in said or "dead" in said:
                continue
            if carried and kind in ("safe", "hospital") and (said or people.implied):
                continue
            if carried and people.implied and kind not in _CERTAIN:
                continue
            if kind in ("hurt", "wound", "light") and _INJURED & said:
                continue
            if "safe" in said and kind != "dead" and kind not in _INJURED:
                continue
            self._add(kind, people, (min(people.start, span[0]), max(people.end, span[1])), carried=carried)

    def _raise(self, kinds: Sequence[str], span: Span) -> None:
        for kind in kinds:
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
