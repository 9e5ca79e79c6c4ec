"""Plays a scene in the town: lets people write and press, and waits until everybody sees what must be seen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

from bot.clock import VirtualClock
from bot.demo.postman import Postman
from bot.demo.script import Act, Script, Scripted, picture
from bot.demo.stage import Look, NotPlayed, Step
from bot.demo.town import Town
from bot.playground import Person, Seen

PATIENCE = 150
"""Virtual seconds, and looks, after which what does not appear is given up."""


class Performance:
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
            await self._clock.advance_to(moment.astimezone(UTC))
        popups = [text for number in range(len(scripted.acts)) if (text := await self._act(scripted, number))]
        if any(scripted.end.values()):
            await self._seen(scripted.end)
        self._done += 1
        return Step(
            scene=self.script.key,
            number=self._done,
            of=len(self.script.steps),
            text=scripted.text,
            clause=scripted.clause,
            looks=tuple(self._look(screen, words) for screen, words in scripted.look.items()),
            wall=scripted.wall,
            popups=tuple(popups),
        )

    # Doing

    async def _act(self, scripted: Scripted, number: int) -> str:
        act = scripted.acts[number]
        person, chat = self._screen(act.screen)

        def ended() -> bool:
            if act.popup:
                return any(act.popup in (answered.text or "") for answered in person.popups(chat))
            return self._gone(act) if act.gone else self._all_seen(self._end(scripted, number))

        await self._clock.settle()
        if ended():
            return ""
        self.performed.append(act)
        press = None
        if act.press:
            line = await self._line(person, chat, act)
            press = person.press(line, next(label for label in line.labels() if act.presses(label)))
        elif act.voice:
            person.send_voice(chat)
        elif act.photo:
            person.send_photo(chat, picture(act.photo).read_bytes())
        else:
            person.send(chat, act.say, reply_to=await self._line(person, chat, act) if act.reply else None)
        if not await self._comes(ended):
            self._complain(self._end(scripted, number))
        return f"{act.who}：{press.text}" if press is not None and press.text else ""

    def _end(self, scripted: Scripted, number: int) -> Mapping[str, tuple[str, ...]]:
        """Return what shows that an act is done."""
        act = scripted.acts[number]
        if act.done:
            return act.done
        return {act.screen: (act.say,)} if act.say else scripted.end

    def _gone(self, act: Act) -> bool:
        """Return whether the newest message with these words is there, without the button."""
        person, chat = self._screen(act.screen)
        lines = [line for line in person.timeline(chat) if act.about in line.text]
        return bool(lines) and not any(map(act.presses, lines[-1].labels()))

    async def _line(self, person: Person, chat: str, act: Act) -> Seen:
        """Return the newest message that the act presses or answers, once it is there."""

        def newest() -> Seen | None:
            lines = [line for line in person.timeline(chat) if (act.about or act.reply) in line.text]
            return next((one for one in reversed(lines) if not act.press or any(map(act.presses, one.labels()))), None)

        await self._comes(lambda: newest() is not None)
        line = newest()
        if line is None:
            raise NotPlayed(f"{person.name}没有看到「{act.press or act.reply}」")
        return line

    # Looking

    async def _comes(self, condition: Callable[[], bool]) -> bool:
        """Let messages come out until a condition holds; return whether it did."""
        for _ in range(PATIENCE):
            if condition():
                return True
            if not await self._postman.step():
                break
        return condition()

    async def _seen(self, wanted: Mapping[str, tuple[str, ...]]) -> None:
        if not await self._comes(lambda: self._all_seen(wanted)):
            self._complain(wanted)

    def _complain(self, wanted: Mapping[str, tuple[str, ...]]) -> None:
        for screen, words in wanted.items():
            for one in words:
                if not self._sees(screen, one):
                    raise NotPlayed(f"{screen.replace('@', '在')}没有看到「{one}」")
        raise NotPlayed("按钮还在")

    def _all_seen(self, wanted: Mapping[str, tuple[str, ...]]) -> bool:
        items = [(screen, one) for screen, words in wanted.items() for one in words]
        return bool(items) and all(self._sees(screen, one) for screen, one in items)

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
