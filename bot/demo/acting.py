"""Plays a scene in the town: lets people write and press, and waits until everybody sees what must be seen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from bot.clock import VirtualClock
from bot.demo.postman import Postman
from bot.demo.script import Act, Script, Scripted
from bot.demo.stage import Look, NotPlayed, Step
from bot.demo.town import Town
from bot.playground import Person, Seen

PATIENCE = 150
"""Virtual seconds, and looks, after which what does not appear is given up."""


class Acting:
    """One scene in one town.

    Args:
        script: the scene.
        town: freshly built; people may have done some of the script by hand meanwhile.
        postman: lets messages come out.
        clock: the town's.
        ahead: returns the next deadline or reminder, None when there is none.
    """

    def __init__(
        self,
        script: Script,
        town: Town,
        postman: Postman,
        clock: VirtualClock,
        ahead: Callable[[], Awaitable[datetime | None]],
    ) -> None:
        self.script, self._town, self._postman, self._clock, self._ahead = script, town, postman, clock, ahead
        self._done = 0
        self.performed: list[Act] = []
        """What was done by the script, in order; what people had done before is not among it."""

    @property
    def over(self) -> bool:
        """Whether the last step is played."""
        return self._done == len(self.script.steps)

    async def step(self) -> Step:
        """Play the next step and return what to show.

        Raises:
            NotPlayed: something did not appear; the step may be tried again.
        """
        scripted = self.script.steps[self._done]
        moment = await self._ahead() if scripted.next else scripted.moment(self.script.begins)
        if moment is not None:
            await self._clock.advance_to(moment)
        popups = [said for number in range(len(scripted.acts)) if (said := await self._act(scripted, number))]
        await self._seen(scripted.end)
        self._done += 1
        return Step(
            scene=self.script.key,
            number=self._done,
            of=len(self.script.steps),
            text=scripted.text,
            clause=scripted.clause,
            looks=tuple(self._look(screen, words) for screen, words in scripted.look.items()),
            popups=tuple(popups),
        )

    # Doing

    async def _act(self, scripted: Scripted, number: int) -> str:
        act = scripted.acts[number]
        end = self._end(scripted, number)
        if await self._holds(end):
            return ""
        person, chat = self._screen(act.screen)
        self.performed.append(act)
        press = None
        if act.press:
            line = await self._line(person, chat, act.about, act.press)
            press = person.press(line, act.press)
        elif act.voice:
            person.send_voice(chat)
        else:
            answered = await self._line(person, chat, act.reply) if act.reply else None
            person.send(chat, act.say, reply_to=answered)
        await self._seen(end)
        return f"{act.who}：{press.text}" if press is not None and press.text else ""

    def _end(self, scripted: Scripted, number: int) -> Mapping[str, tuple[str, ...]]:
        """Return what shows that an act is done."""
        act = scripted.acts[number]
        if act.done:
            return {act.screen: (act.done,)}
        if act.say:
            return {act.screen: (act.say,)}
        return scripted.end

    async def _line(self, person: Person, chat: str, words: str, label: str = "") -> Seen:
        def found() -> Seen | None:
            lines = [line for line in person.timeline(chat) if words in line.text]
            return next((line for line in reversed(lines) if not label or label in line.labels()), None)

        for _ in range(PATIENCE):
            if (line := found()) is not None:
                return line
            if not await self._postman.step():
                break
        if (line := found()) is not None:
            return line
        raise NotPlayed(f"{person.name}没有看到「{label or words}」", label or words)

    # Looking

    async def _seen(self, wanted: Mapping[str, tuple[str, ...]]) -> None:
        for _ in range(PATIENCE):
            if await self._holds(wanted):
                return
            if not await self._postman.step():
                break
        for screen, words in wanted.items():
            for one in words:
                if not self._sees(screen, one):
                    raise NotPlayed(f"{screen.replace('@', '在')}没有看到「{one}」", one)

    async def _holds(self, wanted: Mapping[str, tuple[str, ...]]) -> bool:
        await self._clock.settle()
        asked = [(screen, one) for screen, words in wanted.items() for one in words]
        return bool(asked) and all(self._sees(screen, one) for screen, one in asked)

    def _sees(self, screen: str, words: str) -> bool:
        person, chat = self._screen(screen)
        return any(words in line.text or words in line.labels() for line in person.timeline(chat))

    def _screen(self, screen: str) -> tuple[Person, str]:
        who, _, where = screen.partition("@")
        person = self._town.people[who]
        return person, self._town.groups[where].key if where else str(person.id)

    def _look(self, screen: str, words: tuple[str, ...]) -> Look:
        person, chat = self._screen(screen)
        return Look(person=person.id, chat=chat, words=words)
