"""A report as persons in order, each with what befell them: 老赵没了，他徒弟腿断了，另外两个没事.

People are told of by a number (两名女工), by a word for one (拉架的, 他老婆, 小胡) or as the rest (其余). Words without
people of their own speak of those before them. What does not fit in so is a gap: then the tale is not all understood.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Literal

from plans.intake.clauses import measure_end
from plans.intake.lexicon import alternatives
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.person_words import THINGS, Lots, Piece, is_numbered, lots_of, pieces, without_well
from plans.intake.reading import Span
from plans.intake.tokens import MOUTHFUL

Gap = Literal[
    "about",
    "again",
    "beasts",
    "body",
    "breath",
    "cars",
    "changed",
    "folk",
    "gas",
    "heard",
    "held",
    "interrupted",
    "lines",
    "number",
    "part",
    "rest",
    "sort",
    "these",
    "together",
    "whole",
    "who",
]
"""What was not understood: an approximate number, 又, animals, a part of the body without a harm, a clause without a
mark, people of cars, a correction, a noun that may be several, an illness or a wound, hearsay, those held of whom some
are out, something between, a table, a number, parts that fit no whole, the rest, ill or hurt, whether they are those
before, all of one, people without a lot, nobody."""

ENOUGH = 40
"""Clauses that are looked at; a longer text is no tale of a few persons."""
_BREATH = 32
"""Characters without a mark, in which nothing tells who is spoken of."""
_LEAD = 12
"""Characters before a harm that may be none of a noun."""
_CLAUSE = lazy(r"[^,。;!?\n:、 ()]+")
_FOLK = lazy(r"学生|乘客|旅客|游客|村民|居民|顾客|客人|女?工人?|民工|路人|行人|住户|员工|同学|队员|大家|家长")
"""Nouns of which one does not know whether they speak of one."""
_HELPER = lazy(r"家长|家属|班主任|[村校]医")
ANY_ONE = ("那个", "那位", "这个", "这位", "那人", "这人")
_MORE = lazy(r"(?:还有|另有|又有|外加|连同|加上|也有)[^,。;!?\n\d]{0,4}$")
_ANOTHER = lazy(r"另")
_PART = lazy(r"(?:^(?:严?重|轻|伤|死)的(?:有|是)?|其中|包[括含]|里[头面边]|当中|内?含|有)[^,。;!?\n\d]{0,5}$")
_AMONG = lazy(r"(?:其中|包[括含]|(?<![在到了着])里[头面边]|当中|内?含)有?[^,。;:!?\n\d ]{0,3}$")
_ALL = lazy(r"都|全|均|个个")
_AND_BEFORE = lazy(r"[和跟与及][^,]{0,4}$")
_AND_MORE = lazy(r"[和跟与及]")
_TOGETHER = lazy(r"[都俩全们均]|双双")
_OF_CARS = lazy(r"[\d一二两三四五六七八九][辆台部艘条][^,]{0,3}$")
_PART_OF_BODY = lazy(
    r"额|脑袋|脑门|后脑|眼[皮角睛]|鼻|嘴[角唇]?|牙|下巴|耳|脖子|颈|喉|肩|胳膊|手[腕掌背指臂]|腕|肋|胸|后?背|脊|腰|胯|骨|屁股|腿|膝"
    r"|脚(?!手|下)|肚|腹|脸|皮(?!筏|艇|卡)"
)
_GOES_ON = lazy(
    lambda: (
        r"(?:人|[他她它]|自己|现在|目前|已经?|[还都全就也可又是有地的了着得上下里往没去过来一个会不算左右双前后满看轻被让给叫正在刚]"
        r"|只是?|当[场时]|马上|直接|后来|结果|不过|但|到现在|到|[全浑]?身上?|幸好|好在|[说喊]|送(?:医院|去)?|医生|着地|最后|至今|路上"
        rf"|{alternatives('persons', 'body')})*"
    )
)
"""Before a harm: no noun of somebody else."""
_ONE_OF_THEM = lazy(r"有个|[那这]个|谁|一个(?![都也没])")
_DOCTOR = lazy(r"医生|大夫|法医|护士|医院")
_DECLARES = lazy(r"宣[布告]|确认|判定|[说讲看]")
_ALSO = lazy(r"[\u4e00-\u9fa5]{1,4}也")
_NOBODY = lazy(
    r"(?:一个|谁|哪个)人?[也都]?没有?受?[死伤碰事]|一个[^,。]{1,3}的[也都]?没有?|没有?人被?[压困埋卡关]"
    r"|(?<!毫发)[没无未冇](?:有|得|见|发现|造成|再)*(?:人员?|学生|乘客|旅客|游客|群众|一个人?|哪个|谁|工人|老人)?[受被]?"
    r"(?:死|伤|亡|重的|重伤|被困|失踪|失联|要命|出人命|生命危险|轻伤)(?![着到]|的那|员在|者在)"
    r"|(?:死亡|伤亡|受伤|失联|被困)为?[0零无]"
    r"|(?:死亡?|伤亡?|受伤|重伤|失联|失踪|被困)的?(?:人员?|者)?(?:都|也|倒|暂时|目前)?没有?(?=[,。;!?\n ]|$)"
)
_BOTH = lazy(r"俩|两口")
_SHORT = 16
"""A clause that says of nobody that it befell him is no longer."""
_CALLED = ("110", "119", "120", "122", "12345")
"""Telephone numbers that are called; 120拉走了 counts nobody."""
_HARMS_BARE = "死伤亡重轻麻残失困"


@dataclass
class Person:
    """One or several persons.

    Args:
        many: how many; None of the rest whose number is not told.
        span: the words that tell of them, and of what befell them.
        noun: who they are.
        kind: ``count``, ``one``, ``rest``, or ``part`` of those counted before.
        lots: what befell them.
        more: said to be besides; ``part``: said to be some of those before.
        bare: nothing stands before their number; ``listed``: they stand behind 、; ``closed``: they are of a whole;
            ``behind``: the number stands behind their noun; ``named``: they are told by nouns alone (他老婆和闺女).
    """

    many: int | None
    span: Span
    noun: str
    kind: Literal["count", "one", "rest", "part"]
    lots: Lots
    more: bool = False
    part: bool = False
    bare: bool = False
    listed: bool = False
    closed: bool = False
    behind: bool = False
    named: bool = False


@dataclass
class Tale:
    """The persons of a text, and what was not understood of it."""

    persons: list[Person] = field(default_factory=list)
    gaps: set[Gap] = field(default_factory=set)
    interrupted: bool = False


def tale(text: str) -> Tale:
    """The persons of masked text, in order."""
    told = Tale()
    read: set[int] = set()
    for match in islice(_CLAUSE.finditer(text), ENOUGH):
        if _says_of_nobody(match[0]):
            read.update(range(*match.span()))
            continue
        if len(match[0]) > _BREATH:
            told.gaps.add("breath")
        for piece in pieces(text, match.span()):
            _take(told, text, piece)
            if piece[1] is not None:
                read.update(range(piece[1].start, piece[1].end))
    _list_together(told)
    _look_for_numbers(told, text, read)
    return told


def names_a_part(text: str, span: Span) -> bool:
    """Whether words name a part of the body, which is one person's."""
    return _PART_OF_BODY.search(text, *span) is not None


def _says_of_nobody(clause: str) -> bool:
    if len(clause) >= _SHORT or _NOBODY.search(clause) is None:
        return False
    return all(number.low < 2 for number in numbers(clause))


def _list_together(told: Tale) -> None:
    """Of a list it is told once what befell them; 张某、李某、王某三人: the number is that of all."""
    persons, at = told.persons, 0
    while at < len(persons):
        end = at + 1
        while end < len(persons) and persons[end].listed:
            end += 1
        last = persons[end - 1]
        if end - at > 1 and last.behind and last.many == end - at:
            if any(max(one.lots.values(), default=0) >= last.span[1] for one in persons[at : end - 1]):
                told.gaps.add("these")  # 李某、王某俩人落水，李某获救
            del persons[at : end - 1]
            end = at + 1
        elif end - at > 1 and last.behind:
            told.gaps.add("these")  # 小吴、小蔡和梁姐三位
        at = end
    for last, person in pairwise(persons):
        if person.listed and not person.lots:
            person.lots = dict(last.lots)
    for person, last in reversed(list(pairwise(persons))):
        if last.listed and not person.lots:
            person.lots = dict(last.lots)


def _look_for_numbers(told: Tale, text: str, read: set[int]) -> None:
    """A number that may count people, and was not read as counting them, is a gap."""
    for number in numbers(text):
        if number.start in read or text[number.start : number.end] in _CALLED:
            continue
        behind = text[number.end : number.end + 1]
        if MOUTHFUL.search(text, max(0, number.start - 3), number.start) and text.startswith("口", number.end):
            continue  # 没吃几口
        if number.hedged and measure_end(text, number.end) > number.end:
            told.gaps.add("about")
        if number.low == 1 and not number.digits and behind not in _HARMS_BARE:
            continue  # 一看, 一起
        if not THINGS.match(text, number.end) and not is_numbered(text, number.start):
            told.gaps.add("number")


def _take(told: Tale, text: str, piece: Piece) -> None:
    (low, high), ref = piece
    words = text[low:high]
    lots = lots_of(words, low)
    if "hurt" not in lots and _PART_OF_BODY.search(without_well(words)):
        told.gaps.add("body")
    if ref is not None and _DOCTOR.fullmatch(ref.noun) and _DECLARES.search(words) and told.persons:
        told.persons[-1].lots |= lots  # 医生到场后宣布死亡
        return
    if ref is None and _ALSO.match(words):
        told.gaps.add("who")
    if ref is None:
        _go_on(told, text, (low, high), lots)
        return
    if ref.kind == "one" and (_TOGETHER.match(text, ref.end, high) or _AND_MORE.match(text, ref.end, high)):
        told.gaps.add("together")
    if ref.kind == "one" and _AND_BEFORE.search(text, low, ref.start):
        told.gaps.add("together")
    if _OF_CARS.search(text, low, ref.start):
        told.gaps.add("cars")
    told.interrupted = False
    if ref.kind == "one" and _HELPER.fullmatch(ref.noun) and lots.keys() <= {"care", "well", "out"}:
        return
    before = text[low : ref.start]
    last = told.persons[-1] if told.persons else None
    more = _MORE.search(before) is not None
    if not more and (_of_all_before(told, text, piece, lots) or _again(told, piece, lots)):
        return
    if more and not lots:
        told.gaps.add("rest")
    if ref.kind == "one" and not lots.keys() <= {"well", "out"} and _FOLK.fullmatch(ref.noun):
        told.gaps.add("folk")
    told.persons.append(
        Person(
            many=ref.many,
            span=(low, high),
            noun=ref.noun,
            kind=ref.kind,
            lots=lots,
            more=more,
            part=not more
            and (_PART.search(before) is not None or text[low - 1 : low] == "(" or _is_part(text, ref.start)),
            bare=not before.strip("就有也"),
            listed=text[low - 1 : low] == "、" and last is not None and last.span[1] == low - 1,
            behind=ref.kind == "count" and ref.noun[:1] == text[ref.start],
            named=ref.kind == "count" and next(numbers(_BOTH.sub("", text[ref.start : ref.end])), None) is None,
        )
    )


def _is_part(text: str, at: int) -> bool:
    """9人死亡里头1例重伤: in the clause of the whole."""
    return _AMONG.search(text, max(0, at - 6), at) is not None


def _go_on(told: Tale, text: str, span: Span, lots: Lots) -> None:
    """Words without people of their own: they tell of those before, where nothing else stands between."""
    low, high = span
    last = told.persons[-1] if told.persons else None
    if not lots:
        if not _GOES_ON.fullmatch(text, low, min(high, low + 2)) and not text[low:high].endswith("着"):
            told.interrupted = True
        return
    if told.interrupted and last is not None:
        told.gaps.add("interrupted")
    if last is None and lots.keys() <= {"well", "out"}:
        return
    lead = min(lots.values())
    one_of_them = last is not None and last.many != 1 and _ONE_OF_THEM.search(text, low, lead) is not None
    if last is None or lead - low > _LEAD or one_of_them or not _GOES_ON.fullmatch(text, low, lead):
        told.gaps.add("who")
        return
    if last.kind == "one" and _ALL.search(text, low, lead):
        told.gaps.add("together")
    last.lots |= lots
    last.span = (last.span[0], high)


def _of_all_before(told: Tale, text: str, piece: Piece, lots: Lots) -> bool:
    """三人都升井: as many as were told of so far, and it befell all of them."""
    (low, high), ref = piece
    if ref is None or ref.kind != "count" or ref.noun or (ref.many or 0) < 2:
        return False
    every = _ALL.search(text, ref.end, high) is not None
    if every and ref.start == low and any(one.kind == "one" and not one.lots for one in told.persons):
        told.gaps.add("these")
    those = [one for one in told.persons if one.lots]
    if not those or not (every or lots.keys() <= {"care", "well", "out"}):
        return False
    if ref.many != sum(one.many or 0 for one in those):
        return False
    for one in those:
        one.lots = lots | one.lots
    return True


def _again(told: Tale, piece: Piece, lots: Lots) -> bool:
    """大爷没挺过去, of whom a clause before told: by the same noun, or by the end of it."""
    (_, high), ref = piece
    if ref is None or ref.kind != "one" or ref.noun.endswith(ANY_ONE):
        return False
    for one in reversed(told.persons):
        if one.many != 1 or not one.noun:
            continue
        longer, shorter = sorted((one.noun, ref.noun), key=len, reverse=True)
        if longer == shorter or (len(shorter) > 1 and longer.endswith(shorter)):
            one.lots |= lots
            if one is told.persons[-1]:
                one.span = (one.span[0], high)
            return True
    return False
