"""A body that an office has listed, and what kind of body it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

SCHOOLS = frozenset({"学校", "幼儿园"})
ANY = frozenset({*SCHOOLS, "医院", "企业", "村居", "单位"})
"""Families that 单位 may mean: all but the townships."""

_FAMILIES = (
    ("幼儿园", re.compile(r"幼儿园|幼稚园|幼教|托育|托幼|学前班|^幼")),
    ("学校", re.compile(r"学校|[小中大]学|高中|初中|完中|职高|职校|职教|技校|中专|学院|一贯制|特教|教学点|校区|^校")),
    ("医院", re.compile(r"医院|卫生院|卫生室|卫生服务|卫生所|诊所|保健|疾控|医疗")),
    ("企业", re.compile(r"企业|公司|集团|厂|矿|电站|商场|超市|酒店|宾馆")),
    ("村居", re.compile(r"村|居委|居民委|社区|^居")),
    ("镇街", re.compile(r"[镇乡街]|办事处|管委会")),
)
"""In this order: a school of a township is a school."""

_APART = re.compile(r"[、，,;；/\s]+")
_AT_THE_SCENE = re.compile(r"事发|涉事|发生地")
_MEANT = (
    (re.compile(r"幼儿园"), frozenset({"幼儿园"})),
    (re.compile(r"学校|中小学|校园"), SCHOOLS),
    (re.compile(r"医院|医疗机构"), frozenset({"医院"})),
    (re.compile(r"企业|公司"), frozenset({"企业"})),
    (re.compile(r"镇街|[镇乡][（(]?街|乡镇|街道"), frozenset({"镇街"})),
    (re.compile(r"村居|村[（(]居|社区"), frozenset({"村居"})),
    (re.compile(r"单位"), ANY),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """A body of a place.

    Attributes:
        id: stays what it is when the name is changed; what a role is held for, and what is called.
        short: short names, other names.
        kind: as the office wrote it: 小学, 中小学、有校车 …
        township: the township or street, as the office wrote it; empty where it did not.
        head: name of the head. phones: numbers, the office's own first.
    """

    id: str
    name: str
    short: tuple[str, ...] = ()
    kind: str = ""
    township: str = ""
    head: str = ""
    phones: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is called, its name first."""
        return tuple(dict.fromkeys((self.name, *self.short)))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The words of its kind, one by one."""
        return tuple(word for word in _APART.split(self.kind) if word)

    @property
    def families(self) -> frozenset[str]:
        """Of ``学校 幼儿园 医院 企业 村居 镇街``; ``单位`` where neither kind nor name says which."""
        return _families(self.kind, self.name)


@lru_cache(maxsize=16384)
def _families(kind: str, name: str) -> frozenset[str]:
    for words in (_APART.split(kind), (name,)):
        known = {next((family for family, words in _FAMILIES if words.search(word)), "") for word in words if word}
        if known - {""}:
            return frozenset(known - {""})
    return frozenset({"单位"})


def of_kind(bodies: Iterable[Body], word: str) -> list[Body]:
    """Return the bodies of a kind: a family (``学校``, which kindergartens are too) or a word of the list (``有校车``).

    Args:
        word: empty = all.
    """
    families = SCHOOLS if word == "学校" else frozenset({word})
    return [body for body in bodies if not word or word in body.kinds or body.families & families]


def families_meant(names: Iterable[str]) -> frozenset[str]:
    """Return which families a placeholder of a plan stands for by its names (事发学校, 事发地镇街); none for another.

    The first name that says it decides: 事发学校, which is called 事发单位 as well, is a school.
    """
    for name in names:
        if _AT_THE_SCENE.search(name):
            for words, families in _MEANT:
                if words.search(name):
                    return families
    return frozenset()
