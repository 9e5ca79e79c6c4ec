"""The kind of event, and which of a plan's classes the words speak for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import islice, pairwise

from plans.intake.lexicon import LAST, TableError, rows
from plans.intake.patterns import lazy, one_of
from plans.intake.reading import Candidate
from plans.intake.replacing import FILL
from plans.intake.words import sure_length

_NO_HEAD = ("", *"([\\.^$*+?{")


def _headed(word: str) -> Iterator[str]:
    """The expressions, each with a plain character at its head, that a row of the table stands for.

    Example:
        ``(?:墙|楼板)塌`` stands for ``墙塌`` and ``楼板塌``, so that each is looked for where its first character is.
    """
    if not word.startswith("(?:"):
        yield word
        return
    depth, cuts, end = 1, [2], 3
    while end < len(word) and depth:
        depth += (word[end] == "(") - (word[end] == ")")
        if depth == 0 or (depth == 1 and word[end] == "|"):
            cuts.append(end)
        end += 1
    heads: dict[str, list[str]] = {}
    for start, stop in pairwise(cuts):
        choice = word[start + 1 : stop]
        heads.setdefault(choice[:1], []).append(choice[1:])
    for head, rests in heads.items():
        yield f"{head}(?:{'|'.join(rests)}){word[end:]}"


CATEGORIES: dict[str, dict[str, float]] = {}
"""Category -> word -> weight; names as in published corpora, 踩踏 and 停电 apart, ``other`` the rest."""
FRAMES: dict[str, dict[str, list[tuple[str, float]]]] = {}
"""First character -> category -> expressions and weights of rows that begin with a group: what befell what.

A frame says more than its words do, and takes none of them away: 直升机[…]掉 in 直升机掉湖里 leaves 掉湖里 to be read.
"""
_NUMBER = lazy(r"\d+(?:\.\d+)?")
for _row in rows("categories", 3, 3):
    _name, _written, _weight = _row.cells
    if not _NUMBER.fullmatch(_weight) or any(word[:1] in _NO_HEAD for word in _headed(_written)):
        raise TableError(f"{_row.where}: a weight is wanted, and a word that begins with a plain character")
    if not _written.startswith("(?:"):
        CATEGORIES.setdefault(_name, {})[_written] = float(_weight)
        continue
    for _word in _headed(_written):
        FRAMES.setdefault(_word[0], {}).setdefault(_name, []).append((_word, float(_weight)))

_OWNERS: dict[str, list[tuple[str, float]]] = {}
for _name, _words in CATEGORIES.items():
    for _word, _value in _words.items():
        _OWNERS.setdefault(_word, []).append((_name, _value))
_IN_ORDER = sorted(_OWNERS, key=sure_length, reverse=True)
_BY_HEAD: dict[str, list[str]] = {}
for _at, _word in enumerate(_IN_ORDER):
    _BY_HEAD.setdefault(_word[0], []).append(f"(?P<w{_at}>{_word})")
_HEADS = {head: lazy("|".join(words).replace("$", LAST)) for head, words in _BY_HEAD.items()}
_HEAD = one_of(_HEADS)
_FRAMED = {
    head: tuple(
        (name, weight, lazy("|".join(word for word, own in words if own == weight).replace("$", LAST)))
        for name, words in found.items()
        for weight in sorted({own for _, own in words}, reverse=True)
    )
    for head, found in FRAMES.items()
}
_FRAME = one_of(_FRAMED)

_DENIED = lazy(r"(?:(?:未|没有?|无|排除|防止|避免|预防|险些)[^,。;]{0,5}|(?:并非|不是)[^,。;是]{0,5})$")
_NOT_SO = lazy(
    r"(?:应急|疏散|逃生|救援|避险|安全|综合|事故){0,3}(?:演练|演习|推演|预案)|"
    r"(?:的)?(?:传言|说法|消息)?(?:不实|是谣|是假)|\?+(?:没有|不是)|"
    r"(?:事故|疫情|灾害|应急|安全|处置|防控|防范|防治|警示){0,3}(?:的)?"
    r"(?:培训(?!中心|学校|机构|班|基地|楼)|讲座|知识|例会|值班表|预警解除|段子|案例(?=学习|分析|讨论|[,。!]|$)|电影(?!院)|小说(?!城)"
    r"|宣传片|险(?=要|买|理赔|种|$)|防范工作|防控工作例会|的?通知收到)"
)
"""Behind a word: what it names was played, rumoured, only asked, or is taught and talked of."""
_TOLD_OF = lazy(
    r"(?:电影[里中]|小说[里中][写讲]?的?|打?游戏[里中]|打游戏打出|梦[见到]|宣传片[《\"]?|段子[里说]|作文题目?是|考试题:|买保险[吧,]{1,2}"
    r"|灭火器促销,|抖音上?看到|(?:开会|组织|大家|认真)学习|(?:国外|日本|印度|美国|韩国|泰国)(?:又|也|发生|出现|的|一所?学校)?"
    r"|看新闻[,说][^,。;!?]{0,4}|去年|前年|要是|假如)$"
)
"""Before a word: it is of a tale, a lesson, an advertisement, of others or of then."""
_IDIOM = lazy(
    r"(?:群里?|评论区|朋友圈|网上|家长|全网|全校|单位|办公室)[^,。;!?]{0,3}炸(?:开)?了?锅|气炸|心态(?:都)?崩|秒杀|爆款|爆米花|流量爆炸|多到爆炸|(?:全场|演唱会|演技|沸腾)[^,。;!?]{0,2}炸裂|炸场|嗨翻|发烧友"
    r"|(?:直播|国足|球队|人设|综艺|发布会|口碑)(?:又|也|都|彻底)?(?:翻车|崩塌|塌房)|(?:明星|爱豆|偶像|网红|博主)[^,。;!?]{0,2}(?:塌房|翻车)"
    r"|楼市[^,。;!?]{0,3}[塌崩跌]|(?:价格?|股票|股市|大盘|基金|房价)[^,。;!?]{0,3}(?:跳水|崩盘?|暴?跌)"
    r"|(?:[首支]歌|这歌|家店|部剧|这剧|视频|这梗|段子|博主|网红)(?:彻底|突然|一下子|也|又)?火了"
    r"|中毒太深|(?:追剧|刷剧|口红|购物|种草|听歌)[^,。;!?]{0,3}中毒|淹没在[^,。;!?]{0,4}(?:作业|工作|题|文件|消息|人群|海)"
    r"|踩到?狗?屎|炸(?:鸡|酱面|串|薯条)|烟花(?:真|好|太)+(?:好)?看"
    r"|(?:像|跟)[^,。;!?]{1,4}(?:似的|一样)(?=[,。!]|$)",
    sparse=True,
)
"""Says nothing of what its words name: 群里炸锅了, 国足又翻车, 股票跳水."""
_CAUSES: dict[str, frozenset[str]] = {
    "fire": frozenset(("fall", "other", "gas_poisoning", "collapse", "drowning", "power_outage", "mine_accident")),
    "explosion": frozenset(("other", "gas_poisoning", "collapse", "earthquake", "fall", "power_outage")),
    "earthquake": frozenset(("fall", "collapse", "landslide", "drowning")),
    "electric_shock": frozenset(
        ("power_outage", "flood", "storm", "other", "drowning", "collapse", "fall", "attack", "traffic")
    ),
    "stampede": frozenset(("fall", "drowning")),
    "landslide": frozenset(("traffic", "drowning", "fall")),
    "collapse": frozenset(("fall", "drowning")),
    "gas_poisoning": frozenset(("fall",)),
    "attack": frozenset(("fall", "drowning")),
    "traffic": frozenset(("fall",)),
    "air_crash": frozenset(("fall", "fire", "drowning", "collapse", "traffic", "gas_poisoning", "power_outage")),
    "mine_accident": frozenset(("collapse", "drowning", "flood", "traffic", "fall", "power_outage")),
}
"""What happened -> what comes of it: who jumps from a house that burns is told in a report of the fire."""
_FRAMES = 400
"""Places of a text that are looked at for frames."""
_CAUSE = 4.0
"""A word that weighs so much names the cause itself."""
_CONSEQUENCE = 0.45
"""How much the words for what came of it still weigh."""
DRILL = lazy(r"演练|演习|模拟(?:事故|火灾|地震|场景|情景)|桌面推演")
SUSPECTED = lazy(r"疑似|怀疑|可能是|疑为|疑因|涉嫌")


def category(text: str) -> str | None:
    """The category whose words weigh most in normalised text; early words weigh more, repeats less."""
    return next(iter(_likely(text)), None)


def likely(text: str) -> list[str]:
    """The categories that normalised text may tell of, the likeliest first; what weighs less than half of it is out."""
    return list(_likely(text))


@lru_cache(maxsize=8)
def _likely(text: str) -> tuple[str, ...]:
    """The same, once for a message that is asked of several times while it is read."""
    text = _IDIOM.sub(lambda idiom: FILL * len(idiom[0]), text)
    scores: dict[str, float] = {}
    seen: dict[str, int] = {}
    named: set[str] = set()
    end = 0
    for head in _HEAD.finditer(text):
        at = head.start()
        match = _HEADS[head[0]].match(text, at) if at >= end else None
        if match is None or match.lastgroup is None:
            continue
        word = _IN_ORDER[int(match.lastgroup[1:])]
        times = seen[word] = seen.get(word, 0) + 1
        if times <= 3 and not _is_denied(text, at, match.end()):
            early = 1.6 if at < 60 else 1.2 if at < 160 else 0.8
            for name, weight in _OWNERS[word]:
                scores[name] = scores.get(name, 0) + weight * early / times
                if weight >= _CAUSE:
                    named.add(name)
        end = match.end()
    for name, weight in _framed(text):
        scores[name] = scores.get(name, 0) + weight
        if weight >= _CAUSE:
            named.add(name)
    for name in scores.keys() & {name for cause in named for name in _CAUSES.get(cause, ())}:
        scores[name] *= _CONSEQUENCE
    best = max(scores.values(), default=0.0)
    told = (name for name in scores if best >= 2 and scores[name] >= best / 2)
    return tuple(sorted(told, key=lambda name: -scores[name]))


def _framed(text: str) -> Iterator[tuple[str, float]]:
    """The frames of a text; one of a kind that begins within another of its kind says it over again."""
    ends: dict[str, int] = {}
    for head in islice(_FRAME.finditer(text), _FRAMES):
        at = head.start()
        for name, weight, pattern in _FRAMED[head[0]]:
            if at < ends.get(name, 0):
                continue
            match = pattern.match(text, at)
            if match is not None and not _is_denied(text, at, match.end()):
                first = name not in ends
                ends[name] = match.end()
                yield name, weight * (1.4 if at < 60 else 1) * (1 if first else 0.4)


def _is_denied(text: str, start: int, end: int) -> bool:
    """Whether the word names what was denied, played or only asked."""
    if _DENIED.search(text, max(0, start - 8), start) or _NOT_SO.match(text, end, end + 14):
        return True
    return _TOLD_OF.search(text, max(0, start - 12), start) is not None


def _longest(text: str, words: AbstractSet[str]) -> dict[str, int]:
    """Return where each word first stands in the text outside every longer one."""
    found: dict[str, int] = {}
    ends = [0] * len(text)  # per character, how far the words reach that cover it
    for word in sorted(words, key=len, reverse=True):
        start = text.find(word)
        while start >= 0:
            end = start + len(word)
            if ends[start] < end:
                found.setdefault(word, start)
                ends[start:end] = [max(known, end) for known in ends[start:end]]
            start = text.find(word, end)
    return found


def candidates(text: str, classes: Mapping[str, Sequence[str]]) -> tuple[Candidate, ...]:
    """A plan's classes whose words the normalised text holds, best first; those below half of the best are left out.

    A word that lies within a longer one of another class says nothing of its own: 森林火灾 is no 火灾.

    Args:
        text: normalised text.
        classes: class name -> words that speak for it.
    """
    found = []
    taken = _longest(text, {word for words in classes.values() for word in words if word})
    for name, words in classes.items():
        hits: list[tuple[str, tuple[int, int]]] = []
        score = 0.0
        for word in sorted({word for word in words if word}, key=len, reverse=True):
            at = taken.get(word, -1)
            if at >= 0 and not any(span[0] <= at and at + len(word) <= span[1] for _, span in hits):
                if _DENIED.search(text, max(0, at - 8), at):
                    continue
                hits.append((word, (at, at + len(word))))
                score += min(len(word), 6) * (1.5 if at < 30 else 1.0)
        if hits:
            found.append(Candidate(name=name, score=score, words=tuple(sorted(hits, key=lambda hit: hit[1]))))
    found.sort(key=lambda candidate: -candidate.score)
    return tuple(candidate for candidate in found if candidate.score >= found[0].score / 2)


STRONG = 4
"""Words of a plan that weigh so much tell the class alone: two characters, even at the beginning, do not."""


def by_kind(text: str, found: Sequence[Candidate], kinds: Mapping[str, Sequence[str]]) -> tuple[Candidate, ...]:
    """The classes that a plan's words speak for and, where these are weak or none, those of the kind of event.

    Args:
        text: normalised text.
        found: as `candidates` has them.
        kinds: class name -> the kinds of event that belong to it.
    """
    if found and (found[0].score >= STRONG or not kinds.get(found[0].name)):
        return tuple(found)  # a class of no kind (山火, 电梯) is named by its words alone
    said = {item.name: item for item in found}
    fitting = [name for kind in likely(text) for name, own in kinds.items() if kind in own]
    first = [said.pop(name, Candidate(name=name, score=0, words=())) for name in dict.fromkeys(fitting)]
    return (*first, *said.values())
