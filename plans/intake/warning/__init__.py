"""A warning as met offices send it on -> kind, colour, stage, issuer, period and areas, each with its words.

Only what the text says is read: what may come, what somebody asks, what holds at such a warning, a drill, an old
warning and hearsay are none. `read` needs the time of the message, against which 今天 and 未来6小时 are understood.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from plans.intake.numerals import normalise
from plans.intake.patterns import lazy
from plans.intake.reading import SHANGHAI, Span
from plans.intake.warning import places, stages
from plans.intake.warning.clauses import clause, sentence
from plans.intake.warning.found import Colour, Level, Moment, Stage, WarningFound, WarningText, WhyNot, Words
from plans.intake.warning.groups import Group, join, settled
from plans.intake.warning.mentions import Mention, mentions
from plans.intake.warning.period import Period, issue_time, masked, period

__all__ = [
    "MAX_LENGTH",
    "Colour",
    "Level",
    "Moment",
    "Stage",
    "WarningFound",
    "WarningText",
    "WhyNot",
    "Words",
    "read",
]

MAX_LENGTH = 4096
"""Longer texts are read up to here."""

ENOUGH = 40
"""Mentions that are looked at; a text that is sent on has a few."""

OLD = timedelta(days=3)
"""A warning that was issued longer ago is told of, not given."""

BESIDE = 4
"""Characters that a heading may have beside what it is of (暴雨红色预警来了)."""

_BESIDE_A_HEADING = lazy(
    r"[\W_□]+|今[天日]|目前|当前|现在|[我全本][省市县区校]|我们|各位|大家|家长|老师|注意|提醒|提示|紧急|重要|通知|生效中?"
    r"|有效|气象|最新|转发|已经?|[\u4e00-\u9fff]{2,4}(?:镇|乡|街道|区|县|市)"
)

T = TypeVar("T")


def read(
    text: str, *, now: datetime, areas: Sequence[str] = (), entered: bool = False, drill: bool = False
) -> WarningText:
    """Return the warnings of a text, or why it gives none.

    Args:
        text: as it was sent; spans are offsets into it.
        now: aware; when it was sent.
        areas: names of townships, streets and units that a plan or directory knows.
        entered: it stood behind a command that asks for a warning, so that 预警 may be left out.
        drill: the case is a drill, and marks of one do not speak against the text.

    Raises:
        ValueError: `now` is naive.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    now = now.astimezone(SHANGHAI)
    given = text[:MAX_LENGTH]
    plain = normalise(given)
    exercise = stages.drill(plain)
    if exercise is not None and not drill:
        return WarningText(why_not=_cut(given, exercise))
    known = [name for name in normalise("\n".join(areas)).split("\n") if name and name in plain]
    reader = _Reader(plain, now, sorted(known, key=len, reverse=True), entered)
    groups, why_not = reader.groups()
    made = [warning for group in groups if (warning := reader.warning(group, groups)) is not None]
    if not made:
        old: Words[WhyNot] = Words("past" if groups else "nothing", "", (0, len(plain) if groups else 0))
        return WarningText(why_not=_cut(given, why_not or old))
    return WarningText(warnings=tuple(_of_text(given, warning) for warning in made))


class _Reader:
    def __init__(self, text: str, now: datetime, areas: Sequence[str], entered: bool) -> None:
        self.text, self.now, self.known, self.entered = text, now, areas, entered
        self.timeless = masked(text)
        self.bodies = places.bodies(text, self.timeless)
        # 重污染天气应急指挥部 names a kind, and speaks of no warning.
        self.found = mentions(_hidden(text, [body.span for body in self.bodies]), entered)[:ENOUGH]
        self.spans = [mention.span for mention in self.found]
        self.handed_on = stages.passed_on(text)

    def groups(self) -> tuple[list[Group], Words[WhyNot] | None]:
        """The warnings of the text, each with its mentions; and the first reason why a mention is none."""
        groups: list[Group] = []
        why: Words[WhyNot] | None = None
        later: list[tuple[Mention, Words[Stage] | None]] = []
        for mention in self.found:
            verb = stages.stage(self.text, mention, self.spans)
            against = stages.refused(self.text, mention, verb)
            if against is not None:
                why = why or against
            elif not self._is_given(mention, verb):
                continue
            elif mention.labelled or mention.kind is None:
                later.append((mention, verb))
            else:
                join(groups, mention, verb)
        for mention, verb in later:
            join(groups, mention, verb)
        if all(mention.labelled for group in groups for mention in group.mentions) and not self.entered:
            groups = [group for group in groups if any(mention.kind for mention in group.mentions)]
        return settled(groups), why

    def _is_given(self, mention: Mention, verb: Words[Stage] | None) -> bool:
        """Whether a mention gives a warning: somebody did something with it, or it stands as a heading."""
        if self.entered or mention.labelled:
            return True
        low, high = clause(self.text, mention.span)
        graded = mention.colour is not None or mention.level is not None
        if verb is not None:
            return graded or verb.span[0] < mention.span[0] or verb.value != "issued"  # 做好预警信息发布工作 is none
        if stages.relative(self.text, low, mention.span[0]):
            return True
        if mention.kind is None and self.text[mention.span[0]] == "(":
            colours = {other.colour.value for other in self.found if other.kind is None and other.colour}
            return len(colours) == 1  # 风险较高(黄色预警); of several colours each is of an area of its own
        spans = [*self.spans, *(body.span for body in self.bodies)]
        rest = _hidden(self.timeless, spans)[low:high]
        return mention.colour is not None and len(_BESIDE_A_HEADING.sub("", rest)) <= BESIDE

    def warning(self, group: Group, groups: Sequence[Group]) -> WarningFound | None:
        """All that the text says of one warning; None where it is long over."""
        last = group.mentions[0]
        stage = stages.stage(self.text, last, self.spans) if last.changed else group.stage()
        stage = stage or (self._alone() if len(groups) == 1 else None)
        main = self._main(group, stage)
        own = clause(self.text, main.span)
        upto = min(main.span[0], stage.span[0]) if stage else main.span[0]
        done = max(main.span[1], stage.span[1]) if stage else main.span[1]
        dated = stage is not None or stages.relative(self.text, own[0], main.span[0])
        issued = issue_time(self.text, (own[0], done), self.now, bool(stage)) if dated else None
        issued = issued or (self._time_before(own) if dated else None) or self._labelled_issue()
        if issued is not None and self.now - issued.value > OLD:
            return None
        after = self.handed_on.span[1] if self.handed_on else 0
        lifted = stage is not None and stage.value == "lifted"
        stretch = own if lifted else self._stretch(group, groups)
        taken = [issued.span] if issued else []
        when = Period(None, None) if lifted else period(self.text, stretch, self.now, issued, taken)
        verbs = stages.verbs(self.text, 0, len(self.text))
        hidden = _hidden(self.timeless, [*self.spans, *(words.span for words in (*self.bodies, *verbs))])
        return WarningFound(
            kind=group.kind,
            colour=group.colour,
            level=group.level,
            before=group.before,
            stage=stage,
            passed_on=self.handed_on,
            issuer=places.issuer(self.text, self.timeless, self.bodies, own, upto, after) or self._issuer(group, after),
            issued_at=issued,
            from_=when.from_,
            to=when.to,
            areas=places.areas(self.text, hidden, self.known, stretch, self._told_at()),
        )

    def _main(self, group: Group, stage: Words[Stage] | None) -> Mention:
        """The mention at which it is said what was done, and when, where that is said at one of several."""
        done = [
            mention
            for mention in group.mentions
            if stage and (verb := stages.stage(self.text, mention, self.spans)) and verb.value == stage.value
        ]
        if not done or done[0].changed:
            return done[0] if done else group.mentions[0]
        dated = (mention for mention in done if issue_time(self.text, clause(self.text, mention.span), self.now, True))
        return next(dated, done[0])

    def _issuer(self, group: Group, after: int) -> Words[str] | None:
        """Who issued, where the clause of what was done does not say it, and another that names the warning does."""
        for mention in group.mentions:
            own = clause(self.text, mention.span)
            found = places.issuer(self.text, self.timeless, self.bodies, own, mention.span[0], after)
            if found is not None:
                return found
        return None

    def _alone(self) -> Words[Stage] | None:
        """A verb in a clause without a mention, where the text is about one warning alone."""
        start = self.spans[0][0] if self.spans else 0
        low, high = sentence(self.text, (start, start))
        verb = stages.bare(self.text, (low, high))
        if verb is None or stages.refused(self.text, Mention(verb.span), verb) is not None:
            return None
        return verb

    def _time_before(self, own: Span) -> Words[datetime] | None:
        """The time in a clause of its own before the one that says what was done (9日13时,区气象台发布 …)."""
        if own[0] < 2 or self.text[own[0] - 1] not in ",\n":
            return None
        low, high = clause(self.text, (own[0] - 1, own[0] - 1))
        spans = [*(body.span for body in self.bodies), *([self.handed_on.span] if self.handed_on else [])]
        rest = _hidden(self.timeless, spans)[low:high]
        return issue_time(self.text, (low, high), self.now) if not rest.strip("□ 于现") else None

    def _told_at(self) -> Callable[[int], bool]:
        """Whether the clauses that begin somewhere say where the warning holds, without a word of what is to come."""
        heads = {end + 1 for _, end in self.spans if self.text[end : end + 1] == ":"}
        return lambda at: self.entered or at in heads

    def _labelled_issue(self) -> Words[datetime] | None:
        at = max(self.text.find("发布时间:"), self.text.find("发布日期:"))
        if at < 0:
            return None
        return issue_time(self.text, clause(self.text, (at + 5, at + 5)), self.now)

    def _stretch(self, group: Group, groups: Sequence[Group]) -> Span:
        """The part of the text that speaks of a warning; those named in one clause share theirs."""
        anchors = sorted({clause(self.text, other.mentions[0].span)[0] for other in groups})
        if len(anchors) < 2:
            return 0, len(self.text)
        own = clause(self.text, group.mentions[0].span)[0]
        at = anchors.index(own)
        start = own
        if not at:
            start = 0
        elif anchors[at - 1] < sentence(self.text, group.mentions[0].span)[0]:
            start = sentence(self.text, group.mentions[0].span)[0]
        end = len(self.text)
        if at + 1 < len(anchors):
            behind = anchors[at + 1]
            first = sentence(self.text, (behind, behind))[0]
            end = first if first > own else behind
        return start, end


def _hidden(text: str, spans: Sequence[Span]) -> str:
    for low, high in spans:
        text = text[:low] + places.MASK * (high - low) + text[high:]
    return text


def _cut(given: str, words: Words[T]) -> Words[T]:
    return replace(words, text=given[words.span[0] : words.span[1]])


def _of_text(given: str, warning: WarningFound) -> WarningFound:
    """The same with the words as they were sent, not as they were folded."""

    def cut(words: Words[T] | None) -> Words[T] | None:
        return None if words is None else _cut(given, words)

    return WarningFound(
        kind=cut(warning.kind),
        colour=cut(warning.colour),
        level=cut(warning.level),
        before=cut(warning.before),
        stage=cut(warning.stage),
        passed_on=cut(warning.passed_on),
        issuer=cut(warning.issuer),
        issued_at=cut(warning.issued_at),
        from_=cut(warning.from_),
        to=cut(warning.to),
        areas=tuple(_cut(given, area) for area in warning.areas),
    )
