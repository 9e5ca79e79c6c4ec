"""Whose words a text passes on: 医院那边讲 is a saying of theirs, 我们医院说 and what the writer asked for is not."""

from __future__ import annotations

import re
from functools import cache

from plans.intake.engine import compiled
from plans.intake.lexicon import TableError, rows
from plans.intake.patterns import lazy

KINDS = ("own", "body", "person")
_SAYS = r"(?:说(?!明|服|法|一声|一下|清|不清|不准|好|认定)|讲(?!解|话|稿|课)|告诉(?:我们?|俺)?|跟(?:我们?|俺)[说讲])"
"""How one speaker passes on what another said; 据交警介绍, 警方通报 and 反映 quote statements that were made."""
_WHERE = r"(?:那边|那头|那里|那儿|这边|里头|方面|的人|的同志)?"
_TO = lazy(r"[打拨报叫给跟问向送到去在和与找对]$")
"""Before a source: the writer spoke to it, or somebody was brought there."""
_OUR = lazy(r"(?:我们?|俺们?|咱们?|本)$")
_ASKED = lazy(
    r"问(?![题候责])|打过?了?[^,。;!?]{0,4}电话|打通|(?<!失去)联系(?!不|上了|上的)|回电|来电|核对(?!过)|对了?[一几两]遍|接(?:到|了)?[^,。;!?]{0,5}电话|守着|以[^,。;]{1,8}为准"
)
"""The writer asked, or was told for the record: what was answered is his own word."""


@cache
def _words() -> dict[str, tuple[str, ...]]:
    words: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for row in rows("sources", 2, 2):
        word, kind = row.cells
        if kind not in words:
            raise TableError(f"{row.where}: {kind!r} is none of {', '.join(KINDS)}")
        words[kind].append(word)
    return {kind: tuple(sorted(found, key=len, reverse=True)) for kind, found in words.items()}


@cache
def _relays() -> re.Pattern[str]:
    """A source, where it is, and that it says something."""
    body, person = ("|".join(map(re.escape, _words()[kind])) for kind in ("body", "person"))
    who = rf"(?P<who>[县市省区镇乡村]?(?:(?P<body>{body})|(?:{person})){_WHERE})"
    return compiled(rf"{who}[^,。;!?:\d说讲称死伤亡]{{0,4}}?{_SAYS}", sparse=True)


@cache
def _own() -> re.Pattern[str]:
    return compiled("|".join(map(re.escape, _words()["own"])), sparse=True)


_CORRECTED = lazy(
    r"[^。;!?\n]{0,40}?(?:核实|确认|核对(?!过)|查|数|点)(?:完|后|过|清)?[^,。;!?]{0,3}是[\d一二两三四五六七八九十]"
)
"""Behind a saying: its number alone is corrected, of the same harm."""


_MEDICAL = lazy(r"大夫|医生|护士|120|急救|法医|校医|村医|医护|救护")
_VERDICT = lazy(
    r"[^,。;!?\n\d一二两三四五六七八九十几俩仨]{0,6}?(?:没救|冇得?救|救不|没(?:气|心跳|呼吸|脉|命|希望|用)|不行了|不在了|没了|已?死亡|没活|晚了"
    r"|骨折|骨裂|断了|脑震荡|内出血|破裂|皮外伤|轻伤|重伤|没(?:啥|大|什么)?(?:事|碍)|危险|截肢|保不住|要开刀|要手术|烧伤|挫伤|扭伤|拉伤)"
    r"[^,。;!?\n\d一二两三四五六七八九十几俩仨]{0,4}"
)
"""What a doctor says of somebody he has looked at is no hearsay (大夫说没救了); how many there are may be."""


def relayed(part: str, before: str, behind: str = "") -> tuple[str, str] | None:
    """Return the cue and the source of what a clause passes on; None where nobody else is said to tell it.

    Args:
        before, behind: the text of the sentence up to the clause, and what follows it.
    """
    for match in _relays().finditer(part):
        ahead = part[: match.start()]
        if (
            (_TO.search(ahead) and not match["who"].endswith("的人"))
            or (match["body"] and _OUR.search(ahead))
            or asked(before + ahead)
        ):
            continue
        if _MEDICAL.search(match["who"]) and _VERDICT.fullmatch(part, match.end()):
            continue
        return None if _CORRECTED.match(behind) else (match[0], match["who"])
    return None


def asked(before: str) -> bool:
    """Return whether the writer has asked for what follows."""
    return _ASKED.search(before) is not None


def is_authority(source: str) -> bool:
    """Return whether it is a hospital, the police or another body, or somebody who works there."""
    return _authority().search(source) is not None


@cache
def _authority() -> re.Pattern[str]:
    return compiled("|".join(map(re.escape, (*_words()["body"], *_OFFICIALS))), sparse=True)


_OFFICIALS = (
    *("大夫", "医生", "护士", "校医", "民警", "交警", "警察", "支书", "村主任", "村长", "镇长", "乡长", "校长", "园长"),
    *("班主任", "厂长", "矿长", "船长", "队长", "站长", "所长"),
)


def is_own(cue: str) -> bool:
    """Return whether it is a voice of the office, or a line that only carries words."""
    return _own().search(cue) is not None
