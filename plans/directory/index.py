"""Which lines of a large directory a word can fit at all, so that only these are looked at closely.

Small books need none of this. In large ones a word's candidates are the lines that hold its rarest characters,
syllables or digits; of too many of them the shortest names are taken, which are what a short query means.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from plans.directory.numbers import digits
from plans.directory.sounds import NUMBER, Sound, sound_of

SMALL = 600
"""A book with no more lines is read whole."""

MOST = 150
"""Lines of a larger one that are looked at closely."""

RAREST = 6
"""Characters of a word that are looked for where nothing fits it as it is written."""

COMMON = 8000
"""A character that stands in more lines tells little beside rarer ones."""

WIDE = 3000
"""Lines that are counted for one word; pairs that name more tell nothing."""

GRAM = 3
"""Digits that are looked up together; fewer find nothing anyway."""

LONGEST_SYLLABLE = 6


@dataclass
class Index:
    """Where characters, syllables, initials and digits stand.

    Args:
        names: of each line everything that it is called, as it sounds; the lines with the shortest names first.
        numbers: of each line the digits.
        places: of each line the place of its plan.
    """

    names: Sequence[Sequence[Sound]]
    numbers: Sequence[str]
    places: Sequence[Sound]
    _chars: dict[str, set[int]] = field(init=False, repr=False)
    _syllables: dict[str, set[int]] = field(init=False, repr=False)
    _initials: dict[str, set[int]] = field(init=False, repr=False)
    _grams: dict[str, set[int]] = field(init=False, repr=False)
    _by_place: dict[Sound, set[int]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._chars, self._syllables = defaultdict(set), defaultdict(set)
        self._initials, self._grams, self._by_place = defaultdict(set), defaultdict(set), defaultdict(set)
        for line, sounds in enumerate(self.names):
            for name in sounds:
                for char in name.text:
                    self._chars[char].add(line)
                for syllable in name.syllables:
                    self._syllables[syllable].add(line)
                # Pairs tell more than letters; the letters alone find what is written with gaps (wjj).
                for pair in (*name.initials, *map("".join, pairwise(name.initials))):
                    self._initials[pair].add(line)
            number = self.numbers[line]
            for start in range(len(number) - GRAM + 1):
                self._grams[number[start : start + GRAM]].add(line)
            self._by_place[self.places[line]].add(line)

    def candidates(self, words: Sequence[str], anywhere: Iterable[str]) -> list[int]:
        """Return the lines that may fit every word, the shortest names first.

        Args:
            words: of the query.
            anywhere: words that may fit any line (传真, 值班).
        """
        matches: set[int] | None = None
        free = frozenset(anywhere)
        for word in words:
            if word in free:
                continue
            mine = self._of(word)
            matches = mine if matches is None else matches & mine
        lines = range(len(self.names)) if matches is None else matches
        return sorted(lines)[:MOST] if len(lines) > MOST else sorted(lines)

    def _of(self, word: str) -> set[int]:
        if NUMBER.match(word):
            return self._of_number(digits(word))
        mine = self._latin(word) if word.isascii() else self._written(word)
        for place, lines in self._by_place.items():
            if place.text and (word in place.text or (len(word) > 1 and place.initials.startswith(word))):
                mine = mine | lines
        return mine

    def _of_number(self, number: str) -> set[int]:
        if number.startswith("86") and len(number) > 9:
            number = number.removeprefix("86")
        grams = [number[start : start + GRAM] for start in range(len(number) - GRAM + 1)]
        mine = _all(self._grams, grams)
        ends = {line for line in mine if self.numbers[line].endswith(number)} if len(mine) > MOST else mine
        return ends or mine

    def _written(self, word: str) -> set[int]:
        """Return the lines that hold all characters of a word, else all its sounds, else many of its characters."""
        heard = sound_of(word).syllables if len(word) > 1 else ()
        return _all(self._chars, word) or _all(self._syllables, heard) or _most(self._chars, word)

    def _latin(self, word: str) -> set[int]:
        """Return the lines whose initials or syllables a word may spell."""
        pairs = ["".join(pair) for pair in pairwise(word)]
        mine = _all(self._initials, pairs or [word]) | (_all(self._initials, word) if len(word) > 2 else set())
        pieces = self._pieces(word)
        whole = [piece for piece in pieces if piece in self._syllables]
        if whole:
            rest = [piece for piece in pieces if piece not in self._syllables]
            spelt = _all(self._syllables, whole)
            mine |= spelt & _all(self._initials, rest) if rest else spelt
        if not mine and len(whole) > 1:
            mine = _most(self._syllables, whole)
        return mine

    def _pieces(self, word: str) -> list[str]:
        """Cut a word into the longest syllables that the book knows; what is none is one letter."""
        pieces, start = [], 0
        while start < len(word):
            sizes = range(min(LONGEST_SYLLABLE, len(word) - start), 1, -1)
            size = next((size for size in sizes if word[start : start + size] in self._syllables), 1)
            pieces.append(word[start : start + size])
            start += size
        return pieces


def _all(postings: dict[str, set[int]], keys: Iterable[str]) -> set[int]:
    """Return the lines in which every key stands; the rarest is looked at first."""
    sets = sorted((postings.get(key, set()) for key in dict.fromkeys(keys)), key=len)
    if not sets:
        return set()
    common = sets[0]
    for other in sets[1:]:
        common = common & other
    return set(common)


def _most(postings: dict[str, set[int]], keys: Iterable[str]) -> set[int]:
    """Return lines in which many of the keys stand, those with most of them.

    Of the rarest keys every two are looked for together: a line that holds many of them is found by many pairs.
    """
    distinct = sorted(dict.fromkeys(keys), key=lambda key: len(postings.get(key, ())))
    if len(distinct) < 3:
        return set()  # one of two says nothing
    sets = [postings[key] for key in distinct if key in postings][:RAREST]
    pairs = sorted(
        (one & other for one, other in combinations(sets, 2) if len(one) <= COMMON), key=len
    )  # the first is the rarer
    counted: Counter[int] = Counter()
    for lines in pairs:
        if len(counted) + len(lines) > WIDE and counted:
            break
        counted.update(lines)
    return {line for line, _ in counted.most_common(MOST)}
