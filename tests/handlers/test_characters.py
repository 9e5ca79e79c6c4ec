"""Characters that no document can hold are cut on the way in and on the way out; a channel's post opens nothing."""

from __future__ import annotations

import io
from datetime import timedelta

from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.exchange.paper import laid_out
from bot.main.program import cut
from bot.paper import text_of
from bot.render import View, export, report_papers, written_report
from plans.cells import legible
from plans.core.command import Actor
from plans.incident.corrections import Correct
from plans.incident.evidence import AddEvidence
from plans.incident.filing import File
from plans.incident.judging import Verify
from plans.incident.levels import Declare
from plans.incident.owed import Waive
from plans.incident.requests import RequestVerification
from plans.incident.seat import TakeHandling
from plans.incident.units import Acknowledge
from tests.factories import DIRECTOR, START, Life, declared, liaison
from tests.journeys.world import Town

NASTY = "火\ufffe\uffff\ufdd0\x00\x01\x0b\x1f\x7f\ud800灾"
GOOD = legible(NASTY)

words = st.text(
    st.one_of(
        st.characters(), st.sampled_from("\x00\x01\x0b\x0c\x1f\x7f\ufffe\uffff\ufdd0\ufdef\ud800\udfff\u202e"),
        st.sampled_from("伤亡3人"),
    ),
    min_size=1, max_size=30,
)  # fmt: skip


def holds(text: str) -> bool:
    """Whether a document and a message can hold a text."""
    text.encode("utf-8")
    return legible(text) == text.replace("\v", "\n")


@settings(max_examples=40, deadline=None)
@given(said=words)
def test_whatever_stands_in_a_log_every_export_can_hold_it(said):
    """Logs from before they were cut hold such characters: every text input of a case, every export of it."""
    one = Actor(id="duty", name=said, roles=frozenset({"duty"}))
    life = Life()
    life.report(by=Actor(id="school", name=said, roles=frozenset({"reporter"})), text=said, place=said, informant=said)
    life.do(TakeHandling(), one, "+11m")
    life.decide(Verify(facts={"injuries": 4}, event_level="一般", reason=said), one, "+12m")
    life.do(Declare(level="Ⅲ", reason=said, expected=said), DIRECTOR, "+15m")
    unit = next(iter(life.incident.calls))
    life.do(Acknowledge(status="来不了", note=said), liaison(unit), "+16m")
    life.do(File(report="首报", to=("区委",), taker=said), one, "+17m")
    life.decide(Correct(facts={"injuries": 3}, reason=said), one, "+18m")
    life.decide(RequestVerification(recipient="市委", question=said), one, "+19m")
    item = next(item for item in life.incident.open_instances if item.by_office)
    life.decide(Waive(obligation=item.key, reason=said), one, "+20m")
    life.do(AddEvidence(kind="document", reference="x", name=said, caption=said, sent_at=START), one, "+21m")
    view = View(plan=life.plan, incident=life.incident, now=life.now + timedelta(minutes=1))
    assert holds(export(view, "未发现改动"))
    texts = [written_report(view, report) for report in ("首报", "续报", "终报", "更正", "核实答复")]
    assert all(map(holds, texts))
    papers = [one.paper for key in life.incident.instances for one in report_papers(view, key)]
    assert all(holds(text_of(one)) for one in papers)
    Document(io.BytesIO(laid_out(papers[0], view.now)))  # one of them: to make one takes longer than the rest


@settings(max_examples=60, deadline=None)
@given(said=words)
def test_whatever_an_update_says_is_cut_on_the_way_in(said):
    raw = {"message": {"text": said, "from": {"first_name": said}, "photo": [{"file_name": said}], "n": 1}}
    found = cut(raw)["message"]
    assert found["text"] == found["from"]["first_name"] == found["photo"][0]["file_name"] == legible(said)
    assert found["n"] == 1


def test_an_update_of_any_depth_is_cut():
    raw: dict = {}
    inner = raw
    for _ in range(5000):
        inner["a"] = {}
        inner = inner["a"]
    inner["text"] = NASTY
    cut(raw)
    assert inner["text"] == GOOD


async def test_names_words_captions_reasons_and_files_come_in_without_them():
    async with Town.open() as town:
        bad = "\ufffe\x01"
        town.world.state.users[town.head.id].first_name = f"赵{bad}校长"
        await town.say(town.head, town.bot, f"食堂{bad}起火，2人受伤")
        town.head.send_photo(town.bot, caption=f"现场{bad}照片")
        await town.settle()
        await town.say(town.duty, town.bot, f"/correct 1 受伤3人，{bad}核对")
        await town.say(town.duty, town.bot, f"/file 1 首报 区委 电话 接报王{bad}五")
        incident = await town.incident()
        assert incident.text == "食堂起火，2人受伤" and incident.reporter == "赵校长"
        assert all(bad[0] not in str(item.event) and bad[1] not in str(item.event) for item in incident.events)
        await town.say(town.duty, town.bot, "/export 1")
        record, document = town.texts(town.duty)[-2:]
        assert holds(record) and "王五接" in record and holds(document)


async def test_a_post_in_a_channels_name_opens_no_incident():
    async with Town.open() as town:
        heard = town.count(town.duty, town.group)
        for number in range(3):
            await town.say(town.deputy, town.group, f"/report@tocsin_bot {number}号楼起火，3人受伤", channel="我的频道")
        assert not await town.incidents()
        assert len(heard.new) == 1 and "频道" in heard.new[0].text and "3人" not in heard.new[0].text
        await town.say(town.deputy, town.group, "/report@tocsin_bot 食堂起火，3人受伤")
        assert len(await town.incidents()) == 1


def test_the_letters_of_a_case_are_legible():
    life = declared()
    assert holds(export(View(plan=life.plan, incident=life.incident, now=life.now), ""))
    assert GOOD == "火\n灾" or GOOD == "火灾"
