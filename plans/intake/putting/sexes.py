"""How many of those counted are men and how many women adds nobody: 收治7人，男5女2 are seven."""

from __future__ import annotations

import re
from itertools import islice

from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.replacing import FILL

_N = r"(?:\d{1,4}|[一二两三四五六七八九十]{1,4})"
_OF = r"(?:性|的)?(?:有|是|各)?"
_SEXES = lazy(
    rf"[,(、:]? ?(?:其中)?(?:男{_OF}(?P<a>{_N})[人名个]?[,、和 ]?女{_OF}(?P<b>{_N})[人名个]?|"
    rf"(?P<c>{_N})[人名个]?男(?:性)?[,、和 ]?(?P<d>{_N})[人名个]?女(?:性)?)\)?(?=[,。;!?\n)]|$)"
)
_COUNT = lazy(rf"(?P<n>{_N})[人名个位例](?=[^\d]{{0,12}}$)")
_REACH = 24
_MOST = 8


def without_sexes(heard: str) -> str:
    """Masked text without these, where they come to the number before them; offsets stay as they were."""

    def left_out(match: re.Match[str]) -> str:
        before = _COUNT.search(heard, max(0, match.start() - _REACH), match.start())
        parts = [number for name in "abcd" if match[name] for number in islice(numbers(match[name]), 1)]
        whole = next(numbers(before["n"]), None) if before is not None else None
        if whole is None or len(parts) != 2 or sum(part.low for part in parts) != whole.low:
            return match[0]
        return FILL * len(match[0])

    return _SEXES.sub(left_out, heard, count=_MOST)
