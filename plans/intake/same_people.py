"""The known told once more, by hospital: 二院3个，三院4个，就是那7个，没有新的 changes nothing."""

from __future__ import annotations

from collections.abc import Mapping

from plans.intake.changes import exact
from plans.intake.clauses import measure_end
from plans.intake.numerals import Number, numbers
from plans.intake.patterns import lazy
from plans.intake.reading import After
from plans.intake.stepping import Bounds

_SAME = lazy(
    r"就是(?:那|这|昨|前|早|最|原|刚|上面)|正好(?:就)?是?|是(?:同一|一)[批拨]|同一[批拨]|"
    r"报过的?(?=[,。;! \n]|$)|(?:没|不)(?:有)?(?:是)?新的|"
    r"(?:别|不要|勿|不用)(?:再|又)?(?:重复|叠加)|"
    r"(?:总)?数(?:都|也)?(?:没|不|未)变|对得上|没多(?=[,。;! \n]|$)|(?:还|仍)是(?:那)?(?=\d)"
)
_OTHERWISE = lazy(
    r"(?<!不是)(?<!没有)新(?:[增来送收发添](?!的)|报)|又(?:来|送|收|添|增|死|没了|走)|再添|另[外有]|死亡?了?(?=[\d一两俩])|没了|走了|"
    r"出院|回家|救[出上]|找[到着]|失[联踪]|被困|转(?:重|轻|危|院)|重[伤症]|更正|不对|有误|减|扣|剔|比|[?吗]"
)
_PART = lazy(r"(?:里|(?<![一二三四五六七八九十\d])中|其中|当中|里面)(?:有)?$")
ENOUGH = 80


def same_people(text: str, known: Mapping[str, Bounds], weak: str, changed: Mapping[str, After]) -> Mapping[str, After]:
    """What is known, as it was, where the counts of the text come to those who were known.

    Args:
        text: of what is asserted or reported.
        known: what the case knew.
        weak: the fact of people of whom only a number is told.
        changed: what others made of the text.
    """
    base = exact(known, weak)
    if not base or len(text) > ENOUGH or not _SAME.search(text) or _OTHERWISE.search(text):
        return changed
    counts = [int(number.low) for number in numbers(text) if _counts(text, number)]
    if any(number.low != number.high for number in numbers(text)) or len(counts) < 2:
        return changed
    if base not in {sum(counts), *([sum(counts[:-1])] if counts[-1] == base and len(counts) > 2 else ())}:
        return changed
    return {name: After(at_least=low, at_most=high) for name, (low, high) in known.items()}


def _counts(text: str, number: Number) -> bool:
    """It counts people: 5个, 人民医院6; 二院 and 120接的 count nobody."""
    if _PART.search(text, max(0, number.start - 3), number.start):
        return False
    if measure_end(text, number.end) > number.end or text[number.end - 1] in "俩仨":
        return True
    return number.digits and text[number.end : number.end + 1] in ("", *",。;! \n") and number.low < 1000
