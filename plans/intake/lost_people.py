"""People who are missing or trapped: found, brought out, struck off, found dead, or still not there."""

from __future__ import annotations

import re

from plans.intake.clauses import facts_of, head_counts
from plans.intake.patterns import lazy
from plans.intake.stepping import DIED, HOME, NOT_DIED, Bounds, Step, Stepping, only_count

_FOUND_WORDS = (
    r"(?<!又)接到(?=(?:[一二两三四五六七八九十\d]{1,2}[个名位人]|[俩仨])(?![^,。;!?\n]{0,4}(?:报|求|电|失|新)))|被[^,。;!?\n\d]{1,6}救(?:了|起|下|上|走)|(?:回来|返回)(?=了?[一二两三四五六七八九十俩仨\d])|捞上(?=\d|[一二两三四五六七八九十俩仨])|取得了?联系|摸到|寻到|寻着|捞起|捞到|接到人|报平安|有消息|通上话|联系到|找齐|碰到人|"
    r"电话(?:打|接|拨)?通了|找到|找着|找见|找回|联系上|联络上|有信|有下落|回来了|露面|冒出来|打通了电话|发现(?=\S{0,3}具)"
)
_FOUND = lazy(_FOUND_WORDS)
_OUT_WORDS = (
    r"救起|背下来|抬下来|扶下来|扶出|背出|拽出|吊上|吊出|拖出|抱出|接出|接下来|撬出|剪出|出井|上井|升上来|脱出|放下来|救出|救上来|救下|救了(?=\d|[一二两三])|出来|捞上来|捞出|扒出|挖出|刨出|升井|抬出|抬下|"
    r"拉上来|拉出|脱困|放出来|弄出来|获救|上来了|[挖捞扒]到(?!的)"
)
_OUT = lazy(
    rf"{_OUT_WORDS}|(?:滞留|被困|受困)[^,。;!?\n]{{0,8}}已?(?:疏[散导]|转移|撤离)了?(?=\d)|解救|解困|(?:全部?|都|均)(?:已经?|被|安全)*(?:疏散(?!工|通道)|下车|下船|撤离|撤出|离开|脱离|走出)"
)
FREED = lazy(f"{_FOUND_WORDS}|{_OUT_WORDS}")
NOT_FREED = lazy(
    r"(?:没|未|不|还没)(?:有|能|法)?(?:救|跑|逃|找|爬|弄|挖|捞|扒|抬|背|升|联系|走)?(?:出来|上来|出|到|着|上|井)"
)
_BODY = lazy(
    r"一个(?:都|也)?没活|没(?:有)?(?:一个)?活的|没一个活|无一(?:生还|幸存)|不在了|凉(?:了|透)|断了?气|没救活|没(?:了)?呼吸|没(?:了)?心跳|"
    r"遗体|尸体|具(?=[,。;! ]|$)|遇难|没了(?=[,。;! 的]|$)|死了|已经?死|"
    r"无生命(?!(?:之)?[危威])|没气(?!馁)|硬了|身亡|死亡|不行了|没救过来"
)
_NOT_HURT = lazy(
    r"没(?:有)?(?:受|一点)?伤|没伤着|未(?:受)?伤|无(?:人)?(?:受)?伤|无(?:大)?[恙碍]|没事|"
    r"没死|没有死|(?<!没有)(?<!没)(?<!没一个)活的|活着|好好的|平安|生还|虚惊"
)
_HURT = lazy(r"(?:都|均|全)?带伤|受伤|(?<![没无])伤(?!着|势|员)")
_OF_MISSING = lazy(
    r"失[联踪](?:的|人员|者|名单)?(?:中|里|里头|里面|当中|的)?(?=\d|[一二两三四五六七八九十俩仨人]|有|全|都|均|名)"
)
_OF_TRAPPED = lazy(r"(?:[被受]困|被埋|[压埋困]着)(?:的|人员|里[头面]?|中)*(?=[一二两三四五六七八九十俩仨\d])")
_BODIES_LISTED = lazy(r"[具体][^,。;!?\n]{0,4}(?:在|是|属于?)[^,。;!?\n]{0,3}失[联踪]")
_STRUCK = lazy(r"划(?:掉|了|去)|勾掉|销[号名]|(?:不能|不该|不再|不|别)算(?:是)?(?:失[联踪]|被困)")
_ALL = lazy(r"都|全|一个不[落少]|一个没(?:落|少)|均|所有|没有?人了|最后")
_PERHAPS = lazy(r"可能|好像|大概|也许|似乎|说不定|估计|怕是?")
_LEFT = lazy(
    r"(?:还[困压埋卡](?:着|了|在里面|在下面)?|还差|还剩下?|剩下?|另外|还有|尚有|仍有|其余|余下?)(?:的)?(?:那)?(?=\d|[一二两三四五六七八九十俩仨个])"
)
_TOO = lazy(
    r"(?:另外|又|再)还(?:有|困|埋|压|卡)|刚(?:刚|才)?(?:知道|发现|得知|查明|点出来)|"
    r"(?:之前|刚才|前面|原来|先前)[^,。;!?\n]{0,4}(?:没算|没报|漏|不知道)"
)
_INSIDE = lazy(r"里面|里头|底下|下面|压|埋|困|上来|出来|救|挖|扒|井")
_NAMED = lazy(r"某|那个|一(?:人|个|名)|他|她|小[张王李赵刘陈]|老[张王李赵刘陈]")
_ORDINAL = lazy(r"第[\d一二三四五六七八九十]{1,3}[个具名位]")
_THE_OTHERS = lazy(r"(?:别|其他|其余|其它)的?")
_ALL_THERE = lazy(r"人(?:都|全|已经?)*(?:到|点)?齐了|[点到]齐了|一个(?:都|也)?(?:不|没)(?:少|落)")
_SEEN = lazy(r"发现(?=\d|[一二两三四五六七八九十俩仨])")
_NO_ONE_INSIDE = lazy(r"里[面头边]?(?:已经?|都)?没(?:有)?人了")
_KIN = lazy(r"叔侄|母女|母子|父子|父女|夫妻|夫妇|两口子|姐妹|兄弟|俩")
_LISTED = lazy(r"(?:不在|没在|不是)\S{0,4}(?:失踪|失联|名单)")
_SHORT = lazy(r"(?:又)?(?:少|缺)了?(?=\d|[一二两三四五六七八九十俩仨])")


class LostPeople(Stepping):
    """Tells the steps of a clause about them."""

    def _missing_dead(self, part: str, many: Bounds | None) -> list[Step] | None:
        """失联人员中3人确认死亡, 压着的两个确认死了."""
        if many is not None and self._has("trapped") and _OF_TRAPPED.match(part):
            dead = DIED.search(part) and not NOT_DIED.search(part)
            return [self._step("deaths", "add", many), self._gone("trapped", many)] if dead else None
        if many is not None and self._has("missing") and _BODIES_LISTED.search(part):
            return self._found_dead(many)
        if not _OF_MISSING.search(part) or not DIED.search(part + self.clause.tail) or NOT_DIED.search(part):
            return None
        if not self._has("missing"):
            return [self._step("deaths", "add", many, sure=False)] if many and "deaths" in self.known else None
        if not DIED.search(part):
            return None
        gone = many or (self.known["missing"] if _ALL.search(part) else None)
        return None if gone is None else self._found_dead(gone)

    def _struck(self, part: str, many: Bounds | None) -> list[Step] | None:
        """失联那一个就是他，可以划了."""
        if not _STRUCK.search(part):
            return None
        near = (*self.clause.facts, *facts_of(self.clause.before))
        lost = next((fact for fact in near if fact in ("missing", "trapped") and self._has(fact)), "")
        many = many or only_count(self.clause.before) or ((1, 1) if self.known.get(lost) == (1, 1) else None)
        return [self._gone(lost, many)] if lost and many else None

    def _found(self, part: str, many: Bounds | None) -> list[Step] | None:
        if not self._has("missing") or NOT_FREED.search(part):
            return None
        if not _FOUND.search(part):
            return self._all_there(part) or self._seen_dead(part, many)
        if _THE_OTHERS.match(part) and head_counts(self.clause.before):
            return []  # 失联的还是2个，别的都联系上了
        every = self.known["missing"]
        if many is None and self.clause.counts:
            return None
        if many is None:
            if _ORDINAL.search(part):
                many = (1, 1)
            elif _KIN.search(part):
                many = (2, 2)
            else:
                many = every if _ALL.search(part) or not _NAMED.search(part) else (1, 1)
        near = part + self.clause.tail
        if _BODY.search(near) and not _NOT_HURT.search(near):
            if _LISTED.search(part + self.clause.rest):
                return [self._step("deaths", "add", many)]
            return self._found_dead(many)
        return [self._gone("missing", many)]

    def _all_there(self, part: str) -> list[Step] | None:
        """点名点齐了，一个不少: nobody is looked for."""
        if self.clause.counts or self._has("trapped") or not _ALL_THERE.search(part):
            return None
        return [self._gone("missing", self.known["missing"])]

    def _seen_dead(self, part: str, many: Bounds | None) -> list[Step] | None:
        """发现1人，死了."""
        if many is None or not _SEEN.search(part) or {*self.clause.facts} - {"deaths"}:
            return None
        dead = _BODY.search(part + self.clause.tail) and not _NOT_HURT.search(part + self.clause.tail)
        listed = _LISTED.search(part + self.clause.rest)
        return self._found_dead(many) if dead and not listed and "又" not in part else None

    def _out(self, part: str, many: Bounds | None) -> list[Step] | None:
        lost = self._lost()
        if lost == "trapped" and _NO_ONE_INSIDE.search(part) and not self.clause.counts:
            return [self._gone(lost, self.known[lost])]
        if not lost or not _OUT.search(part) or NOT_FREED.search(part):
            return None
        if many is not None and "最后" in part:
            many = self.known[lost]  # 最后一个也出来了
        elif many is None and _ORDINAL.search(part):
            many = (1, 1)
        elif many is None:
            alone = self.known[lost] == (1, 1)
            if self.clause.counts or not (alone or _ALL.search(part)):
                return None
            many = self.known[lost]
        told = [self._gone(lost, many)]
        near = part + self.clause.tail[:14]
        if _BODY.search(near) and not _NOT_HURT.search(near):
            told.append(self._step("deaths", "add", many))
        elif _HURT.search(near) and not _NOT_HURT.search(near):
            told.append(self._step("injuries", "add", many))
        return told

    def _left(self, part: str, many: Bounds | None) -> list[Step] | None:
        lost = self._lost()
        left = _LEFT.search(part)
        if left is not None and _TOO.search(self.clause.before + part + self.clause.rest[:12]):
            return None  # 另外还困着两个，刚知道
        if not lost or left is None or many is None or HOME.search(part) or _PERHAPS.search(part):
            return None
        kind = self.clause.fact()
        if not kind and self._has("trapped") and self._has("missing"):
            kind = "trapped" if _INSIDE.search(self.clause.before + part) else "missing" if "差" in part else ""
            if not kind:
                return None  # of whom is not said
            lost = kind
        below = lost == "trapped" and re.search(r"没上来|没出来|没救出", part) is not None
        if kind and kind != lost and not below:
            return None
        more = (many[0] or 0) > (self.known[lost][0] or 0)
        if re.search(r"送|住院|轻|重伤|院", part) or (more and kind != lost):
            return None
        span = self.clause.span[0] + left.start(), self.clause.span[1]
        return [Step(lost, "set", many[0] or 0, many[1], span, sure=not more)]

    def _short(self, part: str, many: Bounds | None) -> list[Step] | None:
        near = self.clause.before + part + self.clause.rest
        if many is None or not _SHORT.search(part) or not re.search(r"联系不上|没找到|找不|不见|点名|清点", near):
            return None
        return [self._step("missing", "add" if "又" in part else "set", many)]
