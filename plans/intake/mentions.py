"""Tokens -> mentions: which number goes with which harm, within a clause and across the clauses of one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from plans.intake.reading import Span
from plans.intake.tokens import Token
from plans.intake.words import CASUALTY, OTHER_EVENT, RESCUER, SENT

_OTHER_EVENT = re.compile(OTHER_EVENT)
_GLUE = re.compile(
    r"(?:人数|人员|人|者|病例|患者|病人|的|数|总数|合计|总计|共计|累计|共|已|约|情况|了|有|为|是|达到|达|:|：| |由|从|原来|此前|之前|开始|初步|统计|暂|核实|报告|确认)*"
)
_NOUN_GLUE = re.compile(r"[^,。;:!?\d]{0,10}")
_NOT_CARRIED = re.compile(r"者|员|人数|原因|人员|病例|率|总数|威胁|危险|事故|事件|名单|家属|的|风险|患|身份|赔偿|情况|学生|男|女|乘客|程度")
_NOUNS = frozenset(("死者", "死难者", "遗体", "尸体", "伤者", "伤员", "伤病员", "病例", "患者", "病人", "确诊病例", "确诊患者", "感染者", "症状"))
_AGENT = re.compile(r"(?:被|遭到?|遭遇|让|由|被其中|与|跟|向)$")
_UNKNOWN_DENIAL = re.compile(r"公布|统计|确认|核实|明确|知|掌握|透露|披露|通报|清楚|证实|确定|查明|法|统计")
_NOT_ALL = re.compile(r"更|重大|严重|大规模|大量|进一步|较大|新的|再")
_GENERAL = re.compile(
    r"(?:再|有|出现|造成|发生|接到|收到|发现|引起|导致|产生|报告|任何|其他|其它|新的|新增|一|人员?|名|师生|学生|群众|乘客|村民|居民|旅客|游客|幼儿|孩子|儿童|教职工|员工|"
    r"工人|的|了|致|酿成?|酿|关于|相关|因此|此次|危|涉|列车|现场|疑似|新| )*"
)
_EVERYBODY = re.compile(r"(?:全部|均|都|所有|全体|大家|师生|无一|人员)[^,。;]{0,6}$")
_SCENE = re.compile(r"(?:当场|现场)[^,。;]{0,3}$")


@dataclass(frozen=True, kw_only=True)
class Mention:
    """One statement of a number of people for one kind of harm.

    Args:
        kind: a casualty kind of `words`.
        low, high, stated: bounds and the number as written; high None = unbounded.
        span: from the number to the word, or the word alone.
        sentence: index of the sentence.
        group: which people; equal for the several harms of the same people.
        parent: the group of which these people are a part (其中), or -1.
        summary: the sentence sums up (造成, 共, 累计).
        implied: the number follows from the noun (司机当场死亡).
        zero: stated as none; ``unknown``: exists but is not counted.
    """

    kind: str
    low: int | float
    high: int | float | None
    stated: int | float | None
    span: Span
    sentence: int
    group: int
    parent: int = -1
    sub: bool = False
    other: bool = False
    update: bool = False
    new: bool = False
    summary: bool = False
    running: bool = False
    implied: bool = False
    carried: bool = False
    background: bool = False
    hedged: bool = False
    zero: bool = False
    unknown: bool = False


@dataclass
class _Group:
    """People spoken of together: a head count, a list of counts, or a noun that implies a number."""

    index: int
    low: int | float
    high: int | float | None
    stated: int | float | None
    start: int
    end: int
    hedged: bool = False
    implied: bool = False
    unknown: bool = False
    kinds: list[str] = field(default_factory=list)


class _Sentence:
    """Reads one sentence; keeps the people last spoken of, and of whom 其中 speaks."""

    def __init__(self, text: str, tokens: Sequence[Token], index: int, first_group: int, background: bool) -> None:
        self.text, self.tokens, self.index = text, tokens, index
        self.mentions: list[Mention] = []
        self.groups: list[_Group] = []
        self.first_group = first_group
        self.background = background
        self.subject: _Group | None = None
        self.flags: set[str] = set()
        self.parent = -1
        self.depth = 0
        self.used: set[int] = set()
        self.raised: dict[str, Span] = {}

    def group(self, start: int, end: int, low: int | float, high: int | float | None, **more: object) -> _Group:
        made = _Group(index=self.first_group + len(self.groups), low=low, high=high, stated=low, start=start, end=end)
        made = replace(made, **more)  # type: ignore[arg-type]
        self.groups.append(made)
        return made

    def add(self, kind: str, group: _Group, span: Span, **more: bool) -> None:
        group.kinds.append(kind)
        self.mentions.append(
            Mention(
                kind=kind, low=group.low, high=group.high, stated=group.stated, span=span, sentence=self.index,
                group=group.index, parent=self.parent, sub="sub" in self.flags or self.depth > 0,
                other="other" in self.flags, update="update" in self.flags, new="new" in self.flags,
                summary="sum" in self.flags, running="running" in self.flags,
                implied=group.implied, background=self.background, hedged=group.hedged, unknown=group.unknown,
                **more,
            )
        )  # fmt: skip

    def read(self) -> None:
        at = 0
        while at < len(self.tokens):
            at = self.step(at)

    def step(self, at: int) -> int:
        token = self.tokens[at]
        if token.kind in ("comma", "colon"):
            self.flags -= {"other", "update", "new"}
            return at + 1
        if token.kind in ("open", "close"):
            self.depth = max(0, self.depth + (1 if token.kind == "open" else -1))
            return at + 1
        if token.kind == "sub":
            self.flags.add("sub")
            self.parent = self.groups[-1].index if self.groups else self.first_group - 1
            return at + 1
        if token.kind == "sum":
            word = self.text[token.start : token.end]
            self.flags.add("sum")
            if word in ("累计", "共计", "总计", "合计", "总共", "一共", "共"):
                self.flags.add("running")
            return at + 1
        if token.kind in ("other", "update", "new"):
            self.flags.add(token.kind)
            if token.kind == "other":
                self.flags.discard("sub")
            return at + 1
        if token.kind == "deny":
            return self.deny(at)
        if token.kind == "count":
            return self.count(at)
        if token.kind in CASUALTY:
            return self.harm(at)
        return at + 1

    # ------------------------------------------------------------------------------------------------ number first

    def gather(self, at: int) -> tuple[_Group, int]:
        """A head count together with those listed beside it (2名儿童、6名成人; 一男一女)."""
        tokens = self.tokens
        parts = [tokens[at]]
        scan = at + 1
        while scan < len(tokens):
            ahead = scan
            while ahead < len(tokens) and tokens[ahead].kind in ("one", "pair", "rescuer", "enum", "work") and ahead - scan < 4:
                ahead += 1
            if ahead >= len(tokens) or tokens[ahead].kind != "count":
                break
            between = self.text[parts[-1].end : tokens[ahead].start]
            listed = any(token.kind == "enum" for token in tokens[scan:ahead])
            if len(between) > 14 or not (listed or len(between) <= 1) or re.search(r"[,。;共有中的]", between):
                break
            parts.append(tokens[ahead])
            scan = ahead + 1
        numbers = [part.number for part in parts if part.number]
        high = None if any(n.high is None for n in numbers) else sum(n.high or 0 for n in numbers)
        stated = None if any(n.stated is None for n in numbers) else sum(n.stated or 0 for n in numbers)
        group = self.group(
            parts[0].start, parts[-1].end, sum(n.low for n in numbers), high, stated=stated, hedged=any(n.hedged for n in numbers)
        )
        return group, scan

    def count(self, at: int) -> int:
        if at in self.used:
            return at + 1
        first = self.tokens[at]
        before = self.text[max(0, first.start - 3) : first.start]
        agent = bool(_AGENT.search(before))
        group, scan = self.gather(at)
        kinds, end, stop = self.following(scan)
        if self.sent(group, stop) or (first.bare and not kinds):
            return scan
        if agent and self.subject is not None:
            return scan
        self.subject = group
        chosen = _choose(kinds)
        for kind in chosen:
            self.add(kind, group, (group.start, end))
        if chosen:
            self.flags -= {"other", "update", "new"}
        return stop if kinds else scan

    def following(self, at: int) -> tuple[list[str], int, int]:
        """Harms that follow a count within its clause: kinds, where the last one ends, the token to go on with."""
        kinds: list[str] = []
        end = self.tokens[at - 1].end
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.kind in ("count", "comma", "colon", "open", "close", "sub", "other", "deny", "sum", "update", "new"):
                if token.kind == "deny" and not kinds and self.denies_next(at):
                    return ["safe"], token.end, at + 2
                break
            if kinds and token.kind in ("one", "pair", "some"):
                break
            if token.kind in CASUALTY:
                following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
                if kinds and following and following.kind == "count" and self.glued(token, following) and self.tokens[at - 1].kind == "enum":
                    break
                if following is None or following.kind != "unclear":
                    kinds.append(token.kind)
                    end = token.end
            at += 1
        return kinds, end, at

    def denies_next(self, at: int) -> bool:
        return at + 1 < len(self.tokens) and self.tokens[at + 1].kind in CASUALTY

    def sent(self, group: _Group, stop: int) -> bool:
        """Rescuers and their work are no casualties (154名消防队员赶赴火场)."""
        before = self.text[max(0, group.start - 6) : group.start]
        if re.search(rf"(?:{SENT})[^,。;]{{0,4}}$", before):
            return True
        behind = self.text[group.end : group.end + 10]
        if not re.match(rf"[^,。;]{{0,4}}(?:{RESCUER})", behind):
            return False
        clause = self.text[group.end : self.tokens[stop - 1].end if stop else group.end]
        return bool(re.search(r"赶|赴|出动|组织|投入|参与|展开|前往|搜救|营救|扑救|奋战|协助|抢救|救援|施救|处置|救治|转运|疏散", clause))

    # -------------------------------------------------------------------------------------------------- harm first

    def glued(self, harm: Token, number: Token) -> bool:
        between = self.text[harm.end : number.start]
        if len(between) > 14:
            return False
        match = _GLUE.match(between)
        return bool(match and match.end() == len(between))

    def harm(self, at: int) -> int:
        tokens, scan = self.tokens, at
        kinds = [tokens[at].kind]
        # "死亡病例29例", "重型病例": adjoining words are one noun
        while scan + 1 < len(tokens) and tokens[scan + 1].kind in CASUALTY and tokens[scan + 1].start - tokens[scan].end <= 1:
            scan += 1
            kinds.append(tokens[scan].kind)
        nearest = scan + 1
        update = False
        start = tokens[at].start
        while nearest < len(tokens) and tokens[nearest].kind in ("sum", "update", "count", "colon", "new", "unclear", "deny"):
            token = tokens[nearest]
            if token.kind == "update":
                update = True
            elif token.kind == "unclear":
                return self.unclear(at, nearest)
            elif token.kind == "deny":
                if re.fullmatch(r"[: ]*(?:人数|人员|情况|病例|者)?[: 为]*", self.text[tokens[scan].end : token.start]) and re.match(
                    r"无?(?:$|[,。;! ])", self.text[token.end :][:2]
                ):
                    self.zero(_choose(kinds), (start, token.end))
                    return nearest + 1
                break
            elif token.kind == "count":
                if not (update or self.glued(tokens[scan], token)):
                    break
                after = nearest + 1
                if after < len(tokens) and tokens[after].kind == "update" and tokens[after].start - token.end <= 6:
                    nearest = after  # 由2人上升为3人: the first number is what was
                    continue
                return self.numbered(at, nearest, _choose(kinds), update)
            nearest += 1
        return self.bare(at, scan, kinds)

    def numbered(self, at: int, counted: int, kinds: list[str], update: bool) -> int:
        group, scan = self.gather(counted)
        if update:
            self.flags.add("update")
        for kind in kinds:
            self.add(kind, group, (self.tokens[at].start, group.end))
        self.flags -= {"other", "update", "new"}
        self.subject = group
        return scan

    def unclear(self, at: int, until: int) -> int:
        span = (self.tokens[at].start, self.tokens[until].end)
        for kind in _choose([token.kind for token in self.tokens[at:until] if token.kind in CASUALTY]):
            for fact in ("dead", "hurt") if kind == "harm" else (kind,):
                self.raised.setdefault(fact, span)
        return until + 1

    def bare(self, at: int, scan: int, kinds: list[str]) -> int:
        """A harm without a number: who is it about?"""
        token = self.tokens[at]
        word = self.text[token.start : token.end]
        span = (token.start, self.tokens[scan].end)
        chosen = _choose(kinds)
        clause = self.clause(at)
        people = [index for index in clause if self.tokens[index].kind in ("one", "pair", "some") and index not in self.used]
        noun = word in _NOUNS or bool(_NOT_CARRIED.match(self.text, span[1]))
        if people:
            self.named(people, chosen, span)
        elif "harm" in kinds:
            self.raised.setdefault("dead", span)
            self.raised.setdefault("hurt", span)
        elif self.subject is not None and not noun:
            self.carry(chosen, span)
        elif not noun or word in ("伤者", "伤员", "死者"):
            for kind in chosen:
                self.raised.setdefault(kind, span)
        return scan + 1

    def named(self, people: list[int], chosen: list[str], span: Span) -> None:
        tokens = [self.tokens[index] for index in people]
        somebody = [token for token in tokens if token.kind == "some"]
        ones = [token for token in tokens if token.kind == "one"]
        pairs = [token for token in tokens if token.kind == "pair"]
        start = tokens[0].start
        if somebody:
            group = self.group(somebody[0].start, span[1], 1, None, stated=None, unknown=True)
            start = somebody[0].start
        elif pairs:
            group = self.group(start, span[1], 2, 2, implied=True)
        else:
            listed = [ones[0]]
            for token in ones[1:]:
                between = self.text[listed[-1].end : token.start]
                if re.fullmatch(r".{0,6}(?:、|和|与|及).{0,10}", between):
                    listed.append(token)
            head = self.text[max(0, listed[0].start - 5) : listed[0].start]
            if re.search(r"[两双](?:名|方|位|辆|车|客车|货车)*$", head):
                group = self.group(listed[0].start, span[1], 2, 2, implied=True)
            elif re.match(r"们", self.text[listed[-1].end :][:1]):
                group = self.group(listed[0].start, span[1], 1, None, stated=None, unknown=True)
            else:
                group = self.group(listed[0].start, span[1], len(listed), len(listed), implied=True)
            start = listed[0].start
        self.subject = group
        for kind in chosen:
            self.add(kind, group, (start, span[1]))

    def carry(self, chosen: list[str], span: Span) -> None:
        subject = self.subject
        if subject is None:
            return
        for kind in chosen:
            if kind in ("safe", "harm") or kind in subject.kinds or (kind == "hospital" and subject.kinds):
                continue
            if "dead" in subject.kinds or ("safe" in subject.kinds and kind != "dead"):
                continue
            self.add(kind, subject, (subject.start, span[1]), carried=True)

    def clause(self, at: int) -> range:
        start = at
        while start and self.tokens[start - 1].kind not in ("comma", "colon", "open", "close", "count", *CASUALTY):
            start -= 1
        return range(start, at)

    # ------------------------------------------------------------------------------------------------------ denial

    def deny(self, at: int) -> int:
        """无人员伤亡, 未出现死亡病例, 尚未接到报告: zero; what is merely not known is raised."""
        tokens, token = self.tokens, self.tokens[at]
        if token.start and self.text[token.start - 1] in "从" or (self.text[token.start : token.end] == "无" and self.text[token.start - 1 : token.start] in ("有",)):
            return at + 1
        harms: list[Token] = []
        scan, end = at + 1, token.end
        while scan < len(tokens):
            item = tokens[scan]
            if item.kind in CASUALTY:
                if item.start - end > 18:
                    break
                harms.append(item)
                end = item.end
            elif item.kind in ("enum", "sum", "one", "pair", "new", "other", "some", "deny", "rescuer"):
                pass
            elif item.kind == "count" and item.number and item.number.high in (0, 1) and not harms:
                pass
            else:
                break
            scan += 1
        if not harms:
            return at + 1
        gap = self.text[token.end : harms[0].start]
        if _UNKNOWN_DENIAL.search(gap):
            self.unclear_harms(harms, (token.start, end))
            return scan
        if harms[0].kind == "safe" or _NOT_ALL.search(gap):
            return scan
        kinds = [harm.kind for harm in harms]
        broad = "harm" in kinds
        match = _GENERAL.match(gap)
        specific = not match or match.end() != len(gap)
        direct = not gap and self.text[token.start : token.end] in ("未", "没", "没有", "并未", "尚未", "暂未")
        if direct and not _EVERYBODY.search(self.text[max(0, token.start - 10) : token.start]) and not broad:
            return scan
        if specific and not broad:
            return scan
        self.zero(kinds if len(harms) > 1 else _choose(kinds), (token.start, end))
        return scan

    def unclear_harms(self, harms: list[Token], span: Span) -> None:
        for harm in harms:
            for fact in ("dead", "hurt") if harm.kind == "harm" else (harm.kind,):
                self.raised.setdefault(fact, span)

    def zero(self, kinds: Sequence[str], span: Span) -> None:
        for kind in kinds:
            for fact in ("dead", "hurt") if kind == "harm" else (kind,):
                if fact in ("safe", "hospital"):
                    continue
                group = self.group(span[0], span[1], 0, 0)
                self.add(fact, group, span, zero=True)


def _choose(kinds: Sequence[str]) -> list[str]:
    """Which of several harms count for the same people: the dead count as dead only, and hospital only when nothing else is said."""
    if "dead" in kinds:
        return ["dead"]
    if kinds and kinds[0] == "safe":
        return ["safe"]
    if "harm" in kinds:
        return ["harm"]
    real = [kind for kind in dict.fromkeys(kinds) if kind not in ("safe", "hospital")]
    if "serious" in real or "light" in real:
        real = [kind for kind in real if kind not in ("hurt", "ill")]
    return real or [kind for kind in dict.fromkeys(kinds) if kind != "safe"]


def read_sentence(text: str, tokens: Sequence[Token], index: int, first_group: int, background: bool) -> _Sentence:
    """Mentions, groups and raised facts of one sentence of normalised text."""
    reader = _Sentence(text, tokens, index, first_group, background)
    reader.read()
    return reader
