"""Words beside a figure that it does not account for: another line, another death, who is out again or well.

Rules like those of `plans.intake.balance`: none reads anything, each names a kind of words beside which a figure may be
another.
"""

from __future__ import annotations

from plans.intake.around import MARKS, Around, counted_harms, exact_number
from plans.intake.patterns import lazy
from plans.intake.reading import Found, Span
from plans.intake.tokens import Token

_KINDS = {
    "deaths": frozenset(("dead",)),
    "missing": frozenset(("missing",)),
    "trapped": frozenset(("trapped",)),
    "ill": frozenset(("ill",)),
    "injuries": frozenset(("hurt", "light")),
    "serious_injuries": frozenset(("serious", "critical", "grave")),
}


def another_line(around: Around, name: str, found: Found) -> bool:
    """客车：亡3 / 货车：亡1: a later line tells of the same harm with a number of its own, and they are not added."""
    if name in around.summed or "\n" not in around.text:
        return False
    return any(
        "\n" in around.text[found.span[1] : harm.start] and exact_number(count) not in (0, found.at_least)
        for harm, count in counted_harms(around, _KINDS[name], found.span[1], len(around.text))
    )


_GONE = lazy(
    r"(?:[个位名俩仨]|老[人头汉]|孩子|娃儿?|师傅|司机)[^。;\n]{0,8}?"
    r"(?:没了(?!呼吸|心跳)|不行了|凉了|硬了|没救(?![援出助])|断气|没气|没挺|叫不醒|喊不应|没反应|没呼吸|没心跳|没脉|停跳)"
    r"|,也(?:走了|没了|不行了|凉了|硬了)(?=[,。;!?\n]|$)"
)


_ONE_MORE = lazy(r"又走了?(?:一|1|两|2|三|3)?个")


def another_death(around: Around, name: str, found: Found) -> bool:
    """最后一个，也没了: somebody else is told of as of the dead, and no figure holds the words."""
    if name != "deaths":
        return False
    if any(not around.is_read(*match.span()) for match in _ONE_MORE.finditer(around.text, found.span[1])):
        return True
    return any(not around.is_read(*match.span()) for match in _GONE.finditer(around.text))


_ALL = lazy(r"(?<![人全身子脸手脚腿眼孔摸头嘴体气皮])都|均")


def all_of_one(around: Around, name: str, found: Found) -> bool:
    """徒弟下去也喊不应，捞上来都没呼吸: all of them, and only one was read."""
    return found.at_least == found.at_most == 1 and _ALL.search(around.text, *found.span) is not None


_HELD = lazy(r"困|被[埋压]")
_OUT = lazy(r"(?<!没)(?:救出|[扒挖拉抬]出|扒拉出|出来了|死(?!亡)|没救过来)")


def out_again(around: Around, name: str, found: Found) -> bool:
    """1人卡在驾驶室…就烧死了: who was stuck is out or dead in what follows, and how many are left is not told."""
    if name != "trapped" or _HELD.search(around.text, *found.span):
        return False
    high = around.sentence(found.span)[1]
    stop = next((token.start for token in around.counts if token.start >= found.span[1]), high)
    if stop < high:
        stop = max(around.text.rfind(mark, 0, stop) for mark in MARKS)  # 救出来2个: it is told how many
    return _OUT.search(around.text, found.span[1], min(stop, high)) is not None


_ALL_WENT = lazy(
    r"[^,]{0,12}(?:都|全部?|均|陆续|一个不落)[^,]{0,6}(?:[接救撤转放扶送][^,]{0,3}|[下上出]来|下车|上岸|离开|脱险|疏散|走光|走完)了?,"
)


def safe_before(around: Around, name: str, found: Found) -> bool:
    """15名船员都接过来了，水手长肋骨撞断: those of the number are safe, and the harm is told of somebody else."""
    if name not in ("injuries", "ill", "deaths"):
        return False
    words = around.text[slice(*found.span)]
    went = _ALL_WENT.match(words)
    return went is not None and _ALL.search(words, went.end()) is None


_NONE_DIED = lazy(
    r"[,。;:!?](?:死亡|死的|死人|亡人)(?:倒|也|确实|目前|暂时|真的?)?(?:没有?|无|零)(?=[,。;!?\n]|$)"
    r"|[,。;!?](?:也|都|倒|目前|确实|暂|暂时)?(?:没(?:有)?死人|[无没]有?(?:人员?)?(?:死亡|亡人)|一个(?:都|也)?没死)(?=[,。;!?\n]|$)"
)


def none_died(around: Around, name: str, found: Found) -> bool:
    """在走廊喊死了三个，医务处核过了，死亡没有: behind a number of dead it is said that nobody died."""
    return name == "deaths" and _NONE_DIED.search(around.text, found.span[1]) is not None


_WELL = lazy(r"[^,。;\d一二两三四五六七八九十俩另其]{0,6}(?:没事|回家|好了|缓过来)")


def well_again(around: Around, name: str, found: Found) -> bool:
    """一个说胸闷后来没事回家了."""
    if name not in ("injuries", "ill", "serious_injuries"):
        return False
    return _WELL.match(around.text, max(found.span[0], found.span[1] - 2)) is not None


# -------------------------------------------------------------------------------------- words that may say another harm


_POISON = ("food_poisoning", "gas_poisoning", "epidemic")


_OF_HEAT = lazy(r"中暑|晕")


def ill_or_hurt(around: Around, name: str, found: Found) -> bool:
    """两个晕倒磕到脸了: where nobody was poisoned, one or two who feel unwell may be ill or hurt."""
    if name != "ill":
        return False
    words = around.text[found.span[0] : found.span[1]]
    few = (
        found.at_least is not None and found.at_least <= 2 and around.kind not in _POISON and not _OF_HEAT.search(words)
    )
    wounded = any(token.kind in ("wound", "hurt") and _in(token, found.span) for token in around.tokens)
    return few or wounded


def _in(token: Token, span: Span) -> bool:
    return span[0] <= token.start < span[1]
