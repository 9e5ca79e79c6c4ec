"""Numbers of people as they are said and typed, with what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from tests.plans.intake.composed.truth import Amount, between, exactly

_DIGITS = "零一二三四五六七八九"


def in_words(number: int) -> str:
    """12 as 十二; up to 9999."""
    if number < 10:
        return _DIGITS[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
    unit, name = (1000, "千") if number >= 1000 else (100, "百")
    head, rest = divmod(number, unit)
    if not rest:
        return _DIGITS[head] + name
    gap = "零" if rest < unit // 10 else ""
    return _DIGITS[head] + name + gap + ("一" if 10 <= rest < 20 else "") + in_words(rest)


@dataclass(frozen=True)
class Count:
    """A number with its measure word and perhaps whom it counts: 三 个 学生.

    Args:
        words: the number as written.
        amount: what it means.
        measure: empty where the number needs none (俩).
        noun: whom it counts, or nothing.
        style: the dimension it belongs to.
    """

    words: str
    amount: Amount
    measure: str = "人"
    noun: str = ""
    style: str = "digits"

    @property
    def plain(self) -> bool:
        return self.style in ("digits", "words") and self.measure in ("人", "个", "名")

    def __str__(self) -> str:
        if self.measure == "人" and self.noun:
            return self.noun + self.words + "人"
        measure = "名" if self.measure == "名" and self.noun else "人" if self.measure == "名" else self.measure
        return self.words + measure + self.noun

    def behind_a_verb(self) -> str:
        """伤了3名学生, where before the verb it is 学生3人."""
        return str(replace(self, measure="名")) if self.measure == "人" and self.noun else str(self)

    def bare(self) -> str:
        return self.words

    def smaller(self) -> Iterator[Count]:
        if self.noun:
            yield replace(self, noun="")
        if self.measure != "人" or self.style != "digits":
            least, most = self.amount.least[1], self.amount.most[0]
            if self.style in ("digits", "words", "kin", "old", "aged", "dialect") and least == most:
                yield replace(self, words=str(least), measure="人", style="digits")
            elif self.measure not in ("人", ""):
                yield replace(self, measure="人")


def _about(low: int, number: int, high: int | None) -> Amount:
    return Amount((low, number), (number, high))


def plain_count(random: Random, most: int = 60, noun: str = "") -> Count:
    """A number that nobody can mistake."""
    number = random.choice((random.randint(1, 9), random.randint(1, 9), random.randint(10, most)))
    if random.random() < 0.3:
        words = "两" if number == 2 else in_words(number)
        return Count(words, exactly(number), random.choice("个人名"), noun, "words")
    return Count(str(number), exactly(number), random.choice("人个名"), noun)


def any_count(random: Random, noun: str = "") -> Count:
    """Any number of people that is said in chat."""
    if random.random() < 0.4:
        return plain_count(random, noun=noun)
    return random.choice(_STYLES)(random, noun)


def _pair(random: Random, noun: str) -> Count:
    words, number = random.choice((("俩", 2), ("仨", 3)))
    return Count(words, exactly(number), "", noun, "kin")


def _old(random: Random, noun: str) -> Count:
    words, number = random.choice((("廿", 20), ("廿三", 23), ("卅", 30), ("卅五", 35), ("廿一", 21)))
    return Count(words, exactly(number), random.choice("人名"), noun, "old")


def _neighbours(random: Random, noun: str) -> Count:
    low = random.choice((1, 2, 3, 4, 5, 6, 7, 8))
    words = {1: "一两", 2: "两三"}.get(low, _DIGITS[low] + _DIGITS[low + 1])
    return Count(words, between(low, low + 1), random.choice("个人名"), noun, "neighbours")


def _few(random: Random, noun: str) -> Count:
    return Count("三五", between(3, 5), random.choice("个人名"), noun, "neighbours")


def _dashed(random: Random, noun: str) -> Count:
    low = random.randint(1, 12)
    high = low + random.randint(1, 4)
    mark = random.choice(("-", " - ", "~", "～", "到", "至", "—"))
    return Count(f"{low}{mark}{high}", between(low, high), random.choice("个人名"), noun, "dashed")


def _listed(random: Random, noun: str) -> Count:
    low = random.randint(1, 8)
    mark = random.choice(("、", "或", "或者"))
    return Count(f"{low}{mark}{low + 1}", between(low, low + 1), random.choice("人名"), noun, "listed")


def _or_measure(random: Random, noun: str) -> Count:
    low = random.randint(2, 8)
    return Count(f"{low}个或{low + 1}", between(low, low + 1), "个", noun, "listed")


def _below(random: Random, noun: str) -> Count:
    number = random.choice((5, 10, 20))
    word = random.choice(("不到", "不足"))
    # nobody says 不到10人 of nobody, but to hold that open is no lie
    return Count(f"{word}{number}", Amount((0, 1), (number - 1, number)), random.choice("人个名"), noun, "below")


def _at_most(random: Random, noun: str) -> Count:
    number = random.randint(3, 12)
    return Count(f"最多{number}", Amount((0, 1), (number, number)), random.choice("人个"), noun, "below")


def _above(random: Random, noun: str) -> Count:
    number = random.choice((10, 20, 30, 50))
    word = random.choice(("超过", "不止"))
    return Count(f"{word}{number}", Amount((number, number + 1), (None, None)), random.choice("人个名"), noun, "above")


def _at_least(random: Random, noun: str) -> Count:
    number = random.randint(2, 12)
    word = random.choice(("至少", "最少", "起码"))
    # 至少N is N in the receipt's short form too
    return Count(f"{word}{number}", Amount((number, number), (number, None)), random.choice("人个名"), noun, "above")


def _more(random: Random, noun: str) -> Count:
    tens = random.choice((1, 2, 3, 4))
    digits = random.random() < 0.5
    words = str(tens * 10) if digits else in_words(tens * 10)
    amount = Amount((tens * 10, tens * 10 + 1), (tens * 10, tens * 10 + 10))
    return Count(words + random.choice("多余"), amount, random.choice("人名" if digits else "人个名"), noun, "more")


def _teens(random: Random, noun: str) -> Count:
    return Count("十几", Amount((10, 11), (15, 20)), random.choice("人个名"), noun, "more")


def _some(random: Random, noun: str) -> Count:
    words = random.choice(("几", "好几"))
    return Count(words, Amount((1, 4), (5, None)), random.choice("个名"), noun, "some")


def _around(random: Random, noun: str) -> Count:
    number = random.choice((5, 8, 10, 15, 20, 30))
    head, tail = random.choice((("约", ""), ("大概", ""), ("差不多", ""), ("大约", "")))
    count = Count(head + str(number) + tail, _about(max(1, number // 2), number, number * 2), style="around")
    return replace(count, measure=random.choice("人个名"), noun=noun)


def _or_so(random: Random, noun: str) -> Count:
    number = random.choice((10, 20, 30, 40))
    words = in_words(number) + random.choice(("来", "来"))
    return Count(words, _about(number - 6, number, number + 10), random.choice("个号"), noun, "around")


def _nearly(random: Random, noun: str) -> Count:
    number = random.choice((10, 20, 30, 50))
    amount = Amount((number // 2, number), (number - 1, number + 5))
    return Count("近" + str(number), amount, random.choice("人名"), noun, "around")


def _dialect(random: Random, noun: str) -> Count:
    number = random.randint(2, 40)
    words = random.choice((str(number), in_words(number) if number != 2 else "两"))
    return Count(words, exactly(number), random.choice(("号人", "口人", "个人")), "", "dialect")


_STYLES = (
    _dialect,
    *(_pair, _old, _neighbours, _neighbours, _few, _dashed, _dashed, _listed, _or_measure, _below, _at_most, _above),
    *(_at_least, _more, _teens, _around, _or_so, _nearly, _some),
)
