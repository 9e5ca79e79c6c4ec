"""What every step of a later text is told with: its shape, what is known before it, and the words that several tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from plans.intake.clauses import Clause, head_counts
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


ADD = lazy(
    r"又|再[增添有加来送抬拉收]|再报(?=[一二两三四五六七八九十俩仨\d])|(?<!更)新[到入]|少报|少算|漏算|新增|新来|新送|新收|新发|增加|(?<![报算数记登写的])多[出了]|添了|没算进去|漏了|漏报|补报|另外(?=新|还|又)|"
    r"另有|还有\S{0,4}没算"
)
TOTAL = lazy(
    r"一共|总共|累计|合计|共计|总计|[升增]至|[升增]到|上升[到至为]|增加[到至为]|增为|更新为|更正[为成]|修正为|调整为|达到|现在是|目前是|现有|"
    r"加一块|加一起|加起来|汇总|数清|点清|总数|改[成为](?=\d)|就(?=\d)|还是|变成|核实|共(?=\d|死|有|伤|失)"
)
HELPERS = lazy(
    r"消防|民警|警察|交警|医生|护士|医护|专家|记者|领导|家属|家长(?!又?送)|志愿|队员|救援|人手|增援|[派调]|车|干部|老师来|武警|战士|力量"
)
OF_NOBODY_HURT = lazy(
    r"(?:个|名|人|例|[俩仨]|新增|排查出|追踪到)[^,。;!?\n]{0,4}(?:密接|密切接触|次密|(?<!打不通)(?<!不接)电话|投诉|举报|手术|"
    r"笔录|摄像头|样[本品]?(?=[,。;! \n]|$)|"
    r"疏散|转移(?!性)|安置|隔离(?=[,。;! \n]|$)|人?喊|动物|[牛羊猪狗鸡](?=[,。;! \n]|$))|"
    r"(?:密接|密切接触者?)[^,。;!?\n]{0,6}(?:转运|隔离|追踪|排查)"
)
"""又排查出18个密接, 又接了两个投诉电话: numbers behind a word for more that count nobody who came to harm."""
ONCE_MORE = lazy(
    r"(?:^|[^又])(?:有|其中)?(?:\d{1,3}|[一二两三四五六七八九十俩仨])(?:个人|[个名人例位]|(?<=[俩仨]))"
    r"[^,。;!?\n又]{0,3}又(?:开始)?(?:吐|拉|烧|发|咳|疼|晕)"
)
"""有3个又吐了: perhaps those who were known."""
WENT = (
    r"(?:(?<=[的人个名位员者爷奶妈爸伯叔婶娃子友工某也又刚还就机生])走了"
    r"|(?<![接送拉抬带领开骑跑搬拿卷冲溜逃先己撤回运转家飘漂着院来去完收抓押难好快慢])走了(?=[一两俩仨\d]|[二三四五六七八九][个名位人](?!半|多|小时|月|钟))(?!一[半些部大小趟圈遍会天夜段路]))"
)
GONE = (
    r"没(?:能)?(?:留住|扛住|抗住|顶住|撑住|熬过|撑过|扛过|缓过|醒过|保住|救转|救醒|抢回)|凉(?:了|透)|断了?气|"
    r"没了?(?:气|心跳|呼吸|脉搏)|不在了|没救了|没得救|冇得救|救不(?:回|过|活)|宣(?:告|布)(?:死|不治|临床)|(?:心跳|呼吸)(?:就|都|已经?|也)?停"
)
DIED = lazy(
    rf"{WENT}|没了(?=[,。;! ]|$|[一两俩仨\d])|死了|死\d|死[一二两三四五六七八九十俩仨]|不行了|"
    r"没(?:能)?(?:抢)?救(?:过来|回来|活)|"
    r"没挺过|没挺住|抢救无效|救治无效|医治无效|不治|去世|离世|咽气|牺牲|遇难|身亡|死亡|"
    rf"{GONE}"
)
NOT_DIED = lazy(
    r"没(?:有)?(?:谁|人|一个|哪个)没|死亡(?:的)?(?:没有|无)(?![一-龥])|死亡?(?:人?数|病例|者)?(?:新?增|加)?[:为]?[0零](?![\d.])|无(?!效)|没有死|没死|没有?人死|死(?:不|里)|(?:快|怕是|要|差点)不行"
)
GRAVE = lazy(r"重伤|ICU|重症|监护|重的|危重|病危")
HOME = lazy(r"复课|返校|复工|出院|回家|治愈|痊愈|解除|包扎完|处理完")
ALREADY = lazy(r"已经?(?:报|算|计|统计|列)(?:过|了|入|进)|[报算]过的|(?:已|早)在(?:死亡|遇难)(?:名单|数)")


@dataclass(frozen=True)
class Stepping:
    """One clause, what is known before it, and the fact of people of whom it is only said that they are in hospital."""

    clause: Clause
    known: Mapping[str, Bounds]
    weak: str

    def _many(self) -> Bounds | None:
        count = self.clause.count
        if count is None and not self.clause.counts:
            count = _bare(self.clause.text)
        return (count.low, count.high) if count is not None else None

    def _step(self, fact: str, how: How, many: Bounds = (0, 0), *, sure: bool = True, plain: bool = False) -> Step:
        return Step(fact, how, many[0] or 0, many[1], self.clause.span, sure, plain)

    def _has(self, fact: str) -> bool:
        """Some are known of."""
        return fact in self.known and self.known[fact] != (0, 0)

    def _gone(self, fact: str, many: Bounds) -> Step:
        """So many are no longer missing or trapped; more than were known of are asked about."""
        first, most = self.known[fact][0] or 0, self.known[fact][1]
        if most is not None and (many[0] or 0) > most:
            return self._step(fact, "none", sure=False)
        every = many[1] is not None and most is not None and (many[0] or 0) >= most and first == most
        return self._step(fact, "none" if every else "less", many)

    def _found_dead(self, many: Bounds) -> list[Step]:
        return [self._step("deaths", "add", many), self._gone("missing", many)]

    def _lost(self) -> str:
        told = (*self.clause.facts, *self.clause.among)
        named = next((fact for fact in told if fact in ("missing", "trapped") and self._has(fact)), "")
        return named or next((fact for fact in ("trapped", "missing") if self._has(fact)), "")


_MORE_BARE = lazy(
    r"(?:又|再[增添加]|新增|[多添]了|[增添]加?)[^,。;!?\n\d一二两三四五六七八九十]{0,6}?"
    r"(?P<n>\d{1,3}(?=$|死亡|受伤|[重轻]伤|失[联踪]|被困|发病|病例|遇难|去世)|[一二两三四五六七八九十]{1,3}$)"
)


def _bare(part: str) -> Number | None:
    """又死了2, 重伤又添1: a number without a measure word, the only one of its clause, behind a word for more."""
    match = _MORE_BARE.search(part)
    told = list(numbers(part)) if match else []
    return told[0] if match and len(told) == 1 and told[0].start == match.start("n") else None


def only_count(before: str) -> Bounds | None:
    """The one head count of the clause before."""
    counts = head_counts(before)
    return (counts[0].low, counts[0].high) if len(counts) == 1 else None
