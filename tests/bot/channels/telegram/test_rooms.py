"""Forum topics on Telegram against the stand-in: where they are opened, what a refusal means."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.channels.telegram.rooms import KEEP_SECONDS, TelegramRooms
from bot.channels.telegram.transport import AiohttpRequest
from bot.domain.errors import Refused, RetryLater, RightMissing
from bot.services.channel import Target
from tests.flows.wadul import Clock
from tests.standin import Standin
from tests.standin.groups import Group

FORUM = -1_000_000_001_001


@pytest.fixture
async def standin() -> AsyncIterator[Standin]:
    async with Standin() as running:
        yield running
        assert running.violations == []


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def rooms(standin: Standin, clock: Clock) -> AsyncIterator[TelegramRooms]:
    request = AiohttpRequest()
    bot = Bot(standin.token, base_url=standin.base_url, base_file_url=standin.base_file_url, request=request)
    yield TelegramRooms(bot, clock=clock)
    await request.shutdown()


@pytest.fixture
def forum(standin: Standin) -> Group:
    return standin.group(FORUM, "DPU", forum=True, admin=True, announce=False)


def asked(standin: Standin, method: str) -> int:
    return sum(call.method == method for call in standin.calls)


async def test_a_topic_is_opened_with_its_name_cut_to_what_telegram_takes(rooms: TelegramRooms, forum: Group) -> None:
    thread = await rooms.open(str(FORUM), "PML-00000 · Jalan")
    assert [(str(topic.id), topic.name) for topic in forum.rooms()] == [(thread, "PML-00000 · Jalan")]
    await rooms.open(str(FORUM), "panjang " * 40)
    assert len(forum.rooms()[-1].name) <= 128


async def test_what_a_chat_allows_is_asked_once_a_minute(
    standin: Standin, rooms: TelegramRooms, forum: Group, clock: Clock
) -> None:
    for _ in range(3):
        await rooms.open(str(FORUM), "x")
    assert (asked(standin, "getChat"), asked(standin, "getChatMember")) == (1, 1)
    clock.skip(KEEP_SECONDS)
    await rooms.open(str(FORUM), "x")
    assert (asked(standin, "getChat"), asked(standin, "getChatMember")) == (2, 2)


async def test_plain_groups_are_not_even_asked(standin: Standin, rooms: TelegramRooms) -> None:
    assert await rooms.open("-1001", "x") is None
    assert await rooms.open("5", "x") is None
    assert standin.calls == []


async def test_a_group_without_topics_has_none_and_may_have_them_a_minute_later(
    standin: Standin, rooms: TelegramRooms, clock: Clock
) -> None:
    group = standin.group(FORUM, admin=True, announce=False)
    assert await rooms.open(str(FORUM), "x") is None
    group.chat.is_forum = True
    clock.skip(KEEP_SECONDS)
    assert await rooms.open(str(FORUM), "x")


@pytest.mark.parametrize("admin", [False, True])
async def test_without_the_right_nothing_is_tried(standin: Standin, rooms: TelegramRooms, *, admin: bool) -> None:
    group = standin.group(FORUM, forum=True, announce=False)
    if admin:
        group.promote_bot(topics=False)
    with pytest.raises(RightMissing):
        await rooms.open(str(FORUM), "x")
    assert await rooms.barred(str(FORUM))
    assert asked(standin, "createForumTopic") == 0


async def test_what_has_changed_since_it_was_asked_is_noticed(rooms: TelegramRooms, forum: Group) -> None:
    await rooms.open(str(FORUM), "x")
    forum.promote_bot(topics=False)
    with pytest.raises(RightMissing):
        await rooms.open(str(FORUM), "x")
    forum.promote_bot()
    assert await rooms.open(str(FORUM), "x")  # asked anew at once
    forum.chat.is_forum = False
    assert await rooms.open(str(FORUM), "x") is None


async def test_a_topic_is_closed_opened_and_named_and_twice_does_no_harm(rooms: TelegramRooms, forum: Group) -> None:
    room = Target(str(FORUM), await rooms.open(str(FORUM), "lama"))
    (topic,) = forum.rooms()
    for _ in range(2):
        await rooms.close(room)
        assert topic.closed
    for _ in range(2):
        await rooms.reopen(room)
        assert not topic.closed
    for _ in range(2):
        await rooms.rename(room, "baru")
        assert topic.name == "baru"


async def test_our_own_topic_can_be_closed_without_the_right_and_anothers_cannot(
    rooms: TelegramRooms, forum: Group
) -> None:
    ours = Target(str(FORUM), await rooms.open(str(FORUM), "x"))
    theirs = Target(str(FORUM), str(forum.topic("Umum lain").id))
    forum.promote_bot(topics=False)
    await rooms.close(ours)
    with pytest.raises(RightMissing):
        await rooms.close(theirs)


async def test_a_topic_that_was_deleted_is_gone(rooms: TelegramRooms, forum: Group) -> None:
    room = Target(str(FORUM), await rooms.open(str(FORUM), "x"))
    forum.delete_topic(forum.rooms()[0])
    with pytest.raises(Refused) as caught:
        await rooms.close(room)
    assert caught.value.gone == "topic"


@pytest.mark.parametrize("method", ["getChat", "getChatMember", "createForumTopic"])
async def test_passing_faults_are_passing(standin: Standin, rooms: TelegramRooms, forum: Group, method: str) -> None:
    standin.fault("server_error", method=method)
    with pytest.raises(RetryLater):
        await rooms.open(str(FORUM), "x")
    assert await rooms.open(str(FORUM), "x") == str(forum.rooms()[0].id)


async def test_a_chat_that_is_lost_is_lost(standin: Standin, rooms: TelegramRooms, forum: Group) -> None:
    forum.kick_bot()
    with pytest.raises(Refused) as caught:
        await rooms.open(str(FORUM), "x")
    assert caught.value.gone == "chat"
