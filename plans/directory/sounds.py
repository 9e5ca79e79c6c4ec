"""How words fit names: as they are written, as they sound, by initials, with a slip of the hand."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from plans.directory.readings import readings

LONGEST = 100
"""Of a query no more characters are looked at."""

LEAST = 55
"""Hits below this score are not worth showing."""

SHORT = 12
"""Longer texts are searched as they are written, not as they sound."""

NUMBER = re.compile(r"[+\d()（）-]*\d[+\d()（）-]*\Z")
_SPACES = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True, slots=True)
class Sound:
    """A name as it is written and as it sounds: ``卫健局``, (wei, jian, ju)."""

    text: str
    syllables: tuple[str, ...]
    pinyin: str
    initials: str

    def holds(self, other: Sound) -> bool:
        """Return whether the other's syllables stand in this one's, whole and in a row."""
        return f" {' '.join(other.syllables)} " in f" {' '.join(self.syllables)} "


@lru_cache(maxsize=8192)
def sound_of(name: str) -> Sound:
    """Return how a name sounds; letters and digits in it stand for themselves."""
    text = plain(name)
    known = readings()
    if known is not None:
        syllables = tuple(known.of(text))
    else:
        from pypinyin import lazy_pinyin  # a quarter of a second

        syllables = tuple(part for part in lazy_pinyin(text, errors=_keep) if part)
    return Sound(text, syllables, "".join(syllables), "".join(part[0] for part in syllables))


def _keep(chars: str) -> Any:
    return [char for char in chars if char.isalnum()]  # pypinyin takes each as a syllable of its own


def words_of(query: str) -> list[str]:
    """Return the words of a query; a number with spaces in it is one."""
    query = query[:LONGEST]
    if NUMBER.match(plain(query)):
        return [plain(query)]
    return [word for word in (plain(part) for part in _SPACES.split(query)) if word]


def plain(text: str) -> str:
    """Return text without what makes equal names differ: width, case, brackets, spaces."""
    folded = unicodedata.normalize("NFKC", text).lower().strip()
    if NUMBER.match(folded.replace(" ", "")):
        return folded.replace(" ", "")
    return re.sub(r"[\s'’()（）《》“”\"]+", "", folded)


def about(word: str, text: str) -> float:
    """Return from 0 to 100 how much a text is about a word."""
    text = plain(text)
    if not text or not word:
        return 0
    if word == text:
        return 100
    if word in text:
        return 94 + 5 * len(word) / len(text)
    if len(text) > 1 and text in word:
        return 70 + 25 * len(text) / len(word)
    if len(text) > SHORT:
        return 0
    if word.isascii():
        return _latin(word, sound_of(text)) if len(word) > 3 else 0
    return 88 if _misheard(word, sound_of(text)) else 0


def name_score(word: str, name: Sound) -> float:
    """Return from 0 to 100 how well a word names something: the whole name before a part, writing before sound."""
    if word.isascii():
        return _latin(word, name)
    text = name.text
    if word == text:
        return 100
    if word in text:
        return 92 + 6 * len(word) / len(text) + (1 if text.startswith(word) else 0)
    if text in word and len(text) > 1:
        return 78 + 12 * len(text) / len(word)
    if _in_order(word, text):
        return 76 + 12 * len(word) / len(text)
    if len(word) > 1 and sound_of(word).syllables == name.syllables:
        return 90
    if _misheard(word, name):
        return 80
    ratio = _alike(word, text)
    return ratio * 0.9 if ratio >= 66 else 0


def _alike(word: str, other: str) -> float:
    from rapidfuzz import fuzz

    return fuzz.ratio(word, other)


def _misheard(word: str, name: Sound) -> bool:
    """Whether a word is part of a name but for characters of the same sound; of two characters one must be right."""
    if len(word) < 2 or (len(word) == 2 and not set(word) & set(name.text)):
        return False
    return name.holds(sound_of(word))


def _latin(word: str, name: Sound) -> float:
    """Score latin letters: initials, pinyin or a mixture (``shizf``), the whole name before a part of it."""
    if not word.isalnum():
        return 0
    if word in (name.initials, name.pinyin, name.text):
        return 98
    best = max((_spelt(word, name.syllables, start) for start in range(len(name.syllables))), default=0)
    if best:
        return best
    if len(word) > 2 and _in_order(word, name.initials):
        return 58 + 8 * len(word) / len(name.initials)
    if len(word) > 5:
        ratio = _alike(word, name.pinyin)
        return ratio * 0.85 if ratio >= 80 else 0
    return 0


def _spelt(word: str, syllables: tuple[str, ...], start: int) -> float:
    """Score a word that is made of the beginnings of syllables in a row; 0 when it is not."""
    if len(word) < (2 if start == 0 else 3) or not syllables[start].startswith(word[0]):
        return 0
    reached = {0}
    for count, syllable in enumerate(syllables[start:], 1):
        ahead: set[int] = set()
        for position in reached:
            size = 0
            while size < len(syllable) and position + size < len(word) and word[position + size] == syllable[size]:
                size += 1
                ahead.add(position + size)
        if len(word) in ahead:
            covered = count / len(syllables)
            return 95 if covered == 1 else (82 if start == 0 else 74) + 8 * covered
        if not ahead:
            return 0
        reached = ahead
    return 0


def _in_order(word: str, name: str) -> bool:
    """Whether all characters of a short name stand in the long one in this order (卫健局)."""
    if len(word) < 2:
        return False
    rest = iter(name)
    return all(char in rest for char in word)
