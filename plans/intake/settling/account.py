"""The figures of a text, clause by clause, as they stand after each correction."""

from __future__ import annotations

from plans.intake.clauses import facts_of
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.settling.counts import Count, counts_of
from plans.intake.settling.figures import BY, Figures
from plans.intake.settling.words import (
    ASKED,
    CONFIRMED,
    DISMISSED,
    EARLIER,
    IDLE,
    MOVES,
    NOT,
    OTHERWISE,
    TALK,
    WRONG_BEHIND,
    Move,
    move_of,
    named,
    residue,
    said_besides,
)

_ENDS = "。!?\n"
_MORE = lazy(r"又|另|还|再|新增")
_WRONGLY: frozenset[Move] = frozenset(("wrong", "checked", "talk"))
_SPARED = lazy(
    r"脱险|[获得解]救|救[出下回]|联系[上到]|找[到回]|平安|安全|没事|无恙|登记|民警|警察|消防|医护|嫌疑人|现场有"
)
"""Of these a figure without a harm does not take the stead of one of the harmed: 死3人，撤回。救出14人."""
_LISTED = lazy(r"(?:死亡|遇难|受伤|重伤|被困|失[联踪]|中毒|[死伤])的?:")
_PART = lazy(r"其中|里[面头]有?|当中")
_LONG = 8
"""Characters of whom a clause says that they were left out (漏了一个放羊的)."""


class Account(Figures):
    """Takes the clauses of a text in, one after the other."""

    def take(self, gap: int, low: int, high: int, following: list[Span]) -> bool:
        """Take one clause in; False where it is not understood.

        Args:
            gap: where the marks before it begin.
            low, high: where it stands.
            following: the clauses behind it.
        """
        if self.answered and any(mark in self.text[gap:low] for mark in _ENDS):
            self._end()
        if (asked := ASKED.search(self.text, low, min(high + 1, len(self.text)))) is not None:
            return self._question(gap, low, high, asked.start())
        if (other := OTHERWISE.search(self.text, low, high)) is not None:
            self.gone.append((other.start(), high))
            high, self.move = other.start(), self.move or "wrong"
        by = self._said_by(low, high)
        taken = self._more_or_less(gap, low, high, *by) if by is not None else None
        if taken is not None:
            return taken
        counts = counts_of(self.text, low, high)
        if counts is None:
            return False
        words = residue(self.text, low, high, counts)
        if not counts:
            taken = self._mark(gap, low, high, words, following)
            self.nods = CONFIRMED.fullmatch(self.text, low, high) is not None
            return taken
        taken = self._counts(gap, low, high, words, counts)
        self.nods = False
        return taken

    def _end(self) -> None:
        self.move, self.label, self.answered, self.wrong, self.just = None, None, False, [], []

    def _question(self, gap: int, low: int, high: int, at: int) -> bool:
        """受伤几个？: what follows answers it."""
        facts = facts_of(self.text[low:at])
        if len(facts) != 1 or not any(count.fact == facts[0] for count in self.told):
            return False
        self.label, self.move, self.answered = facts[0], "checked", False
        self.gone.append((gap, high))
        return True

    def _said_by(self, low: int, high: int) -> tuple[Move, Span] | None:
        """Words that say by how many a figure is too small or too great, and where they stand."""
        if DISMISSED.search(self.text, low, high):
            return None
        for move, pattern in MOVES:
            if move in BY and (match := pattern.search(self.text, low, high)) is not None:
                return move, match.span()
        return None

    def _more_or_less(self, gap: int, low: int, high: int, move: Move, words: Span) -> bool | None:
        """漏了一个, 一共4个: None where the clause tells something else."""
        own = counts_of(self.text, *words)
        before, counts = counts_of(self.text, low, words[0]), counts_of(self.text, words[1], high)
        if own is None or before is None or counts is None:
            return None
        parts = [*before, *own]
        if not parts and len(counts) > 1:
            parts, counts = counts[:1], counts[1:]
        elif not parts and counts and not counts[0].fact and self._is_whom(counts[0], high):
            parts, counts = counts, []
        rest = said_besides(
            residue(self.text, low, words[0], before) + residue(self.text, words[1], high, [*parts[-1:], *counts])
        )
        if not self.told or len(parts) > 1 or len(counts) > 1 or len(rest) > _LONG:
            return None
        if any(part.fact for part in parts if part not in own) or any(part.low != part.high for part in parts):
            return None
        if parts or self.move not in BY or self.answered:
            self.by = parts[0].low if parts else 1.0 if rest else 0.0
        self.move, self.answered = move, False
        if counts and not self.answer(counts[0]):
            return False
        self.gone.append((gap, high))
        return True

    def _is_whom(self, count: Count, high: int) -> bool:
        """没算一个放羊的, 一个电工也算: a number of those who were left out, and no total."""
        behind = self.text[count.head[1] : high]
        return IDLE.search(behind) is not None or bool(said_besides(behind))

    def _no_mark(self, counted: bool) -> bool:
        """A clause that tells something else."""
        if counted or (self.move is not None and not self.answered):
            return False
        self._end()
        return True

    def _mark(self, gap: int, low: int, high: int, words: str, following: list[Span]) -> bool:
        """A clause without a figure: a mark that corrects, or anything else."""
        move = move_of(words)
        rest = said_besides(words)
        facts = facts_of(self.text[low:high])
        if rest and self.told and (tail := self.text[low:high].rpartition(":")[2]) and tail in self.text[:low]:
            self.gone.append((gap, high))  # 转:工地塌了: said before
            self.move, self.answered, self.just = move or self.move or "again", False, []
            return True
        if rest or len(facts) > 1 or (not facts and "|" in words) or (move is None and facts):
            if move == "wrong" and WRONG_BEHIND.search(words):
                return False
            return self._no_mark(counted=False)
        if move is None:
            if self.told:
                self.gone.append((gap, high))
            return True
        if (self.answered or self.confirmed) and not self._follows(following):
            self.gone.append((gap, high))
            return True
        label = facts[0] if facts else None
        if not self._follows(following) and label is None:
            return self._backward(move, gap, high)
        if not self.told:
            return True
        if not (move in _WRONGLY and self.move in BY and not self.answered):
            self.move = move
        self.label, self.answered = label or self.label, False
        self.gone.append((gap, high))
        return True

    def _follows(self, following: list[Span]) -> bool:
        """Whether a figure follows that may take the stead of one that was told."""
        known = {count.fact for count in self.told}
        for low, high in following:
            counts = counts_of(self.text, low, high)
            if counts:
                return any(count.fact is None or count.fact in known for count in counts)
            if counts is None or said_besides(residue(self.text, low, high, [])):
                return False
        return False

    def _backward(self, move: Move, gap: int, high: int) -> bool:
        """被困是三个，刚才说错了: the last figure takes the stead of the one before it."""
        new = self.told[-1] if self.told else None
        olds = [count for count in self.told[:-1] if new is not None and count.fact == new.fact]
        if new is not None and new.fact is None and len(self.told) > 1:
            if _MORE.search(self.text, new.gap, new.head[0]):
                return False  # 死了3个人，还有2个，数错了: which of them is open
            olds = [self.told[-2]]
        if new is None or len(olds) != 1 or move not in ("wrong", "checked"):
            return move != "wrong"
        if move == "checked" and self.text[high : high + 1] in (",", ":"):
            return self._no_mark(counted=False)  # 清点了一下，受伤几人: it goes on from there
        if _PART.search(self.text, new.gap, new.head[0]):
            return False  # 死了20名，其中1名女性
        if said_besides(residue(self.text, *new.span, [new])) or not self.may(olds[0], new):
            return False
        self.told.pop()
        self.put(olds[0], new)
        self.gone += [(new.gap, new.span[1]), (gap, high)]
        return True

    def _counts(self, gap: int, low: int, high: int, words: str, counts: list[Count]) -> bool:
        counts = [count.behind(gap) if count.span[0] == low else count for count in counts]
        head = counts[0].head[0]
        if (no := NOT.search(self.text, low, head)) is not None and len(counts) == 1:
            return self._not_so(gap, low, high, counts[0], no.span())
        behind = WRONG_BEHIND.search(self.text, counts[-1].head[1], high)
        earlier = EARLIER.match(self.text, low)
        if behind is not None or (earlier is not None and earlier.end() <= head):
            return self._wrong(low, high, counts, earlier.end() if earlier else low, behind.start() if behind else high)
        if len(counts) == 1 and self.confirms(low, counts[0]):
            self.gone.append((gap, high))
            self.confirmed = True
            return True
        self.confirmed = False
        move = move_of(words)
        if move == "talk" and (self._in_units() or self._open() or not TALK.search(self.text, low, head)):
            move = None
        pure = not said_besides(words) and not (counts[0].fact is None and named(words))
        if self.text[high : high + 1] == "?" and (line := self.line(counts, gap)) is not None:
            self.gone.append((line, high + 1))  # 死了3个？: somebody asks whether it is so
            self.label, self.move, self.answered = counts[-1].fact, "checked", False
            return True
        if move is not None and pure and self.told and not (move in _WRONGLY and self.move in BY):
            self.move, self.answered, self.just = move, False, []
        elif move is not None and not pure and move == "wrong":
            return False
        if self.move is None:
            self.told += counts
            return True
        pure = pure and (counts[0].fact is not None or not _SPARED.search(self.text, low, high))
        if not pure:
            if not self.answered:
                return False
            self._end()
            self.told += counts
            return True
        return self._new(gap, high, counts)

    def _in_units(self) -> bool:
        """Whether one harm is told of several: a figure may be that of one of them."""
        facts = [count.fact for count in self.told if count.fact]
        return len(facts) != len(set(facts))

    def _open(self) -> bool:
        """Whether a figure has no harm beside it: another group's of a list (死亡的:一班三人,二班5人)."""
        listed = len(self.told) > 1 and any(count.fact is None for count in self.told)
        return listed and _LISTED.search(self.text) is not None

    def _new(self, gap: int, high: int, counts: list[Count]) -> bool:
        """Figures behind a mark."""
        added = _MORE.search(self.text, gap, counts[0].head[0]) is not None
        kept: list[Count] = []
        for count in counts:
            fact = count.fact or self.label
            olds = [old for old in self.told if old.fact == fact] if fact else self.told
            olds = [old for old in olds if not self.answered or old.head not in self.just]
            if added and (not fact or (olds and self.move in (None, "talk", "checked"))):
                return False  # 一个没能救回来，还有一个已确认死亡
            if not olds or (self.answered and not count.fact):
                if not self.answered and self.move in _WRONGLY:
                    return False
                kept.append(count)
            elif added and self.answered and not self.same(count):
                return False
            elif not self.answer(count):
                return False
        self.told += kept
        if not kept:
            self.gone.append((gap, high))
        elif len(kept) < len(counts):
            self.gone += [count.span for count in counts if count not in kept]
        return True

    def _not_so(self, gap: int, low: int, high: int, count: Count, no: Span) -> bool:
        """不是5个，是3个: the first was told before, or is told here to be wrong."""
        if said_besides(residue(self.text, low, no[0], []) + residue(self.text, no[1], high, [count])):
            return False
        olds = [old for old in self.told if old.bounds == count.bounds and count.fact in (None, old.fact)]
        last = self.told[-1] if self.told else None
        if len(olds) == 1 and last is not None and last != olds[0] and last.fact in (None, olds[0].fact):
            if last.span[1] == gap and self.may(olds[0], last):  # 死了5个，3个，不是5个
                self.told.pop()
                self.put(olds[0], last)
                self.gone += [(last.gap, last.span[1]), (gap, high)]
                return True
        if len(olds) > 1 and count.fact is None:
            olds = olds[-1:]
        if not olds and count.fact and all(old.fact != count.fact for old in self.told):
            self.told.append(count)
            self.gone.append((low, no[1]) if facts_of(self.text[no[1] : high]) else no)
            olds = [count]
        elif len(olds) == 1:
            self.gone.append((gap, high))
        else:
            return False
        self.wrong, self.move, self.answered, self.label = olds, "wrong", False, None
        return True

    def _wrong(self, low: int, high: int, counts: list[Count], start: int, end: int) -> bool:
        """刚才报的死3人有误: figures for which others are to follow."""
        if end < high and said_besides(self.text[end:high]):
            return False
        if any(count.fact is None or any(old.fact == count.fact for old in self.told) for count in counts):
            return False
        self.told += counts
        self.gone += [(low, start), (end, high)]
        self.wrong, self.move, self.answered, self.label = [*counts], "checked", False, None
        return True
