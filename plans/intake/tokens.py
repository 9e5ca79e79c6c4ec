"""Text -> tokens: head counts, words of harm, words that steer them, and the marks that end clauses and sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from plans.intake.body_words import HEADS as BODY_HEADS
from plans.intake.body_words import bodily_end
from plans.intake.lexicon import END
from plans.intake.no_counts import is_no_count, no_count_behind
from plans.intake.numerals import HEADS, Number, match_at, parse
from plans.intake.patterns import lazy
from plans.intake.portions import spans
from plans.intake.words import CASUALTY, PERSON, WORDS, index

ENOUGH = 800
ENOUGH_NUMERALS = 300
"""Tokens and numerals that are read: more than a report of full length holds, so that only what is no report is cut."""

_STOP, _COMMA, _OPEN, _CLOSE = "。!?;\n", ",:", "([【〔", ")]】〕"

_PEOPLE = index({"person": PERSON})
_UNIT = lazy(
    r" ?(?:名(?!义|单|称|列)|号人|口人|口子(?!人)|(?<=[来多几])号(?!楼|院|线|车|店)|"
    r"位(?!数|置|于|列)|例|个人|人(?!民|均收|均每|次|份|间|座|组(?!织)|制(?!止)|事(?!发)|口(?![吐鼻腔干里中])|大(?:代表|会|常委|[,。;!?\n]|$)|体(?![温力表内])|工(?![人地])|行道|"
    r"力|群|类|家(?![长属]))"
    r"|口(?=人|全|都|均|遇|死|身|[,。、中]|不幸|煤气|一氧)|(?<=家.)口|(?<=家\d)口|具(?=[,。;!?、) ]|$)|"
    r"具(?=[^,。;]{0,6}(?:遗体|尸体|"
    r"男尸|女尸))|条(?=生命|人命)|男(?!童|"
    r"孩|子|生|性)|女(?!童|孩|子|生|性|工))"
)
_PIECE = lazy(
    r" ?个(?!多?(?:小时|月|星期|钟头|半(?![大路道夜途])|中队|大队|支队|乡|镇(?!民)|县|市(?!民)|村(?!民)|国家|州|省|"
    r"集装箱|小组|标段|班|家庭|地区|"
    r"单位|楼|点|房间|学校|路口|岗|工作|单元|小区|社区|街道|门|厂|车))"
    rf"(?=(?P<noun>(?:\d{{1,3}}[来多几]?岁(?:左右)?的?)?[^\d,。、;:()]{{0,6}}?(?:{PERSON}))|"
    rf"(?P<bare>[,。;:!? 、()\n]|$|其中|里[头边面](?!的)|当中|内[有含]|包[括含]|含|"
    rf"和(?![平尚谐])|与|及|\d{{1,4}}[个人名例]|"
    rf"了|在|被|送|受|都|均|全|也|没|今|昨|"
    rf"已|还|仍|到|现|擦|蹭|断|破|说|埋|困|崴|磕|碰|流|呛|叫|卡|夹|压|联|找|出来|救|扒|捞|轻|重|活|"
    rf"头破|走|姓|叫|进|住|转|抢|病|昏|躺|倒|趴|坐|跑|跳|掉|摔|落|淹|冲|烧|烫|咳|红|肿|当场|脑|身|满|眼看|喊|挂|难|不见|没|有|"
    rf"重伤|轻伤|死|伤|吐|拉|中毒|发烧|发热|发病|晕|昏|骨折|失踪|失联))"
)
MOUTHFUL = lazy(r"[吸喝咬吃呛灌吐尝抽啃叮闻咽]了?(?:好|大|小)?$")
"""Before 口: it counts what somebody took in (吸了几口), and nobody."""
_SPACED = lazy(r" \d{1,5} (?:余|多|几)?[人名例位个]")
_NONE = lazy(r" [无零](?=[\n,。;! ]|$)")
_MEASURED = lazy(r"[人例名位个口死伤重轻失被受]")
_OWN = lazy(r" \d{1,5}(?:[—~至到-]{1,2}\d{1,5})?(?:[余多几]?[人名例位个]|(?=[ \n,。;、()]|$)|[死伤重轻失被受])")
"""Behind a harm: its number, and not that of a house."""
_OF_PEOPLE = lazy(
    r"班(?!车)|车间|组(?!织)|队(?!长|员)|房(?!东|客)|室|亭|宿舍|公寓|食堂|餐厅|大厅|休息|通道|电梯|[专座][列位椅用]|候[车诊]|之家|站(?![着在起了到立不])"
)
_BEASTS = lazy(r" ?[头只匹条尾羽]")
_OF_BEASTS = lazy(
    r"了?(?:约|近|大约|大概)?(?:\d{1,5}|[一二两三四五六七八九十百几]{1,4})[多余几来]?[头只匹尾羽]|"
    r"了?(?:约|近|大约|大概)?(?:\d{1,5}|[一二两三四五六七八九十百几]{1,4})[多余几来]?条(?=[狗鱼蛇牛])"
)
"""Behind a harm: it befell animals (死了5只羊)."""
_BEASTS_BEFORE = lazy(r"(?<![老小姓阿司属])(?<!蜗)[牛狗猪羊蛇熊鸡鸭猫驴骡](?:也|都|已经?|被|给|让|叫|当场|就|全|人)*$")
_BEFALLS_BEASTS = frozenset(("dead", "hurt", "wound", "ill", "missing", "trapped"))
_NO_PIECE = lazy(
    r"个(?:多?(?:小时|月|星期|钟头|半(?![路道夜途])|中队|乡(?!亲)|镇(?!民)|县|市(?!民)|村(?!民)|国家|家庭|地区|单位|楼|点|房间|学校|小区|车|警(?![察官员务]))|[^,。;]{0,3}[窗门棚房屋墙车洞口灯碗包]|[手脚]?[指趾]|[门大]?牙|窟窿|[大水血]?[泡口])"
)
_DIRECT = CASUALTY - {"harm", "hospital", "safe"}
_NO_PAIR = lazy(r"钟头|小时|月|星期|礼拜|村|班|车|楼|半天|手|眼|腿|胳膊|字|钱|菜|礼拜|多|地方")
_ROOM = 100
"""宿舍楼402女生: from here on a number right before a person is that of a room."""
_LINES = (110, 119, 120, 122, 999)
"""Emergency numbers are no head counts."""
_NO_NAME = lazy(
    r"[在对该是的位据有被由把将和与关到]|.某+(?:[些种个地市县年月日校公单路小中大高初职段村镇区省栋楼学幼乡街厂矿](?<!某中(?=[毒暑弹刀枪]))|$)"
)
"""某 names no person here (在某校, 某某小学)."""
_FORM = lazy(r"(?:人数|人员|者|员)?[为约共: =]{0,3}")
_FORM_END = lazy(
    r"[ \n(/]|[和与及](?![平时])|[,。;!?、)]|:(?!\d)|$|[死伤轻重失被受]|其中|里[头边面]|当中|内[有含]|包[括含]|含"
)
_SHORT = lazy(
    r"(?:(?P<dead>死(?!者|亡|伤|了)|亡(?!者))|(?P<serious>重(?=[\d一二两三四五六七八九十)、,。; \n]|$))|"
    r"(?P<light>轻(?=[\d一二两三四五六七八九十)、,。; \n]|$))|(?P<hurt>伤(?!害|口|势|员|者|亡|心|情|及)))"
)
_ROLL = lazy(r"清点|点名|点人头|数人|数了|清查人数|查寝|报数|核对人数|捞上|捞起|捞到|救起|救上")
_SHORT_OF = lazy(
    r"(?:少|缺|差)(?:了|失|着)?(?=(?:(?:\d{1,3}|[一二两三四五六七八九十]{1,3})[人名个位]|[俩仨])"
    r"(?![^。;]{0,12}(?:假|缺勤|迟到|没来上)))"
)
"""清点后少2人: behind a roll call those who are not there are missing."""
_NOT_ONE = lazy(r"[一1]个(?:人)?(?:都|也)没(?=有?(?:联系上|找|捞|见|出来|上来|下来|醒|活|救))")
_NOT_EVEN_ONE = lazy(
    r"[一1][个名例位](?=[^,。;!?\n\d一二两三四五六七八九十]{1,6}?(?:都|也)(?:没有?|冇)(?=[,。;!?\n )]|$))"
)
_GONE = lazy(rf"(?:没[了咧喽啦哩]|不行[了咧]|没得了|冇得?了|凉了|硬了|没救了){END}")
_UNTIL_GONE = lazy(
    rf"(?:{PERSON}|[个人口])?(?:人|后来|最后|一下子?|终究|最终|眼看|立马|马上|立刻|直接|当下|随后|很快)?(?:也|都|就|全|又|早|已经?|当场|当时|还是|,)*"
)
_FIRST = lazy(r"首(?:例|名)")
"""首例 is one."""


class Token(NamedTuple):
    """A word with its kind and span; head counts carry their number.

    Args:
        kind: ``count``, ``stop``, ``comma``, ``colon``, ``open``, ``close``, or a kind of `words`.
        number: the numeral of a ``count``.
        bare: a count whose measure word does not prove that it counts people (四五个).
    """

    kind: str
    start: int
    end: int
    number: Number | None = None
    bare: bool = False


_OWN_HARM = lazy(r"(?:个人|[个人名例位])?")


def _another(text: str, number: Number, tokens: Sequence[Token]) -> bool:
    """受伤7 4中毒: behind a harm with its number, and before a harm, it is no second half of a torn number."""
    if text[number.start - 1 : number.start] != " " or len(tokens) < 2:
        return False
    harm, count = tokens[-3 if tokens[-2].kind == "colon" and len(tokens) > 2 else -2], tokens[-1]
    told = harm.kind in _DIRECT and count.kind == "count" and count.end == number.start - 1
    if not told or not _FORM.fullmatch(text, harm.end, count.start):
        return False
    unit = _OWN_HARM.match(text, number.end)
    behind = word_at(text, unit.end() if unit else number.end)
    return (behind is not None and behind.kind in _DIRECT) or _SHORT.match(text, number.end) is not None


def _first_of_two(text: str, number: Number | None, tokens: Sequence[Token]) -> Number | None:
    """中毒人数4、5名被困: between two harms 4、5 are two numbers of a list, and not four or five people."""
    mark = text.find("、", number.start, number.end) if number is not None else -1
    if number is None or mark < 0 or not tokens:
        return number
    harm = tokens[-2] if tokens[-1].kind == "colon" and len(tokens) > 1 else tokens[-1]
    between = text[harm.end : number.start]
    if harm.kind not in _DIRECT or between.isspace() or not _FORM.fullmatch(between):
        return number
    unit = _OWN_HARM.match(text, number.end)
    behind = word_at(text, unit.end() if unit else number.end)
    if behind is None or behind.kind not in _DIRECT:
        return number
    return number._replace(high=number.low, stated=number.low, end=mark, hedged=False)


def _count(text: str, number: Number, tokens: Sequence[Token]) -> list[Token]:
    """The head count that a numeral begins, with the harm that directly follows it (3死5伤)."""
    end = number.end
    if no_count_behind(text, number.start) and not _another(text, number, tokens):
        return []
    unit = _UNIT.match(text, end)
    if unit and text.startswith("口", end) and MOUTHFUL.search(text, max(0, number.start - 3), number.start):
        return []  # 吸了几口
    if unit and unit[0].strip() == "具" and not _BODIES.match(text, unit.end()):
        before = max(0, number.start - 10), number.start
        if _NO_BODIES.search(text, *before):
            return []
        if _NAMED_BODIES.search(text, *before):
            return [Token(kind="count", start=number.start, end=unit.end(), number=number)]
        body = unit.end() - 1
        count = Token(kind="count", start=number.start, end=body, number=number)
        return [count, Token(kind="dead", start=body, end=unit.end())]  # 抬出来两具
    if unit:
        return [Token(kind="count", start=number.start, end=unit.end(), number=number)]
    piece = _PIECE.match(text, end) if text[end : end + 1] in " 个" else None
    if piece:
        bare = piece["noun"] is None
        harmed = word_at(text, piece.end()) if bare else None
        bare = bare and not (harmed and harmed.kind in _DIRECT)
        return [Token(kind="count", start=number.start, end=piece.end(), number=number, bare=bare)]
    behind = word_at(text, end + 1) if text[end : end + 1] == "个" else None
    several = behind is not None and behind.kind in ("one", "folk") and (number.stated or number.low) > 1
    if behind and (behind.kind in _DIRECT or (several and not _OF_PEOPLE.match(text, behind.end))):
        return [Token(kind="count", start=number.start, end=end + 1, number=number)]  # 一个头破了, 7个师傅没了
    if text[end : end + 1] == "个" and not _NO_PIECE.match(text, end) and _before_harm(text, end + 1):
        return [Token(kind="count", start=number.start, end=end + 1, number=number)]  # 42个师傅失联
    if is_no_count(text, number):
        return []
    short = _SHORT.match(text, end) if text[end : end + 1] in " 死亡伤重轻" else None
    if short and number.low < 100_000:
        kind = next(name for name in ("dead", "serious", "light", "hurt") if short[name])
        return [
            Token(kind="count", start=number.start, end=end, number=number),
            Token(kind=kind, start=short.start(), end=short.end()),
        ]
    word = word_at(text, end)
    if word and word.kind in _DIRECT and number.low < 100_000 and number.stated not in _LINES:
        return [Token(kind="count", start=number.start, end=end, number=number)]
    people = _PEOPLE.get(text[end : end + 1])
    if (
        (word and word.kind == "one" and text[end] != "有" and number.low < _ROOM)
        or (people and people.match(text, end))
        or (text[number.start] in "俩仨" and not _NO_PAIR.match(text, end))
    ):
        return [Token(kind="count", start=number.start, end=end, number=number)]
    return []


_BODIES = lazy(r"[^,。;!?]{0,6}(?:遗体|尸体|男尸|女尸|尸骨|遗骸)")
_NO_BODIES = lazy(r"灭火|棺|担架|器材|水枪|呼吸器|气瓶|支架|模型|假人|文[具书]|道具|炊具")
_NAMED_BODIES = lazy(r"遗体|尸体|男尸|女尸|尸骨|遗骸|又[^,。;!?\n]{0,6}$")
"""Before 具: other things, bodies told of by their name, or one of those looked for (又摸上来一具)."""


def _before_harm(text: str, at: int) -> bool:
    """At most four characters on, without a mark, a harm begins."""
    for here in range(at + 1, min(at + 5, len(text))):
        if not "一" <= text[here - 1] <= "龥":
            return False
        word = word_at(text, here)
        if word is not None:
            return word.kind in _STATES
    return False


_SOMEBODY = lazy(rf"[^\d,。;!?、 ]{{0,4}}?(?:{PERSON}|人)")
_BEFALLEN = lazy(r"(?:[撞轧压砸碰刮蹭擦顶怼咬扎捅砍烫电夹绞踩推挤卷带打]|出来|下来|上来)(?:了|着|到|倒|翻|伤)?$")
"""Before 个 and a person: it befell one (撞了个考生, 跑出来个媳妇)."""
_STATES = frozenset(("dead", "missing", "trapped", "hurt", "serious", "light", "wound"))


_LISTED = lazy(r"(?:、[\u4e00-\u9fa5]{1,6}\d{1,4}[人名]?){1,4}[均都全]?[受轻重]?[伤亡死失被遇中送]")
"""Behind a bare number of people: others are listed, and what befell all of them (乘客3、司机1受伤)."""


def _tabled(text: str, number: Number, tokens: Sequence[Token]) -> list[Token]:
    """A number without a measure word right behind a harm, as in lists and forms (死亡：1 受伤：3 受伤顾客9)."""
    if len(tokens) > 1 and tokens[-1].kind in ("one", "folk") and tokens[-1].end == number.start:
        if text[number.start - 1] == "某":
            return []
        if number.digits and _LISTED.match(text, number.end):
            return [Token(kind="count", start=number.start, end=number.end, number=number)]
        on = tokens[-2].kind == "enum" and len(tokens) > 2 and tokens[-3].kind == "count"
        if tokens[-2].end != tokens[-1].start or not (
            tokens[-2].kind in _DIRECT or (on and text[tokens[-3].end - 1].isdigit())
        ):
            return []
        if not number.digits or not _FORM_END.match(text, number.end) or is_no_count(text, number):
            return []
        return [Token(kind="count", start=number.start, end=number.end, number=number)]
    harm = tokens[-2] if len(tokens) > 1 and tokens[-1].kind == "colon" else tokens[-1] if tokens else None
    direct = harm is not None and (harm.kind in _DIRECT or (harm.kind == "harm" and number.high == 0))
    if harm is None or not direct or not _FORM.fullmatch(text, harm.end, number.start):
        return []
    if _BEASTS.match(text, number.end) or is_no_count(text, number):
        return []
    if text[number.end : number.end + 1] == "个" and harm.end == number.start and not _NO_PIECE.match(text, number.end):
        return [Token(kind="count", start=number.start, end=number.end + 1, number=number)]  # 死了3个驴友
    if not _FORM_END.match(text, number.end) or (not number.digits and number.low > 99):
        return []
    return [Token(kind="count", start=number.start, end=number.end, number=number)]


def _one_piece(text: str, at: int, tokens: Sequence[Token]) -> bool:
    """淹死个娃, 咬了个小孩: right behind a harm and before a person 个 is one."""
    harm = tokens[-1] if tokens and tokens[-1].end in (at, at - 1) else None
    told = harm is not None and harm.kind in _STATES and text[harm.end : at] in ("", "了", "着")
    return (
        _SOMEBODY.match(text, at + 1) is not None
        if told
        else _BEFALLEN.search(text, max(0, at - 4), at) is not None and (_SOMEBODY.match(text, at + 1) is not None)
    )


def _gone(text: str, at: int, tokens: Sequence[Token]) -> int:
    """司机没了, 两个老人都凉了: right behind people such words say that they died; 0 where they do not stand so."""
    who = tokens[-1] if tokens else None
    if who is None or who.kind not in ("one", "folk", "pair", "count"):
        return 0
    if (match := _GONE.match(text, at)) is None:
        return 0
    return match.end() if _UNTIL_GONE.fullmatch(text, who.end, at) else 0


_OF_BODIES = ("wound_", "hurt_", "light_")
"""Words that give way to longer ones of a part of the body (伤了 to 伤了腿)."""


def word_at(text: str, at: int) -> Token | None:
    """The word that begins at an offset: one of the tables, or what befell a part of the body where that is longer."""
    if at >= len(text):
        return None
    pattern = WORDS.get(text[at])
    match = pattern.match(text, at) if pattern else None
    if text[at] in BODY_HEADS and (match is None or (match.lastgroup or "").startswith(_OF_BODIES)):
        end = bodily_end(text, at)
        if end > (match.end() if match else at):
            return Token("wound", at, end)
    if not match or match.lastgroup is None:
        return None
    return Token(match.lastgroup.rpartition("_")[0], at, match.end())


def _mark(text: str, at: int, tokens: Sequence[Token]) -> Token | None:
    char = text[at]
    if char in _STOP:
        return Token(kind="stop", start=at, end=at + 1)
    if char == ":" and 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit():
        return None
    if char in _COMMA:
        return Token(kind="colon" if char == ":" else "comma", start=at, end=at + 1)
    if char in _OPEN:
        return Token(kind="open", start=at, end=at + 1)
    if char in _CLOSE:
        return Token(kind="close", start=at, end=at + 1)
    if char.isspace() and at and at + 1 < len(text):
        before, behind = text[at - 1], text[at + 1]
        counted = before.isdigit() and tokens and tokens[-1].kind == "count" and tokens[-1].end == at
        if counted and "一" <= behind <= "龥":
            return None if _MEASURED.match(text, at + 1) else Token(kind="comma", start=at, end=at + 1)
        if (
            behind in "无零"
            and tokens
            and tokens[-1].kind in CASUALTY
            and tokens[-1].end == at
            and _NONE.match(text, at)
        ):
            return None  # 死亡 无
        if before.isdigit() and text[max(0, at - 5) : at].isdigit() and at >= 5:
            return Token(kind="comma", start=at, end=at + 1)  # behind the number of a telephone
        if behind.isdigit() and _SPACED.match(text, at):
            return None  # 学生 3 人
        if (
            behind.isdigit()
            and tokens
            and tokens[-1].kind in CASUALTY
            and tokens[-1].end == at
            and _OWN.match(text, at)
        ):
            return None  # 死亡 1 人
        if not (before.isascii() or (behind.isascii() and not behind.isdigit())):
            return Token(kind="comma", start=at, end=at + 1)
    return None


_MARKS = frozenset(_STOP + _COMMA + _OPEN + _CLOSE)
_GONE_HEADS = frozenset("没不冇凉硬")
_ENDS = frozenset("一两这那另")
"""Before 头: an end of something, and nobody's head."""
_HEAD = lazy(rf"[{re.escape(''.join(sorted(_MARKS.union(WORDS, HEADS, BODY_HEADS, _GONE_HEADS, '某个首少缺差'))))}\s]")
"""With what a token can begin."""


def tokenise(text: str) -> list[Token]:
    """Tokens of normalised text, left to right, not overlapping, at most `ENOUGH`; time linear in its length."""
    return list(_tokens(text))


@lru_cache(maxsize=256)
def _tokens(text: str) -> tuple[Token, ...]:
    """The same, once for words that several readers of one message look at."""
    tokens: list[Token] = []
    at, numerals, depth = 0, 0, 0
    portions, portion = spans(text), (-1, -1)
    while len(tokens) < ENOUGH and numerals < ENOUGH_NUMERALS and (head := _HEAD.search(text, at)):
        at, char = head.start(), head[0]
        mark = _mark(text, at, tokens) if char in _MARKS or char.isspace() else None
        if mark:
            depth = max(0, depth + (mark.kind == "open") - (mark.kind == "close")) if mark.kind != "stop" else depth
            if mark.kind == "stop" and depth and char == ";":
                mark = mark._replace(kind="comma")  # a list in parentheses is one sentence
            elif mark.kind == "stop":
                depth = 0
            tokens.append(mark)
            at += 1
            continue
        while portion[1] <= at and (ahead := next(portions, None)) is not None:
            portion = ahead
        if portion[0] <= at < portion[1] and char in HEADS and word_at(text, at) is None:
            at = portion[1]  # 三分之一, 半数
            continue
        if char == "某" and tokens and tokens[-1].kind == "one" and tokens[-1].end == at and text[at - 1] == "某":
            tokens[-1] = tokens[-1]._replace(end=at + 1)  # 孙某某
            at += 1
            continue
        if char == "某" and at and "一" <= text[at - 1] <= "龥" and not _NO_NAME.match(text, at - 1):
            start = at - 1
            if tokens and tokens[-1].kind in ("one", "folk") and tokens[-1].end == start:
                start = tokens.pop().start  # 学生张某 is one person
            tokens.append(Token(kind="one", start=start, end=at + 1))
            at += 1
            continue
        if char == "个" and _one_piece(text, at, tokens):
            numerals += 1
            numeral = Number(low=1, high=1, stated=1, start=at, end=at + 1, hedged=False, digits=False)
            tokens.append(Token(kind="count", start=at, end=at + 1, number=numeral))
            at += 1
            continue
        if char == "首" and (only := _FIRST.match(text, at)):
            numerals += 1
            numeral = Number(low=1, high=1, stated=1, start=at, end=at + 1, hedged=False, digits=False)
            tokens.append(Token(kind="count", start=at, end=only.end(), number=numeral))
            at = only.end()
            continue
        short = _SHORT_OF.match(text, at) if char in "少缺差" else None
        if short and _ROLL.search(text, max(0, at - 40), at):
            tokens.append(Token(kind="missing", start=at, end=short.end()))
            at = short.end()
            continue
        word = word_at(text, at) if char in WORDS or char in BODY_HEADS else None
        if char in _GONE_HEADS and (word is None or word.kind == "deny") and (end := _gone(text, at, tokens)):
            tokens.append(Token(kind="dead", start=at, end=end))
            at = end
            continue
        if word and char == "头" and text[at - 1 : at] in _ENDS:
            at += 1  # 吊篮一头掉了
            continue
        beasts = _OF_BEASTS.match(text, word.end) if word and word.kind in _BEFALLS_BEASTS else None
        if beasts:
            at = beasts.end()
            continue
        if word and word.kind == "dead" and _BEASTS_BEFORE.search(text, max(0, at - 8), at):
            at = word.end  # 牛打死了
            continue
        if word and word.kind in ("one", "folk") and _OF_PEOPLE.match(text, word.end):
            at = word.end  # 焊工班 is no person
            continue
        if word:
            tokens.append(word)
            at = word.end
            continue
        if char in "一1" and _NOT_ONE.match(text, at) and any(token.kind == "count" for token in tokens[-3:]):
            at = text.index("没", at)  # 5个人一个都没上来: all of them
            continue
        if char in "一1" and (none := _NOT_EVEN_ONE.match(text, at)):
            numerals += 1
            numeral = Number(low=0, high=0, stated=0, start=at, end=at + 1, hedged=False, digits=False)
            tokens.append(Token(kind="count", start=at, end=none.end(), number=numeral))
            at = none.end()  # 一个伤员都没有: nobody
            continue
        match = match_at(text, at) if char in HEADS else None
        if match:
            numerals += 1
            number = _first_of_two(text, parse(match, text), tokens)
            counted = (_count(text, number, tokens) or _tabled(text, number, tokens)) if number else []
            tokens += counted
            at = counted[-1].end if counted else match.end()
            continue
        at += 1
    return tuple(tokens)


def sentences(tokens: list[Token]) -> list[tuple[int, list[Token]]]:
    """Tokens split at full stops, with the offset at which each sentence begins; the stops themselves are dropped."""
    parts: list[tuple[int, list[Token]]] = []
    start, part = 0, list[Token]()
    for token in tokens:
        if token.kind == "stop":
            parts.append((start, part))
            start, part = token.end, []
        else:
            part.append(token)
    parts.append((start, part))
    return [(begin, part) for begin, part in parts if part]
