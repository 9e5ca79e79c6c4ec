"""The rest of a group: 其余, 剩下俩, 另一个."""

from __future__ import annotations

from plans.intake.groups.mentions import Mention
from plans.intake.groups.model import FINE, HELD, MORE, Group, Tree
from plans.intake.groups.refs import Many


def take_rest(told: Tree, mention: Mention) -> None:
    """Take in those who are left of a group."""
    ref = mention.ref
    if "也" in mention.tail[:2] and mention.lots and not told.has(mention.lots):
        told.gaps.add("also")
    _adopt(told, ref.many)
    chain = [*told.chain(), *reversed(told.roots)]
    chain.sort(key=lambda group: not group.lots.keys() <= HELD)
    for group in chain:
        left = group.remaining()
        if not group.parts or left is None or left[1] < 1:
            continue
        if ref.many is None:
            told.add(mention, group, left)
            return
        if ref.many[0] > left[1]:
            continue
        if ref.many[0] == left[0] or mention.lead.endswith("另") or "另" in _ref_words(mention):
            told.add(mention, group)
            return
        told.gaps.add("rest")
        told.add(mention, group)
        return
    if ref.many is not None:
        told.add(mention, None)
        return
    if mention.lots and not mention.lots.keys() <= FINE:
        told.gaps.add("rest")
    told.lost = True


def _adopt(told: Tree, rest: Many | None) -> None:
    """收了12个，死亡1个，ICU躺着3个，其他观察: where a rest is told, those since the whole are its parts."""
    after: list[Group] = []
    for root in reversed(told.roots):
        if root.many is None:
            return
        if not root.lots and root.kind == "one":
            continue
        if after and MORE.search(after[-1].mention.lead):
            return
        beside = sum(one.many[0] for one in after if one.many)
        left = root.remaining()
        if root.many[0] > 1 and after and left is not None and left[0] > beside:
            if rest is not None and left[0] != beside + rest[0]:
                return
            for one in after:
                told.roots.remove(one)
                one.parent = root
                root.parts.insert(len(root.parts), one)
            root.parts.sort(key=lambda part: part.span)
            return
        if root.parts:
            return
        after.append(root)


def _ref_words(mention: Mention) -> str:
    """The words for people."""
    ref = mention.piece.ref
    return "" if ref is None else mention.lead + ref.noun
