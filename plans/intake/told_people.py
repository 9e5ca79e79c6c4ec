"""A later text as people, in order: how many, of which group, and what became of them; helpers are none of them.

Words without a number go to the people told of before them (捞着一个，人早没了).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from plans.intake.clauses import Clause, measure_end
from plans.intake.fates import LOCATED, WELL, Group, Item, blanked, fates_of, group_of
from plans.intake.numerals import Number, numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.stepping import HELPERS

SURNAMES = (
    "张王李赵刘陈杨黄周吴徐孙马朱胡郭何罗高林郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔"
)
_ALL = lazy(r"都|全(?!力|面|程|市|县|镇|国|责)|均|所有|一个不[落少差]|一个没[落少]|无一|齐了|[找到]齐")
_LAST = lazy(r"最后(?:那|这|一|的)?(?:[一1]?[个名位批家户]|\d{1,3}[人名个]|[两俩仨二三四五六七八九])")
_OTHERS = lazy(r"(?:其余|其他|剩下|剩余|余下|别)的?")
_ORDINAL = lazy(r"第[\d一二两三四五六七八九十]{1,3}[个具名位]")
_ONE = lazy(
    rf"有个|有位|那具|那个(?!吊厢|轿厢|车|船|房|楼|洞|口|点|孔|坑|村|院|厂)|那位|这个|这位|[她他](?!们)|[老小][{SURNAMES}]|表[弟哥姐妹]|婆娘|儿媳|媳妇|老婆(?!婆)|丈夫|老公|[他她][妈爸爹娘]|幺儿|副驾|阿(?:婆|嬷|公|伯|叔|姨|妈|爸|妹|弟|仔)|某|司机|姑娘|孩子|娃(?!们)|大[爷妈姐哥叔婶娘]|老太太|老头|"
    r"小伙|男的|女的|住户|维修工|电工|船老大|房东|邻居|保洁|厨师|门卫|保安|师傅|班长|店员|护工|仓管|奶奶|爷爷|孙[子女]|女孩|男孩|女生|男生|妇女|老太|老汉|女童|男童|小工|徒弟|(?<![病住留])\d{1,3}床"
)
TWO = lazy(
    r"(?:[老小阿大细][一-龥]|[一-龥]{1,2})[同和跟与、][老小阿大细][一-龥](?![一-龥]{0,2}[同和跟与、])|"
    rf"[老小阿][{SURNAMES}][老小阿][{SURNAMES}]|"
    r"老两口|小两口|两口子|夫[妻妇]|母[女子]|父[女子]|姐妹|兄弟|兄妹|姐弟|爷孙|祖孙|师徒|一男一女|(?:爷爷|奶奶|爸爸?|妈妈?|爹|娘|孙子|孙女|儿子|女儿|老公|老婆|丈夫|妻子|哥哥?|弟弟?|姐姐?|妹妹?|舅舅?)[和跟](?:爷爷|奶奶|爸爸?|妈妈?|爹|娘|孙子|孙女|儿子|女儿|老公|老婆|丈夫|妻子|哥哥?|弟弟?|姐姐?|妹妹?|舅舅?)"
)
_GOES_ON = lazy(
    r"(?:没(?:有)?一个|可惜|但|不过|就是|而且|结果|好在|幸好|还好|人|都|全|均|现在|目前|送|已|早|也|当场|医生|大夫|法医|遗体|意识)"
)
"""How a clause begins that says more of those before it."""
_LEFT = lazy(
    r"(?:剩下?|差|缺|余|只有|就有|还有|尚有|仍有|就)(?:的|了|着|下)*(?:最后)?(?:那)?(?:里面|里头|水里)?(?=\d|[一二两三四五六七八九十俩仨])"
)
_LEAD = lazy(
    r"(?:[,、]|和)?(?:(?:还|就|只|仅|尚|目前|现|现在)*(?:剩下?|差|缺|余)(?:下)?(?:的|了|着)?(?:最后)?(?:那)?|"
    r"(?:还|尚|仍|只|就|仅|现)(?:有|是)|另外?(?:有)?|其[余他中]的?(?:有)?|余下的?|第)$"
)
"""What before a number is of those whom it counts, not of those before."""
_AMONG = lazy(
    r"其中(?:有)?(?=[一二两三四五六七八九十俩仨\d])|(?:里头|里面|当中|里)(?:有)?(?=[一二两三四五六七八九十俩仨\d])"
)
_AS_BEFORE = lazy(r"(?:还|仍)(?:然)?[是为有](?=\d|[一二两三四五六七八九十俩仨])")
_SUM = lazy(r"累计|一共|共计|总共|合计|总计|共(?=\d|[救找])")
_NEW = lazy(r"又(?:来|送|添|新|增|多)|再[增添]|又有[^,。;!?\n]{0,6}(?:来|送)|新增|新送|新来|新到|另有")
_NOT_OF_US = lazy(r"出动|增援|[派调]|赶到|组织|投入|搜救|救援|潜水|家长|记者|专家|人手|余震|台|艘|架|岁")
_THINGS = lazy(
    r"[到着起]了?(?:一|[12两])[顶只双件部把条根块][^,。;!?\n]{1,6}|的(?:书包|鞋|手机|衣服|东西|帽子|包|遗物|身份证|救生衣|雨衣|拖鞋)|(?:书包|鞋子?|手机|衣服|帽子)(?:是|不是)"
)
_KIN_OF = lazy(r"家[属长]|亲属|记者|领导|专家|民警|消防(?!员[^,。]{0,6}(?:伤|死|困))")
_ONE_OF = lazy(r"(?:的)?(?:里头|里面|里|中|当中)[^,。;!?\n]{0,8}(?:那个|那位|的那|有个|有一|最)")
_LIMBS = lazy(r"(?:腿|脚|脚底|手|胳膊|肋骨|眼睛?|耳朵|膝盖|衣服|鞋)(?:也|上)?(?:都|全|均)")
_ONE_AND = lazy(r"(?:司机|师傅|班长|店员|老板|厨师|门卫|保安|老师|[一1][个名位][^,。;!?\n和与跟及]{0,6})[和与跟及]$")
_FAMILY = lazy(r"(?:一|[一-龥])家(?P<n>[两二三四五六七八\d])口|一家子?(?P<m>(?!))")
_EACH = lazy(r"[一每][趟车船批轮](?=\d|[一二两三四五六七八九十])")
_WITHIN = lazy(r"(?:里头|里面|当中|之中|[中里])$")
_STOPS = "。;!?\n"


def items(text: str, clauses: Sequence[Clause]) -> list[Item]:
    """The people of a text, in order; helpers are none of them."""
    told: list[Item] = []
    sentence, end = 0, 0
    group: Group = ""
    for clause in clauses:
        if any(mark in text[end : clause.span[0]] for mark in _STOPS):
            sentence += 1
            group = "" if group == "serious_injuries" else group
        end = clause.span[1]
        counts = _counts(clause)
        for low, high in _stretches(clause.text, counts):
            words = blanked(clause.text[low:high])
            if _STATED.search(words):
                group = ""
                continue  # 死亡更正为1人, 失联8人: a total, no account
            own = group_of(words)
            group = own or group
            item = _item(clause, counts, low, high, group, sentence, named=bool(own))
            last = told[-1] if told and told[-1].sentence == sentence else None
            if item is None:
                continue
            if told and last is None and _of_all_before(told[-1], item):
                told[-1] = replace(_joined(told[-1], item), sentence=sentence)
                continue
            before = told[-1] if told else None
            in_turn = before is not None and not item.fates & (LOCATED | {"still"}) and _IN_TURN.search(words)
            if before is not None and in_turn and item.many and (item.counted or item.fates):
                item = replace(item, fates=item.fates | (before.fates & LOCATED))
            if last is not None and last.many and _WITHIN.search(last.words) and item.many is None and item.fates:
                told.append(replace(item, many=None if item.every else 1))  # 那三个里面，脖子上挨一刀的没救过来
            elif last is not None and (_says_more(item) or _counts_those(last, item)):
                told[-1] = _joined(last, item)
            else:
                told.append(item)
    return told


_BARE = lazy(r"[出到有剩差缺埋困救亡死上下来失联]$")


def _counts(clause: Clause) -> tuple[Number, ...]:
    """The head counts, and a bare number at the end of a clause behind such a word (挖出1); 一个不少 counts nobody."""
    counts = [number for number in clause.counts if not _NOT_ONE.match(clause.text, number.start)]
    if not clause.counts:
        counts = [
            number
            for number in numbers(clause.text)
            if number.digits
            and clause.text[number.end : number.end + 1] in ("", "(")
            and _BARE.search(clause.text, 0, number.start)
        ]
    return tuple(counts)


_STATED = lazy(
    r"(?:死亡|遇难|失[联踪]|被困|受伤|重伤|轻伤|重症)(?:人数|人员|病例|者|数)?[: 为]?(?:仍为|仍是|还是|共|已|是|达)?"
    r"(?:(?:[升增降减]|更[新正]|修正|增加|上升|下降|减少|调整)[到至为])?(?:\d{1,4}|[一二两三四五六七八九十]{1,3})[人名例个]?"
    r"(?:\([^()]*\)?)?(?:不变|没变|未变)?$"
)
_IN_TURN = lazy(
    r"第?[二三四五2-9][趟船批车组拨轮]|后[一面]?[趟船批车拨]|(?:跟着|接着|然后)是|"
    r"又(?:是)?[一1](?:人|个|名|具)(?=[,。;! \n]|$)|接着(?:又|再)?(?=\d|[一二两三四五六七八九十俩仨])"
)
_COLON = lazy(r":(?!\d\d)")
_NOT_ONE = lazy(
    r"(?<=[没有])[一1]个(?:人)?(?:是)?活|[一1]个(?:落下|掉队|少的|缺的)|[一1]个(?:人)?(?:(?:都|也)[没不]|[没不](?:落|少|差|剩|缺|拉))"
)


def _stretches(text: str, counts: Sequence[Number]) -> list[Span]:
    """A clause cut so that each stretch has one head count.

    还差 before a number goes with it; so does all before it where nothing stands behind the last one (4个人联系上3个).
    """
    colon = _COLON.search(text)
    if colon is not None and any(number.start < colon.start() for number in counts):
        low, high = colon.span()
        early = [number for number in counts if number.start < low]
        late = [
            number._replace(start=number.start - high, end=number.end - high)
            for number in counts
            if number.start >= high
        ]
        behind = [(start + high, end + high) for start, end in _stretches(text[high:], late)]
        return [*_stretches(text[:low], early), *behind]
    if len(counts) < 2:
        return [(0, len(text))]
    cuts = [0]
    stand_behind = not fates_of(text[measure_end(text, counts[-1].end) :])
    for before, number in pairwise(counts):
        if stand_behind:
            cuts.append(measure_end(text, before.end))
            continue
        lead = _LEAD.search(text, cuts[-1], number.start)
        cuts.append(lead.start() if lead else number.start)
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def _item(
    clause: Clause, counted: Sequence[Number], low: int, high: int, group: Group, sentence: int, *, named: bool
) -> Item | None:
    words = blanked(clause.text[low:high])
    if _THINGS.search(words) or _EACH.search(words) or (_KIN_OF.match(words) and not named):
        return None
    if HELPERS.search(words) and not named and _NOT_OF_US.search(words):
        return None
    counts = [number for number in counted if low <= number.start < high]
    many: int | None = None
    if counts:
        exact = counts[0].low == counts[0].high
        if not exact:
            return None
        one = _ONE_OF.match(clause.text, measure_end(clause.text, counts[0].end), clause.span[0] + high)
        many = 1 if one and int(counts[0].low) > 1 else int(counts[0].low)
        many += 1 if not one and _ONE_AND.search(words[: max(0, counts[0].start - low)]) else 0
    elif family := _FAMILY.search(words):
        number = next(numbers(family["n"]), None)
        many = int(number.low) if number is not None else None
    elif TWO.search(words):
        many = 2
    elif _ORDINAL.search(words) or (_ONE.search(words) and not _ALL.search(words)):
        many = 1
    fates = fates_of(words)
    if group in ("missing", "trapped") and counts and not fates and _AS_BEFORE.search(words):
        fates = frozenset(("still",))  # 失联的还是2个
    others = _OTHERS.search(words) is not None
    by_number = many is not None and bool(counts)
    every = bool(
        (others and not counts)
        or _LAST.search(words)
        or ((_ALL.search(_LIMBS.sub("□", words)) or _NOT_ONE.search(words)) and many is None)
    )
    return Item(
        many=many,
        colon=clause.text[high : high + 1] == ":",
        counted=by_number,
        every=every,
        others=others,
        fates=fates,
        group=group,
        named=named,
        left=bool(counts) and _LEFT.search(words) is not None,
        sum=_SUM.search(words) is not None,
        among=_AMONG.search(words) is not None,
        new=_NEW.search(words) is not None,
        span=(clause.span[0] + low, clause.span[0] + high),
        words=words,
        sentence=sentence,
    )


def _says_more(item: Item) -> bool:
    """It counts nobody of its own: 人早没了, 均已遇难, 在村部喝姜汤."""
    if item.many == 1 and not item.counted and _IS.match(item.words):
        return True
    if item.many is None:
        return not item.every or _GOES_ON.match(item.words) is not None
    return False


_IS = lazy(r"(?:就|也)?是|为|[在躲藏住回](?:到|在|了)?[一-龥]{1,6}(?:家|里|店|上|吧)")


def _counts_those(last: Item, item: Item) -> bool:
    """渔船靠岸了，六个人一个不少: how many they are stands behind what became of them."""
    return (
        last.many is None
        and not (item.new or _OTHER_THAN_LAST.match(item.words))
        and not (last.every or item.others or item.left or item.named)
        and bool(last.fates)
        and item.fates <= {"alive", "hurt"}
    )


def _of_all_before(last: Item, item: Item) -> bool:
    """四个全掏出来啦!! 都活着，都带伤: the next sentence says of all of them how they are."""
    whole = last.many is not None and last.many > 1 and bool(last.fates & LOCATED)
    return (
        whole
        and item.many is None
        and item.every
        and not item.others
        and bool(item.fates)
        and (item.fates <= {"alive", "hurt", "dead"} and _ALL.match(item.words) is not None)
    )


_OTHER_THAN_LAST = lazy(r"另|还有|又|其[余他它]|剩")


def _joined(item: Item, more: Item) -> Item:
    fates = item.fates | more.fates
    if item.fates & {"found", "back", "out", "dead"}:
        fates = fates - {"still"}  # 捞到1具，四组没回来
    if "dead" in fates:
        fates = fates - {"alive", "hurt", "still"}
    if WELL.search(more.words):
        fates = fates - {"hurt"}  # 找着了，冻得够呛，人没事
    return replace(
        item,
        many=item.many if item.many is not None else more.many,
        fates=fates,
        every=item.every or (more.every and item.many is None),
        span=(item.span[0], more.span[1]),
        words=f"{item.words},{more.words}",
        group=item.group or more.group,
        named=item.named or more.named,
    )
