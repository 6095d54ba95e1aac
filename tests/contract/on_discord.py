"""The contract's people on Discord: simcord's server, channels with a thread for each case, private messages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import discord
import simcord
from simcord.actors import _component_interaction
from simcord.enums import ComponentType

from bot.channels.discord.words import CODE, INPUT, WORDS
from tests.contract.markdown import as_read, quote_as_read
from tests.contract.people import Person, Screen
from tests.contract.place import CITIZENS, MAP, STAFF, Place, photo_of
from tests.contract.seen import CODE as A_CODE
from tests.contract.seen import WADUL, Answer, Key, Seen
from tests.flows.discord_town import DiscordTown, discord_town
from tests.flows.wadul import REGION

NOTHING = "\u200b"


@dataclass(eq=False)
class OnDiscord(Place):
    """Sentences are forms; chat words are slash commands; words in the thread of a card are a note."""

    town: DiscordTown = field(kw_only=True)

    channel: ClassVar[str] = "discord"
    longest: ClassVar[int] = 2000
    lacks: ClassVar[Mapping[str, str]] = {MAP: "Discord's app has no way to send a place"}

    async def group(self, unit: str) -> Screen:
        return Screen(self, self.name_of(unit), self.town.channel(unit))

    def citizen(self, number: int = 0) -> Person:
        name = CITIZENS[number]
        if name not in self.people:
            account = self.town.citizen(name)
            self.people[name] = Person(self, name, account, Screen(self, f"HP {name}", account.dm_channel))
        return self.people[name]

    def staff(self, group: Screen, number: int = 0) -> Person:
        name = STAFF[number]
        if name not in self.people:
            self.people[name] = Person(self, name, self.town.staff(name), group)
        return Person(self, name, self.people[name].account, group)

    def phone_of(self, person: Person) -> Person:
        account = person.account.user
        return Person(self, person.name, account, Screen(self, f"HP {person.name}", account.dm_channel))

    def stranger(self, group: Screen) -> Person:
        return Person(self, "Orang lewat", self.town.env.create_user("Orang lewat"), group)

    def user_id(self, person: Person) -> str:
        return str(person.account.id)

    async def leaves(self, person: Person) -> None:
        self.town.guild.remove_member(person.account)

    async def edits(self, person: Person, said: Seen, text: str) -> None:
        await self.town.env.advance_time(1)  # each change has its own time
        await person.account.edit(said.raw, text)

    async def look(self, screen: Screen) -> list[Seen]:
        places = [screen.chat, *(screen.chat.threads if screen.chat.guild else ())]
        every = [message for place in places for message in place.history() if not message.flags.ephemeral]
        seen = [self._seen(message) for message in sorted(every, key=lambda message: message.id) if _written(message)]
        self.transcript.looked(screen.name, seen)
        return seen

    async def send(self, who: Person, text: str, *, to: Seen | None, photo: bool | bytes) -> Seen:
        if who.screen.chat.guild is None:
            return self._seen(await self._send_private(who, text, to, photo=photo))
        place, reply_to = self._under(who.screen, to)
        files = [("foto.jpg", photo_of(photo))] if photo else []
        return self._seen(await who.account.send(place, text, reply_to=reply_to, attachments=files))

    async def _send_private(self, who: Person, text: str, to: Seen | None, *, photo: bool | bytes) -> discord.Message:
        backend, chat = self.town.env.backend, who.screen.chat
        more: dict[str, Any] = {}
        if to:
            about = {"channel_id": str(chat.id), "message_id": to.id}
            more["reference"] = backend.normalize_message_reference(chat.id, about)
        if photo:
            more["attachments"] = backend.store_attachments(chat.id, [("foto.jpg", photo_of(photo))])
        sent: discord.Message = await who.account.send_dm(text, **more)
        return sent

    def _under(self, group: Screen, to: Seen | None) -> tuple[simcord.ChannelHandle, discord.Message | None]:
        """Where words about a message are written: in the thread of a card; elsewhere as a reply."""
        threads = {str(thread.id): thread for thread in group.chat.threads}
        if to is None:
            return group.chat, None
        if to.id in threads:
            return threads[to.id], None
        return threads.get(str(to.raw.channel.id), group.chat), to.raw

    async def word(self, who: Person, word: str, text: str, *, to: Seen | None) -> None:
        if who.screen.chat.guild is None:
            await who.account.slash(word, **_options(word, text))
            return
        place, _ = self._under(who.screen, to)
        await who.account.slash(place, word, **_options(word, text))

    async def push(self, who: Person, seen: Seen, key: Key) -> Answer:
        now = await who.screen.now(seen)
        try:
            if now and key in now.keys:
                pressed = await self._choose(who, now, key)
            else:  # the screen lags behind: the app sends what it still shows
                held = self.town.env.backend.get_message(seen.raw.channel.id, int(seen.id))
                data = {"custom_id": key.data, "component_type": ComponentType.BUTTON}
                pressed = await _component_interaction(who.account, held, data)
        except simcord.SetupError:
            return Answer(barred=True)
        return await self._answer(pressed)

    async def _choose(self, who: Person, now: Seen, key: Key) -> simcord.InteractionResult:
        """Press a button, or choose from a list where there are too many for buttons."""
        menu = next((each for each in _parts(now.raw) if key in _keys(each) and hasattr(each, "options")), None)
        if menu is None:
            return await who.account.click(now.raw, custom_id=key.data)
        return await who.account.select(now.raw, [key.data], custom_id=menu.custom_id)

    async def submit(self, who: Person, answer: Answer, text: str) -> Answer:
        return await self._answer(await who.account.submit_modal(answer.form, {INPUT: text}))

    async def _answer(self, pressed: simcord.InteractionResult) -> Answer:
        if pressed.modal is not None:
            return Answer(form=pressed)
        await self.idle()
        assert all(each.ephemeral for each in pressed.followups)
        return Answer("\n".join(as_read(each.content) for each in pressed.followups))

    def _seen(self, message: discord.Message) -> Seen:
        keys = tuple(key for part in _parts(message) for key in _keys(part))
        ours = message.author.id == self.town.client.me
        text = "\n".join(_lines(message)) if ours else message.content
        name = WADUL if ours else message.author.display_name
        return Seen(str(message.id), text, name, keys, len(message.attachments), message)


def _parts(message: discord.Message) -> list[Any]:
    """A message's buttons and lists, in order."""
    rows: list[Any] = message.components
    return [part for row in rows for part in row.children]


def _keys(part: Any) -> list[Key]:
    options = getattr(part, "options", None)
    return [Key(each.label, each.value) for each in options] if options else [Key(part.label, part.custom_id)]


def _written(message: discord.Message) -> bool:
    """Whether somebody wrote it: not the sign that a thread was opened, not the echo of a slash command."""
    return message.type in (discord.MessageType.default, discord.MessageType.reply) and not message.interaction_metadata


def _lines(message: discord.Message) -> Iterator[str]:
    if message.content:
        yield as_read(message.content)
    for embed in message.embeds:
        yield as_read(embed.title or "")
        yield quote_as_read(embed.description or "")
        for each in embed.fields:
            name, value = as_read(each.name or ""), as_read(each.value or "")
            yield value if name == NOTHING else f"{name}: {value}"


def _options(word: str, text: str) -> dict[str, str]:
    """The words behind a chat word as the options that Discord offers for it: codes first, then the rest."""
    offered = [option.name for option in next(each for each in WORDS if each.name == word).options]
    options: dict[str, str] = {}
    rest = text.split()
    for name in (CODE.name, "ke"):
        if name in offered and rest and A_CODE.fullmatch(rest[0]):
            options[name] = rest.pop(0)
    free = [name for name in offered if name not in (CODE.name, "ke")]
    if rest:
        options[free[0]] = text.split(maxsplit=len(options))[-1]
    return options


@asynccontextmanager
async def on_discord(folder: Path, *, region: Path = REGION, **settings: Any) -> AsyncIterator[Place]:
    """A town for one test."""
    async with discord_town(folder, region=region, settings=settings) as here:
        yield OnDiscord(here.app, here.clock, town=here)
