"""The words of a clause that tell of people, left to right: 死2伤5, 出来51, 老两口, 拉架的辅警, 剩下那个."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from plans.intake.clauses import measure_end
from plans.intake.groups.idle import NAILS, PAIRED_PARTS, PLACES
from plans.intake.lexicon import alternatives
from plans.intake.numerals import Number, numbers
from plans.intake.patterns import lazy
from plans.intake.person_words import THINGS, is_numbered
from plans.intake.words import PERSON

Many = tuple[int, int]
"""How many at least and at most."""


class Ref(NamedTuple):
    """Words that tell of people.

    Args:
        start, end: where they stand.
        many: how many; None of the rest whose number is not told.
        kind: ``count``, ``one`` or ``rest``.
        noun: who they are, where that is said.
        of: of so many whom the words before the number count (三个里头两个).
    """

    start: int
    end: int
    many: Many | None
    kind: Literal["count", "one", "rest"]
    noun: str = ""


_ONE = lazy(lambda: alternatives("persons", "one") + "|" + alternatives("groups", "one"))
_ORDINAL = lazy(
    r"(?:第[一二三四五六七八九1-9]|[头后]一)(?:[位名]|个(?![一-龥]?(?:月|小时|电话|村(?!民)|车|班|点|路|口|弯|路口|隧道|学校|礼拜|星期)))"
    r"(?:人|学生|孩子|伤员|工人|老人)?(?=[,。; ]?[^,。;\d报到来了])"
)
"""第二个: one of several, who are told of in order."""
ORDINAL = lazy(r"第|头一|后一")
"""How the words of `_ORDINAL` begin."""
_NOT_ONE = lazy(lambda: alternatives("groups", "not_one"))
_PERSON = lazy(rf"(?:{PERSON})")
_PAIR = lazy(lambda: alternatives("persons", "pair"))
_TRIO = lazy(r"[爷娘哥姐弟]仨|一家(?P<n>[两三四五六七八2-8])口|(?P<m>[两三四五六七八2-8])口(?:人|之家|子人)")
_REST = lazy(
    r"(?:其[余他它]|剩下?|余下|(?<![分区级特个])别|另外|另|余(?!震|热|温|火|波|姚|杭|庆))(?:的)?(?:那|这)?(?P<n>)"
    r"(?:的?(?:人(?!员|手)|乘客|学生|孩子|工人|同学|村民|游客|人员|队员|几个人?|几位|几名|一些))?(?:都|全|均|也)?"
)
_REST_HEAD = lazy(r"(?:其[余他它]|剩下?|余下|余|另外?)(?:的|那|这|还有|还|就)*$")
_THAT_ONE = lazy(r"(?!个个)[那这]?(?:一|1)?(?:个|位|名)(?:人|老[人头太汉]|大[爷妈叔]|孩子|学生|男的|女的|师傅)?")
_ANOTHER = lazy(r"另外?")
_OTHER_NOUN = lazy(r"(?![那这几两一二三四五六七八九十俩仨\d的还有])")
_ONE_PLACE = lazy(
    r"个(?:宿舍|寝室|班(?!主任|长)|屋|车(?!主)|村(?![民妇])|厂(?!长)|单位|小区|房间|家(?!长|属)|工地|病房|桌|团|车间|棚|院|地方)"
)
_ROOMS = tuple("班组队室房部科处")
_MODIFIED = lazy(r"[^,。;!?\n\d的一两三四五六七八九]{0,8}的(?=[^,。;!?\n])")
_FATE_NEXT = lazy(r"[个人名位]?(?:[死伤重轻昏晕]|没[了事救找]|送|还)")
"""肋骨断了两个死了: behind a number, which is of people."""
_EVEN_ONE = lazy(
    r"(?:[^,。;\d]{0,3}[都也])?没有?(?:受?伤|死)?(?=[,。; ]|$)|人?[都也][没不看联找]|没[跑上出逃爬少落缺丢差不]"
    r"|不[落漏少剩差]|[没不](?:囫囵|好)"
)
_NOT_EVEN = lazy(r"(?<![事病伤碍])没有?$")
_SHARE = lazy(r"份|次|制|的[车座床]位")
_KIN = "爷爷|奶奶|爸爸|妈妈|外公|外婆|姥姥|姥爷|公公|婆婆|哥哥|姐姐|弟弟|妹妹|叔叔|婶婶|[\u4e00-\u9fa5][叔姨哥姐婶伯]"
_TWO_OF_KIN = lazy(rf"(?:{_KIN})(?:{_KIN})|爸妈|爹妈|爹娘|父母|公婆")
_SIZED = lazy(r"(?<![最那个和与、有跟就连])[^男女]的")
_SAYS = lazy(r"(?:医生|大夫|护士)[^,。;\d]{0,3}[说讲摇宣判确]")
_YOUNG = lazy(r"个半大")
_BARE_LEAD = lazy(
    r"(?:[死伤亡困埋救捞扒刨挖吐拉晕倒烧砸撞压]了?|重伤?|轻伤?|失[联踪]|遇难|被困|受伤|死亡|出来|上来|升井|救出|获救|[差缺少剩]|"
    r"重症|轻症|危重|中毒|发[热烧]|住院|送医|症状|点名|上岸|人数|实到|到岗|当班|入井|下井|重的|轻的|没了|好|没事|没受?伤|没碰着|活|能走|医院|留观|观察|出院|回家|是|有|就|(?<!\d)[:]|"
    r"送走|送院|接收|收治|接诊|救起|抬走|抬出|拉走|留观|暂报|初报|确诊|阳性?|[合共总]计|一共|总共|累计|"
    r"[院科诊所站区组班病收]收|[院科诊所站班级]|[队区组村乡镇厂病][收伤]?)(?:的|有|是|了|约)*$"
)
_BARE_END = lazy(r"(?=[,。;!?、 \n()]|$|[死伤亡重轻失被困]|都|全|均|其中|里[头面边]|含)")
_MOST = 100_000
_SPOKEN = 100
_THOUSAND = 1000
_KILLED = lazy(r"[死伤亡]|[重轻](?=[\d一二两三四五六七八九十,。;)]|伤|$)")
_MANY = lazy(lambda: alternatives("groups", "many"))
BOTH = 2


def refs_of(text: str, low: int, high: int) -> Iterator[Ref]:
    """The words of a clause that tell of people, left to right."""
    counts = {
        low + number.start: number
        for number in numbers(text[low:high])
        if text[low + number.end : low + number.end + 1] != "某"
    }
    at = low
    while at < high:
        number = counts.get(at)
        pair = number is not None and (_PAIR.match(text, at, high) or _TRIO.match(text, at, high))
        if order := _ORDINAL.match(text, at, high):
            yield Ref(at, order.end(), (1, 1), "one", order[0])
            at = order.end()
            continue
        ref = (
            _count(text, low, high, number) if number is not None and not pair else _named(text, low, high, at, counts)
        )
        if ref is not None:
            yield ref
            at = ref.end
        else:
            at = max(at + 1, low + number.end if number is not None else 0)


def _named(text: str, low: int, high: int, at: int, counts: Mapping[int, Number]) -> Ref | None:
    """Those of whom words without a number of their own tell."""
    rest = _REST.match(text, at, high)
    if rest is not None and text[max(low, at - 2) : at] in ("没有", "冇有", "再没", "再无"):
        rest = None
    if rest is not None and _ANOTHER.fullmatch(rest[0]) and _OTHER_NOUN.match(text, rest.end(), high):
        rest = None  # 另外妈妈手背划了
    if rest is not None and (rest.end() > at + 1 or text[at] == "剩"):
        end = rest.end()
        ahead = counts.get(end) or counts.get(end + 1)
        if ahead is None or (ahead.low == ahead.high == 1 and not _count(text, low, high, ahead)):
            one = _THAT_ONE.match(text, end, high)
            return Ref(at, one.end() if one else end, (1, 1) if one else None, "rest", "")
        if (counted := _count(text, low, high, ahead)) is not None:
            return Ref(at, counted.end, counted.many, "rest", counted.noun)
    if trio := _TRIO.match(text, at, high):
        word = trio["n"] or trio["m"]
        many = int(next(numbers(word)).low) if word else 3
        return Ref(at, trio.end(), (many, many), "count")
    if folk := _MANY.match(text, at, high):
        number = counts.get(folk.end())
        if number is not None and number.high and _stands_bare(text, low + number.end, number):
            return Ref(at, low + number.end, (int(number.low), int(number.high)), "count", folk[0])
    pair = _PAIR.match(text, at, high)
    end = pair.end() if pair else at
    while pair is None and not _NOT_ONE.match(text, end, high) and (one := _ONE.match(text, end, high)):
        if end > at and _SAYS.match(text, end, high):
            break  # 看门的大爷医生说没救了
        end = one.end()
    if end == at or (pair is None and text[end : end + 1] in _ROOMS):
        return None
    if end == at + 2 and at > low and _SIZED.match(text, at):
        return None  # 蛋子大的冰雹
    if pair is None and end == high and text[end - 1] == "的" and at > low and text[at - 1] not in "是有被和跟与、连":
        return None  # 消防背下来的
    if pair is None and _TWO_OF_KIN.fullmatch(text, at, end):
        return Ref(at, end, (2, 2), "count", text[at:end])
    behind = _count(text, low, high, counts[end]) if end in counts else None
    if behind is not None and behind.many is not None:  # 孩子三个, 母子二人
        many = 2 if pair else 1
        if behind.many != (1, 1) or many == 1:
            return Ref(at, behind.end, behind.many, "count", text[at:end])
    return Ref(at, end, (2, 2) if pair else (1, 1), "count" if pair else "one", text[at:end])


_ONE_IS = lazy(
    r"[一1][个名位](?:[^,。;!?\n也都\d]{0,6})[,、](?:[一1][个名位]|另|其[余他它]|剩|还有|最后|[两二三四五六七八九2-9][个名位]|别的)"
)
_ONE_WAS = lazy(r"[一1][个名位](?:[^,。;!?\n\d]{1,8})[,、]?(?:另|还有|最后)?$")


def is_one_of(text: str, at: int) -> bool:
    """Whether 一个没碰着 is said of one of several of whom each is told, and not of nobody."""
    return _ONE_IS.match(text, at) is not None or _ONE_WAS.search(text, max(0, at - 14), at) is not None


def _stands_bare(text: str, stop: int, number: Number) -> bool:
    """Whether a number without a measure word may count people: nothing that it counts stands behind it."""
    if not number.digits and number.low >= _SPOKEN:
        return False
    return _BARE_END.match(text, stop) is not None and not THINGS.match(text, stop)


def _count(text: str, low: int, high: int, number: Number) -> Ref | None:
    """A head count with its noun."""
    start, stop = low + number.start, low + number.end
    end = low + measure_end(text[low:high], number.end)
    measured = end > stop
    if young := _YOUNG.match(text, end, high):
        end, measured = young.end(), True
    parts = number.low == number.high == BOTH and PAIRED_PARTS.match(text, stop)
    if parts or (NAILS.search(text, max(low, start - 10), start) and not _FATE_NEXT.match(text, stop)):
        return None  # 两个膝盖磨得见白, 指甲盖掀了两个
    if number.low == 1 and (text[start - 1 : start] == "同" or _ONE_PLACE.match(text, stop)):
        return None  # 同一个棚
    if PLACES.match(text, stop) or (number.low == 1 and _NOT_EVEN.search(text, low, start)):
        return None  # 两个吊厢, 没有一个在里边
    if _SHARE.match(text, end) or is_numbered(text, start):
        return None
    if (
        number.low == 1
        and _EVEN_ONE.match(text, end, high)
        and not is_one_of(text, start)
        and text[start - 1 : start] not in tuple("有剩差那头")
    ):
        return None
    if not number.high or number.low >= _MOST:
        return None
    if number.low == number.high == 1 and text[stop : stop + 1] == "对":
        pair = _ONE.match(text, stop + 1, high) or _PERSON.match(text, stop + 1, high)
        return None if pair is None else Ref(start, pair.end(), (2, 2), "count", pair[0])
    if text[stop : stop + 1] == "口" and text[start - 1 : start] == "家":
        end, measured = max(end, stop + 1), True
    if not measured:
        two = text[start] in "俩仨" and (not THINGS.match(text, end) or text.startswith("会员", end))
        bare = _BARE_LEAD.search(text, max(low - 1, start - 6), start) is not None and _stands_bare(text, stop, number)
        killed = _KILLED.match(text, stop) is not None and number.low < _THOUSAND
        if not (two or bare or killed or (text[start] != "二" and _PERSON.match(text, stop, high))):
            return None
    modifier = _MODIFIED.match(text, end, high)
    noun = (_ONE.match(text, modifier.end(), high) if modifier else None) or _ONE.match(text, end, high)
    noun = noun or _PERSON.match(text, end, high)
    many = (int(number.low), int(number.high))
    return Ref(start, noun.end() if noun else end, many, "count", noun[0] if noun else "")
