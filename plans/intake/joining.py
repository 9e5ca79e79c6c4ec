"""How a head count and a word of harm belong together: 3人…受伤, 死亡人数…3人, 死亡：无."""

from __future__ import annotations

from collections.abc import Sequence

from plans.intake.cues import OUTBREAK, PAIRED
from plans.intake.patterns import lazy
from plans.intake.tokens import Token
from plans.intake.words import CASUALTY, PERSON

_GLUE = lazy(
    r"(?:人数|人员|人|者|病例|患者|病人|的|数|总数|合计|总计|共计|累计|共|已|约|情况|了|有|为|是|达到|达|:| |由|"
    r" |从|原来|此前|之前|开始|初步|统计|暂|核实|报告|确认|上述|该校|本地|请假|缺课|治疗|监护|收到|时|一家|全家|观察|"
    r"也就|也|就|现在|目前|统计了|统计|查出来?|数了数|大概|大约|差不多|得有|能有|怕有|估计|少说|今天来的|快|"
    r"来了|来的有?|送来|拉来| |□)*"
    rf"(?:{PERSON})?(?:共|共有|共计|有|为|达|达到|:| )*"
)
_TOOK_IN = lazy(r"(?:收治|接诊|接治|接收)[^,。;]{0,10}")
_ENDS = frozenset(("comma", "colon", "open", "close", "sub", "other", "deny", "sum", "update", "new", "included"))
_DONE = lazy(r"[砍刺打捅撞砸炸杀毒射烧轧碾踩咬划枪][伤死杀]|误伤|殴打")
_OBJECT = lazy(r"了?[^,。;:、\d一二两三四五六七八九十后被致并在和的]{1,5}")
_SUFFERED = lazy(r"被|遭")
_NONE = lazy(r"(?:的|人数|人员|情况|病例|者|[:为 ])*")
_NOBODY = lazy(r"人员?")
_WRONGDOER = lazy(r"嫌疑人|嫌犯|歹徒|凶手|肇事")
_CAME = lazy(r"来了?|到了?|赶来")
_TO_HELP = lazy(r"[^,。;!?\n]{0,4}(?:帮|支援|增援|围观|看热闹|看望|处理|处置|救)")
_NONE_END = lazy(r"[人,。;!? )、\n]|$")


def following(text: str, tokens: Sequence[Token], at: int) -> tuple[list[str], int, int]:
    """Harms that follow a count within its clause: kinds, where the last one ends, the token to go on with."""
    kinds: list[str] = []
    counted = tokens[at - 1]
    end = counted.end
    while at < len(tokens):
        token = tokens[at]
        ahead = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.kind == "deny" and not kinds and ahead and ahead.kind in CASUALTY:
            return ["safe"], ahead.end, at + 2
        others = kinds and token.kind in ("one", "folk", "pair", "some") and token.start > end
        others = others or (kinds and token.kind in ("one", "pair"))
        others = others or token.kind == "some" or (token.kind == "pair" and token.start == tokens[at - 1].end)
        others = others or (token.kind in ("one", "pair") and not kinds and text[counted.end - 1] == "人")
        if token.kind in CASUALTY and ahead and ahead.kind == "deny" and denied_behind(text, tokens, at, at + 1):
            denied = tokens[at + 2] if at + 2 < len(tokens) else None
            if denied is None or denied.kind not in CASUALTY or denied.start - ahead.end > 4:
                break  # 27人转移死亡的没有, but not 3人轻伤无人死亡
        if token.kind == "ill" and OUTBREAK.match(text, token.end):
            break
        if token.kind in _ENDS or token.kind == "count" or others:
            break
        if token.kind in CASUALTY:
            if ahead and befalls(text, tokens[at - 1].end, token, ahead):
                break
            own, beyond = ahead, at + 2
            if ahead and ahead.kind == "colon" and at + 2 < len(tokens):
                own, beyond = tokens[at + 2], at + 3
            if tokens[at - 1].kind == "enum" and own and own.kind == "count" and glued(text, token, own):
                break  # 重伤2人、轻伤6人: this harm has a number of its own
            if kinds and own and own.kind == "count" and glued(text, token, own) and not _harmed(tokens, beyond):
                break  # 三五人已经转移里头困着十几人: so has this one
            if ahead is None or ahead.kind != "unclear":
                kinds.append(token.kind)
                end = token.end
        at += 1
    return kinds, end, at


def _harmed(tokens: Sequence[Token], at: int) -> bool:
    """A harm follows a number before its clause ends."""
    while at < len(tokens) and tokens[at].kind not in _ENDS and tokens[at].kind != "count":
        if tokens[at].kind in CASUALTY:
            return True
        at += 1
    return False


def befalls(text: str, before: int, harm: Token, ahead: Token) -> bool:
    """The harm is done to those named behind it (一名男子砍伤25名学生), not to those before it (两人被撞死)."""
    near = ahead.start - harm.end <= 1 or (ahead.kind == "pair" and PAIRED.fullmatch(text, harm.end, ahead.start))
    if ahead.kind not in ("count", "one", "folk", "some", "pair") or not near:
        return False
    return (
        _DONE.fullmatch(text, harm.start, harm.end) is not None and _SUFFERED.search(text, before, harm.start) is None
    )


def glued(text: str, harm: Token, number: Token) -> bool:
    """Nothing but filling stands between a harm and the number behind it (死亡人数已达3人)."""
    between = text[harm.end : number.start]
    if len(between) > 16:
        return False
    if _WRONGDOER.search(between) or (_CAME.search(between) and _TO_HELP.match(text, number.end)):
        return False  # 多人受伤嫌疑人11人已控制; 学生受伤来了40多人帮忙
    if _DONE.fullmatch(text, harm.start, harm.end) and _OBJECT.fullmatch(between):
        return True  # 砸伤观众14人
    return _GLUE.fullmatch(between) is not None or _TOOK_IN.fullmatch(text[harm.start : number.start]) is not None


def denied_behind(text: str, tokens: Sequence[Token], harm: int, deny: int) -> bool:
    """死亡：无, 死亡人数为零; 中毒无人死亡 denies what follows."""
    word = tokens[deny]
    ahead = tokens[deny + 1] if deny + 1 < len(tokens) else None
    if ahead is not None and ahead.kind in CASUALTY and _NOBODY.fullmatch(text, word.end, ahead.start):
        return False
    between, behind = text[tokens[harm].end : word.start], text[word.end : word.end + 1]
    return _NONE.fullmatch(between) is not None and _NONE_END.match(behind) is not None
