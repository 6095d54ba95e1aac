"""Who is in a chat: asked at most once a minute, several at once, and never longer than the limit."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.domain.incoming import Chat, Command, Edited, Event, MemberChanged, Pressed, Said, Sender, Sentence
from bot.services.desk import standing
from bot.services.desk.standing import Standings, told
from bot.store.engine import Store
from tests.bot.services.fakes import NAME, FakeChannel, link
from tests.flows.wadul import Clock

GROUP = Chat(NAME, "-1", private=False)
OTHER = Chat(NAME, "-2", private=False)
HOME = Chat(NAME, "5", private=True)
BUDI = Sender(NAME, "9002", "Budi")
TUTI = Sender(NAME, "9004", "Tuti")


@dataclass
class Asked(FakeChannel):
    """A channel that remembers whom it was asked for, answers after `seconds`, or throws."""

    asked: list[tuple[str, str]] = field(default_factory=list)
    answers: dict[str, bool | None] = field(default_factory=dict)
    seconds: float = 0.0
    error: Exception | None = None

    async def standing(self, chat_id: str, user_id: str) -> bool | None:
        self.asked.append((chat_id, user_id))
        await asyncio.sleep(self.seconds)
        if self.error:
            raise self.error
        return self.answers.get(user_id, True)


@pytest.fixture
def channel() -> Asked:
    return Asked()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def standings(store: Store, channel: Asked, clock: Clock) -> Standings:
    link(store, "dputr", GROUP.id)
    return Standings(store, {NAME: channel}, clock=clock, limit_seconds=0.2)


def pressed(sender: Sender = BUDI, chat: Chat = GROUP) -> Pressed:
    return Pressed(chat, sender, "1", 0.0, "p", "terima:PML-00000")


async def said_of(standings: Standings, *events: Event) -> list[str]:
    """What the use cases read of each event's sender."""
    answers = await standings.ask(events)
    return [told(event, answers).sender.standing for event in events]  # type: ignore[union-attr]


async def test_the_answer_travels_on_the_sender(standings: Standings, channel: Asked) -> None:
    channel.answers = {BUDI.id: True, TUTI.id: False}
    assert await said_of(standings, pressed(BUDI), pressed(TUTI)) == ["member", "stranger"]


@pytest.mark.parametrize("answer", [True, False])
async def test_an_answer_holds_for_a_minute_and_no_longer(
    standings: Standings, channel: Asked, clock: Clock, answer: bool
) -> None:
    channel.answers[BUDI.id] = answer
    before = await said_of(standings, pressed())
    channel.answers[BUDI.id] = not answer
    clock.skip(59)
    assert await said_of(standings, pressed()) == before
    assert len(channel.asked) == 1
    clock.skip(2)
    assert await said_of(standings, pressed()) != before
    assert len(channel.asked) == 2


async def test_each_chat_is_asked_for_itself(standings: Standings, channel: Asked, store: Store) -> None:
    link(store, "dlh", OTHER.id)
    await standings.ask([pressed(chat=GROUP), pressed(chat=OTHER), pressed(chat=GROUP)])
    assert sorted(channel.asked) == [("-1", BUDI.id), ("-2", BUDI.id)]


async def test_many_are_asked_side_by_side(standings: Standings, channel: Asked) -> None:
    channel.seconds = 0.1
    people = [pressed(Sender(NAME, str(number))) for number in range(30)]
    async with asyncio.timeout(1.0):
        assert await said_of(standings, *people) == ["member"] * 30


async def test_two_batches_share_a_question_and_one_that_is_given_up_takes_nothing_from_the_other(
    standings: Standings, channel: Asked
) -> None:
    channel.seconds = 0.1
    first, second = (asyncio.create_task(said_of(standings, pressed())) for _ in range(2))
    while not channel.asked:
        await asyncio.sleep(0.005)
    first.cancel()
    assert await second == ["member"]
    assert len(channel.asked) == 1


@pytest.mark.parametrize(
    "event",
    [
        pressed(chat=OTHER),
        pressed(chat=HOME),
        Said(GROUP, BUDI, "1", 0.0, "kopi dulu"),
        Said(HOME, BUDI, "1", 0.0, "jalan rusak", reply_to="1"),
        Command(HOME, BUDI, "1", 0.0, "status"),
        Edited(GROUP, BUDI, "1", 0.0, "kopi"),
        MemberChanged(GROUP, BUDI, 0.0),
    ],
    ids=["unlinked chat", "private press", "talk", "private reply", "private word", "edit", "coming"],
)
async def test_nobody_is_asked_about_what_is_not_staff_acting_in_a_linked_chat(
    standings: Standings, channel: Asked, event: Event
) -> None:
    answers = await standings.ask([event])
    assert told(event, answers) == event
    assert channel.asked == []


@pytest.mark.parametrize(
    "event",
    [
        Said(GROUP, BUDI, "1", 0.0, "sudah", reply_to="7"),
        Said(Chat(NAME, "-1", private=False, thread_id="3"), BUDI, "1", 0.0, "sudah"),
        Command(GROUP, BUDI, "1", 0.0, "balas", "sudah"),
        Sentence(GROUP, BUDI, "1", 0.0, "p", "selesai:PML-00000", "sudah"),
    ],
    ids=["reply", "thread", "word", "form"],
)
async def test_replies_words_in_a_thread_commands_and_forms_are_asked_for(standings: Standings, event: Event) -> None:
    assert await said_of(standings, event) == ["member"]


def _slow(channel: Asked) -> None:
    channel.seconds = 10.0


def _silent(channel: Asked) -> None:
    channel.answers[BUDI.id] = None


def _broken(channel: Asked) -> None:
    channel.error = RuntimeError("a slip in the channel")


@pytest.mark.parametrize("trouble", [_slow, _silent, _broken])
async def test_without_an_answer_nothing_is_said_and_the_platform_is_left_alone_for_a_moment(
    standings: Standings, channel: Asked, clock: Clock, trouble: Callable[[Asked], None]
) -> None:
    trouble(channel)
    async with asyncio.timeout(1.0):
        assert await said_of(standings, pressed()) == [""]
    await standings.ask([pressed()])
    assert len(channel.asked) == 1
    channel.seconds, channel.error, channel.answers = 0.0, None, {}
    clock.skip(standing.RETRY_SECONDS + 1)
    assert await said_of(standings, pressed()) == ["member"]


async def test_who_comes_or_goes_is_asked_for_anew(standings: Standings, channel: Asked) -> None:
    await standings.ask([pressed()])
    channel.answers[BUDI.id] = False
    assert await said_of(standings, pressed()) == ["member"]
    await standings.ask([MemberChanged(GROUP, BUDI, 0.0)])
    assert await said_of(standings, pressed()) == ["stranger"]


async def test_an_answer_that_was_on_its_way_when_somebody_left_is_not_remembered(
    standings: Standings, channel: Asked
) -> None:
    channel.seconds = 0.1
    early = asyncio.create_task(said_of(standings, pressed()))
    while not channel.asked:
        await asyncio.sleep(0.005)
    await standings.ask([MemberChanged(GROUP, BUDI, 0.0)])
    await early
    channel.answers[BUDI.id] = False
    assert await said_of(standings, pressed()) == ["stranger"]


async def test_what_is_remembered_does_not_grow_without_end(
    standings: Standings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "MANY", 10)
    for number in range(50):
        await standings.ask([pressed(Sender(NAME, str(number)))])
        clock.skip(10)
    known: dict[Any, Any] = standings._known
    assert len(known) <= 10


async def test_a_clock_that_was_set_back_makes_nothing_last_longer(
    standings: Standings, channel: Asked, clock: Clock
) -> None:
    await standings.ask([pressed()])
    clock.skip(-3600)
    await standings.ask([pressed()])
    assert len(channel.asked) == 2
