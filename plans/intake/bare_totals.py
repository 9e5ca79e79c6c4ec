"""A total that names no harm (那一共是19了): of those of whom the sentence spoke, else of the people in hospital."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plans.intake.clauses import Clause
from plans.intake.lost_people import FREED
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import After, Option, Span
from plans.intake.stepping import HELPERS, Bounds, Step
from plans.intake.taking import any_overlap, either, overlap, same_bounds, was

_N = r"(?:\d{1,4}|[一二两三四五六七八九十百几]{1,4})"
_HEDGE = r"(?:大概|大约|差不多|将近|[约近]|至少|最少|起码|最多|不到|不足|超过|不止)?"
BARE = lazy(
    r"(?:(?:人数|数字?)?更新[到为]|(?:现在|目前|共)统计|总数(?:是|为|到|达)?|准确数(?:是|为)?|统(?:计)?(?:上来|下来)(?:是|有)?|报上来(?:一共|总共)?(?:是|有)?|累计[到达]|一共|总共|累计|合计|共计|现在是?|目前是?|加一块儿?|加起来|加到|[涨升增]到|上升[到至]|增加[到至]|升至|变成|变为|(?<![达收来送转报])到(?=[^,。;!?\n]{1,6}了)|目前|合一起|合一块儿?|合起来|[点数核查]清(?:了|楚)?|清点完了?|(?:那|就)?还是(?=\d)|实际(?:上)?(?:就|只)?[是有为]?|到了|就是?|共|改成|改为|改作|"
    r"(?:数错|报错|弄错|搞错|算错|写错|打错)了?,?(?:应该|实际|其实)?是|(?:又|重新|再)(?:数|点|查|核)(?:了|完|过)?(?:一遍|一下)?,?(?:是|有))"
    r"(?:,| )?(?:现在)?(?:有|是|就)?"
    rf"(?P<n>{_HEDGE}{_N}(?:(?: ?[-~—至到或、]者? ?){_N})?[多来余]?)(?:个人|[号口]人|[个人名例])?"
    r"(?=[了呗吧啊,。;!\n]|$| (?![-~—至到或]))"
)


_RISES = lazy(r"[涨升增加][到至]|变[成为]|^到")
"""Of the figure that is known; 一共5个 may be of people of whom nobody told before."""
_STATED = "deaths injuries serious_injuries missing trapped ill".split()
"""Facts of people that a total without a name may be of."""


@dataclass(frozen=True)
class BareTotals:
    """Takes in a total without a harm.

    Attributes:
        clauses: of the masked text.
        steps: that it tells.
        taken: where figures stand that are read otherwise.
        before: what was known.
        weak: the fact of people of whom only a number is told.
        other: stretches that may be of another event.
    """

    text: str
    clauses: Sequence[Clause]
    steps: Sequence[Step]
    taken: Sequence[Span]
    before: Mapping[str, Bounds]
    weak: str
    other: Sequence[Span]

    def after(self, match: re.Match[str], changed: Mapping[str, After]) -> tuple[str, After] | None:
        """Return the fact that the total is of and what is known of it then; None where it is not to be taken in.

        Args:
            match: where the total stands.
            changed: what is known by the steps and figures of the text.
        """
        fact = self._spoken_of(match.start())
        if fact not in self.before and (fact != self.weak or fact != "ill" or fact in changed):
            return None
        whole = next((item for item in self.clauses if item.span[0] <= match.start("n") < item.span[1]), None)
        number = next(numbers(self.text[match.start("n") : match.end()]), None)
        if whole is None or number is None or HELPERS.search(whole.text) or (whole.facts and whole.facts != (fact,)):
            return None
        if any_overlap(match.span(), self.taken) or any(
            overlap(step.span, match.span()) for step in self.steps if step.how != "add"
        ):
            return None
        base = self.before.get(fact, (None, None))
        so_far = changed.get(fact, After(at_least=None, at_most=None))
        total: Bounds = (number.low, number.high)
        if "还是" in match[0] and total == base:
            return fact, After(at_least=base[0], at_most=base[1])  # 县院有4个，1个转走了，那还是5
        if so_far.change == "add" and (so_far.at_least, so_far.at_most) == total:
            return None  # 又收治4名，累计12人
        others = [name for name in _STATED if name not in (fact, "serious_injuries")]
        named = fact != self.weak
        fall = base[0] is not None and number.high is not None and number.high < base[0]
        option = Option(at_least=total[0], at_most=total[1], text=match[0], span=match.span())
        alone = len(self.before) == 1 and fact != self.weak
        if alone and (any(step.how != "add" for step in self.steps) or FREED.search(self.text)):
            return None
        mixed = alone and not _RISES.search(match[0]) and (fact == "deaths" or len(self.clauses) > 2)
        mixed |= not named and any(self.before.get(name, (0, 0)) != (0, 0) for name in others)
        asks = fall or mixed or any_overlap(match.span(), self.other)
        new = After(
            at_least=total[0],
            at_most=total[1],
            change="same" if base == total else "fall" if fall else "set",
            asks=asks,
            text=match[0],
            span=match.span(),
            readings=(option, was(base)) if asks else (),
        )
        if so_far.change != "same" and not same_bounds(so_far, new):
            new = either(new, so_far, base)
        return fact, new if new.change != "same" or so_far.change != "same" else so_far

    def _spoken_of(self, at: int) -> str:
        """The last fact that the sentence tells of before an offset; else that of people without a harm."""
        start = max(self.text.rfind(mark, 0, at) for mark in "。;!?\n") + 1
        named = [(item.span[0], fact) for item in self.clauses for fact in item.facts]
        own = [fact for item in self.clauses if item.span[0] <= at < item.span[1] for fact in item.facts]
        if len(own) == 1:
            return own[0]
        named += [(step.span[0], step.fact) for step in self.steps if step.how == "add"]
        told = [fact for place, fact in sorted(named, key=lambda item: item[0]) if start <= place < at]
        if told or self.weak in self.before or len(self.before) != 1 or len(self.clauses) > 4:
            return told[-1] if told else self.weak
        return next(iter(self.before))  # 升到5个了, where one figure is known
