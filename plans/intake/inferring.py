"""Numbers that nobody wrote down: the rest of a total, those who are left, a running total, a patient alone."""

from __future__ import annotations

from itertools import pairwise

from plans.intake import cues, portions
from plans.intake.people import Group, portion_of
from plans.intake.reading import Span
from plans.intake.said import LISTED, Said
from plans.intake.tokens import Token

_HARMS = cues.CERTAIN | {"ill", "trapped", "hospital", "safe"}
_COUNTS = frozenset(("count",))
_OF_OTHERS = frozenset(("dead", "missing", "trapped", "ill", "hurt"))


def _of_others(one: str, other: str) -> bool:
    """5人被困中毒4人: the first harm is of those before it, and not of those behind."""
    return one != other and other != "dead" and {one, other} <= _OF_OTHERS


class Inferring(Said):
    """Draws conclusions from what the sentence said before."""

    def _running_total(self, first: Token, group: Group) -> bool:
        """一共8个了, 累计6例: of what the sentence spoke of before."""
        if cues.ADDED_UP.search(self.text, max(0, group.start - 3), group.start) and cues.AT_HOSPITAL_END.match(
            self.text, group.end
        ):
            last = next((m for m in reversed(self.mentions[-LISTED:]) if not m.sub and m.kind != "safe"), None)
            if last is not None and last.low < group.low:  # 一院5人、二院8人，合计13人
                self.groups.append(group)
                self._add(last.kind, group, (group.start, group.end))
                return True
        counts = first.bare or (self.text[first.end - 1] == "例" and self.last_kind == "ill")
        summed = cues.SUMMED.search(self.text, max(0, group.start - 6), group.start)
        if not (counts and summed) or self.last_kind in ("", "safe"):
            return False
        share = portions.of_all(self.text, group.start)
        group = group if share is None else portion_of(group, share)
        self.groups.append(group)
        self._add(self.last_kind, group, (group.start, group.end))
        return True

    def _alone(self, group: Group) -> bool:
        """一帮人上吐下泻，三十多个，都在输液: a count that is a clause of its own is of the harm before it."""
        kind = self.last_kind
        if kind in ("", "safe", "hospital", "harm") or any(m.kind == kind for m in self.mentions[-LISTED:]):
            return False
        if not cues.ALONE.search(self.text, max(0, group.start - 10), group.start):
            return False
        if not cues.ALONE_END.match(self.text, group.end):
            return False
        share = portions.of_all(self.text, group.start)
        group = group if share is None else portion_of(group, share)
        self.groups.append(group)
        self._add(kind, group, (group.start, group.end))
        return True

    def _one_more(self, group: Group) -> bool:
        """伤的是赵某、钱某，还有一个姓周的."""
        if not (self.mentions and cues.ALSO.search(self.text, max(0, group.start - 3), group.start)):
            return False
        if self.last_kind in ("", "safe") or not cues.NAMED.match(self.text, group.end):
            return False
        self.groups.append(group)
        self._add(self.last_kind, group, (group.start, group.end))
        return True

    def _so_many_of(self, group: Group, end: int, stop: int) -> bool:
        """6个人吐了5个: of those before the harm so many as stand behind it."""
        token = self.tokens[stop] if stop < len(self.tokens) else None
        if token is None or token.kind != "count" or token.number is None or self.tokens[stop - 1].end != end:
            return False
        if self.text[end : token.start] not in ("", "有", "了", "的", "的有", "了有"):
            return False
        return self._ends_in_a_number(stop)

    def _ends_in_a_number(self, at: int) -> bool:
        """安置4人死40人重伤7人: a number stands last, so that each harm stands before its number."""
        passed, start = list[int](), at
        while at not in self.pairs:
            harm = at
            while harm + 1 < len(self.tokens) and self._follows(harm + 1, _HARMS):
                harm += 1
            kinds = [token.kind for token in self.tokens[at + 1 : harm + 1]]
            if harm == at or any(_of_others(one, other) for one, other in pairwise(kinds)):
                self.pairs[at] = 0
            elif harm + 1 >= len(self.tokens) or not self._follows(harm + 1, _COUNTS):
                self.pairs[at] = LISTED
            else:
                passed.append(at)
                at = harm + 1
        for back in reversed(passed):
            self.pairs[back] = min(LISTED, self.pairs[at] + 1)
            at = back
        return self.pairs[start] < LISTED

    def _follows(self, at: int, kinds: frozenset[str]) -> bool:
        last, token = self.tokens[at - 1], self.tokens[at]
        between = self.text[last.end : token.start]
        return token.kind in kinds and len(between) <= (6 if kinds is _HARMS else 1) and between != " "

    def _those_left(self, group: Group) -> bool:
        """7人被困，已救出5人，还有2人; of 其余2人 only where they remain so (仍在搜救)."""
        before = max(0, group.start - 3)
        left = cues.LEFT.search(self.text, before, group.start)
        if not left and not (cues.REST.search(self.text, before, group.start) and self._remains(group)):
            return False
        for mention in self.mentions[-LISTED:]:
            if mention.kind in ("trapped", "missing") and mention.low > group.low:
                self._add(mention.kind, group, (group.start, group.end))
                return True
        return False

    def _at_hospital(self, group: Group) -> bool:
        """伤员分送县医院3人、市医院2人: people told of without a number, hospital by hospital."""
        told = self.raised.keys() & {*cues.INJURED, "ill", "hospital"} or self.last_kind in {*cues.INJURED, "ill"}
        if (
            not told
            or not cues.AT_HOSPITAL.search(self.text, max(0, group.start - 8), group.start)
            or not cues.AT_HOSPITAL_END.match(self.text, group.end)
        ):
            return False
        self._add("hospital", group, (group.start, group.end))
        return True

    def _together(self, group: Group) -> bool:
        """1人晕倒，3人施救，4人均中毒: the count is the sum of those told of before."""
        if "sub" in self.flags or not cues.TOGETHER.match(self.text, group.end):
            return False
        total: int | float = 0
        for known in reversed(self.groups[-LISTED - 1 : -1]):
            total += known.low
            if total >= group.low:
                return total == group.low == group.high and known is not self.groups[-2]
        return False

    def _of_a_place(self, kind: str, group: Group, start: int) -> None:
        """死亡21人、失踪4人，其中甲县死亡13人: a part of all who died, not of the missing."""
        if "sub" not in self.flags:
            return
        self.by_place = self.by_place or cues.PLACE_BEFORE.search(self.text, max(0, start - 1), start) is not None
        self.by_place = self.by_place or cues.GROUP_BEFORE.search(self.text, max(0, start - 24), start) is not None
        if self.by_place:
            told = [m for m in self.mentions[-LISTED:] if m.kind == kind and not m.sub and m.low >= group.low]
            self.parent = told[-1].group if told else -1

    def _among_the_dead(self, span: Span) -> bool:
        """10人死亡（含失踪）: how many of them are missing is not told."""
        last = self.mentions[-1] if self.mentions else None
        if self.text[span[0] - 1 : span[0]] not in ("含", "或") or last is None or last.kind != "dead" or last.zero:
            return False
        self.mentions[-1] = last._replace(low=min(1, last.low), hedged=True)
        self._raise(["missing"], span)
        return True

    def _whose_bodies(self, span: Span) -> Group | None:
        """5人没能逃出来，消防员找到她们的遗体: the last people that were counted."""
        if not self.text.endswith(("他们的", "她们的"), max(0, span[0] - 3), span[0]):
            return None
        counted = [group for group in self.groups[-LISTED:] if not (group.implied or group.unknown or group.folk)]
        return counted[-1] if counted and set(counted[-1].kinds) <= {"safe", "trapped"} else None

    def _found_dead(self, group: Group, span: Span) -> None:
        """4人失踪，后发现4人遗体: none of them is missing any more."""
        if "sub" in self.flags or self.depth:
            return
        lost = [mention for mention in self.mentions[-LISTED:] if mention.kind == "missing" and not mention.zero]
        if lost and lost[-1].low == lost[-1].high == group.low:
            self._out(("missing",), span)

    def _rest(self, span: Span) -> Group | None:
        """4人摔倒，1人骨折，其余挫伤: those of a total who are not listed."""
        known = [group for group in self.groups if not (group.implied or group.unknown or group.folk or group.part)]
        known = known[-LISTED:]
        listed = sum(group.low for group in known)
        for at, total in enumerate(known):
            listed -= total.low
            left = total.low - listed
            if len(known) > at + 1 and total.low == total.high and left > 0:
                self.remainder = False
                group = Group(index=self._next(), low=left, high=left, stated=left, start=span[0], end=span[1])
                self.groups.append(group)
                return group
        return None

    def _somebody_else(self, span: Span) -> bool:
        """5人受伤，嫌疑人被击毙: the clause of a death names people of its own, whoever they are."""
        start = max(self.text.rfind(mark, max(0, span[0] - 20), span[0]) for mark in ",:。; ") + 1
        if cues.THEY.search(self.text, max(start - 1, span[0] - 6), span[0]):
            return False
        return cues.OWN_PERSON.match(self.text, start, span[0]) is not None

    def _dies(self, at: int) -> bool:
        """A death without a number follows in the sentence: 患者…宣告死亡 speaks of one."""
        for token in self.tokens[at : at + LISTED]:
            if token.kind == "dead":
                return True
            if token.kind in ("count", "deny", "some", "one", "folk", "pair"):
                return False
        return False
