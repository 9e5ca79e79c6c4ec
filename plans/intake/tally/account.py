"""What the clauses of an account of units come to, one after another."""

from __future__ import annotations

from dataclasses import dataclass, field

from plans.intake.numerals import numbers
from plans.intake.reading import Span
from plans.intake.tally import words
from plans.intake.tally.entries import BARE, GONE, GRAVE, HURT, Entry, NotUnderstood, Pending, alike, sort_of
from plans.intake.tally.pieces import Figure, Piece


@dataclass
class Account:
    """What the clauses come to, one after another."""

    entries: list[Entry] = field(default_factory=list)
    totals: list[tuple[Figure, int]] = field(default_factory=list)
    """Figures that all come to, each with how many entries stood before it."""
    grave: int = 0
    graves: list[Span] = field(default_factory=list)
    running: str = ""
    last: Entry | None = None
    pending: Pending | None = None
    loose: int = 0
    """How many units have names that only each other bear out."""
    taken: int = 0
    gone: list[Span] = field(default_factory=list)
    """Where those stand who are not to be counted."""
    nobody: list[Span] = field(default_factory=list)
    """Where it is said of one unit that it befell nobody there."""
    unit: str = ""
    """The unit that was named last, while what follows may be told of it."""
    headed: bool = False
    heard: str = ""
    fresh: bool = False
    """The last clause told of somebody more."""

    def hear(self, piece: Piece) -> None:
        """Take in a clause.

        Raises:
            NotUnderstood: it has a number or a harm that is not accounted for.
        """
        if piece.mark in ("。", "\n", ";"):
            self.unit = ""
        if piece.single and piece.single in self.heard:
            raise NotUnderstood  # 夹伤1名保洁，保洁手指骨折
        last = self.last
        self._hear(piece)
        self.fresh = self.last is not last
        self.heard += piece.text
        if piece.unit or not (piece.figures or piece.denied):
            self.unit = piece.unit
            self.headed = piece.headed

    def _hear(self, piece: Piece) -> None:
        if self._is_back_reference(piece):
            return
        if piece.odd:
            raise NotUnderstood
        if not piece.figures:
            self._without_number(piece)
            return
        if words.LESS.search(piece.head) and self.entries:
            self._settle()
            self._total(piece)
            return
        aside = piece.says(words.ASIDE) and not piece.says(words.COUNTS)
        if aside:
            self._take_out(piece)
        elif piece.among and not self._is_of_a_new_unit(piece):
            self._part(piece)
        elif self.entries and not piece.unit and self._is_total(piece.head):
            self._total(piece)
        else:
            self._entries(piece)

    def drop(self) -> None:
        """What was pending is no more."""
        if self.pending is not None and self.pending.must:
            raise NotUnderstood
        self.pending = None

    def _is_back_reference(self, piece: Piece) -> bool:
        """已算在死的3个里, 别重复: what was told just now is told of already."""
        held = words.HELD_IN.search(piece.text)
        if held is None or piece.says(words.COUNTS):
            if piece.says(words.NO_MORE_OF_IT) and not piece.figures:
                self._settle()
                return True
            return False
        if len(piece.figures) > 1 or self.pending is None:
            raise NotUnderstood
        number = next(numbers(held["n"]), None) if held["n"] else None
        self._settle(int(number.low) if number is not None else None)
        return True

    def _settle(self, of: int | None = None) -> None:
        if self.pending is None:
            return
        if self.pending.dead:
            *others, own = (entry for entry in self.entries if entry.kind == "dead")
            if others and of in (None, sum(entry.low for entry in others)):
                self.entries.remove(own)  # 死3，…已算在死的3个里
            elif not others and of is not None and of >= own.low:
                own.low = own.high = of
            else:
                raise NotUnderstood
        elif not self.pending.entry.less(self.pending.many):
            raise NotUnderstood
        else:
            self.gone.append(self.pending.figure.span)
        self.taken += 1
        self.pending = None

    def _without_number(self, piece: Piece) -> None:
        if self.pending is not None and piece.says(words.ASIDE):
            self._settle()
            return
        unit = piece.unit or ("" if piece.head.strip() else self.unit)
        if piece.unit and piece.denied:
            self.nobody.append((piece.start, piece.start + len(piece.text)))
        if unit and (piece.denied or piece.says(words.UNKNOWN)):
            self.gone.append((piece.start, piece.start + len(piece.text)))  # 三中电话打不通: nobody is missing
            return
        if self.entries and piece.more and piece.head.strip() and not piece.denied:
            raise NotUnderstood  # 还有我
        if piece.denied or not piece.harms:
            return
        if self.entries and words.SOMEBODY.search(piece.text):
            raise NotUnderstood
        kinds = [kind for kind in piece.harms if kind != "hospital"]
        if not self.entries:
            if kinds and (kinds[-1] not in GONE or words.HEADS.match(piece.tail)):
                self.running = kinds[-1]
        elif kinds:
            if len(kinds) > 1 and kinds[0] not in GRAVE and not set(kinds) <= set(HURT):
                raise NotUnderstood
            self._told_of_all(piece, kinds[0])

    def _told_of_all(self, piece: Piece, kind: str) -> None:
        """都是烧伤, 校医初判甲流: the harm of those told of before; 全是重度烧伤: of those of the last unit."""
        if kind in GONE and not words.OF_ALL.search(piece.text):
            raise NotUnderstood
        if kind in GRAVE:
            if self.last is None or self.last.low != self.last.high or not words.OF_ALL.search(piece.text):
                raise NotUnderstood
            self.grave += self.last.low
            self.graves.append(self.last.figure.span)
            return
        for entry in self.entries:
            if entry.kind in BARE:
                entry.kind = kind
        if kind not in (*HURT, "ill") and all(entry.kind != kind for entry in self.entries):
            raise NotUnderstood

    def _take_out(self, piece: Piece) -> None:
        """B团有俩是晕车，不算."""
        if piece.more and not piece.unit and not piece.among:
            return  # 还有2个是晕车的，不算: they were not counted
        if not piece.unit and not piece.among and not words.ITSELF.match(piece.head):
            raise NotUnderstood  # 请假名单里有3个是摔的，不算: were they counted?
        if self.pending is not None and len(piece.figures) == 1 and self.pending.many == piece.figures[0].low:
            self._settle()  # 这三个剔掉
            return
        entry = self._entry_of(piece.unit) if piece.unit else self.last
        if entry is None and self.entries and not piece.unit:
            entry = self.entries[-1]
        if entry is None or len(piece.figures) != 1 or piece.figures[0].low != piece.figures[0].high:
            raise NotUnderstood
        if piece.back is not None and piece.back != entry.low:
            raise NotUnderstood
        if not entry.less(piece.figures[0].low):
            raise NotUnderstood
        self.gone.append(piece.figures[0].span)
        self.taken += 1
        self.pending = None

    def _part(self, piece: Piece) -> None:
        """里头重的2个; 那8个里有1个路上没了."""
        entry = (self._entry_of(piece.unit) if piece.unit else None) or self.last
        if entry is None:
            raise NotUnderstood
        if piece.back is not None and piece.back != entry.figure.low:
            raise NotUnderstood
        if piece.mark != "(" and words.OF_ALL_UNITS.search(piece.text):
            raise NotUnderstood
        for figure in piece.figures:
            if figure.low != figure.high or (entry.high is not None and figure.low > entry.high):
                raise NotUnderstood
            if figure.kind in GRAVE:
                self.grave += figure.low
                self.graves.append(figure.span)
            elif figure.kind == "dead":
                if not entry.less(figure.low):
                    raise NotUnderstood
                self.entries.append(
                    Entry(entry.unit, figure, figure.span, "dead", figure.low, figure.low, entry.sort, died=True)
                )
                self.pending = Pending(entry, figure, dead=True)
                continue
            elif figure.kind in GONE:
                raise NotUnderstood
            if figure.kind not in GRAVE and len(piece.figures) == 1:
                self.pending = Pending(entry, figure, moved=piece.says(words.MOVED))

    def _is_of_a_new_unit(self, piece: Piece) -> bool:
        """教师里头2人: of a unit that nothing was told of before."""
        among = words.IN_THEM.search(piece.head)
        return among is not None and piece.unit != "" and piece.back is None and self._entry_of(piece.unit) is None

    def _is_total(self, head: str) -> bool:
        """一共…; 剩下… are all only where somebody was taken out."""
        return words.TOTAL.search(head) is not None and (bool(self.taken) or not words.LEFT.search(head))

    def _total(self, piece: Piece) -> None:
        for figure in piece.figures:
            pending = self.pending
            if pending is not None and pending.moved and not self.taken:
                all_told = sum(entry.low for entry in self.entries if entry.kind != "dead")
                if figure.low == all_told - pending.many:
                    self._settle()  # 里头有3个是从我们院转过去的，所以实打实23个
            self.totals.append((figure, len(self.entries)))

    def _entries(self, piece: Piece) -> None:
        unit = piece.unit
        if not unit and not piece.more and not piece.head.strip(" :有共"):
            unit = self.unit
        if not unit and len(piece.figures) == 1 and self._is_recount(piece, piece.figures[0]):
            return
        own: list[Entry] = []
        for figure in piece.figures:
            if figure.kind in ("safe", "") and words.OF_NOBODY.search(figure.behind):
                continue
            if figure.kind == "safe":
                if self.entries and not self.entries[-1].kind:
                    raise NotUnderstood  # 前车5人，2人没事
                continue
            kind = figure.kind
            same = self._entry_of(unit) if unit and not kind else None
            if same is not None and same.low == figure.low == same.high:
                self.last = same  # 县医院21个里有3个重: told of again
                return
            told = self._entry_of(unit) if unit and not kind and not piece.more else None
            if told is not None and figure.low < told.low and len(piece.figures) == 1:
                self.pending = Pending(told, figure, must=True)  # B团有俩刚问清楚是晕车，
                return
            if self._may_be_apart(piece, figure):
                return
            if kind in BARE:
                self._look_at_bare(piece, figure, unit)
            elif (
                not unit
                and kind != "dead"
                and self.entries
                and not self._is_part_of_all(unit, piece)
                and not self._are_others(piece)
            ):
                if not self.taken:
                    raise NotUnderstood
                self.totals.append((figure, len(self.entries)))  # 里头有2人应剔除，伤者为8人
                continue
            if kind in GRAVE and (self._is_part_of(unit, figure) or self._is_part_of_all(unit, piece)):
                if figure.low != figure.high:
                    raise NotUnderstood  # 几人重伤
                self.grave += figure.low
                self.graves.append(figure.span)
                continue
            if any(entry.unit == unit and entry.kind == kind for entry in self.entries) and not piece.more:
                raise NotUnderstood  # 死了35人，确认过了，死了35人
            entry = Entry(
                unit,
                figure,
                (piece.start, figure.span[1]),
                kind,
                figure.low,
                figure.high,
                sort_of(unit),
                open=not self.running,
            )
            self.entries.append(entry)
            self.loose += piece.loose
            own.append(entry)
            if kind not in ("", "hospital", "dead"):
                self.running = self.running or kind
        if own:
            self.last = next((entry for entry in own if entry.kind != "dead"), own[-1])
            self.drop()

    def _may_be_apart(self, piece: Piece, figure: Figure) -> bool:
        """收了13个，有2个是上一场车祸的，…: who they are is told, and then that they do not count."""
        of = self._entry_of(piece.unit) if piece.unit else self.last if words.ITSELF.match(piece.head) else None
        if of is None or piece.more or len(piece.figures) > 1 or figure.kind in GONE:
            return False
        if not words.THEY_ARE.match(figure.behind) or figure.low >= of.low:
            return False
        before = self.pending if self.pending is not None and self.pending.must and self.pending.entry is of else None
        self.pending = Pending(of, figure, must=True, more=before)
        return True

    def _is_recount(self, piece: Piece, figure: Figure) -> bool:
        """一中8个，我问了校长是5个: the last figure is another one; 还是5个: one of them is as it was."""
        if words.STILL.match(piece.head.strip()) and not figure.kind:
            if all(entry.low != figure.low for entry in self.entries):
                raise NotUnderstood
            return True
        if self.last is None or not self.fresh or not words.MYSELF.search(piece.head):
            return False
        self.last.low, self.last.high = figure.low, figure.high
        return True

    def _are_others(self, piece: Piece) -> bool:
        """还有3个…, 路边等车的老太太擦伤1个, 两个老师拉肚子."""
        if piece.more or (not piece.head.strip() and words.OTHERS.match(piece.figures[0].behind)):
            return True
        return words.NOUN.search(piece.head.rstrip("也都自己")) is not None

    def _look_at_bare(self, piece: Piece, figure: Figure, unit: str) -> None:
        """A number without a harm: its clause says nothing else, and its unit is like those before, or it is of more.

        Raises:
            NotUnderstood: it is not so.
        """
        plainly = words.OF_CARE.match(figure.behind) or words.ALSO.match(figure.behind)
        if len(piece.figures) > 1 or (self.headed and not piece.unit) or not plainly:
            raise NotUnderstood
        if figure.kind == "hospital" and not (unit or self.entries or figure.behind.strip()):
            return  # 收了13个，…: we did
        before = [entry.sort for entry in self.entries if entry.unit]
        sort = sort_of(unit)
        if not before and sort == "group" and words.CAME.search(piece.head):
            raise NotUnderstood  # 家长来了仨
        if not unit:
            more = piece.more and not words.MORE.sub("", piece.head).strip(" 有了共")
            more = more or words.REST.match(piece.head.strip()) is not None
            fits = bool(before) and (more or words.ALSO.match(figure.behind) is not None)
        else:
            fits = bool(before or self.running) if sort == "group" else not before or alike(sort, before, piece)
            fits = fits or figure.kind == "hospital"
        if not fits:
            raise NotUnderstood

    def _is_part_of_all(self, unit: str, piece: Piece) -> bool:
        """…, 一共31个，重的3个: of all who are hurt."""
        graver = all(figure.kind in GRAVE for figure in piece.figures) and not piece.head.strip(" :有的其中")
        return graver and not unit and any(entry.unit for entry in self.entries) and not self._has("light")

    def _has(self, kind: str) -> bool:
        return any(entry.kind == kind for entry in self.entries)

    def _is_part_of(self, unit: str, figure: Figure) -> bool:
        """县中医院4人，重伤1人; 伤4重2."""
        own = [entry for entry in self.entries if entry.unit == unit]
        of = [entry for entry in own if entry.kind in (*BARE, "hurt", "wound", "ill")]
        light = any(entry.kind == "light" for entry in own)
        return bool(of) and not light and figure.low == figure.high and figure.low <= of[-1].low

    def _entry_of(self, unit: str) -> Entry | None:
        named = (entry for entry in self.entries if entry.unit and entry.kind != "dead")
        return next((entry for entry in named if unit.endswith(entry.unit) or entry.unit.endswith(unit)), None)
