"""Wholes and their parts among people told of one after another: of all ways the one that leaves the fewest apart.

被困的六个出来四个，两个自己走上来的，一个腿断了，一个没气了: of six are four told, and of the four each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from plans.intake.patterns import lazy
from plans.intake.roll.words import Told

ENOUGH = 12
MOST_PARTS = 5


def under_wholes(flat: Sequence[Told]) -> list[Told]:
    """Those who come to the number before them are its parts: of all ways the one that leaves the fewest apart."""
    if len(flat) > ENOUGH:
        return list(flat)
    forests: dict[int, list[Told]] = {len(flat): []}
    for at in range(len(flat) - 1, -1, -1):
        ways = [[tree, *forests[end]] for tree, end in _trees(flat, at)]
        forests[at] = min(ways, key=lambda way: (len(way), sum(_odd(tree) for tree in way)))
    return forests[0]


def _trees(flat: Sequence[Told], at: int) -> Iterator[tuple[Told, int]]:
    """The ways to take those who stand there, alone or with parts, and where each ends."""
    whole = flat[at]
    yield whole, at + 1
    if whole.many is None or whole.many < 2 or ("total" in whole.marks and not whole.states):
        return
    ways: list[tuple[tuple[Told, ...], int, int]] = [((), at + 1, 0)]
    for _ in range(MOST_PARTS):
        longer = []
        for parts, start, total in ways:
            if start == len(flat) or not _may_be_part(whole, flat[start]):
                continue
            for tree, end in _trees(flat, start):
                many = whole.many - total if tree.others and tree.many is None and parts else tree.many
                if many is None or total + many > whole.many or many < 1:
                    continue
                tree = replace(tree, many=many)
                found = (*parts, tree), end, total + many
                if found[2] == whole.many and (len(found[0]) > 1 or tree.others):
                    yield replace(whole, parts=found[0]), end
                elif found[2] < whole.many:
                    longer.append(found)
                    if _is_among(whole, found[0][0]):
                        yield replace(whole, parts=found[0]), end  # 又救起来4个，1个已经没呼吸了
        ways = longer


def _odd(tree: Told) -> int:
    """出来四个，两个自己走上来的 of six: the two are some of the four, and no others."""
    odd = sum(_odd(part) for part in tree.parts)
    for one, other in zip(tree.parts, tree.parts[1:], strict=False):
        both = one.states & other.states & {"out", "found"}
        odd += bool(both) and not (other.others or other.marks & {"left", "new"} or _ANOTHER.match(other.words))
    return odd


_BESIDES = lazy(r"还有|另(?:外|有)|后面|又")
_ANOTHER = lazy(r"另|还有|又|第")


def _may_be_part(whole: Told, part: Told) -> bool:
    if part.others and ("left" in whole.marks or "still" in whole.states) and part.states & {"out", "found"}:
        return False  # 还有2个没出来，其余的都上来了
    if whole.stated and part.stated in ("deaths", "missing", "trapped"):
        return False
    stays = ("left" in part.marks and not part.states - {"still", "gone"}) or "still" in part.states
    if stays and whole.states & {"dead", "out", "found"}:
        return False  # 剩下俩没事 are the rest of those who came out; 还剩俩 are not
    return (
        part.sentence <= whole.sentence + 1
        and "total" not in part.marks
        and ("new" not in part.marks or "new" in whole.marks)
    )


def _is_among(whole: Told, part: Told) -> bool:
    if part.sentence != whole.sentence or "new" in part.marks or "left" in part.marks:
        return False
    if _INNER.match(part.words):
        return True
    if _BESIDES.match(part.words) and whole.states & {"out", "found"}:
        return False  # 失联的回来两个，还有一个捞上来人没了
    if whole.group or ("known" in whole.marks and not whole.states - {"still", "care", "ill", "hurt"}):
        return True
    if whole.states & part.states & {"out", "found"}:
        return False
    return bool(whole.states & {"out", "found"} and part.states & {"dead", "hurt", "grave", "care"})


_INNER = lazy(
    r"(?:老人|学生|孩子|人|员)?(?:其中|当中|里头?|里面|中)(?:面|边)?(?:有|只有)?(?=[一二两三四五六七八九十俩仨\d])"
)
