"""Parts of a whole that is told as another harm: 中毒9人，其中重伤2人、住院3人 makes nobody hurt beside the ill."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import inf

from plans.intake.mentions import Mention
from plans.intake.totals import INJURED

_GRAVE = frozenset(("serious", "critical", "grave"))
_PARTLY = frozenset((*_GRAVE, "light", "hospital"))
_NEAR = 4
"""Mentions behind a part of which the first whole is its own."""
_NOT_HURT = frozenset(("dead", "missing", "trapped", "ill"))


def of_their_whole(mentions: Sequence[Mention], tolls: Collection[int]) -> list[Mention]:
    """Those of a whole who lie in hospital are ill or hurt as the whole is (中毒9例，其中有3个住院).

    A part that is told first is of the whole behind it in its sentence (其中重伤2人，共受伤9人).
    """
    kinds = _kinds(mentions)
    settled = []
    for at, m in enumerate(mentions):
        if m.kind in _PARTLY and m.sub and not m.zero and m.parent < 0:
            behind = (o for o in mentions[at + 1 : at + _NEAR] if o.kind not in _PARTLY and o.low > m.low)
            whole = next((o for o in behind if o.sentence <= m.sentence + 1), None)
            m = m._replace(parent=whole.group) if whole is not None else m
        if m.kind == "hospital" and m.sub:
            of = kinds.get(m.parent, set())
            kind = "ill" if "ill" in of else "hurt" if of & {"hurt", "wound"} or m.parent in tolls else ""
            m = m._replace(kind=kind, weak=True) if kind else m
        settled.append(m)
    return settled


def grave_of_others(mentions: Sequence[Mention], tolls: Collection[int]) -> set[int]:
    """Groups of the gravely hurt who are told as a part of people of whom it is not told how many are hurt.

    被困9人，其中重伤2人; 伤亡9人，包括重伤2人: two are gravely hurt, and how many are hurt at all nobody said.
    """
    kinds, most = _kinds(mentions), _most(mentions)
    hurt = {m.parent for m in mentions if m.sub and m.kind in INJURED and m.kind not in _GRAVE and "症" not in m.words}
    return {
        m.group
        for m in mentions
        if m.sub and m.kind in _GRAVE and m.parent not in hurt
        if m.parent in tolls or (kinds.get(m.parent, set()) & _NOT_HURT and not kinds[m.parent] & set(INJURED))
        if m.low <= most.get(m.parent, m.low)
    }  # fmt: skip


def without_parts(mentions: Sequence[Mention]) -> list[Mention]:
    """Without parts of those whom another sentence, or what follows, counts for the same fact or leaves uncounted.

    有人受伤；其中重伤2人; 包括4名住院，受伤9人.
    """
    most = _most(mentions)
    place = {m.group: (m.sentence, at) for at, m in enumerate(mentions)}
    kept = []
    for at, m in enumerate(mentions):
        sentence, whole = place.get(m.parent, (m.sentence, at))
        part = m.sub and not m.zero and (sentence < m.sentence or whole > at) and m.low <= most[m.parent]
        if not part:
            kept.append(m)
    return kept


def _kinds(mentions: Sequence[Mention]) -> Mapping[int, set[str]]:
    kinds: dict[int, set[str]] = {}
    for m in mentions:
        if not m.zero:
            kinds.setdefault(m.group, set()).add(m.kind)
    return kinds


def _most(mentions: Sequence[Mention]) -> Mapping[int, float]:
    return {m.group: inf if m.high is None else m.high for m in mentions}
