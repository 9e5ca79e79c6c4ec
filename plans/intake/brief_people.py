"""People of a report of few words and what befell each of them, clause by clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from plans.intake.brief_words import HARMS, Piece, glued, listed, pieces, same
from plans.intake.patterns import lazy

_OF_TWO = frozenset(("老的", "小的", "大的", "男的", "女的"))
_OWNERS = lazy(r"(?:人|个人)的(?!手|脚|腿|头|脸|胳膊|腰|眼|背)")
_GEAR_BEFORE = lazy(
    r"(?:[缺少差欠]|需要?|要|买|领|配|备|发放?|借|带|穿|戴|器|材|棺|木|架|面罩|面具|头盔|气瓶|雨衣|绳)[了有]?(?:约|近|大概)?$"
)
_GEAR_BEHIND = lazy(
    r"(?:以上|左右|多)?的?(?:棺|担架|灭火|呼吸|空呼|面[罩具]|头盔|气瓶|装备|器材|骨灰|设备|防护|水枪|绳)"
)
"""Around 具: it counts coffins or gear."""
_LISTS = frozenset("和跟与及")
_NO = lazy(r"(?:没有?|没得|没见|未见?|无|冇|勿曾|并未|不曾|没听说)(?:有|得)?(?:人|谁|哪个|学生|一个|任何人)?$")


@dataclass
class People:
    """Some people of the text and what is said of them.

    Attributes:
        folk: a noun that says neither one nor several; ``part``: of others; ``rest``: of a whole.
        late: what befell them was said before they were counted; ``first``: right before (伤了3个).
    """

    low: int | float
    high: int | float | None
    start: int
    end: int
    clause: int
    kind: str
    harms: set[str] = field(default_factory=set)
    words: str = ""
    folk: bool = False
    part: bool = False
    rest: bool = False
    late: bool = False
    first: bool = False

    def add(self, piece: Piece, text: str) -> None:
        """It befell them, too."""
        if piece.kind == "missing":
            self.harms.discard("safe")  # 船找到了，人没找到
        self.harms.add(piece.kind)
        self.words += text[piece.start : piece.end]
        self.start, self.end = min(self.start, piece.start), max(self.end, piece.end)


_NOR = lazy(r"(?:人员|的|者|情况)?(?:、|和|或者?|以?及|与|更?也?没有?|、无|更?无)(?:人员|人|发生|出现)?")
_FOUND = frozenset(("dead", "hurt", "wound", "serious", "ill", "weak"))
_OTHERS_BEGIN = lazy(r"(?![都均全已也经后送因在当现正还仍没未无抢其有是为且并而但又再随立人时被])[^ ,。;:、!?()\n]+")


class Account:
    """The pieces of one text in order.

    Attributes:
        people: those who are told of; ``everybody``: also those who turn out to be told of twice.
        pending: harms of people who are told of later, or never.
        none: words that say that nothing befell anybody.
        lost: something was not understood, so that nothing of the text is read.
    """

    def __init__(self, text: str, category: str | None) -> None:
        self.text, self.category = text, category
        self.people: list[People] = []
        self.everybody: list[People] = []
        self.pending: list[Piece] = []
        self.all: list[Piece] = []
        self.none = ""
        self.lost = False

    def hear(self) -> None:
        """Fill `people`, clause by clause."""
        found = self.all = pieces(self.text)
        number = 0
        while number < len(found):
            clause = found[number].clause
            end = number
            while end < len(found) and found[end].clause == clause:
                end += 1
            self._clause(self._joined(found[number:end]))
            number = end

    def _joined(self, clause: Sequence[Piece]) -> list[Piece]:
        """A clause in which people told of twice, or listed, stand once."""
        once: list[Piece] = []
        for at, piece in enumerate(clause):
            last = once[-1] if once else None
            if last is not None and last.kind == "heads" and piece.kind == "count":
                once[-1] = replace(piece, start=last.start)
            elif last is not None and last.people and piece.people and same(self.text, last, piece):
                behind = clause[at + 1] if at + 1 < len(clause) else None
                if last.kind == "count" and behind is not None and behind.kind == "count" and behind.start == piece.end:
                    self.lost = True  # 服务员2名厨师1名
                number = max(last, piece, key=lambda one: (one.kind == "count", one.low))
                once[-1] = replace(number, start=last.start, end=piece.end, folk=last.folk and piece.folk)
            elif (
                piece.kind == "one"
                and len(once) > 1
                and last is not None
                and last.kind in HARMS
                and once[-2].kind == "count"
                and (once[-2].end, last.end) == (last.start, piece.start)
            ):
                continue  # 2名重伤学生
            else:
                once.append(piece)
        out: list[Piece] = []
        names = 0
        for piece in once:
            last = out[-1] if out else None
            if last is not None and last.people and piece.people and listed(self.text, last, piece):
                names += 1
                if piece.kind == "count" and names > 1 and piece.low == names + 1 and last.low == names:
                    out[-1] = replace(piece, start=last.start)  # 张某、李某、王某三人
                    continue
                self.lost = self.lost or (piece.folk and last.kind == "count")  # 5名幼儿及老师
                high = None if last.high is None or piece.high is None else last.high + piece.high
                out[-1] = replace(last, kind="count", folk=False, end=piece.end, low=last.low + piece.low, high=high)
            else:
                out.append(piece)
        self.lost = self.lost or any(piece.people and self._listed_in_part(piece) for piece in out)
        return out

    def _listed_in_part(self, piece: Piece) -> bool:
        """司机和押车的, 压了3个人的车位: beside them others are told of whom no table knows, or they own something."""
        if self.text[piece.end : piece.end + 1] in _LISTS or self.text[piece.start - 1 : piece.start] in _LISTS:
            return True
        return piece.kind == "count" and _OWNERS.match(self.text, piece.end - 1) is not None

    # ------------------------------------------------------------------------------------------------- one clause

    def _clause(self, clause: list[Piece]) -> None:
        free: People | None = None
        waiting: list[Piece] = []
        every = part = rest = notone = False
        at, denied = 0, -1
        while at < len(clause):
            piece = clause[at]
            ahead = clause[at + 1] if at + 1 < len(clause) else None
            if denied >= 0 and piece.kind in HARMS and _NOR.fullmatch(self.text, denied, piece.start):
                self._none_at_all(free, piece)  # 没有死亡或者重伤
                denied = piece.end
            elif piece.kind == "actor":
                free = None
                while ahead is not None and ahead.kind in HARMS:
                    at += 1
                    ahead = clause[at + 1] if at + 1 < len(clause) else None
            elif piece.kind == "all":
                every = True
            elif piece.kind == "part":
                part = True
            elif piece.kind == "notone":
                if len(self.text[piece.start : piece.end]) == 2 and self._more_behind(piece):
                    free = self.new(replace(piece, kind="count", low=1, high=1))
                else:
                    notone = True
            elif piece.kind == "whole":
                self._of(free, Piece("well", piece.start, piece.end, piece.clause), every=True)
            elif piece.kind == "rest":
                rest = True
                if ahead is None or not ahead.people:
                    free = self._rest(piece)
                    if free is None:
                        return
            elif piece.kind == "they":
                free = self._left_over(piece) or free or self._last()
                if free is None and (self.text[piece.start] == "那" or (ahead is not None and ahead.kind in HARMS)):
                    free = self.new(replace(piece, low=1, high=1))
            elif piece.people:
                free = self.new(piece)
                free.part, free.rest = part or self.text[piece.start : piece.end] in _OF_TWO, rest
                for harm in waiting:
                    free.add(harm, self.text)
                waiting = []
                part, rest = part and piece.kind == "one", False
            elif piece.kind == "none":
                self._none_at_all(free, piece)
                denied = piece.end
            elif piece.kind in HARMS:
                behind = clause[at + 2] if at + 2 < len(clause) else None
                if not self._denied(piece) and self._goes_before(piece, ahead, behind, free) and ahead is not None:
                    free = self.new(ahead)
                    free.part, free.rest, free.first = part, rest, piece.kind not in ("safe", "well")
                    rest = False
                    kinds = {harm.kind for harm in (*waiting, piece)}
                    self.lost = self.lost or ("dead" in kinds and bool(kinds & {"hurt", "wound", "ill"}))
                    for harm in (*waiting, piece):
                        free.add(harm, self.text)
                    waiting = []
                    at += 2
                    continue
                if notone:
                    self._none_of(piece)
                elif self._denied(piece):
                    self._none_at_all(free, piece)
                    denied = piece.end
                elif free is None and ahead is not None and (ahead.people or ahead.kind in HARMS) and not every:
                    waiting.append(piece)
                else:
                    self.lost = self.lost or (free is not None and self._of_others(free, piece))
                    self._of(free, piece, every=every)
                    if free is not None:
                        self._too(free, piece)
            at += 1
        for harm in waiting:
            self._of(None, harm, every=False)

    def _none_at_all(self, free: People | None, piece: Piece) -> None:
        if free is not None:
            free.harms.add("well")
        else:
            self._nothing(piece)

    def _of_others(self, who: People, harm: Piece) -> bool:
        """受伤3人手机没信号: without a mark the clause goes on with somebody or something that no table knows."""
        return bool(who.harms) and _OTHERS_BEGIN.fullmatch(self.text, who.end, harm.start) is not None

    def _left_over(self, piece: Piece) -> People | None:
        """掉河里6个，爬上来5个，那一个…: the one who is not told of yet."""
        return self._rest(piece) if self.text[piece.start] == "那" else None

    def _denied(self, harm: Piece) -> bool:
        """无人中毒, 没人烫伤."""
        return _NO.search(self.text, max(0, harm.start - 4), harm.start) is not None

    def _more_behind(self, piece: Piece) -> bool:
        """一个没上来，一个熏晕了: one of several."""
        return any(other.start > piece.start and (other.people or other.kind == "rest") for other in self.all)

    def _too(self, who: People, harm: Piece) -> None:
        """滑下去了，拉她的也没上来: so did the one before."""
        if not self.text.endswith("也", 0, harm.start) and "也" not in self.text[who.end : harm.start]:
            return
        before = [other for other in self.people if other is not who]
        if before and not before[-1].harms and before[-1].kind == "one":
            before[-1].harms.add(harm.kind)

    def _goes_before(self, harm: Piece, ahead: Piece | None, behind: Piece | None, free: People | None) -> bool:
        """The people stand behind their harm (摔伤乘客7名)."""
        if ahead is None or not ahead.people or not glued(self.text, harm, ahead):
            return False
        if free is None or free.harms:
            return not (behind is not None and behind.kind in HARMS and harm.kind == "safe")
        if free.kind == "one":
            return True
        return (behind is None or behind.kind not in HARMS) and ahead.low <= free.low

    def new(self, piece: Piece) -> People:
        """Somebody else is told of."""
        who = People(piece.low, piece.high, piece.start, piece.end, piece.clause, piece.kind, folk=piece.folk)
        self.people.append(who)
        self.everybody.append(who)
        if self.text[piece.end - 1 : piece.end] == "具" and not self._is_gear(piece):
            who.harms.add("dead")
        return who

    def _is_gear(self, piece: Piece) -> bool:
        """缺3具, 灭火器3具, 3具以上棺材: what is counted is no body."""
        before = self.text[max(0, piece.start - 6) : piece.start]
        return _GEAR_BEFORE.search(before) is not None or _GEAR_BEHIND.match(self.text, piece.end) is not None

    def _last(self) -> People | None:
        return self.people[-1] if self.people else None

    def _of(self, free: People | None, harm: Piece, *, every: bool) -> None:
        """A harm of the people before it; of all of them where it says so."""
        who = free or self._last()
        if harm.kind == "hit":
            if free is None:
                return
            harm = replace(harm, kind="hurt")
        if who is None:
            self.pending.append(harm)
            return
        if free is None and not every and self._somebody_else(harm):
            self.lost = True
            return
        if harm.kind == "missing" and who.harms & _FOUND:
            self.lost = True  # 受伤3人，电话打不通: nobody who is hurt is missing, so that others are
            return
        who.add(harm, self.text)
        if not every or free is not None:
            return
        for other in reversed(self.people[:-1]):
            if other.harms or other.kind != "one":
                return
            other.add(harm, self.text)

    def _somebody_else(self, harm: Piece) -> bool:
        """老的当场不行了: the clause has a subject of its own that no table knows."""
        low = max(self.text.rfind(mark, 0, harm.start) for mark in ",。;!?: ") + 1
        return "的" in self.text[low : harm.start] or self.text[harm.start - 1 : harm.start] == "也"

    def _none_of(self, harm: Piece) -> None:
        """五口人一个没跑出来: it befell all of them."""
        whole = next((who for who in reversed(self.people) if who.kind in ("count", "pair") and who.low > 1), None)
        if whole is None:
            self.lost = True
            return
        whole.add(harm, self.text)

    def _rest(self, piece: Piece) -> People | None:
        """Those of a whole who are not told of yet."""
        for at, whole in enumerate(self.people):
            parts = self.people[at + 1 :]
            if whole.kind not in ("count", "pair") or not parts or whole.low != whole.high:
                continue
            left = whole.low - sum(part.low for part in parts)
            if left <= 0:
                return None
            return self.new(Piece("count", piece.start, piece.end, piece.clause, left, left))
        return None

    # ---------------------------------------------------------------------------------------------------- the whole

    def _nothing(self, piece: Piece) -> None:
        words = self.text[piece.start : piece.end]
        self.none += "" if "重" in words or "轻" in words else words
