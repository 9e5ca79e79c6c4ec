"""Figures among the people of a later text: bare ones (死亡5人), totals (一共14个), and nobody (没有被困的了)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plans.intake.changes import exact
from plans.intake.patterns import lazy
from plans.intake.roll.book import Book
from plans.intake.roll.origins import LOST, PASSIVE, NotUnderstood
from plans.intake.roll.words import Told

_RISES = lazy(r"[增添加多]")
_NO_NEW = lazy(r"(?:没有?|无|未)(?:再)?(?:新|增)")
_EMPTY = lazy(r"(?:里[面头]?|下面|底下|[楼车屋井洞]里)?(?:已经|都|也)?没(?:有)?人(?:了)?(?=[,。;! \n]|$)")
_OF_A_PLACE = lazy(r"(?:那|这)(?:边|头|里)|[村楼车组班校厂]")
_IN_HOSPITAL = lazy(r"(?:目前|现在|现有?|还有|仍有)[^,。;!?\n\d]{0,4}[住在留]院")
_PLUS = lazy(r"(?:再|得|要|请|应|该|就)*(?:加|补|添)(?:上|报)?(?:[一二两三四五六七八九十俩仨]|\d{1,3})")


@dataclass
class Figures(Book):
    """Enters figures."""

    def is_part_of_total(self, item: Told, others: Sequence[Told]) -> bool:
        """一共14个，3个住院观察: some of those who are counted in all."""
        totals = [other for other in others if "total" in other.marks and not other.states & {"out", "found", "home"}]
        if not totals or item.marks & {"total", "new"} or item.group or item.stated:
            return False
        if set(item.facts) - {self.weak, "injuries", "ill"} or item.many is None:
            return False
        return item.many <= (totals[0].many or 0) and not item.states - PASSIVE

    def makes_up(self, item: Told, others: Sequence[Told]) -> bool:
        """重伤4个，刚才少说了一个: how many more the figure is than it was."""
        if "new" not in item.marks or item.states or item.facts:
            return False
        told = sum(other.many or 0 for other in others if "new" in other.marks and other.states)
        if told == item.many and _PLUS.match(item.words):
            return True  # 化验也是阳性，加一例
        figures = [other for other in others if other.stated and other.stated != "light"]
        return any((other.many or 0) - (exact(self.known, other.stated) or 0) == item.many for other in figures)

    def nobody(self, item: Told) -> None:
        """没有被困的了, 无死亡."""
        if _NO_NEW.search(item.words):
            return
        facts = set(item.facts) or ({item.group} if item.group in LOST else set())
        if not facts and _EMPTY.search(item.words) and exact(self.known, "trapped"):
            facts = {"trapped"}
        if _OF_A_PLACE.search(item.words):
            return  # 油罐车那边没人受伤
        for fact in facts:
            base = exact(self.known, fact)
            if fact in ("deaths", "injuries", "ill") and base:
                raise NotUnderstood
            self.put(fact, 0, item.span)

    def parts_of_figure(self, item: Told) -> None:
        """受伤12人，其中重伤2人."""
        for part in item.parts:
            if part.stated and part.stated != item.stated:
                self.figure(part)
            elif part.states - {"care", "hurt", "ill", "home", "stands", "stable", "fine"} or part.marks & {
                "new",
                "total",
            }:
                raise NotUnderstood
            self.parts_of_figure(part)

    def figure(self, item: Told) -> None:
        """死亡5人, 轻伤3人."""
        if item.stated == "light":
            self.light += item.many or 0
            self.stands("injuries", item.span)
        else:
            self.put(item.stated, item.many or 0, item.span)

    def total(self, item: Told, before: Sequence[Told]) -> None:
        """一共14个: of those just told of, or of the people in care."""
        named = [fact for fact in item.facts if fact in self.known]
        told = before[-1] if before and before[-1].sentence == item.sentence else None
        if not named and told is not None:
            last = [told.group or "", *told.facts]
            more = (told.many or 0) if "new" in told.marks or _RISES.search(told.words) else 0
            named = [
                fact
                for fact in (self.weak, *last)
                if fact in self.known and (exact(self.known, fact) or 0) + more == item.many
            ]
            if not named and exact(self.known, self.weak) == item.many:
                named = [self.weak]  # 重伤又添一个，总数还是15
            if not named and (told.group or set(told.facts) - {self.weak, "injuries", "ill"}):
                raise NotUnderstood
        if "home" in item.states or (not named and _IN_HOSPITAL.search(item.words)):
            raise NotUnderstood("not all")
        others = any(exact(self.known, fact) for fact in ("deaths", *LOST))
        if not named and self.weak not in self.known and others:
            raise NotUnderstood("of whom")
        self.put((named or [self.weak])[0], item.many or 0, item.span)
