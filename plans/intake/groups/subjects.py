"""Somebody whom no table of persons knows, as the subject of what befell him: 张栓柱燎了眉毛, 推车的拍着腿."""

from __future__ import annotations

from collections.abc import Iterator

from plans.intake.groups.mentions import Mention
from plans.intake.groups.pieces import Piece
from plans.intake.groups.refs import Ref
from plans.intake.lexicon import alternatives
from plans.intake.patterns import lazy

_BEFORE = (
    r"(?:其中|另外?|还有|有|还|也|但|可|就|只|后来|结果|当时|这边|那边|旁边|隔壁|对面|底下|边上|后座|后面|前面|后头|前头|里头|同行|"
    r"同去)*(?:个|一个|的)?"
)
_WHICH = r"(?:[^,。;!?\n 的\d一二两三四五六七八九十]{1,9}的)?"
_WHAT_HE_DID = r"(?:[^,。;!?\n 的人他她我说讲报喊\d]{0,7})"
_MOVED = (
    r"(?:自己|也|都|当场|直接|就|才|又|还|一下|差点|整个|[被让叫给遭](?:[^,。;!?\n的人]{1,6}?)"
    r"|一直|到现在|现在|[找看叫喊]|[滑摔跌掉跳爬冲蹦翻滚栽][下出进倒到在了来去上]{1,3}|[两双]只?)*"
)
_DOER = r"[^,。;!?\n 的是有说讲报听我他她你们这那最真全都没\d一二两三四五六七八九十几个名位]{2,8}的"


def _who() -> str:
    called, nick, named = (alternatives("groups", kind) for kind in ("called", "nick", "named"))
    return (
        rf"(?:[^,。;!?\n 的]{{2,8}}有个)?{_BEFORE}(?:"
        rf"{_WHICH}(?P<called>[\u4e00-\u9fa5]{{0,3}}?(?:{called})|{nick}){_WHAT_HE_DID}"
        rf"|{_WHICH}(?P<named>{named})[被让叫给也都就自当直冻][^,。;!?\n的人]{{0,5}}"
        rf"|{_WHICH}(?P<name>{named})"
        rf"|(?P<doer>{_DOER})(?!人|时|话|事|那){_MOVED})$"
    )


_WHO = lazy(_who)
"""The words up to what befell him."""
_PLACED = lazy(
    r"(?:[上下前后里外左右]|旁边|中间|底下|边上|对面|隔壁|[被压卷埋困淹烧撞砸挤夹卡伤死重轻][^的]{0,3}|[捞抬救挖扒刨][^的]{0,4})的$"
)
"""It may be one of those before (上面的没救了, 捞起来的没气了)."""
_SHORTEST = 2


def _grams(words: str) -> Iterator[str]:
    return (words[at : at + _SHORTEST] for at in range(len(words) - 1))


def subject(text: str, mention: Mention) -> Mention | None:
    """The mention as one of somebody who is told of for the first time; None where he may be one of those before."""
    low, high = mention.piece.span
    found = _WHO.fullmatch(text[low : min(mention.lots.values())])
    if found is None:
        return None
    name = found.lastgroup or "doer"
    who, start, end = found[name], low + found.start(name), low + found.end(name)
    if _PLACED.search(who) or any(gram in text[:low] for gram in _grams(who.removesuffix("的"))):
        return None
    ref = Ref(start, end, (1, 1), "one", who)
    lead, tail = text[low:start], text[end:high]
    return Mention(
        Piece((low, high), ref), mention.lots, lead, tail, mention.clause, mention.sentence, mention.first, who
    )
