"""Tokens of a sentence -> mentions: which number goes with which harm, within a clause and across clauses."""

from __future__ import annotations

from collections.abc import Sequence

from plans.intake import cues, portions
from plans.intake.bare_harms import BareHarms
from plans.intake.denial import denial, strongest
from plans.intake.joining import befalls, denied_behind, following, glued
from plans.intake.people import Group, counted, helpers, implied, joined, portion_of
from plans.intake.reading import Span
from plans.intake.said import LISTED
from plans.intake.tokens import Token
from plans.intake.words import CASUALTY

_NONE_OF = {"unhurt": "hurt", "nobody": "dead"}
"""Token kinds that deny a harm by themselves."""


class SentenceReader(BareHarms):
    """Reads one sentence from left to right."""

    def read(self) -> None:
        """Fill `mentions`, `groups` and `raised`."""
        at = 0
        while at < len(self.tokens):
            at = self._step(at)

    def spare(self) -> list[Span]:
        """Head counts of which the sentence says nothing that was read."""
        used = {at for group in self.groups if group.kinds for at in range(group.start, group.end)}
        return [
            (token.start, token.end)
            for token in self.tokens
            if token.kind == "count" and token.number is not None and token.number.high != 0 and token.start not in used
        ]

    def _step(self, at: int) -> int:
        token = self.tokens[at]
        if token.kind == "count":
            return self._count(at)
        if token.kind in CASUALTY:
            return self._harm(at)
        if token.kind in ("one", "folk", "pair", "some"):
            return self._people(at)
        if token.kind == "deny":
            return self._deny(at)
        if token.kind in _NONE_OF:
            return self._none_and(at)
        self._steer(token)
        return at + 1

    # --------------------------------------- 3人受伤: number first

    def _count(self, at: int, beside: Group | None = None) -> int:
        first = self.tokens[at]
        group, scan = counted(self.text, self.tokens, at, self._next())
        if beside is not None:  # 司机和两名乘客
            group = joined(beside, group)
        if cues.AGENT.search(self.text, max(0, first.start - 3), first.start):
            self.flags.discard("sub")  # 被其中一名男子: who did it, not whom it befell
            return scan + 1 if scan < len(self.tokens) and self.tokens[scan].kind == "one" else scan
        if cues.BUT.search(self.text, max(0, first.start - 2), first.start) and cues.BUT_END.match(
            self.text, group.end
        ):
            return scan  # 9人中毒，除1人外均已送医
        kinds, end, stop = following(self.text, self.tokens, scan)
        if kinds and (share := portions.between(self.text, group.end, end)) is not None:
            group = portion_of(group, share)
        if (
            "dead" in kinds
            and self.here is not None
            and cues.RESCUED_BY.search(self.text, max(0, first.start - 3), first.start)
            and cues.DIED_FOR.search(self.text, group.end, end)
        ):
            return scan
        if not kinds and (self._running_total(first, group) or self._alone(group)):
            return scan
        if kinds and self._so_many_of(group, end, stop):
            self.groups.append(group)
            return self._numbered(stop - 1, stop, strongest(kinds), update=False)
        if not kinds and self._one_more(group):
            return scan
        if "update" in self.flags and first.bare and not kinds and self.mentions:
            self.groups.append(group)
            self.renewing = False
            self._add(self.mentions[-1].kind, group, (group.start, group.end))  # 失踪3个，核实完是2个
            return scan
        if first.bare and not kinds and not helpers(self.text, group, end):
            self.loose = group
            return scan
        if helpers(self.text, group, end) or (
            not kinds and cues.POPULATION.search(self.text, max(0, group.start - 14), group.start)
        ):
            return scan
        self.groups.append(group)
        self.summing, self.remainder, self.renewing = True, False, False
        if kinds or not cues.TALK.match(self.text, group.end):
            self.subject = self.here = group
        if not kinds and cues.SUMMED.search(self.text, max(0, group.start - 6), group.start):
            self.flags -= {"sum", "running"}  # 车内共9人，6人…: the total of those aboard, not of what follows
        if "update" in self.flags and not kinds and self.mentions:
            self._add(self.mentions[-1].kind, group, (group.start, group.end))  # 死亡2人有误，实为1人
            return scan
        if cues.AMONG_ALL.search(self.text, max(0, group.start - 14), group.start):
            self.flags.add("sub")  # 其余6名伤者中：…
            self.parent = group.index - 1
        part = cues.AMONG.search(self.text, max(self._before(group), group.start - 14), group.start)
        if part:
            self.flags.add("sub")
            self.parent = group.index - 1
        if not kinds and (self._those_left(group) or self._at_hospital(group)):
            return scan
        together = bool(kinds) and self._together(group)
        if together:
            self.flags.add("running")
        if kinds == ["dead", "missing"] and "或" in self.text[group.end : end]:
            group.low = min(1, group.low)  # 10人死亡或失踪
            self._raise(["missing"], (group.start, end))
        if "missing" in kinds and "dead" in kinds and cues.ALL.search(self.text, group.end, end):
            self._out(("missing",), (group.start, end))  # 3名失联人员均已遇难
        elif "dead" in kinds and self.text[end - 2 : end] in ("遗体", "尸体"):
            self._found_dead(group, (group.start, end))
        if "trapped" in kinds and "safe" in kinds and cues.ALL_OUT.search(self.text, group.end, end):
            self._out(("trapped",), (group.start, end))  # 3名被困学生已全部救出
        else:
            for kind in strongest(kinds):
                self._add(kind, group, (group.start, end))
        if part:
            self.flags.discard("sub")
        if together:
            self.flags.discard("running")
        if kinds:
            ahead = self.tokens[stop] if stop < len(self.tokens) else None
            goes_on = ahead is not None and ahead.kind == "count" and ahead.start == end  # 应该是3死4伤
            self.flags -= {"other", "new", "included"} if goes_on else {"other", "update", "new", "included"}
            return stop
        own = self.tokens[scan] if scan < len(self.tokens) else None
        noun = (
            own is not None
            and (own.kind == "folk" or (own.kind == "one" and self.text[group.end - 1] != "人"))
            and cues.OWN_NOUN.fullmatch(self.text, group.end, own.start)
        )
        if noun and "sub" in self.flags:
            self.flags.discard("sub")  # 伤了6人，其中1名女性，死了1人: no more of them are told of
        return scan + 1 if noun else scan

    # --------------------------------------- 死亡3人: harm first

    def _harm(self, at: int) -> int:
        tokens, scan = self.tokens, at
        kinds = [tokens[at].kind]
        # 死亡病例29例: adjoining words are one noun
        while (
            scan + 1 < len(tokens)
            and tokens[scan + 1].kind in CASUALTY
            and tokens[scan + 1].start - tokens[scan].end <= 1
            and (tokens[scan + 1].kind != "safe" or tokens[scan].kind in ("safe", "hospital", *cues.LASTING - {"ill"}))
        ):
            scan += 1
            kinds.append(tokens[scan].kind)
        if len(kinds) > 1 and kinds[1] != "ill" and self._is_event(tokens[at].start, tokens[at].end, kinds[:1]):
            self._raise(kinds[:1], (tokens[at].start, tokens[at].end))
            return at + 1  # 宿舍煤气中毒困住三人
        if kinds[0] == "dead" and cues.INJURED & set(kinds[1:]):
            kinds = ["harm"]  # 撞死撞伤20人
        ahead, update = scan + 1, False
        while ahead < len(tokens) and tokens[ahead].kind in cues.TO_A_NUMBER:
            token = tokens[ahead]
            if token.kind == "unclear":
                self._raise([token.kind for token in tokens[at:ahead]], (tokens[at].start, token.end))
                return ahead + 1
            if token.kind == "deny":
                if not denied_behind(self.text, tokens, scan, ahead):
                    break
                self._zero(strongest(kinds), (tokens[at].start, token.end))
                return ahead + 1
            update = update or token.kind == "update"
            if token.kind == "count":
                after = ahead + 1
                old = after < len(tokens) and tokens[after].kind == "update" and tokens[after].start - token.end <= 6
                if old and cues.FROM.search(self.text, tokens[scan].end, token.start):
                    ahead = after  # 由2人上升为3人: the first number is what was
                    continue
                if kinds == ["harm"] and after < len(tokens) and tokens[after].kind in CASUALTY:
                    if tokens[after].start == token.end:
                        break  # 伤亡数字上升为8死23伤: each number has a harm of its own
                weak = set(kinds) <= {"safe", "hospital"}
                apart = self.text[tokens[scan].end : token.start].isspace()  # 食物中毒 3人没事
                if apart and self.here is not None and not self.here.kinds:
                    break  # 司机失联 29人在现场
                apart = apart or self._is_event(tokens[at].start, tokens[scan].end, kinds)
                next_is_safe = after < len(tokens) and tokens[after].kind == "safe"
                behind_it: list[str] = []
                if weak or apart or next_is_safe:
                    _, beyond = counted(self.text, tokens, ahead, 0) if apart else (None, ahead + 1)
                    behind_it = following(self.text, self.tokens, beyond)[0]
                denied = after < len(tokens) and tokens[after].kind == "deny"
                safe = set(behind_it) == {"safe"} and next_is_safe and not denied and self._alone_behind(ahead)
                own = bool(behind_it) and (weak or apart or safe)
                own = own or (apart and not cues.CLAUSE_END.match(self.text, token.end))
                if own or not (update or glued(self.text, tokens[scan], token)):
                    break  # 救出3名被困学生: the number belongs to what follows it
                if kinds == ["harm"] and token.number and token.number.high == 0:
                    self._zero(kinds, (tokens[at].start, token.end))
                    return ahead + 1
                if old:
                    ahead = after
                    continue
                return self._numbered(at, ahead, strongest(kinds), update)
            ahead += 1
        behind = tokens[scan + 1] if scan + 1 < len(tokens) else None
        if behind and behind.kind in ("one", "pair") and self._is(tokens[scan], behind):
            group, end = implied(self.text, tokens, scan + 1, self._next())
            self.groups.append(group)
            for kind in strongest(kinds):
                self._add(kind, group, (tokens[at].start, group.end))
            return end
        if behind and self._uncounted(tokens[scan].end, behind, kinds):
            group, end = implied(self.text, tokens, scan + 1, self._next())
            self.groups.append(group)  # 轻伤若干
            for kind in strongest(kinds):
                self._add(kind, group, (tokens[at].start, group.end))
            return end
        if behind and behind.kind != "count" and befalls(self.text, tokens[at].start - 1, tokens[scan], behind):
            group, end = implied(self.text, tokens, scan + 1, self._next())
            self.groups.append(group)
            for kind in strongest(kinds):
                self._add(kind, group, (tokens[at].start, group.end))
            return end
        self._bare(at, scan, kinds)
        return scan + 1

    def _alone_behind(self, at: int) -> bool:
        """No number follows this one in its clause (中毒15人出院, not 死亡2人救出3人)."""
        for token in self.tokens[at + 1 : at + LISTED]:
            if token.kind in ("comma", "colon", "open", "close"):
                return True
            if token.kind == "count":
                return False
        return True

    def _is(self, harm: Token, who: Token) -> bool:
        """死者为司机, 死者张某."""
        if cues.IS.fullmatch(self.text, harm.end, who.start):
            return True
        named = "某" in self.text[who.start : who.end] or self.text.startswith("某", who.end)
        return named and who.start == harm.end and self.text[harm.start : harm.end] in ("死者", "伤者")

    def _uncounted(self, end: int, behind: Token, kinds: Sequence[str]) -> bool:
        """轻伤若干."""
        several = self.text[behind.start : behind.end] in ("若干", "多人", "多名", "多例")
        return behind.kind == "some" and several and behind.start == end and not {"harm", "safe"} & set(kinds)

    def _numbered(self, at: int, number: int, kinds: list[str], update: bool) -> int:
        group, scan = counted(self.text, self.tokens, number, self._next(), harmed=True)
        behind = self.tokens[scan] if scan < len(self.tokens) else None
        if group.stated is None and behind and behind.kind == "unclear":
            self._raise(kinds, (self.tokens[at].start, behind.end))  # 伤了几个还不清楚
            return scan + 1
        self.groups.append(group)
        self.renewing = self.remainder = False
        if update:
            self.flags.add("update")
        none = group.high == 0
        before = max(0, self.tokens[at].start - 3)
        if none and ("running" in self.flags or cues.NOW.search(self.text, before, self.tokens[at].start)):
            self.flags.add("update")
        for kind in kinds:
            self._of_a_place(kind, group, self.tokens[at].start)
            self._add(kind, group, (self.tokens[at].start, group.end), zero=none)
        if cues.NO_MORE.match(self.text, group.end) and set(kinds) <= {"trapped", "missing"}:
            self._out(kinds, (self.tokens[at].start, group.end))
        self.flags -= {"other", "update", "new", "included"}
        self.subject = self.here = group
        return scan + 1 if self._own_noun(group, scan) else scan

    def _own_noun(self, group: Group, at: int) -> bool:
        """夹伤1名保洁，手指骨折: the noun of a number is nobody else; 死3个司机重伤 goes on with another one."""
        own = self.tokens[at] if at < len(self.tokens) else None
        if own is None or own.kind != "one" or self.text[group.end - 1] == "人":
            return False
        ahead = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        again = ahead is not None and ahead.kind == "ill" and "ill" in group.kinds  # 发病1名男子发烧
        if ahead is not None and ahead.kind != "comma" and not again and ahead.start - own.end <= 2:
            return False
        return cues.OWN_NOUN.fullmatch(self.text, group.end, own.start) is not None

    def _none_and(self, at: int) -> int:
        """没有死亡: none; 没有死亡和失联、被困: nor of what is listed with it."""
        first, scan = self.tokens[at], at + 1
        self._zero((_NONE_OF[first.kind],), (first.start, first.end))
        while scan + 1 < len(self.tokens):
            mark, harm = self.tokens[scan : scan + 2]
            behind = self.tokens[scan + 2] if scan + 2 < len(self.tokens) else None
            own = behind is not None and behind.kind == "count" and behind.start - harm.end <= 1
            near = mark.start == self.tokens[scan - 1].end and harm.start == mark.end
            listed = mark.kind == "enum" and harm.kind in CASUALTY - {"safe", "hospital", "harm"}
            if not (listed and near) or own or cues.LISTED_END.match(self.text, harm.end) is None:
                break
            self._zero((harm.kind,), (first.start, harm.end))
            scan += 2
        return scan

    # --------------------------------------- 司机当场死亡: no number at all

    def _people(self, at: int) -> int:
        group, scan = implied(self.text, self.tokens, at, self._next())
        if cues.AGENT.search(self.text, max(0, group.start - 3), group.start):
            return scan
        ahead = self.tokens[scan] if scan < len(self.tokens) else None
        if ahead and ahead.kind == "count" and self.text[group.end : ahead.start].strip() in ("", "等"):
            return scan  # 母女二人: the number follows
        if cues.MYSELF.search(self.text, max(0, group.start - 12), group.start):
            return scan
        if group.folk and cues.AT_WORK.match(self.text, group.start):
            return scan
        if self.here is not None and group.folk and (not self.here.kinds or group.start == self.here.end):
            return scan  # an object: 歹徒砍伤学生
        if group.implied and not group.unknown and ahead and ahead.kind == "enum" and self._counts(scan + 1):
            start = self.tokens[scan + 1].start
            if cues.AND.fullmatch(self.text, group.end, start):
                return self._count(scan + 1, group)
        self.groups.append(group)
        self.here = group
        fresh = (group.unknown or group.folk) and self.subject is not None and not self.subject.kinds
        if not fresh and not cues.TALK.match(self.text, group.end):
            self.subject = group
        return scan

    def _counts(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].kind == "count"

    # --------------------------------------- 无人员伤亡: none

    def _deny(self, at: int) -> int:
        found = denial(self.text, self.tokens, at, self.here is not None or self.subject is not None)
        if found.known:
            self._zero(found.kinds, found.span)
        else:
            self._raise(found.kinds, found.span)
        return found.end
