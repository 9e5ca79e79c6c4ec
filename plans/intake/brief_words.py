"""Stretches of a report of few words, clause by clause: people with their number, harms, and what is neither."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from plans.intake.lexicon import alternatives, rows
from plans.intake.numerals import HEADS, is_in_a_name, match_at, parse
from plans.intake.patterns import lazy
from plans.intake.words import split_words, sure_length

KINDS = (
    *("skip", "none", "heads", "notone", "whole", "actor", "pair", "they", "all", "rest", "part"),
    *("dead", "missing", "trapped", "under", "serious", "wound", "hurt", "hit", "ill", "weak", "breath"),
    *("safe", "well", "name", "one"),
)
"""Kinds of stretches; of two that are equally long the earlier is taken."""
HARMS = frozenset(KINDS[KINDS.index("dead") : KINDS.index("name")])


def _names() -> str:
    """小邵, 阿强, 李婶: people by their name."""
    often = "".join(row.cells[1] for row in rows("surnames", 2, 2) if row.cells[0] == "often")
    called = "大爷|大妈|奶奶|爷爷|婶|哥|姐|嫂|叔|师傅|老师|医生|阿姨|老汉|某某?"
    places = "区|庄|村|学|湾|镇|桥|河|山|沟|家"
    return rf"[老小阿][{often}](?!{places})|阿[强伟明花英梅珍芳兰红军勇平辉东华]|[{often}](?:{called})"


def _longest_first(kind: str) -> str:
    if kind == "name":
        return _names()
    return "|".join(sorted(split_words(alternatives("brief", kind)), key=sure_length, reverse=True))


_TABLE = {kind: lazy(partial(_longest_first, kind)) for kind in KINDS}
_CLAUSE = lazy(r"[^,。;!?\n:()\u2026\U0001F000-\U0001FFFF]+")
_SPACE = lazy(r"(?<=[\u4e00-\u9fa5]) (?=[\u4e00-\u9fa5\d])|(?<=\d) (?=[\u4e00-\u9fa5]{2})")
_UNIT = lazy(
    r" ?(?:个人(?!的)|号人|口人|名(?![字单])|位(?!置|于)|例|口(?=人|[,。;!]|$|全|都|困|被|还)|"
    r"(?<=家[\d一二两三四五六七八九])口|具|人(?!民|次|份|行|工|头|多|们)|"
    r"个(?!多?(?:小时|月|星期|钟头|半(?!大)|中队|乡|镇|县|市|村|班|车|房|楼|点|口子|大?包(?!工)|泡|坑|洞|弯|角|"
    r"电[话梯]|集装|国|单位|家庭|路口|门(?!牙)|单元)))"
)
_BARE = lazy(r"[死亡伤]|[重轻]伤|失[踪联]|截肢|昏迷|被困")
_THINGS = lazy(r"手|腿|胳膊|指头|脚|肋|眼|钟头|小时|月|村|车|楼|桌|队|后勤?楼|半天|字|菜|只|口子|水桶|天|地方|电驴")
_NOT_BEFORE = frozenset("第初高大期周.号")


_COUNTED = ("dead", "hurt", "serious", "ill", "missing", "trapped")
"""Behind these a number needs no measure word (死1伤4)."""


@dataclass
class Piece:
    """A stretch: its kind, where it stands, in which clause; people have bounds.

    ``folk``: a noun that says neither one nor several (学生, 保安).
    """

    kind: str
    start: int
    end: int
    clause: int
    low: int | float = 0
    high: int | float | None = 0
    folk: bool = False

    @property
    def people(self) -> bool:
        """It speaks of people of its own."""
        return self.kind in ("count", "one", "pair")


def clauses(text: str) -> list[tuple[int, int]]:
    """Where the clauses of a text stand; a blank between words ends one too."""
    found = []
    for match in _CLAUSE.finditer(text):
        low = match.start()
        for blank in _SPACE.finditer(text, match.start(), match.end()):
            found.append((low, blank.start()))
            low = blank.end()
        found.append((low, match.end()))
    return [(low, high) for low, high in found if text[low:high].strip()]


def pieces(text: str) -> list[Piece]:
    """The stretches of a text, in order; what no table knows is passed over."""
    found: list[Piece] = []
    for number, (low, high) in enumerate(clauses(text)):
        at = low
        while at < high:
            piece = _piece(text, at, high, number) or _one_piece(text, at, number, found)
            if piece is None:
                at += 1
                continue
            at = piece.end
            if piece.kind != "skip":
                found.append(piece)
    return found


def _one_piece(text: str, at: int, clause: int, before: list[Piece]) -> Piece | None:
    """摔了个初中生: right behind a harm 个 is one."""
    if text[at] != "个" or not before or before[-1].kind not in HARMS or before[-1].end != at:
        return None
    if text[at + 1 : at + 2] in ("包", "泡", "口", "大", "洞", "坑"):
        return None
    return Piece("count", at, at + 1, clause, 1, 1)


def _piece(text: str, at: int, high: int, clause: int) -> Piece | None:
    best: Piece | None = None
    for kind in KINDS:
        match = _TABLE[kind].match(text, at, high)
        if match is not None and match.end() > at and (best is None or match.end() > best.end):
            best = Piece("one" if kind == "name" else kind, at, match.end(), clause)
    if best is not None:
        best.low = best.high = 2 if best.kind == "pair" else 1 if best.kind == "one" else 0
        best.folk = best.kind == "one" and _is_folk(text, best.start, best.end)
    count = _count(text, at, high, clause) if text[at] in HEADS else None
    if count is not None and (best is None or (best.kind in ("one", "weak", "dead", "rest") and count.end >= best.end)):
        return count
    return best


_FOLK = lazy(
    r"学生|同学|男生|女生|[初高中小大]+学?生|老师|教师|乘客|旅客|游客|顾客|客人|食客|工人|民工|女工|矿工|员工|职工|村民|居民|市民|住户|租客|"
    r"路人|行人|群众|儿童|幼儿|队员|学员|船员|保安|护士|医生|演员|病人|患者|老人|孩子|小孩|娃儿?"
)
_SINGLE = frozenset("个名位某那这")


def _is_folk(text: str, start: int, end: int) -> bool:
    return _FOLK.fullmatch(text, start, end) is not None and text[start - 1 : start] not in _SINGLE


def _count(text: str, at: int, high: int, clause: int) -> Piece | None:
    match = match_at(text, at)
    number = parse(match, text) if match is not None else None
    if number is None or (at and text[at - 1] in _NOT_BEFORE):
        return None
    before = text[at - 1 : at]
    if (before.isascii() and before.isalnum() and number.digits) or number.low > 3000:
        return None
    end = number.end
    if is_in_a_name(text, end):
        return None
    if end > high:
        return None  # 1,000: its comma ends no clause, and it counts nobody here
    unit = _UNIT.match(text, end, high)
    if unit is not None:
        end = unit.end()
    elif text[number.start] in "俩仨" or text[number.end - 1] in "俩仨":
        if _THINGS.match(text, end):
            return Piece("skip", at, end + 1, clause)
    elif not (_BARE.match(text, end) or (number.low < 30 and _TABLE["one"].match(text, end))):
        last = end == high or text[end] == "、"
        if not (last and any(_ends(text, at, kind) for kind in _COUNTED)):
            return None
    return Piece("count", at, end, clause, number.low, number.high)


def _ends(text: str, at: int, kind: str) -> bool:
    found = (_TABLE[kind].match(text, start) for start in range(max(0, at - 4), at))
    return any(match is not None and match.end() == at for match in found)


_GLUE = lazy(
    r"(?:了|着|到|的|是|有|就|也|共|一共|拢共|总共|累计|现|现有|已经|已|目前|大概|还|又|在|过|那|这|约|近|整整|来|咗|个|,|:|人(?=一共))*"
    r"|[\u4e00-\u9fa5]{1,6}的"
)


def glued(text: str, harm: Piece, who: Piece) -> bool:
    """Nothing of weight stands between a harm and the people behind it."""
    return who.start - harm.end <= 8 and _GLUE.fullmatch(text, harm.end, who.start) is not None


_AND = lazy(r"(?:和|跟|与|及|同|、|加|带着?|还有|连)(?:[我他她佢]|一?个?)?")
_HAVE = lazy(r"是|(?:目前|已经|现在|现|一共|共)*有?|这")
_ENDS_OF_A_COUNT = frozenset("个名位人例口具俩仨")
_OWN = lazy(r"[^\W\d和跟与及同带加]{0,5}?")


def listed(text: str, one: Piece, other: Piece) -> bool:
    """两名工人和司机: both together."""
    if one.end == other.start and one.kind == other.kind == "count" and text[one.end - 1] not in _ENDS_OF_A_COUNT:
        return True  # 1名老师4个学生
    return _AND.fullmatch(text, one.end, other.start) is not None


def same(text: str, one: Piece, other: Piece) -> bool:
    """乘客7名, 三个初中生, 后勤小王: the same people once more."""
    if other.start - one.end > 6 or {one.kind, other.kind} == {"count"}:
        return False
    between = text[one.end : other.start]
    return _HAVE.fullmatch(between) is not None or (one.kind == "count" and _OWN.fullmatch(between) is not None)
