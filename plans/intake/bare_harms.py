"""Harms without a number: of whom was last spoken, of one alone, or of nobody known (司机当场死亡, 均已获救)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from plans.intake import cues, portions
from plans.intake.denial import strongest
from plans.intake.inferring import Inferring
from plans.intake.patterns import lazy
from plans.intake.people import Group, portion_of
from plans.intake.reading import Span
from plans.intake.replacing import FILL

_SEEN = frozenset(("hurt", "wound", "light", "serious", "critical", "grave", "ill", "faint", "trapped"))
"""Harms of people of whom it is known where they are."""
_THE_REST = lazy(r"其[他余]|剩|别的|另")


class BareHarms(Inferring):
    """Finds out whom a word of harm speaks of that has no number beside it."""

    def _bare(self, at: int, scan: int, kinds: list[str]) -> None:
        first = self.tokens[at]
        span = (first.start, self.tokens[scan].end)
        word = self.text[first.start : first.end]
        self.last_kind = strongest(kinds)[0] if kinds != ["harm"] else self.last_kind
        if kinds == ["missing"] and self._among_the_dead(span):
            return
        noun = word in cues.NOUNS or cues.NO_SUBJECT.match(self.text, span[1]) is not None
        behind = self.tokens[scan + 1] if scan + 1 < len(self.tokens) else None
        others = behind is not None and behind.kind == "some" and behind.start == span[1]
        others = others or (word.endswith("了") and self.text.startswith("人", span[1]))  # 死了人
        if "harm" in kinds or others or self._is_event(first.start, span[1], kinds):
            self._raise(kinds, span)
        elif self.remainder and self.here is None and (rest := self._rest(span)) is not None:
            for kind in strongest(kinds):
                self._add(kind, rest, span)
        elif word in ("遗体", "尸体") and (several := self._whose_bodies(span)) is not None:
            self._link(several, strongest(kinds), span, carried=True)
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
            if "trapped" in self.subject.kinds and cues.OUT.match(self.text, span[0]):
                self._out(("trapped",), (self.subject.start, span[1]))  # 3人被困，均已获救
        elif self.subject is None and word.startswith("人") and self.text.startswith(FILL, span[1]):
            self._raise(kinds, span)  # 人死了14人，更正: how many is taken back
        elif self.subject is None and word.startswith("人") and not self.mentions and kinds == ["dead"]:
            only = Group(index=self._next(), low=1, high=1, stated=1, start=span[0], end=span[1], implied=True)
            self.groups.append(only)  # 触电了，人已经不行了
            self._link(only, ["dead"], span, carried=True)
        elif self.subject is None and word == "死亡" and self.text.endswith("宣布", 0, span[0]) and not self.mentions:
            only = Group(index=self._next(), low=1, high=1, stated=1, start=span[0], end=span[1], implied=True)
            self.groups.append(only)
            self._link(only, ["dead"], span, carried=True)
        elif self.subject is not None and self.subject.kinds and "dead" in kinds and self._somebody_else(span):
            self._raise(kinds, span)
        elif self.subject is not None and (
            not noun
            or (
                word in ("遗体", "尸体")
                and (self.subject.implied or cues.BODY_OF.search(self.text, span[0] - 2, span[0]))
            )
        ):
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

    def _is_event(self, start: int, end: int, kinds: Sequence[str]) -> bool:
        """宿舍煤气中毒, 流感聚集: what happened, and not to whom."""
        if kinds != ["ill"]:
            return False
        named = cues.EVENT.fullmatch(self.text, self._clause_start(start), end)
        return named is not None or cues.OUTBREAK.match(self.text, end) is not None

    def _link(self, people: Group, kinds: Sequence[str], span: Span, carried: bool) -> None:
        if people.high == 0:
            return  # 被困0人, 遇难：nobody of those
        if (carried or people.toll) and "sub" in self.flags and people.index == self.parent:
            self._raise(kinds, span)  # 伤亡9人，其中在抢救2: not all of them
            return
        if (
            carried
            and people.implied
            and people.high == 1
            and len(self.groups) > 1
            and cues.BOTH.search(self.text, max(0, span[0] - 3), span[0])
        ):
            self._raise(kinds, span)  # 老张没上来，徒弟下去，捞起来都没气了: how many is not told
            return
        if people.low > 1 and (share := portions.beside(self.text, span)) is not None:
            people = replace(portion_of(people, share), index=self._next(), kinds=[], part=True)
            self.groups.append(people)  # 30个孩子，三分之一拉肚子
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
            if carried and kind == "missing" and said & _SEEN and not _THE_REST.search(self.text, people.end, span[0]):
                self._raise([kind], span)  # 受伤3人，电话打不通: whoever is missing, they are not
                continue
            if kind in ("hurt", "wound", "light") and cues.INJURED & said:
                continue
            if "safe" in said and kind != "dead" and kind not in cues.INJURED:
                continue
            if kind == "dead" and "missing" in said and cues.ALL.search(self.text, max(0, span[0] - 4), span[0]):
                self._out(("missing",), span)  # 3名失联人员全部找到，均已遇难
            self._add(kind, people, (min(people.start, span[0]), max(people.end, span[1])), carried=carried)
