"""A later text as an account of people: how many, of which group, and what became of them.

失联的3个里有2个通了视频，剩1个还在找: of three, two are found and one is still looked for. Words without a number go to
the people told of before them (捞着一个，人早没了).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from plans.intake.lexicon import any_of
from plans.intake.patterns import lazy
from plans.intake.reading import Span

Fate = Literal["found", "back", "alive", "out", "dead", "went", "hurt", "still", "grave", "better"]
FATES: tuple[Fate, ...] = ("found", "back", "alive", "out", "dead", "went", "hurt", "still", "grave", "better")
"""``went``: 走了 of those in intensive care, who died; of others it may be that they went home."""
LOCATED: frozenset[Fate] = frozenset(("found", "back", "out"))
"""Whoever is so is no longer looked for."""
Group = Literal["missing", "trapped", "serious_injuries", ""]

_GROUPS: tuple[tuple[Group, re.Pattern[str]], ...] = (
    ("serious_injuries", lazy(r"重伤|重症|危重|病危|重的|重型|重度|ICU|监护|呼吸机|最重|重度?烧伤|大面积烧伤|面积\d")),
    (
        "missing",
        lazy(
            r"失[联踪]|(?:冲|卷|刮)走(?=[的了]?[一二两三四五六七八九十俩仨\d]|的)|失去联[系络]|没联[系络]上|走[失丢](?!了)|(?:我们|咱们|在|要)找的|下落不明|没找到的"
        ),
    ),
    ("trapped", lazy(r"被困|困(?:的|在|住|着|了)|[被掩活]埋|埋(?:着|在|的|压)|压在|井下|里[头面]的?人|里面那个")),
)


@dataclass(frozen=True)
class Item:
    """People of whom a stretch of a text tells.

    Args:
        many: how many; None where no number tells; one of a person who is only named.
        colon: a colon stands behind it.
        counted: a number tells how many.
        every: all of the group, or all who are left of it.
        others: all of whom nothing else is told (别的都下来了).
        fates: what became of them.
        group: of whom; empty where neither the words nor those before say so.
        named: the stretch itself says of whom.
        left: it says that so many are left (还剩, 差).
        sum: they are counted from the beginning (累计救出).
        among: they are some of those just told of.
        new: they are said to be more.
        span: where it stands.
        words: the stretch.
        sentence: the running number of its sentence.
    """

    many: int | None
    colon: bool
    counted: bool
    every: bool
    others: bool
    fates: frozenset[Fate]
    group: Group
    named: bool
    left: bool
    sum: bool
    among: bool
    new: bool
    span: Span
    words: str
    sentence: int


@cache
def _pattern(fate: Fate) -> re.Pattern[str]:
    return any_of("fates", fate)


_NOT_OF_PEOPLE = lazy(
    r"[死伤]了?[\d一二两三四五六七八九十百几]{1,4}多?(?:只|头|条|匹|羽|窝)[^,。;!?\n]{0,3}"
    r"|(?:别|不要|干|白)?死(?:等|守|扛|撑|磕|心|角|机|活)|(?:急|吓|累|笑|气|烦|热|冻|渴|饿|愁|忙)死(?![了亡]\d)"
    r"|死亡(?=证|通知书|鉴定|名单|原因|赔)"
    r"|(?<=刚)(?:刚)?(?:[救挖抬扒捞背拉刨](?:出|上|下|起)来?)(?:的)?(?=那[个位具名])"
    r"|(?:没有?|无|未)(?:人|一[个例])?(?:再)?(?:加重|变重|转重|恶化)(?:的|者|病例)?"
    r"|不行了(?=,?(?:(?:又|就|赶紧|马上|给)?(?:送|转|进|推|拉)[^,。;!?\n]{0,6}(?:ICU|重症|监护|抢救|医院)|[^,。;!?\n]{0,4}插(?:了|上)?管))"
)
"""死了5只羊, 别死等: nobody died."""


def blanked(text: str) -> str:
    """The text, as long as it is, without words of death that speak of no people."""
    return _NOT_OF_PEOPLE.sub(lambda match: "○" * len(match[0]), text)


def fates_of(words: str) -> frozenset[Fate]:
    """What became of those of whom words tell: who died is not alive, who is looked for was not found."""
    found: set[Fate] = set()
    words = _OF_WHOM.sub("□", _NOBODY.sub("□", words))
    heard = _UNHURT.sub("□", words)
    if heard != words:
        found.add("alive")
    for fate in ("dead", "still"):  # 没救过来 is no 没救出来, 没找到 no 找到
        if _pattern(fate).search(heard):
            found.add(fate)
            heard = _pattern(fate).sub("□", heard)
    found |= {fate for fate in FATES if _pattern(fate).search(heard)}
    if "dead" in found:
        found -= {"alive", "hurt", "still"}
    if WELL.search(words):
        found -= {"hurt"}
    return frozenset(found)


WELL = lazy(r"好好的|好着|没(?:啥|什么)?事|平安|没大碍")
_NOBODY = lazy(
    r"没(?:有)?(?:谁|人|一个|哪个)没(?:救|挺|扛|熬|撑|醒|缓|出|找|回|上)[^,。;!?\n]{0,2}|死亡(?:人)?数(?:也|都|还|仍)?(?:还是|不变|没变|照旧)|(?:死亡|遇难)(?:的)?(?:没有|无|零)(?![一-龥])|"
    r"(?:无|没有?|未|零|0)(?:新增|人|人员|再)?(?:死亡?|伤亡|遇难)(?!者)|死亡(?:人数)?(?:[为:是增]|增?加)?[0零](?!\d)|(?:遗体|尸体)[^,。]{0,3}(?:没|未)找[到着]"
)
_UNHURT = lazy(
    r"(?:没|无|未|没有|零|0)(?:有)?(?:人)?(?:员)?(?:受)?(?:什么|啥|大)?(?:伤(?!亡)|碍|毛病)(?:着|到)?|没死|没有生命危险|无生命危险"
)
_OF_WHOM = lazy(
    r"(?:没|未)(?:联[系络]上|找[到着]|出来|上来|救出|回来|上岸)的(?=[^,。;!?\n]{1,})|(?:没了|走了|死了)的(?=[一-龥])|"
    r"(?:困|埋|压|卡|吊|挂|悬|趴|陷|堵)(?:着|在|住)?[^,。;!?\n\d]{0,6}的|"
    r"(?:预计|估计|马上|快要?|准备|争取|即将|正在?(?!抢救)|计划|设法|尽快|才能|能不能|就能|很快)[^,。;!?\n]{0,8}?"
    r"(?:[救挖抬拉弄接背][^,。;!?\n]{0,2}(?:出来|上来|下来|出)|出来|上来|获救|脱困)|"
    r"(?:原[来先]|本来|之前|先前|早先|起初|开始)(?:[算是按定报]|诊断)[^,。;!?\n\d]{0,3}轻(?:的|伤)?|"
    r"(?:有[一1]?[个名位]|那[个名位]|其中[^,。;!?\n]{0,3})(?:[救捞挖扒找](?:上来|出来|下来|回来)的)|(?:死|没|走)的那[户家]|(?:昨[天晚]|前天|早先|之前|刚才|上午|下午|早上)(?:救|找|捞|挖|扒)[^,。;!?\n\d]{0,3}的"
)
"""Of whom is spoken: says nothing of what became of them now."""


def group_of(words: str) -> Group:
    """Of whom words speak; empty where they do not say."""
    return next((group for group, pattern in _GROUPS if pattern.search(words)), "")
