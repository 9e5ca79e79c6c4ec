"""What a drill found wanting, in words: as a finding, as the text of the instruction that mends it, as its button."""

from __future__ import annotations

from bot.clock import SHANGHAI
from bot.render.cases import CaseView
from bot.render.text import Text, fill, written
from bot.render.times import at
from bot.scenario.actors import unit_called
from bot.texts import directing as d
from bot.texts import drill_paper as p
from bot.texts import mending as t
from bot.texts import words as w
from plans.desk.drill_state import LATE, Drill
from plans.desk.evaluating import verdict_of
from plans.desk.mending import findings, look_of


def finding_words(view: CaseView, finding: str) -> str:
    """Return a finding in a line: which look was late or not met, which units never answered."""
    state = _drill(view)
    item = look_of(state, finding)
    if item is None:
        names = w.LIST.join(unit_called(view.plan, unit) for unit in state.silent)
        return p.MEND_SILENT.format(count=len(state.silent), names=names)
    template = p.MEND_LATE if verdict_of(item) == LATE else p.MEND_UNMET
    return template.format(number=item.number, look=written(item.text, 200))


def _short(view: CaseView, finding: str) -> str:
    state = _drill(view)
    return finding_words(view, finding) if look_of(state, finding) else d.SILENT.format(count=len(state.silent))


def label(view: CaseView, finding: str) -> str:
    """Return what stands on the button that makes an instruction of it."""
    state = _drill(view)
    item = look_of(state, finding)
    of = d.SILENT.format(count=len(state.silent)) if item is None else f"{item.number}.{item.text}"
    return f"{d.LABELS['drill_mend']}：{of}"


def lines(view: CaseView) -> list[Text]:
    """Return which findings are instructions, and how many are not."""
    state = _drill(view)
    found = findings(state)
    done = [
        d.MEND_ITEM.format(
            finding=_short(view, finding), number=state.mended[finding].number,
            stands=t.STANDS[state.mended[finding].stands],
        )
        for finding in found
        if finding in state.mended
    ]  # fmt: skip
    left = len(found) - len(done)
    said = [fill(d.MENDED, items=w.SEMICOLON.join(done))] if done else []
    return said + ([fill(d.MEND_LEFT, count=left)] if left else [])


def instruction_text(view: CaseView, finding: str) -> str:
    """Return the text with which the instruction of a finding is drafted."""
    state = _drill(view)
    item = look_of(state, finding)
    said = ""
    if item is None:
        what = t.SILENT
    else:
        look, checked = written(item.text, 200), item.checked
        what = t.UNMET.format(look=look)
        if verdict_of(item) == LATE and checked is not None:
            times = {"due": at(item.played_at, view.now), "done": at(checked.at, view.now)}
            what = t.LATE.format(look=look, **times)
        words = w.SEMICOLON.join(written(words, 200) for _, words in item.words if words)
        said = t.SAID.format(words=words) if words else ""
    begun = state.begun_at.astimezone(SHANGHAI) if state.begun_at is not None else view.now
    date = w.DAY_OF_YEAR.format(year=begun.year, month=begun.month, day=begun.day)
    return t.TEXT.format(title=written(state.title, 60), date=date, what=what, said=said)


def _drill(view: CaseView) -> Drill:
    if not isinstance(view.case, Drill):
        raise TypeError(f"{view.case.stream} is no drill that is played")
    return view.case
