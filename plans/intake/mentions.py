"""What one place of a text says about people: a number, a kind of harm, and how it relates to other numbers."""

from __future__ import annotations

from typing import NamedTuple

from plans.intake.reading import Span


class Mention(NamedTuple):
    """One statement of a number of people for one kind of harm.

    Args:
        kind: a casualty kind of `words`.
        low, high, stated: bounds and the number as written; high None = unbounded.
        span: from the number to the word, or the word alone.
        sentence: index of the sentence.
        group: which people; equal for the several harms of the same people.
        parent: the group of which these people are a part (其中), or -1.
        sub: said to be a part; ``other``: said to be besides (另有).
        update: replaces what was said before (升至).
        new: comes on top (又发现); ``included``: within a total that is also told (新增).
        summary: the sentence sums up (造成); ``running``: it gives a running total (累计, 共).
        left: still in hospital or still trapped, not all there were.
        carried: said of the people of an earlier clause; ``weak``: only that they are in hospital.
        scene: they died at once (当场), so that they are among the dead of a total; ``late``: of injuries.
        implied: the number follows from the noun (司机当场死亡).
        zero: stated as none; ``unknown``: exists but is not counted.
        bare: the number stands without a noun (一个骨折).
        relative: said of others in passing (打伤同学的3人).
        again: told a second time (再说一遍).
        told: somebody else tells it (医生说3人受伤), so that it comes on top of nothing.
        words: of the text, so that what is said twice counts once.
        venue: the hospital that is named right before the number.
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
    included: bool = False
    summary: bool = False
    running: bool = False
    left: bool = False
    carried: bool = False
    weak: bool = False
    scene: bool = False
    late: bool = False
    implied: bool = False
    hedged: bool = False
    zero: bool = False
    unknown: bool = False
    venue: str = ""
    words: str = ""
    told: bool = False
    bare: bool = False
    relative: bool = False
    again: bool = False
