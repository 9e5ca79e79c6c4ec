"""What a later text changes: one fact and no other; the place only where it is said to be another or a nearer one."""

from __future__ import annotations

from plans.intake.patterns import lazy

_MOVED = lazy(
    r"(?:地点|位置|事发地|发生地|现场)[^,，。；;]{0,4}(?:改为|更正为|应为|应是|实为|在|为|是|[:：])"
    r"|(?:地点|位置)(?:有误|更正|报错|写错)|不是在?[^,，。；;]{1,16}[,，]?(?:而是|是)在?"
)
"""The text speaks of where it is, not only of some place (接医院电话, 送县医院)."""


def place_of_update(said: str | None, text: str, known: str) -> str:
    """Return the place that a later text puts in the stead of the known one; empty = it stays as it was.

    Args:
        said: the place that was read in the text.
        known: the incident's place so far, perhaps none.
    """
    if not said or said == known:
        return ""
    if not known or known in said or _MOVED.search(text):
        return said
    return ""
