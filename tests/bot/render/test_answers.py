"""One table of answers: what is added to it is shown wherever answers are, and nothing else has to be written."""

import pytest

from bot.render import call_table, card, export, preview_declare, timeline_text, written_report
from bot.render.labels import label
from plans.core.notice import Press
from plans.incident.judging import Judge
from plans.incident.levels import Declare
from plans.incident.seat import TakeHandling
from plans.incident.units import ANSWERS, Acknowledge, Answer
from tests.bot.render.story import DIRECTOR, LIAISON, Story

STUCK = "堵在路上"


@pytest.fixture
def stuck(monkeypatch) -> Story:
    monkeypatch.setitem(ANSWERS, STUCK, Answer(STUCK, progress=2, under_way=True))
    story = Story().report("03:07").do("03:08", TakeHandling()).do("03:09", Judge(fact="capacity", option="local"))
    story.do("03:10", Declare(level="Ⅲ"), DIRECTOR)
    return story.do("03:20", Acknowledge(status=STUCK), LIAISON)


def test_a_new_answer_is_shown_wherever_answers_are(stuck):
    assert f"{STUCK}（1）：" in call_table(stuck.view("group")).text
    assert f"{STUCK}1" in card(stuck.view("group")).text
    assert f"{STUCK} 03:20" in export(stuck.view())
    assert f"{STUCK}：" in written_report(stuck.view(), "续报")
    assert any(timeline_text(notice, view).endswith(f"：{STUCK}") for notice, view in stuck.told)
    press = Press(action="ack", label="answer", object="call", args={"unit": "", "status": STUCK})
    assert label(press, stuck.view()) == STUCK


def test_who_is_under_way_is_not_called_again(stuck):
    (unit,) = [name for name, call in stuck.incident.calls.items() if call.status == STUCK]
    units = next(
        key.press.args["units"]
        for row in preview_declare(stuck.view(), "Ⅱ").rows
        for key in row
        if key.press.action == "declare"
    )
    assert unit not in units and units
