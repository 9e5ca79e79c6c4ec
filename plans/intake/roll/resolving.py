"""What the people of a text make of what a case knew; nothing where one of them is not understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plans.intake.changes import exact
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.roll.figures import Figures
from plans.intake.roll.origins import GRAVE, LOST, PASSIVE, NotUnderstood, origin_of
from plans.intake.roll.words import Told, pattern
from plans.intake.stepping import Bounds

_AWAY = frozenset(("dead", "out", "found", "fine", "hurt", "grave", "care", "home"))
_ALL_OUT = lazy(r"全部|都|均|全(?=[救出找])")
_FOUND = lazy(r"找(?:到|着)|发现|救|挖|扒")
_ANOTHER = lazy(r"(?:还有|另外?|又|也)(?:有)?(?:[一1]|[2两]|俩)?(?:个|名|位|例)?")
_NO_SIGNS = lazy(r"(?:没|无)(?:有)?(?:任何)?(?:症状|不适|异常)|阴性|正常|(?:密接|接触者?)(?=[,。;! \n]|$)")
_COMING = lazy(r"[往朝向](?:上|外|出|回|井口|洞口)[^,。;!?\n]{0,3}(?:走|爬|撤|送|抬|赶|挪)|正(?:在)?(?:出|升|上|撤|外)")
_THREATENED = lazy(r"危险区|受威胁|隐患点|涉险")
_IS_ONE_OF = lazy(r"(?:他|她|也|就|都|人)*是[^,。;!?\n]{0,6}[里中]的?(?:[一1][个位名]|其中)")


@dataclass
class Roll(Figures):
    """Enters people, one after another.

    Attributes:
        grave: those told of now are some of the seriously hurt.
    """

    grave: bool = False

    def enter(self, told: Sequence[Told]) -> dict[str, int] | None:
        """Every fact that changes, with how many they are now; None where something is not understood."""
        try:
            order = sorted(range(len(told)), key=lambda at: "total" not in told[at].marks)
            for at in order:
                self._enter(told[at], told[:at], told[at + 1 :])
            self._close_unknown()
            return self.closed()
        except NotUnderstood:
            return None

    def _close_unknown(self) -> None:
        """失联的自己走回来了，…那两个还没有: of three, it was one."""
        for fact, item in self.unknown.items():
            gone = (exact(self.known, fact) or 0) - self.stay.get(fact, 0)
            if gone != 1 or fact in self.by:
                raise NotUnderstood
            self._leaf(item, 1, fact, item.states)

    def _enter(self, item: Told, before: Sequence[Told], behind: Sequence[Told]) -> None:
        if pattern("offender").search(item.words) and not item.counted:
            return  # who did it is no victim
        struck = any("off" in other.marks and "deaths" in other.facts for other in (*before, *behind))
        if struck and "dead" in item.states and not item.counted and "new" not in item.marks:
            return  # 那具家属来认过了，不归我们这起，刚才加的那1个死亡拿掉
        if _THREATENED.search(item.words):
            raise NotUnderstood("threatened")
        if item.many is None:
            self._without_number(item, (*before, *behind))
        elif "less" in item.marks:
            if not any("total" in other.marks for other in (*before, *behind)):
                raise NotUnderstood
        elif _uncounted(item):
            raise NotUnderstood("numbers")
        elif "off" in item.marks and not item.stated:
            self._struck(item, item.many)
        elif self.is_part_of_total(item, (*before, *behind)):
            self.part += item.many
        elif self.makes_up(item, (*before, *behind)) or _IS_ONE_OF.match(item.words):
            pass
        elif not item.states - {"stands"} and not item.stated and pattern("helpers").search(item.words):
            pass  # 派来3名专家
        elif item.stated and "new" not in item.marks and not any(part.states - PASSIVE for part in item.parts):
            self.figure(item)
            self.parts_of_figure(item)
        elif "total" in item.marks and not item.states & {"out", "found"}:
            self.total(item, before)
            self.parts_of_figure(item)
        elif (
            pattern("contacts").search(item.words)
            and not item.states - {"ill", "fine"}
            and _NO_SIGNS.search(item.words)
        ):
            return  # 又加了5个密接，没症状
        elif (
            pattern("earlier").search(item.words)
            and item.states & {"hurt", "ill", "care"}
            and "dead" not in item.states
        ):
            raise NotUnderstood("earlier")
        else:
            last = before[-1] if before and before[-1].sentence == item.sentence else None
            self.grave = (
                last is not None and last.group == "serious_injuries" and _ANOTHER.match(item.words) is not None
            )
            origin = origin_of(item, self.known, self.weak)
            if origin in LOST and item.many > (exact(self.known, origin) or 0) and _ALL_OUT.search(item.words):
                self._all_at_last(item, origin)
            else:
                self._people(item, item.many, origin, item.states)

    def _struck(self, item: Told, many: int) -> None:
        """失联名单删掉一个, 轻微擦伤的4个不计."""
        of = [fact for fact in (item.group, *item.facts, self.weak) if exact(self.known, fact)]
        lost = [fact for fact in LOST if exact(self.known, fact)]
        of = of or (lost if len(lost) == 1 else [])
        if not of:
            raise NotUnderstood("off")
        self.add(of[0], -many, item.span)

    def _all_at_last(self, item: Told, origin: str) -> None:
        """至此，6名被困人员全部救出，其中2人遇难, of whom two were left: all who ever were."""
        if not item.states & {"out", "found"}:
            raise NotUnderstood("at last")
        self.put(origin, 0, item.span)
        for part in item.parts:
            if "dead" in part.states:
                if (part.many or 0) < (exact(self.known, "deaths") or 0):
                    raise NotUnderstood("at last")
                self.put("deaths", part.many or 0, part.span)

    def _without_number(self, item: Told, others: Sequence[Told]) -> None:
        lost = [fact for fact in LOST if exact(self.known, fact)]
        if "none" in item.marks:
            self.nobody(item)
            return
        if item.every and item.states & {"found", "out", "gone"} and len(lost) == 1 and not item.facts:
            self.all_of[lost[0]] = item.span  # 点完名，一个不少
            return
        if item.group in lost and item.states & {"found", "out"} and not item.every:
            if item.group in self.unknown:
                raise NotUnderstood
            self.unknown[item.group] = item  # 失联的自己走回来了
            return
        if item.others and item.states & {"home", "stands", "stable", "care"}:
            return
        if item.states <= {"out", "found"} and any("none" in other.marks for other in others):
            return  # 群众转移完了，没有被困的了
        if item.states - PASSIVE:
            raise NotUnderstood("states")
        if set(item.facts) - {self.weak, "injuries", "ill"} or ("new" in item.marks and (item.states or item.facts)):
            raise NotUnderstood("facts")

    def _people(self, item: Told, many: int, origin: str, states: frozenset[str]) -> None:
        if not item.parts:
            self._leaf(item, many, origin, states)
            return
        rest = many
        self.grave = (
            self.grave
            or item.group == "serious_injuries"
            or (
                origin == "care"
                and GRAVE.search(item.words) is not None
                and many == exact(self.known, "serious_injuries")
            )
        )
        for part in item.parts:
            count = part.many or 0
            rest -= count
            own = part.group if part.group in LOST and exact(self.known, part.group) else origin
            if "off" in part.marks:
                self._struck(part, count)  # 原先22例里有6例是普通感冒，剔掉
                continue
            gone = (
                states & {"out", "found", "dead", "went"}
                if "still" not in part.states and ("left" not in part.marks or part.states - {"gone"})
                else frozenset()
            )
            self._people(part, count, own, part.states | gone)
        if rest:
            self._leaf(item, rest, origin, states)
        self.grave = False

    def _leaf(self, item: Told, many: int, origin: str, states: frozenset[str]) -> None:
        grave = item.group == "serious_injuries" or GRAVE.search(item.words) is not None or self.grave
        if "went" in states and item.others and origin == "care" and not grave:
            states = states | {"home"}  # 3个还在输液，别的都走了
        if "went" in states and not states & {"home", "dead"}:
            if not (origin == "care" and grave):
                raise NotUnderstood
            states = states | {"dead"}
        dead = "dead" in states
        if origin == "more":
            lost = next(fact for fact in LOST if exact(self.known, fact))
            self.add(lost, many, item.span)
            return
        if origin == "worse":
            self.add("serious_injuries", many, item.span)
            return
        if origin in LOST:
            if ("still" in states or "left" in item.marks) and not states & (_AWAY - {"hurt", "care"}):
                self.stay[origin] = self.stay.get(origin, 0) + many
                self.spans.setdefault(origin, item.span)
                return
            if origin == "trapped" and not states & (_AWAY - {"found", "fine", "hurt", "care"}):
                if ("found" in states and _FOUND.search(item.words) is None) or "found" not in states:
                    if _COMING.search(item.words):
                        self.unsure.add(origin)  # 都安全，正往上走
                    return  # 跟井下通上话了，9个人都在
            if not states & _AWAY:
                raise NotUnderstood("away")
            self.add(origin, -many, item.span)
            if dead:
                self.add("deaths", many, item.span)
            elif not states & {"fine", "already"} and (
                states & {"hurt", "grave"} or ("care" in states and origin == "trapped" and self.weak in self.known)
            ):
                self.add(self.weak, many, item.span)
                if "grave" in states or (item.group == "serious_injuries" and "hurt" in states):
                    self.add("serious_injuries", many, item.span)
        elif origin == "care":
            if dead:
                self.add("deaths", many, item.span)
                if self.weak in self.known:
                    self.add(self.weak, -many, item.span)
                if "serious_injuries" in self.known:
                    if grave:
                        self.add("serious_injuries", -many, item.span)
                    elif exact(self.known, "serious_injuries"):
                        self.unsure.add("serious_injuries")
            elif "grave" in states:
                self.add("serious_injuries", many, item.span)
            elif "better" in states and exact(self.known, "serious_injuries") and grave:
                self.add("serious_injuries", -many, item.span)
            elif states & {"better"} and not (grave and states & {"stable"}):
                raise NotUnderstood
        elif origin == "new":
            self._newly(item, many, states)
        elif origin != "dead":
            raise NotUnderstood

    def _newly(self, item: Told, many: int, states: frozenset[str]) -> None:
        if "dead" in states:
            self.add("deaths", many, item.span, besides=True)
        elif "fine" in states:
            if "out" not in states:
                raise NotUnderstood("fine")  # 俩自己走下来的就脸熏黑了没事
        elif "gone" in states or item.group == "missing" or "missing" in item.facts:
            self.add("missing", many, item.span, besides="new" in item.marks)
        elif item.group == "trapped" or "trapped" in item.facts or "still" in states:
            self.add("trapped", many, item.span, besides=True)
        elif (
            "ill" in states
            and "hurt" not in states
            and self.weak == "injuries"
            and not ("ill" in self.known or "care" in states)
        ):
            raise NotUnderstood
        elif states & {"hurt", "care", "ill", "grave", "out"} or item.group == "serious_injuries":
            fact = self.weak
            if {"injuries", "ill"} <= self.known.keys():
                fact = "injuries" if "hurt" in states else "ill"
            self.add(fact, many, item.span, besides=True)
            if "grave" in states or item.group == "serious_injuries":
                self.add("serious_injuries", many, item.span, besides=True)
        elif self.weak in self.to:
            self.add(self.weak, many, item.span, besides=True)  # 六年级也报了3个，加一起19个: they make it up
        else:
            raise NotUnderstood("newly")


_OF_NOBODY = lazy(r"(?:岁|床|号|点|时|分|日|月|年|天|楼|层|米|公里|%|小时|:|院|中|小|班|针|次|遍|度|级|户|家|车|趟|船)")


def _uncounted(item: Told) -> bool:
    """A number stands in it that may count others."""
    told = [
        number
        for number in numbers(item.words)
        if not _OF_NOBODY.match(item.words, number.end) and (number.digits or item.words[number.end - 1] in "俩仨")
    ]
    own = item.counted and any(number.low == item.many for number in told)
    return len(told) > own


def entered(
    told: Sequence[Told], known: Mapping[str, Bounds], weak: str, *, corrected: bool, anew: Mapping[str, int]
) -> Roll | None:
    """The people of a text, entered; None where not all is understood.

    Args:
        corrected: the text says that a figure was wrong.
        anew: figures that it sets anew.
    """
    roll = Roll(known, weak, corrected, to=dict(anew))
    now = roll.enter(told)
    if now is None:
        return None
    roll.now = now
    return roll
