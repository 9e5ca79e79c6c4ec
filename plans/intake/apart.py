"""Harm that a text tells of beside a figure and that no figure holds: it is denied by default that it is nothing.

Rules like those of `plans.intake.balance`: none reads anything. Where somebody is told of with a harm of the same
kind, and neither the figure holds him nor anything explains him (a part, another event, a total), the figure is asked.
"""

from __future__ import annotations

from itertools import islice

from plans.intake.around import Around, Rule, counted_harms
from plans.intake.patterns import lazy
from plans.intake.reading import Found, Span
from plans.intake.tokens import Token
from plans.intake.words import EARLIER

_KINDS = {
    "deaths": frozenset(("dead",)),
    "missing": frozenset(("missing",)),
    "trapped": frozenset(("trapped",)),
    "ill": frozenset(("ill",)),
    "injuries": frozenset(("wound", "hurt", "light")),
    "serious_injuries": frozenset(("serious", "critical", "grave")),
}
LONGEST = 260
"""Characters of a text in which each harm must be accounted for: longer ones (news) tell of the same people again."""
_ENOUGH = 40
"""Places that are looked at, so that a hostile text stays cheap."""
_EARLIER = lazy(EARLIER)
_GENERAL = lazy(r"(?:受|砸|撞|摔|烧|炸|压|踩|挤|砍|划|挤压|踩踏|夹)?伤|死|亡|遇难|中毒|失联|失踪|被?困|烫|中暑")
"""Words of all who were harmed; others (骨折, 缝针) may tell of some of those whom a figure counts."""
_NOT = lazy(r"[没未无不别冇][^,。;!?\n]{0,2}$")
_WHOLE = lazy(
    r"[共总合]计?|累计|现[在为改]|改为|算|为准|更正|核实|[还剩余差]|全部|就这|更新|报(?=[\d一二两三四五六七八九十])|实[为际]|升|增"
    r"|通报|官方|截至|目前|已造成|核减|(?:另外|其[余他])(?=[\d一二两三四五六七八九十])"
)
"""Beside a figure: it is of all, also of those told of before."""
_SUM = lazy(r"[共总合]计?|累计")
_OF_THEM = lazy(r"疑似|也有|伤亡者|者中|首例|近[一二两三四五六七八九十\d]{1,2}年|同类")
_ALL = lazy(r"均|都")
_PART = lazy(r"其中|里[头面]|当中|之中|包括|含|最[重深严]|严重的|重的")
_NOT_COUNTED = lazy(r"[未没不](?:有)?(?:计|算|列|含|统)")
_WENT = lazy(r"死|无效|不治|没救")
_BODY = (
    r"(?:额头|头|脸|手|胳膊|臂|腿|脚|踝|腕|腰|背|肩|膝|胸|肋|脖|眼|耳|鼻|牙|嘴|指|脑|屁股|腚|肚子|锁骨|脊|颈|(?<!铁)(?<!胶)皮(?![划艇卡带包具鞋])|"
    r"肌腱|骨盆|尾椎|髋)"
)
_HURT = lazy(
    rf"{_BODY}[^,。;!?\n]{{0,6}}?(?:断|折|裂|破|肿|碎|烂|伤|烫|烧|扎|划|刮|擦|磕|崴|扭|开了|开瓢|夹|挨[了一着]|进了|青|血|没了|掉了|割|缝|脱|一下)"
    r"|骨折|骨裂|[擦磕碰蹭剐刮划割扎戳砸撞压挤夹轧咬烫烧灼崴扭摔跌震砍捅蛰踩](?:伤|破)|崴|瘀青|脑震荡|植皮|脱臼|尾椎|门牙"
    rf"|(?:[砸夹划碰磕撞扎咬烫烧刮割崴扭压]|(?<!受)伤)(?:了|着|到|破|断|掉)*{_BODY}"
    r"|[摔砸撞压夹轧](?:断|折)|掉层皮|见血|轻重不一|气胸|出血|(?:叫|让|被|给)[^,。;!?\n]{0,2}(?:汤|水|油|酸)[^,。;!?\n]{0,3}(?:溅|浇|泼|烫)|缝合(?=[\d一二两三])|失去意识"
)
"""What befalls a body, however it is said."""
_UNHARMED = lazy(r"[^,。;!?\n]{0,2}[没未无]")
_NONE = lazy(r"没(?!了)|无|未")
_SOMEBODY = frozenset(("one", "folk", "pair", "count", "rescuer"))
_NAMED = lazy(
    r"我(?!们)|[\u4e00-\u9fa5]{1,3}(?:师傅|大姨|阿姨|婆|爷|嫂|叔|哥|姐|书记|主任|娃)|[老小阿][\u4e00-\u9fa5]|那[个位]"
    r"|[\u4e00-\u9fa5]的(?=[\u4e00-\u9fa5]{0,3}$)|[\u4e00-\u9fa5]{2}(?:的(?:叫|让|给|也)|的?被)|(?<!其)[他她](?!们)|同[桌事学]|室友|邻居"
)
_UNIT = lazy(r"[\u4e00-\u9fa5\d]{1,3}(?:船|车|队|班|组|村|楼|桌|店|厂|厢)(?=[一两二三四五六七八九十\d])")
"""A clause begins with those of another unit (黄船一个手指夹扁)."""
_OF_ONE = lazy(r"(?:他|她)?自己|[男女老小大]的")
_DID_IT = lazy(r"宣布|宣告|确认|(?:砍|捅|杀|打|撞|行凶|纵火|放火)人?的|凶手|歹徒|嫌")
_BODIES = frozenset(("遗体", "尸体", "死者"))


def told_apart(around: Around, name: str, found: Found) -> bool:
    """Whether somebody is told of with the harm of a figure whom it does not hold."""
    if name not in _KINDS:
        return False
    rules = RULES if len(around.text) <= LONGEST else OF_ANY_LENGTH
    return any(rule(around, name, found) for rule in rules)


def counted_apart(around: Around, name: str, found: Found) -> bool:
    """因屋顶坍塌死亡1人，因除雪坠落死亡1人: the harm stands there once more with a number, and it was not added."""
    if not found.at_least or name in around.summed:
        return False
    text = around.text
    for harm, count in islice(counted_harms(around, _KINDS[name], 0, len(text)), _ENOUGH):
        span = min(harm.start, count.start), max(harm.end, count.end)
        number = count.number.low if count.number and text[count.start] != "首" else 0
        if around.is_read(*span) or not number or _NOT.search(text, max(0, span[0] - 4), span[0]):
            continue
        if found.at_most is not None and found.at_least <= number <= found.at_most and found.at_least < found.at_most:
            continue  # 1人重症、1人危重 are one or two
        if not _explained(around, found, span, number, text[harm.start : harm.end]):
            return True
    return False


def _explained(around: Around, found: Found, span: Span, number: int | float, word: str) -> bool:
    """It is of an earlier event, a part of the figure, the figure told again, or the figure is of all."""
    text = around.text
    start, _ = around.sentence(span)
    clause = around.clause(span)
    if _EARLIER.search(text, start, span[0]) or _NOT_COUNTED.search(text, span[0], around.sentence(span)[1]):
        return True
    if _WENT.search(text, span[1], clause[1]) or text.startswith(("中", "里"), span[1]):
        return True  # 一名重症患者经抢救无效; 16例患者中
    stop = around.sentence(found.span)[1]
    one, most = number == found.at_least == 1, found.at_least or 0
    if span[0] < found.span[0]:
        whole = _WHOLE.search(text, *around.sentence(found.span)) is not None
        whole = whole or number == sum(around.figures)  # 漏电打倒俩，一个当场死，一个手烧黑了
        whole = whole or (number < most and _ALL.search(text, *found.span) is not None)  # 1人晕倒，…，4人均中毒
        return whole or (number == most and not (one and around.sentence(found.span)[0] <= span[0]))
    if text.find("(", found.span[1], span[0]) >= 0 > text.find(")", found.span[1], span[0]):
        return True
    if number == most:
        return not (one and stop > span[0])
    if _SUM.search(text, *clause) or _OF_THEM.search(text, start, span[1]):
        return True
    near = stop > span[0]
    part = any(_PART.search(text, *where) for where in (clause, *([(found.span[1], span[1])] if near else [])))
    return number < most and (part or not _GENERAL.fullmatch(word))


def hurt_apart(around: Around, name: str, found: Found) -> bool:
    """2号桌两个女生腿上扎到，5号桌小孩耳朵划一道: whoever it befell is not in the figure."""
    if name != "injuries" or name in around.summed:
        return False
    text, most = around.text, found.at_least or 0
    whole = _WHOLE.search(text, *around.sentence(found.span)) is not None
    for match in islice(_HURT.finditer(text), _ENOUGH):
        at = match.start()
        if around.is_read(*match.span()) or _NOT.search(text, max(0, at - 5), at):
            continue
        if _UNHARMED.match(text, match.end()):
            continue
        low, high = around.clause(match.span())
        start, stop = around.sentence(match.span())
        alone = not any(low <= token.start < high for token in around.counts)
        if low == at and start < low and alone:
            low, _ = around.clause((low - 1, low - 1))  # 卖菱角的婆婆被震倒，腰扭伤
            if low < found.span[1] and found.span[0] < at:
                continue  # 夹伤一人，手指骨折
        if _EARLIER.search(text, start, at) or _PART.search(text, low, match.end()):
            continue
        if _NOT_COUNTED.search(text, low, stop) or (at < found.span[0] and most and whole):
            continue
        who = [token for token in around.tokens if low <= token.start < at and token.kind in _SOMEBODY]
        counts = _counts(who) or [token for token in around.counts if match.end() <= token.start < high]
        if not who and not counts and not _NAMED.search(text, low, at):
            continue
        number = counts[0].number.low if counts and counts[0].number else 1
        named = len(who) > len(_counts(who)) or _NAMED.search(text, low, at) is not None
        if at >= found.span[1] and most >= 2 and (number == most if counts else False):
            continue
        other = _UNIT.match(text, low, at) is not None
        if at >= found.span[1] and number < most and (counts or not named) and not other:
            continue  # 砸伤三个学生，一个骨折
        return True
    return False


def _counts(tokens: list[Token]) -> list[Token]:
    return [token for token in tokens if token.kind == "count"]


def none_of_some(around: Around, name: str, found: Found) -> bool:
    """三轮车夫腿没了，考生没有伤的: of some nobody was hurt, and somebody else was."""
    if found.at_least != 0 or found.at_most != 0 or name != "injuries":
        return False
    text = around.text
    for match in islice(_HURT.finditer(text), _ENOUGH):
        if found.span[0] - 1 <= match.start() <= found.span[1]:
            continue
        low, high = around.clause(match.span())
        if _NONE.search(text, low, high) is None:
            return True
    return False


def none_of_one(around: Around, name: str, found: Found) -> bool:
    """俩没碰着，一个吓得坐地上: of one or two nobody was hurt, and others are told of."""
    if found.at_least != 0 or found.at_most != 0:
        return False
    low, _ = around.clause(found.span)
    people = [token for token in around.tokens if token.kind in ("one", "pair", "folk", "count")]
    own = [token for token in people if low <= token.start < found.span[0] and token.kind != "folk"]
    return bool(own) and sum(not low <= token.start < found.span[1] for token in people) >= 2


def dead_apart(around: Around, name: str, found: Found) -> bool:
    """房东倒在楼梯口没了，他自己跳下去也死了: somebody else is told of as dead."""
    if name != "deaths" or not found.at_least or name in around.summed:
        return False
    text = around.text
    if _WHOLE.search(text, *around.sentence(found.span)):
        return False
    for token in around.tokens:
        if token.kind != "dead" or around.is_read(token.start, token.end):
            continue
        low, _ = around.clause((token.start, token.end))
        start, _ = around.sentence((token.start, token.end))
        before = [other for other in around.tokens if low <= other.start < token.start]
        if any(other.kind == "deny" for other in before) or text[token.start : token.end] in _BODIES:
            continue
        if _NOT.search(text, max(0, token.start - 4), token.start) or _EARLIER.search(text, start, token.start):
            continue
        if _DID_IT.search(text, low, token.start):
            continue  # 砍人的自己也死了; 医生到场宣布死亡
        who = [other for other in before if other.kind in _SOMEBODY and text[other.start] != "首"]
        if found.at_least == 1 and (who or _OF_ONE.search(text, low, token.start)):
            return True
    return False


_ANOTHER = lazy(
    r",[^,。;!?\n]{0,6}那[位个]|,(?:[^,。;!?\n]{0,3}?)(?:我(?!们)|俺|他(?!们)|她(?!们)|第[一二三四五六七八九\d]{1,2}[个名位]|(?<!同)[一1][个名位床]|有[个名位一]|"
    r"\d床|[老小阿](?!的)[\u4e00-\u9fa5]|[\u4e00-\u9fa5]{1,3}(?:本人|师傅|叔|爷|婆|娘|哥|姐|嫂|老板))"
)


def past_another(around: Around, name: str, found: Found) -> bool:
    """船上四个，船工游回去了，…，她男朋友没有消息: between a number and its harm somebody else is told of."""
    counts = around.within(found)
    if not counts or not found.at_least or found.at_least < 2 or name in around.summed:
        return False
    text, begin, end = around.text, counts[0].end, found.span[1]
    if _THEIRS.search(text, begin, end):
        return False  # 5名女工没能逃出来，消防员找到了她们的遗体
    if text.find(",", begin, end) < 0 or not _is(counts[0], found):
        return False
    people = (token for token in around.tokens if begin <= token.start < end)
    named = any(
        token.kind in ("one", "folk", "pair", "rescuer") and "," in text[begin : token.start] for token in people
    )
    others = any(_fewer(token, found) and "," in text[begin : token.start] for token in counts[1:])
    return named or others or _ANOTHER.search(text, begin, end) is not None


def from_afar(around: Around, name: str, found: Found) -> bool:
    """收进来19个人，有一个夜里走了没拦住，早上已经硬了: two clauses lie between a number and its harm."""
    counts = around.within(found)
    if not counts or not found.at_least or found.at_least < 2 or name in around.summed or not _is(counts[-1], found):
        return False
    text, low, high = around.text, counts[-1].end, found.span[1]
    if text[low - 1] == "口":
        return False  # 一家三口，两大一小，大人当场没的: told one by one
    marks = text.count(",", low, high) + text.count(" ", low, high)
    return marks >= 2 and not _EVERYBODY.search(text, low, high)


_THEIRS = lazy(r"[他她]们的?(?:遗体|尸)")
_EVERYBODY = lazy(r"[, ](?:都|全|均|个个|陆续)")


def _fewer(count: Token, found: Found) -> bool:
    return count.number is not None and found.at_least is not None and 0 < count.number.low < found.at_least


def _is(count: Token, found: Found) -> bool:
    """Whether the number alone is the figure, and nothing was added up."""
    return count.number is not None and count.number.low == found.at_least


_HEADED_GRAVE = lazy(r"[重危]的?$")
_SLIGHT = lazy(r"轻|蹭|擦|破|能走|骨折|烫|砸伤|划|崴")


def grave_alone(around: Around, name: str, found: Found) -> bool:
    """重的3个，剩3个能走: those who are hurt less are told of, and are not in the figure of all who are hurt."""
    grave = around.facts.get("serious_injuries")
    counts = around.within(found)
    if name != "injuries" or grave is None or not counts or grave.at_least != found.at_least or not found.at_least:
        return False
    text = around.text
    if graver_apart(around, "serious_injuries", grave):
        return True
    if _HEADED_GRAVE.search(text, found.span[0], counts[0].start) is None:
        return False
    return any(_SLIGHT.search(text, *where) for where in ((0, found.span[0]), (found.span[1], len(text))))


_ALSO = lazy(r"也(?:是|算|属)?$")
_NOT_SO = lazy(r"[没未无不][^,。;!?\n]{0,3}$")


def graver_apart(around: Around, name: str, found: Found) -> bool:
    """1、韦某，重伤⏎2、陶某，重伤: another one, in a line of his own or by 也, is hurt as gravely."""
    if name != "serious_injuries" or not found.at_least:
        return False
    text = around.text
    for token in around.tokens:
        if token.kind not in _KINDS[name] or around.is_read(token.start, token.end):
            continue
        low, _ = around.clause((token.start, token.end))
        if _NOT_SO.search(text, low, token.start):
            continue
        first, last = min(token.start, found.span[0]), max(token.start, found.span[1])
        if _ALSO.search(text, low, token.start) or "\n" in text[first:last]:
            return True
    return False


_HERE = lazy(
    r"现场(?:已经?|也|再)+无|(?:我们|咱们)[^,。]{0,2}(?:站|所|组|科|队|班|店|院|车间|公司)里?(?:上|头)?(?:是)?(?:没|无|零)"
    r"|那(?:处|头)"
)


def none_here(around: Around, name: str, found: Found) -> bool:
    """现场已无伤员, 我们站里没有一个人伤: nobody there, which says nothing of all."""
    if found.at_least != 0 or found.at_most != 0:
        return False
    return _HERE.search(around.text, around.clause(found.span)[0], found.span[1]) is not None


_ONE_ALSO = lazy(r"(?:另外|还有)?[一1]个也(?:没|不)|还有[一1]个也")


def one_more_lost(around: Around, name: str, found: Found) -> bool:
    """老板娘到现在没找到…另外一个也没找到: it is one more, and those before were not read."""
    if name not in ("missing", "trapped") or not found.at_least:
        return False
    return _ONE_ALSO.search(around.text, max(0, found.span[0] - 3), found.span[1]) is not None


_PART_OF = lazy(r"^[,。;:]?(?:其中|里头|当中)|[\d两三四五六七八九十][个名人]?里[头面]?有?$")
_BEFELL = lazy(
    r"[砸烧划撞烫压扎咬捅砍伤震踩蹭碰拉收](?:了|着|到|伤|倒)*[^,。;!?\n]{0,8}?(?:(?:\d{1,3}|[两三四五六七八九十])[个名人位]|[俩仨])"
)


def part_alone(around: Around, name: str, found: Found) -> bool:
    """划了3个学生2个家长，其中一个伤到筋: of some whom it befell one is told, and the whole was not read."""
    if name != "injuries" or not found.at_least or name in around.summed:
        return False
    text = around.text
    low, _ = around.clause(found.span)
    before = text[low : found.span[0] + 4]
    if _PART_OF.search(before) is None or not low:
        return False
    start, end = around.clause((low - 1, low - 1))
    match = _BEFELL.search(text, start, end)
    return match is not None and not around.is_read(*match.span())


OF_ANY_LENGTH: tuple[Rule, ...] = (past_another, from_afar)
RULES: tuple[Rule, ...] = (
    counted_apart,
    hurt_apart,
    none_of_some,
    none_of_one,
    dead_apart,
    grave_alone,
    graver_apart,
    none_here,
    one_more_lost,
    part_alone,
    *OF_ANY_LENGTH,
)
