"""People in care: sent home, worse, better, dead, or alive after all."""

from __future__ import annotations

import re

from plans.intake.clauses import head_counts
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.stepping import (
    ADD,
    ALREADY,
    DIED,
    GONE,
    GRAVE,
    HELPERS,
    HOME,
    NOT_DIED,
    TOTAL,
    WENT,
    Bounds,
    Step,
    Stepping,
    only_count,
)

_WORSE = lazy(
    r"转(?:成|为)?重(?:症|伤)|转(?:进|入|到)?(?:了)?(?:ICU|重症)|进(?:了)?(?:ICU|重症)|加重|变(?:成)?重|升(?:级)?为重|恶化|病情重了|上(?:了)?(?:呼吸机|ECMO)|下(?:了)?病危|进(?:了)?抢救室|(?:现在|突然|陷入|转入|刚才|夜里)(?:又)?(?:昏迷|休克|不省人事)"
)
_BETTER = lazy(
    r"好转|转稳|拔管|出了ICU|转到普通|脱险|转轻|改轻|回(?:到|了)?普通病房|[按算]轻伤|转为轻|转成轻|脱离(?:生命)?危险|转普通|转出(?:ICU|重症)"
)
_PLACES = lazy(r"转(?:到|往|院|市|县|省)|拉到|送到")
_MISREPORTED = lazy(r"弄错|搞错|报错|说错|误报|记错|不实|不属实|有误|认错")
_ALIVE = lazy(r"抢救过来|救过来了|(?<![没未不难])救活|活过来|没死|还活着|醒了|醒过来|缓过来")
_RECOVERED = lazy(r"(?:发现|清理出|找到|捞[出到上]|挖[出到]|打捞|搜[出到])\S{0,8}?(?:遗体|尸体|[具](?=[,。;! ]|$))")
_DIED_SURELY = lazy(rf"{GONE}|没了|死|不行了|救(?:过来|回来|活)|没挺|无效|不治|去世|离世|咽气|牺牲|遇难|身亡|亡")
_FIGHT_LOST = lazy(
    r"没(?:能)?(?:抢)?救(?:过来|回来|活)|没(?:能)?(?:留|扛|抗|顶|撑|熬|缓|醒|保)(?:住|过来|过去|回来|醒)|没挺|无效|不治|不行了"
)
_ON_FOOT = lazy(r"各回各|接走|自己|打车|回去|回家|回来|走回|骑车(?!的)|开车(?!的)|离开")
_FOUGHT_FOR = lazy(r"ICU|抢救|医生|大夫|没挺|没救|监护|病房|医院")
_OF_WOUNDS = lazy(
    r"路上|途中|救护车|担架|半道|送来的|重伤|重症|轻伤|伤员|伤者|住院|ICU|抢救|救治|医治|不治|医院|医生|大夫|病房|监护|没挺|重的|[受轻]?伤的|那个[^,。;!?\n]{1,6}(?:断|破|伤|血|昏迷|烧|砸)的|烧伤|病人|里头"
)
_JUST = lazy(r"刚(?!才|核|统|清|点|查|更|汇)")
_LATE = lazy(rf"夜里|今早|凌晨|刚才|了一个|[个名位人俩仨]没|{WENT}")
_SOME_OF = lazy(r"里头|里面|里有|当中|其中|中有?(?=\d|[一二两三四五六七八九十])|有(?=[一二两三四五六七八九俩仨\d])")
_ONE_PERSON = lazy(
    r"那个|那位|最[重小大]的|一个|一名|一位|他(?!们)|她(?!们)|某|大爷|大妈|司机|老[张王李赵刘陈]|小[张王李赵刘陈]|人没了"
)
_THAT_HURT = lazy(r"^那[个位][^,。;!?\n\d]{1,8}的$")
"""那个腿断的，失血过多死了."""
_SPLIT = lazy(r"(?P<dead>\d{1,2}|[一二两三四五六七八九])死(?P<hurt>\d{1,2}|[一二两三四五六七八九])伤")
_FADED = lazy(rf"{WENT}|没了|不行了|没(?:能)?(?:[^,。;]{{0,3}}住|[^,。;]{{0,3}}过来)|救不")
"""Who went so was alive before."""
_THAT_ONE = lazy(r"(?:重的?|重伤|重症|危重|病危)(?:的)?(?:那|这|一)(?:个|位|名)")
"""The one of the seriously hurt of whom is spoken."""
_THOSE = lazy(r"那(?:\d|[一二两三四五六七八九十几俩仨])")
_OTHERS = lazy(
    r"(?:剩下?|其他|其余|另外|余下|还有|还剩|别的|那)(?:的|那)?"
    r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3}|[俩仨])(?:个|人|名|位|例|(?<=[俩仨]))"
)
_OTHER_COUNT = lazy(r"\d ?(?:[头只匹条尾羽台辆间栋层]|小时|分钟)")


class CaredFor(Stepping):
    """Tells the steps of a clause about them."""

    def _home(self, part: str, many: Bounds | None) -> list[Step] | None:
        if not HOME.search(part) or DIED.search(part):
            return None
        return [self._step(fact, "aside") for fact in (self.weak, "serious_injuries")]

    def _alive_after_all(self, part: str, many: Bounds | None) -> list[Step] | None:
        """刚才报死的那个弄错了，人抢救过来了."""
        if not _MISREPORTED.search(part) or "死" not in part or not _ALIVE.search(part + self.clause.rest):
            return [] if _MISREPORTED.search(part) and "死" in part else None
        many = many or (1, 1)
        told = [self._step("deaths", "less", many), self._step(self.weak, "add", many)]
        if GRAVE.search(self.clause.rest):
            told.append(self._step("serious_injuries", "add", many))
        return told

    def _worse(self, part: str, many: Bounds | None) -> list[Step] | None:
        if not _WORSE.search(part) or _PLACES.search(part.replace("转重", "")):
            return None
        many = many or only_count(self.clause.before) or (1, 1)
        return [self._step("serious_injuries", "add", many), self._step(self.weak, "aside")]

    def _better(self, part: str, many: Bounds | None) -> list[Step] | None:
        near = self.clause.before + part
        if not _BETTER.search(part) or not (GRAVE.search(part) or GRAVE.search(self.clause.before)):
            return None
        one = not self.clause.counts and (self.known.get("serious_injuries") == (1, 1) or _THAT_ONE.search(near))
        many = many or ((1, 1) if one and self._has("serious_injuries") else None)
        told = [self._step("serious_injuries", "less", many)] if many else []
        return [*told, self._step(self.weak, "aside"), self._step("serious_injuries", "aside")]

    def _recovered(self, part: str, many: Bounds | None) -> list[Step] | None:
        """发现1具遗体: one more, or one of those who were counted."""
        if many is None or not _RECOVERED.search(part) or TOTAL.search(part):
            return None
        if ALREADY.search(part):
            return []
        more = bool(ADD.search(part))
        return [self._step("deaths", "add", many, sure=more or not self._has("deaths"), plain=more)]

    def _died(self, part: str, many: Bounds | None) -> list[Step] | None:
        if not DIED.search(part) or TOTAL.search(part) or NOT_DIED.search(part):
            return None
        if ALREADY.search(part):
            return []  # 其中1具就是昨天已经报了死亡的
        if "人数" in part and not ADD.search(part):
            return None
        if many is None and (self.clause.counts or _OTHER_COUNT.search(part)):
            return None  # 死了2头猪; two counts in one clause
        split = _SPLIT.search(part)
        if split is not None:
            return self._split(split)
        around = self.clause.before + part + self.clause.tail[:24]
        went = _DIED_SURELY.search(part) is None
        if went and (HELPERS.search(part) or _ON_FOOT.search(part + self.clause.rest)):
            return []  # 家属走了; 两个伤员走了，自己打车回去的
        lost = next((fact for fact in self.clause.among if fact in ("missing", "trapped") and self._has(fact)), "")
        if lost and many is not None:
            return [self._step("deaths", "add", many), self._gone(lost, many)]
        wounded = (
            {*self.clause.among} & {"injuries", "serious_injuries", "ill"}
            or _OF_WOUNDS.search(part + self.clause.tail[:24])
            or (
                _OF_WOUNDS.search(around)
                and (not head_counts(self.clause.before) or _THOSE.search(self.clause.before) is not None)
            )
        )
        wounded = wounded or (many is None and _OF_WOUNDS.search(around))
        more = ADD.search(part) or "也" in part
        just = _JUST.search(part)
        late = (
            _LATE.search(part)
            or _SOME_OF.search(part)
            or _JUST.search(self.clause.before)
            or _THAT_HURT.search(self.clause.before)
        )
        left = self._others_left(many or (1, 1))
        wounded = wounded or left or (more and not lost and _FADED.search(part) and self._only_in_care())
        if not (more or wounded or just or _LATE.search(part) or _FIGHT_LOST.search(part)):
            return None
        one = many or only_count(self.clause.before)
        sure = bool(one or _ONE_PERSON.search(around))
        sure = sure and bool(more or just or (wounded and late) or not self._has("deaths"))
        one = one or (1, 1)
        sure = left or (sure and not (went and not GRAVE.search(around) and not _FOUGHT_FOR.search(around)))
        told = [self._step("deaths", "add", one, sure=sure, plain=bool(more and not wounded))]
        if wounded:
            told += [self._step(fact, "less", one) for fact in (self.weak,) if fact in self.known]
            if (GRAVE.search(around) or "serious_injuries" in self.clause.among) and self._has("serious_injuries"):
                told.append(self._step("serious_injuries", "less", one))
        return told

    def _split(self, split: re.Match[str]) -> list[Step] | None:
        """又送来两名伤者，一死一伤: of those who came."""
        of = only_count(self.clause.before)
        dead, hurt = (next(numbers(split[name]), None) for name in ("dead", "hurt"))
        if of is None or dead is None or hurt is None or not ADD.search(self.clause.before):
            return None
        if of != (dead.low + hurt.low, dead.low + hurt.low):
            return None
        told = [self._step("deaths", "add", (dead.low, dead.high), plain=True)]
        return [*told, self._step(self.weak, "less", (dead.low, dead.high))] if self._has(self.weak) else told

    def _others_left(self, gone: Bounds) -> bool:
        """没了一个，其他五个稳住了: with those who went they are as many as were in care."""
        near = self.clause.before + self.clause.text + self.clause.rest
        base = self.known.get(self.weak)
        if base is None or base[0] != base[1] or gone[0] is None:
            return False
        rest = _OTHERS.search(near)
        number = next(iter(numbers(rest["n"])), None) if rest else None
        return number is not None and number.low == number.high and number.low + gone[0] == base[0]

    def _only_in_care(self) -> bool:
        """Nobody is known to be missing or trapped: who dies is one of those in care, which is asked like any fall."""
        return self._has(self.weak) and not self._lost()
