"""How Chinese is read aloud, from a table that is there at once; it says what pypinyin says.

Loading pypinyin takes longer than looking up a number. What it knows is kept (see `plans.cache`) as three tables: the
syllable of each character, the words in which it looks characters up together, and the syllables of those words that
are not those of their characters (银行, 重庆). As there, a text is cut into the longest known words from its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from plans.cache import Cache, digest

_KEPT = Cache("readings", most=1)
_AROUND = ("^(?:", ")+$")
"""What stands around the class of Chinese characters in pypinyin's own expression."""


class Readings:
    """What is read, made of the tables.

    Args:
        tables: as `tables` makes them.
    """

    def __init__(self, tables: dict[str, Any]) -> None:
        self._chinese = re.compile(f"{tables['chinese']}+")
        self._syllables = {char: syllable for syllable, chars in tables["syllables"].items() for char in chars}
        self._words: dict[str, str] = tables["words"]
        self._odd: dict[str, str] = tables["odd"]
        self._known = lru_cache(maxsize=None)(self._words_with)

    def of(self, text: str) -> Iterator[str]:
        """Yield the syllables of a text; what is no Chinese stands for itself, without signs."""
        end = 0
        for run in self._chinese.finditer(text):
            yield from filter(str.isalnum, text[end : run.start()])
            yield from self._read(run[0])
            end = run.end()
        yield from filter(str.isalnum, text[end:])

    def _read(self, run: str) -> Iterator[str]:
        at = 0
        while at < len(run):
            words, longest = self._known(run[at])
            rest = run[at + 1 : at + 1 + longest]
            size = next((size for size in range(len(rest), 0, -1) if rest[:size] in words), 0)
            if size:
                yield from self._word(run[at : at + 1 + size])
            elif any(word.startswith(run[at + 1 :]) for word in words):  # all that is left only begins a word
                yield from self._apart(run[at:])
                return
            else:
                yield from self._apart(run[at])
            at += 1 + size

    def _word(self, word: str) -> Iterable[str]:
        odd = self._odd.get(word)
        return self._apart(word) if odd is None else odd.split()

    def _apart(self, chars: str) -> Iterator[str]:
        for char in chars:
            syllable = self._syllables.get(char)
            if syllable is not None or char.isalnum():
                yield syllable or char

    def _words_with(self, first: str) -> tuple[frozenset[str], int]:
        """Return the words that begin with a character, without it, and how long the longest is."""
        words = frozenset(self._words.get(first, "").split("\n")) - {""}
        return words, max(map(len, words), default=0)


@cache
def readings() -> Readings | None:
    """Return what is kept of this pypinyin, None where nothing is."""
    found = find_spec("pypinyin")
    if found is None or found.origin is None:
        return None
    key = digest(Path(found.origin).read_bytes(), Path(__file__).read_bytes())  # the former says which version it is
    entry = _KEPT.get(key)
    if entry is None:
        _KEPT.put(key, tables)
        return None
    try:
        return Readings(entry)
    except (TypeError, ValueError, KeyError, AttributeError):
        return None


def tables() -> dict[str, Any] | None:
    """Return the tables, None where pypinyin is not as it was."""
    from pypinyin import lazy_pinyin
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT, RE_HANS

    before, behind = _AROUND
    if not (RE_HANS.pattern.startswith(before) and RE_HANS.pattern.endswith(behind)):
        return None
    alone = {char: _one(lazy_pinyin(char, errors="ignore")) for char in map(chr, PINYIN_DICT)}
    syllables: dict[str, str] = {}
    for char, syllable in alone.items():
        if syllable:
            syllables[syllable] = syllables.get(syllable, "") + char
    words: dict[str, list[str]] = {}
    odd: dict[str, str] = {}
    for word in PHRASES_DICT:
        words.setdefault(word[0], []).append(word[1:])
        read = lazy_pinyin([word], errors="ignore")
        if read != [alone.get(char) for char in word]:
            odd[word] = " ".join(read)
    return {
        "chinese": RE_HANS.pattern.removeprefix(before).removesuffix(behind),
        "syllables": syllables,
        "words": {first: "\n".join(rest) for first, rest in words.items()},
        "odd": odd,
    }


def _one(read: list[str]) -> str:
    return read[0] if read else ""
