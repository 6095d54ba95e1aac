"""Those who read and act: a screen with what stands on it, a person before it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.contract.seen import WADUL, Answer, Seen

if TYPE_CHECKING:
    from tests.contract.place import Place


@dataclass(eq=False)
class Screen:
    """One chat as it is read: a citizen's phone, or a department's group with the threads in it."""

    place: Place
    name: str
    chat: Any
    read: set[str] = field(default_factory=set)

    async def reads(self, *words: str) -> Seen:
        """The next message of Wadul that nobody read yet: it must be this one."""
        seen = await self.place.until(self._unread, f"{self.name} should read {words}")
        assert seen.has(*words), f"{self.name} reads {seen.text!r}, which lacks one of {words}\n{self.place.transcript}"
        self.read.add(seen.id)
        return seen

    async def shows(self, seen: Seen, *words: str, offers: str = "") -> Seen:
        """The message as it stands once it says this and offers that button."""

        async def changed() -> Seen | None:
            now = await self.now(seen)
            ok = now is not None and now.has(*words) and (not offers or now.offers(offers))
            return now if ok else None

        return await self.place.until(changed, f"{self.name}: {seen.text[:40]!r} shows {words} {offers}")

    async def now(self, seen: Seen) -> Seen | None:
        """A message as it stands now."""
        return next((each for each in await self.place.look(self) if each.id == seen.id), None)

    async def reads_nothing_more(self) -> None:
        """Everything is sent, and all of it was read."""
        await self.place.idle()
        unread = await self._unread()
        assert unread is None, f"{self.name} also reads {unread.text!r}\n{self.place.transcript}"

    async def _unread(self) -> Seen | None:
        every = await self.place.look(self)
        return next((each for each in every if each.by == WADUL and each.id not in self.read), None)


@dataclass(eq=False)
class Person:
    """Somebody with a screen: a citizen at their phone, or a member of staff in their group."""

    place: Place
    name: str
    account: Any
    screen: Screen

    async def says(self, text: str = "", *, to: Seen | None = None, photo: bool | bytes = False) -> Seen:
        """Write, reply to a message, send a picture (of these bytes); what was written, as it stands on the screen."""
        await self.place.pause()
        self.place.transcript.says(self.name, self.screen.name, text, to=to, photo=bool(photo))
        return await self.place.send(self, text, to=to, photo=photo)

    async def uses(self, word: str, text: str = "", *, to: Seen | None = None) -> None:
        """Use a chat word, as the channel offers it: typed, or as a slash command; under a card or anywhere."""
        await self.place.pause()
        self.place.transcript.says(self.name, self.screen.name, f"/{word} {text}".strip(), to=to)
        await self.place.word(self, word, text, to=to)

    async def presses(self, seen: Seen, words: str) -> Answer:
        """Press a button of a message as it was seen."""
        await self.place.pause()
        answer = await self.place.push(self, seen, seen.key(words))
        self.place.transcript.presses(self.name, self.screen.name, words, answer)
        return answer

    async def chooses(self, seen: Seen, *words: str) -> Answer:
        """Press one button of a card after the other, each as soon as the card offers it."""
        answer = Answer()
        for each in words:
            seen = await self.screen.shows(seen, offers=each)
            answer = await self.presses(seen, each)
            assert not answer.barred, f"{self.name} cannot press {each!r}"
            await self.place.idle()
        return answer

    async def fills(self, seen: Seen, words: str, sentence: str) -> Answer:
        """Press a button that wants a sentence and give it: in the form it opens, or as a reply to the question."""
        answer = await self.chooses(seen, words)
        if answer.form is None:
            await self.says(sentence, to=await self.screen.reads(self.name))
            return Answer()
        return await self.submits(answer, sentence)

    async def is_told(self, answer: Answer, *words: str) -> None:
        """What somebody gave was not taken, and they read why: alone, or in the group as a reply to it."""
        if answer.words:
            assert all(each in answer.words for each in words), answer
        else:
            await self.screen.reads(*words)

    async def submits(self, answer: Answer, sentence: str) -> Answer:
        """Send a form that a press opened."""
        await self.place.pause()
        self.place.transcript.says(self.name, self.screen.name, sentence)
        return await self.place.submit(self, answer, sentence)
