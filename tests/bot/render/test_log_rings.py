"""What each ring about an entry says: how long there is still, that it is time, how long it is past; never the same."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.render.cases import CaseView
from bot.render.log import words
from plans.core.command import SYSTEM
from plans.core.keys import SEAT
from plans.core.notice import Notice
from plans.desk.entry_rings import EntryWake, rings_at
from plans.desk.entry_state import Want
from tests.factories import CAMPUS, START
from tests.plans.desk.test_entry_rings import Desk

DUE = START + timedelta(hours=9)
WANTS = {
    "a time": Want(at=DUE, what="反馈"),
    "one of two": Want(options=(DUE, DUE + timedelta(hours=12)), words="12点前", what="反馈"),
}


@pytest.mark.parametrize("where", ["private", "command"])
@pytest.mark.parametrize("which", WANTS)
@pytest.mark.parametrize("late", [0, 7])
def test_no_two_rings_read_the_same_and_each_says_what_is_so(which: str, where: str, late: int):
    desk, said = Desk(WANTS[which]), dict[str, str]()
    while (at := rings_at(desk.entry)) is not None:
        desk.now = max(at, desk.now) + timedelta(minutes=late)
        desk.do(EntryWake(), SYSTEM)
        view = CaseView(plan=CAMPUS, case=desk.entry, now=desk.now, place_kind=where)
        key = "entry_over" if desk.rung[-1][1].over else "entry_due"
        made = words(Notice(kind="reminder", key=key, to=SEAT), view)
        text = made if isinstance(made, str) else made.plain
        left = DUE - desk.now
        minutes = abs(int(left.total_seconds())) // 60
        hours = f"{minutes // 60}小时" if minutes >= 60 else ""
        span = f"{hours}{minutes % 60}分钟" if minutes % 60 else hours
        expected = "到时了" if not minutes else f"{'还有' if left > timedelta() else '已过'}{span}"
        assert expected in text, (expected, text)
        assert text not in said.values()
        said[desk.now.isoformat()] = text
    assert len(said) == 4
