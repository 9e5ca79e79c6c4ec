"""What a later text does to known figures: more came, some were found, rescued, died of wounds, counted twice.

Each clause is one step at most for each fact; totals that the reading found stand beside the steps, not among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from plans.intake.cared_for import CaredFor
from plans.intake.clauses import clauses, facts_of, head_counts
from plans.intake.correcting import FIGURES_OF_BEFORE
from plans.intake.lost_people import LostPeople
from plans.intake.numerals import Number
from plans.intake.patterns import lazy
from plans.intake.stepping import ADD, HELPERS, OF_NOBODY_HURT, ONCE_MORE, TOTAL, Bounds, How, Step

_DENIED = lazy(r"不存在|并没有|并无|并未|没有?再|未再|没有又")
_TWICE = lazy(
    r"(?:算|数|报|记|登记)了?(?:两|2)(?:遍|次|回)|数重|报重|记重|重名|不相干|无关|重了|算重|重复|多算|多报|减掉|减去|刨掉|扣掉|去掉|剔除|排除|扣除"
)
_WITHDRAWN = lazy(r"撤回|作废|撤销|收回|不可靠|先不算|不算数|别算")
_THE_REST = lazy(r"其[余他它]|别的")
NO_NEWS = lazy(
    r"(?:数字?|人数)(?:都|先|就)*别动|无新增|没有?新增|没有?新的|没变|没动|不变|没有?变化|无变化|没再?增加|没有再增加|不再增加|没有?再多|未再?增加|没有?增加|总数不动|还是(?:刚才|原来|上午|之前)?(?:的)?(?:那些|那个数|那几个|原来的数)|没新收|没有新收|"
    r"同上|见上|同前|和(?:上午|刚才|之前|上次|前面)(?:报的)?一样"
)
_IN_CARE = lazy(r"送|拉来|抬|收[治了进]|住院|入院|[医县市病]院|病房|急诊|例|也是这|也是(?:吐|拉|受)")


def steps(text: str, known: Mapping[str, Bounds], weak: str) -> Iterator[Step]:
    """The steps of masked text, in order.

    Args:
        known: what the case knows, fact -> bounds.
        weak: the fact of people of whom it is only said that they are in hospital.
    """
    last: frozenset[tuple[str, How]] = frozenset()
    for clause in clauses(text):
        told = [_of_the_weak(step, known, weak) for step in _Steps(clause, known, weak).steps()]
        if not clause.counts:  # 轻伤的2个病情加重，转ICU了: the same people once more
            told = [step for step in told if (step.fact, step.how) not in last]
        yield from told
        last = frozenset((step.fact, step.how) for step in told) or (last if not clause.counts else frozenset())


def _of_the_weak(step: Step, known: Mapping[str, Bounds], weak: str) -> Step:
    """又下来三个说头晕的, where people are hurt and nobody was told ill: one more of those."""
    if step.fact in ("injuries", "ill") and step.fact not in known and weak in known:
        return replace(step, fact=weak)
    return step


class _Steps(LostPeople, CaredFor):
    """Tells the steps of one clause."""

    def steps(self) -> Iterator[Step]:
        part, many = self.clause.text, self._many()
        if _DENIED.search(part):
            return
        for tell in (
            self._no_news, self._withdrawn, self._twice, self._home, self._alive_after_all, self._worse, self._better,
            self._missing_dead, self._struck, self._found, self._out, self._left, self._recovered, self._died,
            self._short, self._more,
        ):  # fmt: skip
            told = tell(part, many)
            if told is not None:
                yield from told
                return

    def _no_news(self, part: str, many: Bounds | None) -> list[Step] | None:
        if not NO_NEWS.search(part):
            return None
        if _THE_REST.search(part):
            return []  # 1人砸伤，其余不变
        return [self._step(fact, "same") for fact in self.clause.facts or tuple(self.known)]

    def _withdrawn(self, part: str, many: Bounds | None) -> list[Step] | None:
        own = self.clause.facts
        if own and not _WITHDRAWN.search(part) and FIGURES_OF_BEFORE.search(self.clause.rest):
            return None  # 骨折3个，上午报的数作废
        if _WITHDRAWN.search(part) or (_WITHDRAWN.search(self.clause.rest) and own and not ADD.search(part)):
            named = own or facts_of(self.clause.before)
            if named:
                return [self._step(named[0], "withdrawn")]
        return None

    def _twice(self, part: str, many: Bounds | None) -> list[Step] | None:
        if many is None or not _TWICE.search(part + self.clause.tail[:8]):
            return None
        return [self._step(self.clause.fact(self.weak), "less", many)]

    def _more(self, part: str, many: Bounds | None) -> list[Step] | None:
        counted_in = _COUNTED_IN.match(self.clause.rest)
        if (
            many is not None
            and _JUST_CAME.search(part)
            and self._has(self.weak)
            and not (ADD.search(part) or TOTAL.search(part))
        ):
            return [] if HELPERS.search(part) else [self._step(self.weak, "add", many, sure=False)]
        if self.clause.count is None and (cases := _NEW_CASES.search(part)) and self.weak == "ill":
            many = (int(cases["n"]), int(cases["n"]))
            return [self._step(self.weak, "add", many, plain=True)]
        listed = (
            _COUNT_ALONE.fullmatch(part)
            and not head_counts(self.clause.before)
            and _CAME_TOO.search(self.clause.before)
        )
        listed = listed or _HERE_TOO.search(part)
        if many is not None and listed and self._has(self.weak) and not self._lost():
            return [self._step(self.weak, "add", many, plain=True)]
        if not (ADD.search(part) or counted_in) or TOTAL.search(part) or many is None:
            return None
        fact = "endangered" if re.search(r"危险区|受威胁|隐患点", part + self.clause.rest[:12]) else self.clause.fact()
        if whole := _WHOLE_OF.search(part):  # 新增2例中1例是境外输入
            many = (int(whole["n"]), int(whole["n"]))
        if not fact and HELPERS.search(part):
            return None
        if OF_NOBODY_HURT.search(part) and not facts_of(OF_NOBODY_HURT.sub("", part)):
            return [self._step(self.weak, "aside")]
        fact = fact or next(iter(facts_of(self.clause.tail[:12])), "")
        if not fact:
            care = _IN_CARE.search(part) or counted_in or self.weak in facts_of(self.clause.before)
            if not care and any(self._has(name) for name in self.known if name not in (self.weak, "serious_injuries")):
                return None  # 再加一个: of whom is not said
            return [self._step(self.weak, "add", many, sure=bool(care), plain=True)]
        if fact in ("injuries", "ill") and ONCE_MORE.search(part) and len(ADD.findall(part)) == 1:
            return [self._step(fact, "add", many, sure=False)]  # 有3个又吐了: perhaps of those who were known
        told = [self._step(fact, "add", many, plain=True)]
        if fact == "serious_injuries" and re.search(r"送|拉|抬|收", part):
            told.append(self._step(self.weak, "add", many))
        return told


_WHOLE_OF = lazy(r"新增[^,。;!?\n\d]{0,6}(?P<n>\d{1,4})[例名人个](?:中|里面?|当中)(?:有)?\d")
_HERE_TOO = lazy(
    r"(?:[班层楼栋组村队]|年级|[初高][一二三]|宿舍|车间|单元)[^,。;!?\n]{0,3}也(?:有|出现|发现)了?(?=\d|[一二两三四五六七八九十俩仨])"
)
"""初二也有3个不舒服: of others than those who were known; 县医院也有3个 may be some of them."""
_CAME_TOO = lazy(r"又(?:来|送|拉|抬|收|吐|倒|病|晕)了?|也(?:有|出现|发现|开始|是|来|倒|吐|病|晕|拉|烧|伤)了?")
_COUNT_ALONE = lazy(
    r"(?:有|一共有?|大概)?(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|[俩仨])(?:个|人|名|例|位)?(?:学生|孩子|娃|人|老师|工人|老人)?"
)
_JUST_CAME = lazy(r"刚刚?(?:又)?(?:收治?|接诊|送来|抬来|拉来|背来)了?(?=\d|[一二两三四五六七八九十俩仨])")
_COUNTED_IN = lazy(r",?(?:这|那)?[个俩他她]?(?:也|都)?(?:得|要|该|应该?)?(?:算上|算进|算在|加上去|加进|计入)")
_NEW_CASES = lazy(r"(?:^|:)(?:今[天日]|本日|当日|昨[天日])?新增(?:病例|病人|确诊|患者)?(?P<n>\d{1,4})$")


def named_figures(words: str) -> Iterator[tuple[str, Number]]:
    """Facts that stretches of a text name with a number, each by its first word of harm."""
    for clause in clauses(words):
        if clause.facts and clause.count is not None:
            yield clause.facts[0], clause.count
