"""What a later text does to known figures: more came, some were found, rescued, died of wounds, counted twice.

Each clause is one step at most for each fact; totals that the reading found stand beside the steps, not among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from plans.intake.clauses import Clause, clauses, facts_of, head_counts
from plans.intake.numerals import Number, numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Span

How = Literal["add", "less", "set", "none", "same", "aside", "withdrawn"]
Bounds = tuple[int | float | None, int | float | None]


@dataclass(frozen=True)
class Step:
    """One change of one fact.

    Args:
        how: ``add``, ``less``, ``set`` to so many, ``none`` = none is left, ``same`` = said to be as it was,
            ``aside`` = the words are of something else that touches no figure, ``withdrawn``.
        low, high: how many; no ``high``: or more.
        sure: the words leave no other way to mean it; else it is asked.
        plain: more are told of, and nothing says that they were counted elsewhere before.
    """

    fact: str
    how: How
    low: int | float
    high: int | float | None
    span: Span
    sure: bool = True
    plain: bool = False


_ADD = lazy(
    r"又|再[增添有加来]|少报|少算|漏算|新增|新来|新送|新收|新发|增加|多出|多了|添了|没算进去|漏了|漏报|补报|另外(?=新|还|又)|"
    r"另有|还有\S{0,4}没算"
)
TOTAL = lazy(
    r"一共|总共|累计|合计|共计|总计|[升增]至|[升增]到|上升[到至为]|增加[到至为]|增为|更新为|达到|现在是|目前是|现有|"
    r"加一块|加一起|加起来|汇总|数清|点清|总数|改[成为](?=\d)|就(?=\d)|还是|变成|核实|共(?=\d|死|有|伤|失)"
)
_DENIED = lazy(r"不存在|并没有|并无|并未|没有?再|未再|没有又")
_TWICE = lazy(
    r"(?:算|数|报|记|登记)了?(?:两|2)(?:遍|次|回)|数重|报重|记重|重名|不相干|无关|重了|算重|重复|多算|多报|减掉|减去|刨掉|扣掉|去掉|剔除|排除|扣除"
)
_HOME = lazy(r"出院|回家|治愈|痊愈|解除|包扎完|处理完")
_WORSE = lazy(
    r"转(?:成|为)?重(?:症|伤)|转(?:进|入|到)?(?:了)?(?:ICU|重症)|进(?:了)?(?:ICU|重症)|加重|变(?:成)?重|升(?:级)?为重|恶化|病情重了|上(?:了)?(?:呼吸机|ECMO)|下(?:了)?病危|进(?:了)?抢救室"
)
_BETTER = lazy(
    r"好转|转稳|拔管|出了ICU|转到普通|脱险|转轻|改轻|回(?:到|了)?普通病房|[按算]轻伤|转为轻|转成轻|脱离(?:生命)?危险|转普通|转出(?:ICU|重症)"
)
_FOUND_WORDS = (
    r"摸到|寻到|寻着|捞起|捞到|接到人|报平安|有消息|通上话|联系到|找齐|碰到人|"
    r"电话(?:打|接|拨)?通了|找到|找着|找见|找回|联系上|联络上|有信|有下落|回来了|露面|冒出来|打通了电话|发现(?=\S{0,3}具)"
)
_FOUND = lazy(_FOUND_WORDS)
_OUT_WORDS = (
    r"救起|背下来|抬下来|扶下来|扶出|背出|拽出|吊上|吊出|拖出|抱出|接出|接下来|撬出|剪出|出井|上井|升上来|脱出|放下来|救出|救上来|救下|救了(?=\d|[一二两三])|出来|捞上来|捞出|扒出|挖出|刨出|升井|抬出|抬下|"
    r"拉上来|拉出|脱困|放出来|弄出来|获救|上来了|[挖捞扒]到(?!的)"
)
_OUT = lazy(_OUT_WORDS)
FREED = lazy(f"{_FOUND_WORDS}|{_OUT_WORDS}")
NOT_FREED = lazy(
    r"(?:没|未|不|还没)(?:有|能|法)?(?:救|跑|逃|找|爬|弄|挖|捞|扒|抬|背|升|联系|走)?(?:出来|上来|出|到|着|上|井)"
)
_BODY = lazy(
    r"不在了|凉(?:了|透)|断了?气|没救活|没(?:了)?呼吸|没(?:了)?心跳|"
    r"遗体|尸体|具(?=[,。;! ]|$)|遇难|没了(?=[,。;! 的]|$)|死了|已经?死|无生命|没气|硬了|身亡|死亡|不行了|没救过来"
)
_WENT = (
    r"(?:(?<=[的人个名位员者爷奶妈爸伯叔婶娃子友工某也又刚还就机生])走了"
    r"|(?<![接送拉抬带领开骑跑搬拿卷冲溜逃先己撤回运转家飘漂着院来去完收抓押难好快慢])走了(?=[一两俩仨\d]))"
)
_GONE = (
    r"没(?:能)?(?:留住|扛住|抗住|顶住|撑住|熬过|撑过|扛过|缓过|醒过|保住|救转|救醒|抢回)|凉(?:了|透)|断了?气|"
    r"没了?(?:气|心跳|呼吸|脉搏)|不在了|没救了|没得救|冇得救|救不(?:回|过|活)|宣(?:告|布)(?:死|不治|临床)|(?:心跳|呼吸)停"
)
_DIED = lazy(
    rf"{_WENT}|没了(?=[,。;! ]|$|[一两俩仨\d])|死了|死\d|死[一二两三四五六七八九十]|不行了|"
    r"没(?:能)?(?:抢)?救(?:过来|回来|活)|"
    r"没挺过|没挺住|抢救无效|救治无效|医治无效|不治|去世|离世|咽气|牺牲|遇难|身亡|死亡|"
    rf"{_GONE}"
)
_DIED_SURELY = lazy(rf"{_GONE}|没了|死|不行了|救(?:过来|回来|活)|没挺|无效|不治|去世|离世|咽气|牺牲|遇难|身亡|亡")
_FIGHT_LOST = lazy(r"没(?:能)?(?:抢)?救(?:过来|回来|活)|没挺|无效|不治|不行了")
_RECOVERED = lazy(r"(?:发现|清理出|找到|捞[出到上]|挖[出到]|打捞|搜[出到])\S{0,8}?(?:遗体|尸体|[具](?=[,。;! ]|$))")
_ON_FOOT = lazy(r"自己|打车|回去|回家|回来|走回|骑车(?!的)|开车(?!的)|离开")
_FOUGHT_FOR = lazy(r"ICU|抢救|医生|大夫|没挺|没救|监护|病房|医院")
_NOT_DIED = lazy(
    r"死亡?(?:人?数|病例|者)?(?:新?增|加)?[:为]?[0零](?![\d.])|无(?!效)|没有死|没死|没有?人死|死(?:不|里)|(?:快|怕是|要|差点)不行"
)
_OF_WOUNDS = lazy(
    r"重伤|重症|轻伤|伤员|伤者|住院|ICU|抢救|救治|医治|不治|医院|医生|大夫|病房|监护|没挺|重的|烧伤|病人|里头"
)
_OF_MISSING = lazy(
    r"失[联踪](?:的|人员|者|名单)?(?:中|里|里头|里面|当中|的)?(?=\d|[一二两三四五六七八九十俩仨人]|有|全|都|均|名)"
)
_JUST = lazy(r"刚(?!才|核|统|清|点|查|更|汇)")
_LATE = lazy(rf"夜里|今早|凌晨|刚才|了一个|个没|{_WENT}")
_SOME_OF = lazy(r"里头|里面|里有|当中|其中|中有?(?=\d|[一二两三四五六七八九十])|有(?=[一两\d])")
_GRAVE = lazy(r"重伤|ICU|重症|监护|重的|危重|病危")
_ALL = lazy(r"都|全|一个不[落少]|一个没(?:落|少)|均|所有|没有?人了|最后")
_LEFT = lazy(
    r"(?:还[困压埋卡](?:着|了|在里面|在下面)?|还差|还剩下?|剩下?|另外|还有|尚有|仍有|其余|余下)(?:的)?(?:那)?(?=\d|[一二两三四五六七八九十俩仨个])"
)
_INSIDE = lazy(r"里面|里头|底下|下面|压|埋|困|上来|出来|救|挖|扒|井")
_NAMED = lazy(r"某|那个|一(?:人|个|名)|他|她|小[张王李赵刘陈]|老[张王李赵刘陈]")
_ONE_PERSON = lazy(
    r"那个|那位|最[重小大]的|一个|一名|一位|他(?!们)|她(?!们)|某|大爷|大妈|司机|老[张王李赵刘陈]|小[张王李赵刘陈]|人没了"
)
_ORDINAL = lazy(r"第[\d一二三四五六七八九十]{1,3}[个具名位]")
_KIN = lazy(r"叔侄|母女|母子|父子|父女|夫妻|夫妇|两口子|姐妹|兄弟|俩")
_LISTED = lazy(r"(?:不在|没在|不是)\S{0,4}(?:失踪|失联|名单)")
_MISREPORTED = lazy(r"弄错|搞错|报错|说错|误报|记错|不实|不属实|有误|认错")
_WITHDRAWN = lazy(r"撤回|作废|撤销|收回|不可靠|先不算|不算数|别算")
_ALIVE = lazy(r"抢救过来|救过来了|救活|活过来|没死|还活着|醒了|醒过来|缓过来")
NO_NEWS = lazy(
    r"无新增|没有?新增|没有?新的|没变|没动|不变|没有?变化|无变化|没增加|未增加|没有?增加|总数不动|还是(?:刚才|原来|上午|之前)?(?:的)?(?:那些|那个数|那几个|原来的数)|没新收|没有新收|"
    r"同上|见上|同前|和(?:上午|刚才|之前|上次|前面)(?:报的)?一样"
)
_PLACES = lazy(r"转(?:到|往|院|市|县|省)|拉到|送到")
_SHORT = lazy(r"(?:又)?(?:少|缺)了?(?=\d|[一二两三四五六七八九十俩仨])")
_IN_CARE = lazy(r"送|拉来|抬|收[治了进]|住院|入院|[医县市病]院|病房|急诊|例|也是这|也是(?:吐|拉|受)")
HELPERS = lazy(
    r"消防|民警|警察|交警|医生|护士|医护|专家|记者|领导|家属|家长(?!又?送)|志愿|队员|救援|人手|增援|[派调]|车|干部|老师来|武警|战士|力量"
)
_NOT_HURT = lazy(r"没(?:受)?伤|没伤着|无伤|没事|没死|没有死|活的|活着|好好的|平安|生还|虚惊")
_HURT = lazy(r"(?:都|均|全)?带伤|受伤|(?<![没无])伤(?!着|势|员)")


def steps(text: str, known: Mapping[str, Bounds], weak: str) -> Iterator[Step]:
    """The steps of masked text, in order.

    Args:
        known: what the case knows, fact -> bounds.
        weak: the fact of people of whom it is only said that they are in hospital.
    """
    last: frozenset[tuple[str, How]] = frozenset()
    for clause in clauses(text):
        told = list(_Stepping(clause, known, weak).steps())
        if not clause.counts:  # 轻伤的2个病情加重，转ICU了: the same people once more
            told = [step for step in told if (step.fact, step.how) not in last]
        yield from told
        last = frozenset((step.fact, step.how) for step in told) or (last if not clause.counts else frozenset())


@dataclass(frozen=True)
class _Stepping:
    """Tells the steps of one clause."""

    clause: Clause
    known: Mapping[str, Bounds]
    weak: str

    def steps(self) -> Iterator[Step]:
        part, many = self.clause.text, self._many()
        if _DENIED.search(part):
            return
        for tell in (
            self._no_news, self._withdrawn, self._twice, self._home, self._alive_after_all, self._worse, self._better,
            self._missing_dead, self._struck, self._found, self._out, self._left, self._recovered, self._died,
            self._short, self._more,
        ):  # fmt: skip
            told = tell(part, many)
            if told is not None:
                yield from told
                return

    def _many(self) -> Bounds | None:
        count = self.clause.count
        return (count.low, count.high) if count is not None else None

    def _step(self, fact: str, how: How, many: Bounds = (0, 0), *, sure: bool = True, plain: bool = False) -> Step:
        return Step(fact, how, many[0] or 0, many[1], self.clause.span, sure, plain)

    def _has(self, fact: str) -> bool:
        """Some are known of."""
        return fact in self.known and self.known[fact] != (0, 0)

    def _no_news(self, part: str, many: Bounds | None) -> list[Step] | None:
        if not NO_NEWS.search(part):
            return None
        return [self._step(fact, "same") for fact in self.clause.facts or tuple(self.known)]

    def _withdrawn(self, part: str, many: Bounds | None) -> list[Step] | None:
        own = self.clause.facts
        if _WITHDRAWN.search(part) or (_WITHDRAWN.search(self.clause.rest) and own and not _ADD.search(part)):
            named = own or facts_of(self.clause.before)
            if named:
                return [self._step(named[0], "withdrawn")]
        return None

    def _twice(self, part: str, many: Bounds | None) -> list[Step] | None:
        if many is None or not _TWICE.search(part + self.clause.tail[:8]):
            return None
        return [self._step(self.clause.fact(self.weak), "less", many)]

    def _home(self, part: str, many: Bounds | None) -> list[Step] | None:
        if not _HOME.search(part) or _DIED.search(part):
            return None
        return [self._step(fact, "aside") for fact in (self.weak, "serious_injuries")]

    def _alive_after_all(self, part: str, many: Bounds | None) -> list[Step] | None:
        """刚才报死的那个弄错了，人抢救过来了."""
        if not _MISREPORTED.search(part) or "死" not in part or not _ALIVE.search(part + self.clause.rest):
            return [] if _MISREPORTED.search(part) and "死" in part else None
        many = many or (1, 1)
        told = [self._step("deaths", "less", many), self._step(self.weak, "add", many)]
        if _GRAVE.search(self.clause.rest):
            told.append(self._step("serious_injuries", "add", many))
        return told

    def _worse(self, part: str, many: Bounds | None) -> list[Step] | None:
        if not _WORSE.search(part) or _PLACES.search(part.replace("转重", "")):
            return None
        many = many or _only(self.clause.before) or (1, 1)
        return [self._step("serious_injuries", "add", many), self._step(self.weak, "aside")]

    def _better(self, part: str, many: Bounds | None) -> list[Step] | None:
        near = self.clause.before + part
        if not _BETTER.search(part) or not (_GRAVE.search(part) or _GRAVE.search(self.clause.before)):
            return None
        one = not self.clause.counts and (self.known.get("serious_injuries") == (1, 1) or _THAT_ONE.search(near))
        many = many or ((1, 1) if one and self._has("serious_injuries") else None)
        told = [self._step("serious_injuries", "less", many)] if many else []
        return [*told, self._step(self.weak, "aside"), self._step("serious_injuries", "aside")]

    def _missing_dead(self, part: str, many: Bounds | None) -> list[Step] | None:
        """失联人员中3人确认死亡."""
        if many is not None and self._has("missing") and _BODIES_LISTED.search(part):
            return self._found_dead(many)
        if not _OF_MISSING.search(part) or not _DIED.search(part + self.clause.tail) or _NOT_DIED.search(part):
            return None
        if not self._has("missing"):
            return [self._step("deaths", "add", many, sure=False)] if many and "deaths" in self.known else None
        if not _DIED.search(part):
            return None
        gone = many or (self.known["missing"] if _ALL.search(part) else None)
        return None if gone is None else self._found_dead(gone)

    def _found_dead(self, many: Bounds) -> list[Step]:
        return [self._step("deaths", "add", many), self._gone("missing", many)]

    def _gone(self, fact: str, many: Bounds) -> Step:
        """So many are no longer missing or trapped; more than were known of are asked about."""
        first, most = self.known[fact][0] or 0, self.known[fact][1]
        if most is not None and (many[0] or 0) > most:
            return self._step(fact, "none", sure=False)
        every = many[1] is not None and most is not None and (many[0] or 0) >= most and first == most
        return self._step(fact, "none" if every else "less", many)

    def _struck(self, part: str, many: Bounds | None) -> list[Step] | None:
        """失联那一个就是他，可以划了."""
        if not _STRUCK.search(part):
            return None
        near = (*self.clause.facts, *facts_of(self.clause.before))
        lost = next((fact for fact in near if fact in ("missing", "trapped") and self._has(fact)), "")
        many = many or _only(self.clause.before) or ((1, 1) if self.known.get(lost) == (1, 1) else None)
        return [self._gone(lost, many)] if lost and many else None

    def _found(self, part: str, many: Bounds | None) -> list[Step] | None:
        if not self._has("missing") or not _FOUND.search(part) or NOT_FREED.search(part):
            return None
        every = self.known["missing"]
        if many is None and self.clause.counts:
            return None
        if many is None:
            if _ORDINAL.search(part):
                many = (1, 1)
            elif _KIN.search(part):
                many = (2, 2)
            else:
                many = every if _ALL.search(part) or not _NAMED.search(part) else (1, 1)
        near = part + self.clause.tail
        if _BODY.search(near) and not _NOT_HURT.search(near):
            if _LISTED.search(part + self.clause.rest):
                return [self._step("deaths", "add", many)]
            return self._found_dead(many)
        return [self._gone("missing", many)]

    def _lost(self) -> str:
        told = (*self.clause.facts, *self.clause.among)
        named = next((fact for fact in told if fact in ("missing", "trapped") and self._has(fact)), "")
        return named or next((fact for fact in ("trapped", "missing") if self._has(fact)), "")

    def _out(self, part: str, many: Bounds | None) -> list[Step] | None:
        lost = self._lost()
        if not lost or not _OUT.search(part) or NOT_FREED.search(part):
            return None
        if many is not None and "最后" in part:
            many = self.known[lost]  # 最后一个也出来了
        elif many is None and _ORDINAL.search(part):
            many = (1, 1)
        elif many is None:
            alone = self.known[lost] == (1, 1)
            if self.clause.counts or not (alone or _ALL.search(part)):
                return None
            many = self.known[lost]
        told = [self._gone(lost, many)]
        near = part + self.clause.tail[:14]
        if _BODY.search(near) and not _NOT_HURT.search(near):
            told.append(self._step("deaths", "add", many))
        elif _HURT.search(near) and not _NOT_HURT.search(near):
            told.append(self._step("injuries", "add", many))
        return told

    def _left(self, part: str, many: Bounds | None) -> list[Step] | None:
        lost = self._lost()
        left = _LEFT.search(part)
        if not lost or left is None or many is None or _HOME.search(part):
            return None
        kind = self.clause.fact()
        if not kind and self._has("trapped") and self._has("missing"):
            kind = "trapped" if _INSIDE.search(self.clause.before + part) else "missing" if "差" in part else ""
            if not kind:
                return None  # of whom is not said
            lost = kind
        below = lost == "trapped" and re.search(r"没上来|没出来|没救出", part) is not None
        if kind and kind != lost and not below:
            return None
        more = (many[0] or 0) > (self.known[lost][0] or 0)
        if re.search(r"送|住院|轻|重伤|院", part) or (more and kind != lost):
            return None
        span = self.clause.span[0] + left.start(), self.clause.span[1]
        return [Step(lost, "set", many[0] or 0, many[1], span, sure=not more)]

    def _recovered(self, part: str, many: Bounds | None) -> list[Step] | None:
        """发现1具遗体: one more, or one of those who were counted."""
        if many is None or not _RECOVERED.search(part) or TOTAL.search(part):
            return None
        if _ALREADY.search(part):
            return []
        more = bool(_ADD.search(part))
        return [self._step("deaths", "add", many, sure=more or not self._has("deaths"), plain=more)]

    def _died(self, part: str, many: Bounds | None) -> list[Step] | None:
        if not _DIED.search(part) or TOTAL.search(part) or _NOT_DIED.search(part):
            return None
        if _ALREADY.search(part):
            return []  # 其中1具就是昨天已经报了死亡的
        if "人数" in part and not _ADD.search(part):
            return None
        if many is None and (self.clause.counts or _OTHER_COUNT.search(part)):
            return None  # 死了2头猪; two counts in one clause
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
        more = _ADD.search(part) or "也" in part
        just = _JUST.search(part)
        late = _LATE.search(part) or _SOME_OF.search(part) or _JUST.search(self.clause.before)
        left = self._others_left(many or (1, 1))
        wounded = wounded or left or (more and not lost and _FADED.search(part) and self._only_in_care())
        if not (more or wounded or just or _LATE.search(part) or _FIGHT_LOST.search(part)):
            return None
        one = many or _only(self.clause.before)
        sure = bool(one or _ONE_PERSON.search(around))
        sure = sure and bool(more or just or (wounded and late) or not self._has("deaths"))
        one = one or (1, 1)
        sure = left or (sure and not (went and not _GRAVE.search(around) and not _FOUGHT_FOR.search(around)))
        told = [self._step("deaths", "add", one, sure=sure, plain=bool(more and not wounded))]
        if wounded:
            told += [self._step(fact, "less", one) for fact in (self.weak,) if fact in self.known]
            if (_GRAVE.search(around) or "serious_injuries" in self.clause.among) and self._has("serious_injuries"):
                told.append(self._step("serious_injuries", "less", one))
        return told

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

    def _short(self, part: str, many: Bounds | None) -> list[Step] | None:
        near = self.clause.before + part + self.clause.rest
        if many is None or not _SHORT.search(part) or not re.search(r"联系不上|没找到|找不|不见|点名|清点", near):
            return None
        return [self._step("missing", "add" if "又" in part else "set", many)]

    def _more(self, part: str, many: Bounds | None) -> list[Step] | None:
        counted_in = _COUNTED_IN.match(self.clause.rest)
        if many is None and (cases := _NEW_CASES.search(part)) and self.weak == "ill":
            many = (int(cases["n"]), int(cases["n"]))
            return [self._step(self.weak, "add", many, plain=True)]
        if not (_ADD.search(part) or counted_in) or TOTAL.search(part) or many is None:
            return None
        fact = "endangered" if re.search(r"危险区|受威胁|隐患点", part) else self.clause.fact()
        if not fact and HELPERS.search(part):
            return None
        fact = fact or next(iter(facts_of(self.clause.tail[:12])), "")
        if not fact:
            care = _IN_CARE.search(part) or counted_in
            if not care and any(self._has(name) for name in self.known if name not in (self.weak, "serious_injuries")):
                return None  # 再加一个: of whom is not said
            return [self._step(self.weak, "add", many, sure=bool(care), plain=True)]
        told = [self._step(fact, "add", many, plain=True)]
        if fact == "serious_injuries" and re.search(r"送|拉|抬|收", part):
            told.append(self._step(self.weak, "add", many))
        return told


_FADED = lazy(rf"{_WENT}|没了|不行了|没(?:能)?(?:[^,。;]{{0,3}}住|[^,。;]{{0,3}}过来)|救不")
"""Who went so was alive before."""
_THAT_ONE = lazy(r"(?:重的?|重伤|重症|危重|病危)(?:的)?(?:那|这|一)(?:个|位|名)")
"""The one of the seriously hurt of whom is spoken."""
_THOSE = lazy(r"那(?:\d|[一二两三四五六七八九十几俩仨])")
_COUNTED_IN = lazy(r",?(?:这|那)?[个俩他她]?(?:也|都)?(?:得|要|该|应该?)?(?:算上|算进|算在|加上去|加进|计入)")
_NEW_CASES = lazy(r"(?:^|:)(?:今[天日]|本日|当日|昨[天日])?新增(?:病例|病人|确诊|患者)?(?P<n>\d{1,4})$")
_ALREADY = lazy(r"已经?(?:报|算|计|统计|列)(?:过|了|入|进)|[报算]过的|(?:已|早)在(?:死亡|遇难)(?:名单|数)")
_BODIES_LISTED = lazy(r"[具体][^,。;!?\n]{0,4}(?:在|是|属于?)[^,。;!?\n]{0,3}失[联踪]")
_STRUCK = lazy(r"划(?:掉|了|去)|勾掉|销[号名]|(?:不能|不该|不再|不|别)算(?:是)?(?:失[联踪]|被困)")
_OTHERS = lazy(
    r"(?:剩下?|其他|其余|另外|余下|还有|还剩|别的|那)(?:的|那)?"
    r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3}|[俩仨])(?:个|人|名|位|例|(?<=[俩仨]))"
)
_OTHER_COUNT = lazy(r"\d ?(?:[头只匹条尾羽台辆间栋层]|小时|分钟)")


def _only(before: str) -> Bounds | None:
    """The one head count of the clause before."""
    counts = head_counts(before)
    return (counts[0].low, counts[0].high) if len(counts) == 1 else None


def named_figures(words: str) -> Iterator[tuple[str, Number]]:
    """Facts that stretches of a text name with a number, each by its first word of harm."""
    for clause in clauses(words):
        if clause.facts and clause.count is not None:
            yield clause.facts[0], clause.count
