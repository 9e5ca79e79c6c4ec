"""People in hospital, and those who fainted, count as hurt or as ill, as the rest of the text has it."""

from __future__ import annotations

from collections.abc import Sequence

from plans.intake.mentions import Mention
from plans.intake.totals import INJURED


def signs(mentions: list[Mention], weak: str) -> list[Mention]:
    """People who fainted are ill where the text speaks of the ill, and then often some of those just counted."""
    settled: list[Mention] = []
    for m in mentions:
        if m.kind != "faint":
            settled.append(m)
        elif weak == "hurt":
            settled.append(m._replace(kind="wound"))
        elif not any(o.kind == "ill" and o.sentence == m.sentence and o.low >= m.low for o in settled):
            settled.append(m._replace(kind="ill"))
    return settled


def hospital(mentions: list[Mention], weak: str) -> list[Mention]:
    """People taken to hospital count as hurt or ill where the text says so of some of them, or says nothing better."""
    parents = {m.parent for m in mentions if m.sub and m.kind in (*INJURED, "ill")}
    strong = {m.sentence for m in mentions if m.kind == "ill"}
    whole = {m.group for m in mentions if m.left}
    others = any(
        m.kind in (*INJURED, "ill", "hospital") and not m.left and not (m.sub and m.parent in whole) for m in mentions
    )
    all_ill = any(m.kind in ("ill", "hospital") and not m.left for m in mentions)
    mentions = _taken_in(mentions) if weak == "hurt" else mentions
    most = max((m.low for m in mentions if m.kind in ("ill", "faint", "hospital") and not m.left), default=0)
    settled: list[Mention] = []
    counted: set[int] = set()
    for mention in mentions:
        fewer = mention.low <= most
        if mention.left and (others if mention.kind == "hospital" else mention.kind == "ill" and all_ill and fewer):
            continue  # 仍有4人住院 are not all there were
        if mention.kind == "hospital" and (
            mention.group in parents
            or (mention.sentence in counted and not (mention.left or mention.other))
            or (weak == "ill" and mention.sentence not in strong)
        ):
            mention = mention._replace(kind=_sort(mention, settled) or weak, weak=True)
        if mention.weak:
            counted.add(mention.sentence)  # what other hospitals have is listed behind it
        settled.append(mention)
    return settled


def _sort(mention: Mention, told: Sequence[Mention]) -> str:
    """食堂7人受伤，3人送医: they are of those told of, where all of these are hurt, or all are ill; else ``""``."""
    sorts = {"ill" if m.kind == "ill" else "hurt" for m in told if m.kind in (*INJURED, "ill") and not m.zero}
    enough = any(m.low >= mention.low for m in told if m.kind in (*INJURED, "ill"))
    return next(iter(sorts)) if enough and len(sorts) == 1 and not (mention.other or mention.new) else ""


def _taken_in(mentions: Sequence[Mention]) -> list[Mention]:
    """15人送医，5人生命垂危: the first are all who are hurt, where no one is said to be hurt before them."""
    settled = list(mentions)
    for at, whole in enumerate(mentions):
        if whole.kind != "hospital" or whole.left or whole.sub or whole.unknown:
            continue
        beside = [i for i, m in enumerate(mentions) if m.sentence == whole.sentence and m.kind in INJURED]
        parts = [i for i in beside if i > at and not (settled[i].other or settled[i].zero or settled[i].unknown)]
        grave = all(mentions[i].kind in ("serious", "critical", "grave") for i in beside)
        if beside and grave and parts == beside and sum(mentions[i].low for i in parts) <= whole.low:
            settled[at] = whole._replace(kind="hurt", weak=True)
            for i in parts:
                settled[i] = settled[i]._replace(sub=True, parent=whole.group)
    return settled
