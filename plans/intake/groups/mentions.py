"""A text as mentions of people in order, each with the words that stand beside it and what befell them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from plans.intake.groups.befell import STRIKING, STRUCK, VERBS, befell
from plans.intake.groups.headings import AGE, ASIDE
from plans.intake.groups.idle import PAIRED_PARTS, counts_nobody
from plans.intake.groups.pieces import Piece, pieces
from plans.intake.groups.refs import Ref, is_one_of
from plans.intake.lexicon import alternatives
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.person_words import Lots, lots_of, without_well
from plans.intake.persons import names_a_part
from plans.intake.reading import Span

ENOUGH = 60
BREATH = 48
"""Characters without a mark, in which nothing tells who is spoken of."""
_CLAUSE = lazy(
    r"(?:[^,。;!?\n ()\[\]:]|:(?=[^\n]{0,1}[\d一二两三四五六七八九十])|(?<=[\d个人名位仨俩]) (?=[人名个例位])"
    r"|(?<=[亡伤困踪联毒症]) (?=\d))+"
)
_STOPS = frozenset("。;!?\n")
_NOBODY = lazy(
    r"(?<![另有那第头])(?:一个|谁|哪个)人?(?:[也都]?[没冇]有?受?[死伤碰](?!过)|[也都][没冇]有?事)|一个[^,。]{1,3}的[也都]?没有?|没有?人(?:员)?被?[压困埋卡关]"
    r"|(?<!毫发)[没无未冇](?:有|得|见|发现|造成|听说|再)*(?:有)?(?:人员?|学生|乘客|旅客|游客|群众|一个人?|哪个|谁|工人|老人|其[他它]人?)*(?:再)?[受被]?"
    r"(?:死的?|伤的?|亡|重的|重伤|重症|危重|病危|被困|失踪|失联|要命|出人命|人命|生命危险|轻伤|伤亡)(?:的|人员)?(?![着到]|员在|者在|人)"
    r"|[没无冇](?:有)?[淹烧砸压撞踩电炸毒摔]?(?:死|伤|困)(?:着)?(?:人|亡|一个)|(?:死亡|伤亡|受伤|重伤|轻伤|重症|危重|病危|失联|失踪|被困|受困|死的|伤的|亡|死|伤)(?:人员|人数)?(?:的)?"
    r"(?:确实|都|也|倒|暂时|目前|暂|为|是|:)*(?:没有?|[0零无])(?=[,。;!?\n )]|$|人)"
    r"|[0零](?:死|伤亡|死亡|伤)"
)
_NOBODY_DEAD = lazy(r"死|亡|人命|要命")
_NOBODY_HURT = lazy(r"(?<!死)伤(?!亡)|伤亡|碰|碍|[没冇]事")
_NOBODY_GRAVE = lazy(r"重|危")
_NOBODY_LOST = lazy(r"失[联踪]")
_NOBODY_HELD = lazy(r"[困埋压卡关]")
_ACTS = lazy(r"把(?!自己|腿|手|脚|脸|头|腰|胳膊|脖子|膝)")
_BEFALLEN = lazy(r"[被遭挨](?!告|我|咱|家长|老师|民警|警察|人|他|她|控制|抓|带|按|拦|大家|群众)")
_DOUBTED = lazy(r"先[说讲报]|昨[天晚]|之前|以为|别|传|写")
_OF_SOME = lazy(r"其[余他它]|别的|剩下|学生|孩子|娃|乘客|旅客|游客|工人|老师|顾客|邻居|路人|厂里|楼[上下]|一个|都")
_OF_REST = lazy(
    r"(?:(?:第[一二三四五六七八九]|头一|后一)(?:个|位|名)|其[余他它]|剩下?|余下|别的|另外)(?:的|人|那些|的人)*[都全也均]?[没未]"
)
_SHORT = 3
_TITLE = 8
_ALONE = lazy(r"[已均]?(?:(?P<dead>亡|死|故)|伤)")
"""All that is said of somebody: 驾驶员亡."""
_STRIKING_INSIDE = lazy(rf"(?:{VERBS})(?:到|了|着|伤|倒)+[\d一二两三四五六七八九十俩仨]")
_BROKE = lazy(r"(?<![砸压撞烧烫])(?:炸|爆|爆炸|倒|塌|翻|垮|着|断|裂|漏|烧起来)了?$")
"""What befell a thing, right before a number."""
_UNHURT = lazy(r"(?<![人员])[没未]有?受?伤(?:着|到)?$")
"""Said of somebody, not of everybody."""
_THERE = lazy(
    r"(?:人|工人)?(?:都|正好|刚好|当时|正)*(?:在(?:岗|场|旁边|边上|附近|跟前|干活|作业|上班|上课|睡觉|吃饭|那(?:儿|里)?(?:干活|玩))"
    r"|(?:在|住在|坐在|站在)?[^,。;!?\n\d]{0,4}[里上下][面头边]|正在?[^,。;!?\n\d]{1,3}|路过|值班|干活|作业)(?=[,。;!?\n\d一二两三四五六七八九十]|$)"
)
"""Who was there, of whom words before the number do not tell."""
_HARMLESS = lazy(
    r"(?![^,。]{0,12}[烧砸摔撞烫捅砍炸压夹]的$)(?:[都也就还已正刚先一又全才却却并]|已经|正在|自己|现在|目前|后来|结果|的)*"
    r"(?:$|[在去来说讲喊叫打报跑逃送带开坐站拉救做处登控抓按拦看等守赶到回走上下进出要想不没把用拿给帮跟和找问通联组撤疏安陪负值吓哭闹请住吃喝姓今\d是为共有被让]"
    r"|值班|家属|人|者|们|分别|一共|里|中|当中|从|往|因|于|当时|早上|昨|捡|骑|路过|抱|背着?人|掉|落|滑|翻|栽|爬|躲|午|晚|凌晨)"
)
"""What a person does who is told of no harm; what begins otherwise may tell of one that is not known."""
HARMFUL = lazy(
    lambda: (
        r"[伤亡死血破断裂骨烂扎戳刺洞肿青紫昏硬凉冷脉命疼痛麻晕吐泻灼焦崴扭折瘸瘫残聋瞎搐抖喘咳毒呛闷针药]|[没冇]|当场|当时|呼吸|心跳|反应|埋|压[着住]|夹[着住]|卡[着住]|淹|[烧烫砸撞炸剐刮擦磕碰](?:了|到|着|掉|中)"
        r"|救|抢|医院|手术|监护|ICU|盖[着上了]|不(?:行|中|动|见|应|得|醒)|答话|应声|动弹|绞|卷|搅|轧|碾|捅|砍|咬|重$|最重|[轻重]的"
        rf"|{alternatives('persons', 'body')}"
    )
)
"""What behind somebody may tell of a harm that is not known."""
_HELPERS = lazy(
    r"救援|消防|扑火|抢修|搜救|民警|医护|志愿|增援|抢险|武警|出动|调集|投入|指战员|嫌疑人|嫌犯|凶手|肇事者|警力"
)
_SUFFERED = lazy(r"(?:也|还|都|全|仍)*(?:被(?:困|埋|压|卡)|[困埋压卡]|失[联踪]|没出来|下落|找不|没找|联系不)")
"""2个消防员被困: they came to help, and it befell them."""
Gap = Literal["body", "number", "heard", "nobody"]


@dataclass
class Mention:
    """People of whom a stretch of a clause tells; with no people of its own it goes on with others.

    Args:
        piece: the stretch and the words for people.
        lots: what befell them.
        lead: the words of the piece before the people; ``tail``: those behind them.
        clause, sentence: running numbers.
        first: it is the first piece of its clause.
        counted: the words for people.
        headed: what befell them was told above a list.
    """

    piece: Piece
    lots: Lots
    lead: str
    tail: str
    clause: int
    sentence: int
    first: bool
    counted: str = ""
    headed: bool = False

    @property
    def named(self) -> bool:
        """Whether it is somebody by his name, of whom no more was told: 王某."""
        return self.piece.ref is not None and not self.tail and self.piece.ref.kind == "one"

    @property
    def ref(self) -> Ref:
        """The words for people, of a mention that has any."""
        if self.piece.ref is None:
            raise ValueError("no people")
        return self.piece.ref


@dataclass
class Heard:
    """The mentions of a text, of what it says that nobody suffered it, and what was not understood."""

    mentions: list[Mention] = field(default_factory=list)
    nobody: dict[str, Span] = field(default_factory=dict)
    gaps: set[str] = field(default_factory=set)
    local: set[str] = field(default_factory=set)
    """Facts of which it is told of some people only (学生一个没伤)."""


def heard(text: str) -> Heard:
    """The mentions of masked text."""
    told = Heard()
    read: set[int] = {place for age in AGE.finditer(text) for place in range(*age.span())}
    sentence, end = 0, 0
    for at, match in enumerate(islice(_CLAUSE.finditer(text), ENOUGH)):
        if not _STOPS.isdisjoint(text[end : match.start()]):
            sentence += 1
        end = match.end()
        if _take_nobody(told, text, match.span()):
            if not _UNHURT.search(match[0]) or not any(ref for _, ref in pieces(text, match.span())):
                read.update(range(*match.span()))
                continue
            told.local.add("injuries")  # 大的没受伤，小的没救过来
        aside = match.start() in read or ASIDE.fullmatch(match[0]) is not None
        if aside and told.mentions and told.mentions[-1].named:
            read.update(range(*match.span()))
            continue
        if len(match[0]) > BREATH:
            told.gaps.add("breath")
        for place, piece in enumerate(pieces(text, match.span())):
            (low, high), ref = piece
            words = text[low:high]
            lots = befell(words, low, counted=ref is not None and ref.kind != "one")
            if ref is not None and not lots:
                if (
                    STRIKING.search(text, low, ref.start)
                    or STRUCK.search(text[ref.end : high])
                    or _STRIKING_INSIDE.search(text, ref.start, ref.end)
                ):
                    lots = {"hurt": low}
            if ref is not None and lots and lots.keys() <= {"hurt", "care"} and _BROKE.search(text, low, ref.start):
                if max(lots.values()) < ref.start and _THERE.match(text, ref.end, high):
                    lots = {}  # 锅炉炸了六个人在岗
            if ref is not None and ref.kind == "one" and not lots and (fate := _ALONE.fullmatch(text, ref.end, high)):
                lots = {"dead": ref.end} if fate["dead"] else {"hurt": ref.end}
            if (
                ref is not None
                and lots.keys() <= {"held", "care", "lost"}
                and _HELPERS.search(text, max(low, ref.start - 5), min(high, ref.end + 5))
                and not (_HELPERS.match(ref.noun) and _SUFFERED.match(text, ref.end, high))
            ):
                read.update(range(low, high))
                continue
            if ref is not None and not lots and _BEFALLEN.search(text, ref.end, high):
                told.gaps.add("befell")
            if (
                ref is not None
                and not lots
                and (ref.kind == "one" or ref.noun)
                and not _HARMLESS.match(text, ref.end, high)
                and HARMFUL.search(text, ref.end, high)
            ):
                told.gaps.add("lot")
            if (
                ref is not None
                and ref.start > low
                and lots.keys() == {"out"}
                and not _HARMLESS.match(text, ref.end, high)
            ):
                if lots["out"] < ref.start and text[ref.end : ref.end + 1] != ":":
                    told.gaps.add("lot")  # 抬出来四个走不了直道
            if ref is not None and ref.kind == "one" and _ACTS.match(text, ref.end, high):
                lots = {}
            if ref is not None:
                read.update(range(ref.start, ref.end))
            if (
                not lots
                and (ref is not None or words[0] in "我他她")
                and names_a_part(without_well(words), (0, len(without_well(words))))
            ):
                told.gaps.add("body")
            counted = text[ref.start : ref.end] if ref else ""
            if ref is None and not lots:
                lead = tail = words
            else:
                lead = text[low : ref.start] if ref else ""
                tail = text[ref.end : high] if ref else words
            last = told.mentions[-1] if told.mentions else None
            if ref is not None and last is not None and last.piece == Piece((last.piece.span[0], low - 1), None):
                if text[low - 1] == ":" and not last.lots and len(last.tail) <= _TITLE:
                    lead = last.tail + lead  # 高三2班：失联3人
            told.mentions.append(Mention(piece, lots, lead, tail, at, sentence, place == 0, counted))
    _look_for_numbers(told, text, read)
    return told


def _take_nobody(told: Heard, text: str, span: Span) -> bool:
    """没死人, 无人员伤亡: of whom nobody fared so."""
    clause = text[slice(*span)]
    if len(clause) >= 20 or (match := _NOBODY.search(clause)) is None:
        return False
    if match[0].startswith("一个") and is_one_of(text, span[0] + match.start()):
        return False
    if any(number.low > 1 for number in numbers(clause)):
        if len(clause) < 24 and match.end() >= len(clause) - 1 and not lots_of(clause[: match.start()]):
            told.nobody.setdefault("injuries", span)  # 车上19个孩子没有人受伤
            if match[0][0] in "没未无":
                told.local.add("injuries")  # 前车3个人没受伤
            return True
        return False
    if _OF_REST.match(clause):
        return False  # 其余都没受伤
    facts = [fact for denied in _NOBODY.finditer(clause) for fact in _denied(denied[0])]
    if _DOUBTED.search(clause):
        told.gaps.add("nobody")
    local = _OF_SOME.search(clause, 0, match.start()) is not None or len(clause) <= _SHORT
    for fact in facts:
        told.nobody.setdefault(fact, span)
        if local:
            told.local.add(fact)
    return not lots_of(_NOBODY.sub("", clause))


def _denied(words: str) -> list[str]:
    """Of which facts words say that they befell nobody."""
    facts = [
        fact
        for fact, pattern in (
            ("deaths", _NOBODY_DEAD),
            ("serious_injuries", _NOBODY_GRAVE),
            ("injuries", _NOBODY_HURT),
            ("missing", _NOBODY_LOST),
            ("trapped", _NOBODY_HELD),
        )
        if pattern.search(words)
    ]
    if "serious_injuries" in facts:
        return ["serious_injuries"] if "死" not in words else ["deaths"]
    return facts


def _look_for_numbers(told: Heard, text: str, read: set[int]) -> None:
    """A number that may count people, and was not read as counting them, is a gap."""
    for number in numbers(text):
        if number.start in read or counts_nobody(text, number):
            continue
        if not PAIRED_PARTS.match(text, number.end):
            told.gaps.add("number")
