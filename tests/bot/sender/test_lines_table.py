"""Whatever became of a case above or below, what goes up finds it, and so do questions and answers."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from bot.service import NewReport
from plans.core.policy import DEFAULT_POLICY
from plans.incident.asking_back import AskBack
from plans.incident.closing import Close, Reject, Reopen
from plans.incident.corrections import Correct
from plans.incident.ending import End
from plans.incident.facts import FactsStated, Update
from plans.incident.filing import File
from plans.incident.judging import Verify
from plans.incident.merging import Merge
from plans.incident.reporting import Reported
from plans.incident.seat import TakeHandling
from plans.incident.state import Incident
from plans.lines import crossing
from plans.obligations.demands import demanded
from plans.obligations.wanted import covered
from tests.bot.two_installations import WAYS, Pair
from tests.bot.two_offices import ABOVE, CITY, DISTRICT, TO, WORDS


@dataclass
class Story:
    """An incident of the district that went up to the city.

    Attributes:
        stream: the log of the district's case. log: of the city's, as it is now. said: words that went up.
    """

    pair: Pair
    stream: str
    log: str
    line: str = "l1"
    said: list[str] = field(default_factory=list)

    async def mine(self) -> Incident:
        return await self.pair.below.incident(self.stream)

    async def theirs(self) -> Incident:
        return await self.pair.city.incident(self.log)

    async def below(self, command: object) -> None:
        result = await self.pair.below.as_("district", command, self.stream)
        assert result.refusal is None, result.refusal

    async def above(self, command: object, log: str = "") -> None:
        result = await self.pair.city.as_("city", command, log or self.log)
        assert result.refusal is None, result.refusal

    async def up(self, report: str) -> None:
        """Submit what is owed of a kind of report, and let it arrive; the city takes what is new to it."""
        mine = await self.mine()
        demands = demanded(DISTRICT, mine, DEFAULT_POLICY)
        owed = [item for item in mine.open_instances if item.report == report and not item.possible]
        may = [(item, crossing(DISTRICT, item, covered(demands[item.key], mine), TO)) for item in owed]
        item, to = max(((item, to) for item, to in may if to), key=lambda pair: pair[0].opened_sequence)
        words = f"{report}，第{len(self.said)}件：{WORDS}"
        result = await self.pair.below.submit(self.stream, item.key, *to, text=words, line=self.line)
        assert result.refusal is None, result.refusal
        self.said.append(words)
        await self.pair.carry(seconds=2)
        await self.found(words)

    async def found(self, words: str) -> None:
        """Hold that words stand once in one case above that runs; what is new to the city says what it continues."""
        cases = [case for case in await self.pair.above() if words in _words(case)]
        assert len(cases) == 1 and cases[0].open, [(case.number, case.state) for case in cases]
        [case] = cases
        if case.stream != self.log and case.stream != (await self.theirs()).merged_into:
            assert case.informant.endswith("号") and "此前已报" in case.informant
            self.log = case.stream
        if not case.handled_by:
            await self.above(TakeHandling(), case.stream)
        await self.pair.carry(seconds=7)
        mine = await self.mine()
        last = list(mine.submissions.values())[-1]
        filed = [(item.recipient, item.called_at) for item in mine.filings]
        assert last.state == "taken" and all((name, last.at) in filed for name in last.to)


def _words(case: Incident) -> list[str]:
    return [item.event.text or "" for item in case.events if isinstance(item.event, Reported | FactsStated)]


async def begun(pair: Pair) -> Story:
    stream = await pair.below.report()
    await pair.below.submit(stream)
    await pair.carry(seconds=2)
    [case] = [case for case in await pair.above() if case.reporter_id.startswith("platform:")]
    story = Story(pair, stream, case.stream)
    await story.above(TakeHandling())
    await pair.carry(seconds=7)
    await story.below(Verify(facts={"ill": 30, "deaths": 0}, event_level="较大"))
    await story.below(File(report="首报", channel="电话"))
    await story.below(File(report="首报", channel="书面"))
    return story


# --- what becomes of the cases


async def plain(story: Story) -> None:
    """Nothing becomes of them."""


async def of_the_citys_own(story: Story) -> str:
    new = NewReport(
        plan_id=CITY.id, jurisdiction=ABOVE, text="市民来电：同一所学校学生呕吐", said_at=story.pair.city.clock.now()
    )
    return (await story.pair.city.as_("city", new)).streams[0]


async def merged_above(story: Story) -> None:
    other = await of_the_citys_own(story)
    await story.above(Merge(into=other, number=(await story.pair.city.incident(other)).number))
    story.log = other


async def merged_below(story: Story) -> None:
    other = await story.pair.below.report("同一件：实验小学食堂又有人来电，30名学生呕吐")
    into = await story.pair.below.incident(other)
    await story.below(Merge(into=other, number=into.number))
    story.stream = other
    await story.below(Verify(facts={"ill": 30, "deaths": 0}, event_level="较大"))
    for channel in ("电话", "书面"):
        await story.below(File(report="首报", channel=channel))


async def merged_below_with_a_case_above(story: Story) -> None:
    other = await story.pair.below.report("另一来电：实验小学食堂30名学生呕吐腹泻")
    words = f"另一来电的首报，{len(story.said)}"
    await story.pair.below.submit(other, text=words, line=story.line)
    await story.pair.carry(seconds=2)
    [case] = [case for case in await story.pair.above() if words in _words(case)]
    await story.above(TakeHandling(), case.stream)
    await story.pair.carry(seconds=7)
    into = await story.pair.below.incident(other)
    await story.below(Merge(into=other, number=into.number))
    story.stream = other
    await story.below(Verify(facts={"ill": 30, "deaths": 0}, event_level="较大"))
    for channel in ("电话", "书面"):
        await story.below(File(report="首报", channel=channel))
    story.log = case.stream


async def closed_above(story: Story) -> None:
    if (await story.theirs()).state in ("reported", "responding"):
        await story.above(End(reason="处置完毕"))
    while owed := [item for item in (await story.theirs()).open_instances if item.by_office]:
        channel = "电话" if owed[0].channel == "any" else owed[0].channel
        await story.above(File(report=owed[0].report, obligation=owed[0].key, to=owed[0].to, channel=channel))
    await story.above(Close())
    await story.pair.carry(seconds=7)


async def reopened_above(story: Story) -> None:
    await closed_above(story)
    await story.above(Reopen(reason="又有新情况"))


async def rejected_above(story: Story) -> None:
    await story.above(Reject(reason="市疾控中心排除"))
    await story.pair.carry(seconds=7)


async def another_line(story: Story) -> None:
    await story.pair.renew()
    async with story.pair.below.store.reading() as rx:
        story.line = next(line.id for line in await rx.lines.of() if line.holds)


BECAME = {
    "nothing": plain, "merged above": merged_above, "merged below": merged_below,
    "merged below, both had gone up": merged_below_with_a_case_above, "closed above": closed_above,
    "reopened above": reopened_above, "rejected above": rejected_above, "another line": another_line,
}  # fmt: skip


# --- what goes up and comes back


async def follow_up(story: Story) -> None:
    await story.below(Update(facts={"ill": 31}, text="发病31人"))
    await story.up("续报")


async def correction(story: Story) -> None:
    await story.below(Correct(facts={"ill": 29}, reason="重复计算"))
    await story.up("更正")


async def asked_and_answered(story: Story) -> None:
    """The city asks in the case as it stands there now; the question comes once, and its answer to who asked."""
    if not (await story.theirs()).open:  # nobody asks of what is over: what goes up next is asked about
        await follow_up(story)
    question = f"几年级？第{len(story.said)}问"
    await story.above(AskBack(question=question))
    await story.pair.carry(seconds=7)
    asked = [item for item in (await story.mine()).requests if item.question == question]
    assert len(asked) == 1 and asked[0].recipient in TO
    await story.up("核实答复")


async def withdrawal(story: Story) -> None:
    await story.below(Reject(reason="排除食物中毒"))
    await story.up("更正")


async def final(story: Story) -> None:
    await story.below(End(reason="处置完毕"))
    await story.up("终报")


GOES = (follow_up, correction, asked_and_answered)


FAR = ("merged above", "merged below, both had gone up", "closed above", "another line")
TABLE = [("together", became) for became in BECAME] + [("apart", became) for became in FAR]


@pytest.mark.parametrize(("way", "became"), TABLE)
async def test_whatever_became_of_the_cases(way: str, became: str) -> None:
    """What becomes of them becomes of them again before each thing that goes up."""
    async with WAYS[way]() as pair:
        story = await begun(pair)
        for goes in (*GOES, withdrawal if way == "together" else final):
            await BECAME[became](story)
            await goes(story)
