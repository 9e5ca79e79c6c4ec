"""People of a report of few words -> figures: wholes with their parts, those told of twice, harms of several kinds."""

from __future__ import annotations

from plans.intake.brief_people import Account, People
from plans.intake.brief_words import HARMS
from plans.intake.cues import WATER
from plans.intake.patterns import lazy
from plans.intake.reading import Found
from plans.intake.sorts import are_of_other_sorts

_OF_NOBODY = frozenset(("safe", "well", "breath", "trapped", "under", "weak", "missing"))
"""What may be said of things (车冲走了), or of nobody who is told of."""
_POISON = ("food_poisoning", "gas_poisoning", "epidemic")
_DEEP = ("mine_accident", "gas_poisoning", "collapse", "landslide")
_ONE_MORE = lazy(r"有个|还有|另|一个|也有")
_APART = lazy(r"有$|[另外]")
_NONE = {"deaths": "死亡", "injuries": "伤", "trapped": "困"}
_ABOARD = lazy(r"坐|载|[车船机]上|[车船机]里|驮|拉着|躲雨|一共|吃饭|在场")
_NOUN = 3
"""Characters behind people in which it may stand who they are."""
_EATEN = lazy(r"[吃喝饭菜酒]")


class Settled(Account):
    """Counts the people of one text."""

    def __init__(self, text: str, category: str | None) -> None:
        super().__init__(text, category)
        self._deep = category in _DEEP and "冰" not in text and not WATER.search(text)
        """Who did not come up is shut in, not lost."""

    def figures(self) -> dict[str, Found] | None:
        """What is told of them, or None where something is left over."""
        self.hear()
        told = None if self.lost else self._settled()
        return None if self.lost else told

    def _settled(self) -> dict[str, Found] | None:
        for harm in self.pending:
            free = (who for who in self.people if not who.harms and who.kind != "one" and self._bare(who))
            who = next(free, None)
            if who is None and not any(other.harms for other in self.people):
                who = next(iter(self.people), None)
            if who is not None:
                who.add(harm, self.text)
                who.late = True
            died = any("dead" in other.harms for other in self.people)
            if harm.kind == "dead" and (who is None or self.category is None) and not died:
                return None
            if who is None and harm.kind not in _OF_NOBODY and not any(other.harms for other in self.people):
                return None
        self._again()
        self._split()
        counted = self._without_wholes()
        if counted is None:
            return None
        figures: dict[str, list[People]] = {}
        for who in counted:
            for fact in self._facts_of(who):
                if fact == "":
                    return None
                figures.setdefault(fact, []).append(who)
        self._parts(figures)
        if not self.people:
            return {name: self._nobody() for name, words in _NONE.items() if any(word in self.none for word in words)}
        return {
            fact: Found(
                at_least=sum(who.low for who in group),
                at_most=None if any(who.high is None for who in group) else sum(who.high or 0 for who in group),
                stated=sum(who.low for who in group),
                text="",
                span=(min(who.start for who in group), max(who.end for who in group)),
                approx=any(who.low != who.high for who in group),
            )
            for fact, group in figures.items()
            if group
        }

    def _bare(self, who: People) -> bool:
        """Their clause says nothing else of them (…, 一共六个女工; 吊厢里有22个游客)."""
        low = max(self.text.rfind(mark, 0, who.start) for mark in ",。;!?: ") + 1
        high = min((at for mark in ",。;!?: " if (at := self.text.find(mark, who.end)) >= 0), default=len(self.text))
        return who.start - low <= 6 and high - who.end <= 1

    def _again(self) -> None:
        """门卫呛着，送饭的也呛着，俩人都输氧: those told of before, once more."""
        for who in list(self.people):
            before = [other for other in self.people if other.end <= who.start and (other.harms or other.kind == "one")]
            told = [other for other in before if other.harms]
            if who.kind != "count" or who.low < 2 or who.first or not who.harms or not told:
                continue
            singles = all(other.kind == "one" for other in told) and self.text[who.end : who.end + 1] in ("都", "全")
            if singles and who.low != sum(other.low for other in told):
                self.lost = True  # somebody is among them whom no table knows
            if who.low == who.high == sum(other.low for other in told) and not (who.part or who.rest):
                self.people.remove(who)
                for other in told:
                    other.harms |= who.harms

    def _split(self) -> None:
        """熏着了两口子，男的没了，女的送医院: a whole with its parts, each of which has what befell the whole."""
        for at, whole in enumerate(self.people):
            if not whole.harms or whole.low < 2 or whole.kind == "one" or whole.low != whole.high:
                continue
            for end in range(at + 2, len(self.people) + 1):
                parts = self.people[at + 1 : end]
                if sum(part.low for part in parts) != whole.low:
                    continue
                if "dead" in whole.harms:
                    break
                graded = whole.harms == {"hurt"} and all(part.harms & {"hurt", "serious", "wound"} for part in parts)
                apart = any(part.first and part.harms & {"dead", "hurt", "ill"} for part in parts)
                if apart and not (graded or whole.late):
                    break
                if len(parts) == 1:
                    break
                if any(not part.harms for part in parts) and any(part.harms - {"weak"} for part in parts):
                    self.lost = True
                    return
                for part in parts:
                    out = {"missing", "trapped", "under"} if part.harms & {"safe", "well"} else set[str]()
                    unhurt = {"hurt", "hit", "wound", "ill", "weak"} if "well" in part.harms else set[str]()
                    part.harms |= whole.harms - {"safe", "well"} - out - unhurt
                    part.words += whole.words
                    part.folk = False
                self.people.remove(whole)
                return
            for part in self.people[at + 1 :]:
                if part.low < whole.low == whole.high and self._of_them(part, whole):
                    whole.low -= part.low
                    whole.high = whole.low

    def _of_them(self, part: People, whole: People) -> bool:
        """捅了3个，有一个没抢救过来; 压着俩，拽出来一个."""
        if "dead" in whole.harms or self._are_others(part, whole):
            return False
        if part.harms <= {"safe", "well"} and part.harms and whole.harms & {"trapped", "missing", "under"}:
            return True
        if "dead" in part.harms and "safe" in part.harms and whole.harms & {"trapped", "missing", "under"}:
            return True
        before = self.text[max(0, part.start - 2) : part.start]
        if "dead" in part.harms and not part.first and whole.harms & {"ill", "serious"}:
            self.lost = True  # 8人中毒，其中1人死亡
        marked = part.part or (before.endswith("有") and not before.startswith(("还", "另")))
        if "dead" in part.harms and not part.first and whole.harms & {"hurt", "wound", "weak"} and not marked:
            self.lost = self.lost or not _APART.search(before)  # 伤员34名，2人不治
        return marked and "dead" in part.harms

    def _are_others(self, part: People, whole: People) -> bool:
        """6名乘客还压在底下，2个老人没伤着: they are none of them."""
        one, other = (self.text[who.start : who.end + _NOUN] for who in (part, whole))
        return are_of_other_sorts(one, other)

    def _nobody(self) -> Found:
        low = next((piece.start for piece in self.all if piece.kind in (*HARMS, "none")), 0)
        high = max((piece.end for piece in self.all if piece.kind in (*HARMS, "none")), default=0)
        return Found(at_least=0, at_most=0, stated=0, text="", span=(low, high))

    def _without_wholes(self) -> list[People] | None:
        """Those who are no sum of others; None where somebody is left over."""
        kept: list[People] = []
        for at, who in enumerate(self.people):
            if who.harms:
                kept.append(who)
                continue
            if who.kind == "one":
                if _ONE_MORE.search(self.text, max(0, who.start - 3), who.start + 1):
                    return None  # 还有个孕妇…
                continue
            after = self.people[at + 1 :]
            before = self.people[:at]
            if any(sum(other.low for other in after[:end]) == who.low for end in range(1, len(after) + 1)):
                continue
            aboard = _ABOARD.search(self.text, max(0, who.start - 6), who.end + 4) is not None
            fewer = bool(after) and sum(other.low for other in after) < who.low
            if fewer and aboard and all(other.harms for other in after):
                continue  # 坐了12个，摔伤10个
            again = who.low > 1 and sum(other.low for other in before) == who.low
            if not fewer and again and all(other.harms for other in before):
                continue
            return None
        return kept

    def _facts_of(self, who: People) -> list[str]:
        """What is counted of these people; an empty name where it is not told."""
        eaten = self.category is None and _EATEN.search(self.text) is not None
        harms, ill = who.harms, self.category in _POISON or eaten
        if who.folk and harms - {"safe", "well"} and not harms & {"dead", "wound", "missing"}:
            return [""]  # 保安受伤了: one or several?
        if "dead" in harms:
            return ["deaths"]
        if "weak" in harms and not harms & {"hurt", "wound", "serious", "ill"} and self.category in ("drowning", None):
            if not (self.category is None and ill):
                return [""]
        out = bool(harms & {"safe", "well"})
        if "missing" in harms and out:
            return [""]
        lost = "missing" in harms or ("under" in harms and not self._deep)
        shut = "trapped" in harms or ("under" in harms and self._deep)
        facts = []
        if lost and not out:
            facts.append("missing")
        elif shut and not out:
            facts.append("trapped")
        sick = "ill" in harms or (ill and harms & {"weak", "serious"} and not harms & {"hurt", "wound"})
        if "ill" in harms and harms & {"hurt", "wound"}:
            sick = ill
            if not ill and self.category not in ("traffic", "collapse", "fall", "explosion", "attack", "fire"):
                return [""]
        if sick and not (self.category is None and "请假" in who.words):
            facts.append("ill")
        elif harms & {"hurt", "wound", "serious"} or ("weak" in harms and self.category is not None):
            facts.append("injuries")
        if "serious" in harms:
            facts.append("serious_injuries")
        return facts

    def _parts(self, figures: dict[str, list[People]]) -> None:
        """重的1个, 其中2人重伤: the gravely hurt of others are not counted twice."""
        for fact in ("deaths", "missing", "trapped"):
            group = figures.get(fact, [])
            self.lost = self.lost or (len(group) > 1 and any(who.part and who.first for who in group))
        for fact in ("injuries", "ill"):
            group = figures.get(fact, [])
            self.lost = self.lost or (len(group) > 1 and any(who.high is None for who in group))
            for who in list(group):
                others = [other for other in group if other is not who and other.start < who.start]
                base = [other for other in others if other.low > who.low]
                if (who.part and others) or (base and who.harms == {"weak"}):
                    group.remove(who)
                elif base and "serious" in who.harms and "轻" not in "".join(other.words for other in base):
                    if who.kind == "count":
                        group.remove(who)
