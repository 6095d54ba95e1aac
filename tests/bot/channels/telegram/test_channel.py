"""The Telegram side of the channel port against the stand-in: what is sent, and every refusal in our words."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Bot

from bot.channels.telegram.channel import GROUP, PRIVATE, TelegramChannel
from bot.channels.telegram.transport import AiohttpRequest
from bot.domain.errors import ChatMoved, MessageGone, Refused, RetryLater
from bot.domain.outgoing import Button, CardLine, CardView, EditText, Text, Toast
from bot.domain.records import Media
from bot.services.channel import Target
from tests.standin import Standin

ROWS = ((Button("Terima", "terima:PML-00000"),),)
CARD = CardView("Judul", (CardLine("Jalan", "Topik"),), "dalane <bolong>", rows=ROWS)
SRI = Target("5")


@pytest.fixture
async def standin() -> AsyncIterator[Standin]:
    async with Standin() as running:
        yield running
        assert running.violations == []


@pytest.fixture
async def channel(standin: Standin, tmp_path: Path) -> AsyncIterator[TelegramChannel]:
    request = AiohttpRequest()
    bot = Bot(standin.token, base_url=standin.base_url, base_file_url=standin.base_file_url, request=request)
    standin.citizen(5).start()
    yield TelegramChannel(bot, media_folder=tmp_path)
    await request.shutdown()


def media(
    id: int, kind: str = "photo", *, channel: str = "telegram", path: str | None = None, file_id: str = ""
) -> Media:
    return Media(id, 1, channel, kind, file_id, "image/png", path=path)


def refuse(standin: Standin, description: str, *, code: int = 400, method: str = "sendMessage") -> None:
    standin.fault("refuse", method=method, code=code, description=description)


def test_groups_and_private_chats_have_the_platforms_budgets(tmp_path: Path) -> None:
    channel = TelegramChannel(None, media_folder=tmp_path)  # type: ignore[arg-type]
    assert channel.budget("5") is PRIVATE
    assert channel.budget("-1001") is GROUP
    assert (GROUP.limit, GROUP.seconds) == (20, 60.0)


async def test_a_text_is_sent_as_it_is_with_its_buttons(standin: Standin, channel: TelegramChannel) -> None:
    sri = standin.citizen(5)
    (sent,) = await channel.send_text(SRI, Text("a <b> & c", rows=ROWS))
    assert sri.last is not None
    assert (sri.last.text, str(sri.last.id), list(sri.last.buttons)) == ("a <b> & c", sent, ["Terima"])


async def test_a_long_text_comes_in_pieces_and_the_last_has_the_buttons(
    standin: Standin, channel: TelegramChannel
) -> None:
    ids = await channel.send_text(SRI, Text("kata " * 1500, rows=ROWS))
    answers = standin.citizen(5).answers
    assert [str(m.id) for m in answers] == ids
    assert [bool(m.buttons) for m in answers] == [False] * (len(ids) - 1) + [True]


async def test_a_text_replies_and_does_not_mind_a_message_that_is_gone(
    standin: Standin, channel: TelegramChannel
) -> None:
    sri = standin.citizen(5)
    said = sri.say("halo")
    await channel.send_text(SRI, Text("ya", reply_to=str(said.id)))
    assert sri.last is not None
    assert sri.last.reply_to is said
    await channel.send_text(SRI, Text("ya", reply_to="999999"))


async def test_a_card_is_sent_once_and_edited_afterwards(standin: Standin, channel: TelegramChannel) -> None:
    sri = standin.citizen(5)
    sent = await channel.show_card(SRI, CARD, None)
    assert sri.last is not None
    assert sri.last.text == "Judul\nTopik: Jalan\n\ndalane <bolong>"
    assert await channel.show_card(SRI, CardView("Baru", (), ""), sent) == sent
    assert (sri.last.text, sri.last.buttons) == ("Baru", {})
    assert await channel.show_card(SRI, CardView("Baru", (), ""), sent) == sent  # "not modified" is no trouble


async def test_a_text_of_ours_is_replaced(standin: Standin, channel: TelegramChannel) -> None:
    (sent,) = await channel.send_text(SRI, Text("lama", rows=ROWS))
    await channel.edit_text(SRI, EditText(sent, "baru <b>"))
    last = standin.citizen(5).last
    assert last is not None
    assert (last.text, last.buttons) == ("baru <b>", {})


async def test_photos_and_videos_go_as_albums_everything_else_alone(
    standin: Standin, channel: TelegramChannel, tmp_path: Path
) -> None:
    (tmp_path / "1").mkdir()
    (tmp_path / "1" / "a.png").write_bytes(b"\x89PNG")
    files = [media(n, channel="coba", path="1/a.png") for n in range(12)]
    files += [media(20, "voice", channel="coba", path="1/a.png"), media(21, "document", channel="coba", path="1/a.png")]
    ids = await channel.send_media(SRI, files, None)
    answers = standin.citizen(5).answers
    assert len(ids) == len(answers) == 14
    albums = [m.album for m in answers if m.album]
    assert len(albums) == 12
    assert len(set(albums)) == 2


async def test_our_own_files_are_sent_by_their_id(standin: Standin, channel: TelegramChannel) -> None:
    sri = standin.citizen(5)
    photo = sri.photo()
    file_id = photo.data["photo"][-1]["file_id"]
    await channel.send_media(SRI, [media(1, file_id=file_id)], str(photo.id))
    assert sri.last is not None
    assert sri.last.kind == "photo"
    assert sri.last.reply_to is photo


async def test_a_file_of_another_channel_that_is_not_on_disk_yet_is_tried_later(channel: TelegramChannel) -> None:
    with pytest.raises(RetryLater):
        await channel.send_media(SRI, [media(1, channel="coba")], None)


async def test_a_file_is_fetched_whole(standin: Standin, channel: TelegramChannel) -> None:
    photo = standin.citizen(5).photo(data=b"\x89PNG-isi")
    assert await channel.fetch(media(1, file_id=photo.data["photo"][-1]["file_id"])) == b"\x89PNG-isi"


@pytest.mark.parametrize(
    ("description", "code", "gone"),
    [
        ("Forbidden: bot was blocked by the user", 403, "chat"),
        ("Forbidden: bot was kicked from the supergroup chat", 403, "chat"),
        ("Forbidden: user is deactivated", 403, "chat"),
        ("Bad Request: chat not found", 400, "chat"),
        ("Bad Request: CHAT_WRITE_FORBIDDEN", 400, "chat"),
        ("Bad Request: TOPIC_CLOSED", 400, "topic"),
        ("Bad Request: message thread not found", 400, "topic"),
        ("Bad Request: something else", 400, ""),
    ],
)
async def test_lasting_refusals_say_what_is_closed(
    standin: Standin, channel: TelegramChannel, description: str, code: int, gone: str
) -> None:
    refuse(standin, description, code=code)
    with pytest.raises(Refused) as caught:
        await channel.send_text(SRI, Text("x"))
    assert caught.value.gone == gone


@pytest.mark.parametrize(
    "description",
    [
        "Bad Request: message to edit not found",
        "Bad Request: message can't be edited",
        "Bad Request: MESSAGE_ID_INVALID",
    ],
)
async def test_a_message_that_is_gone_must_be_sent_anew(
    standin: Standin, channel: TelegramChannel, description: str
) -> None:
    refuse(standin, description, method="editMessageText")
    with pytest.raises(MessageGone):
        await channel.show_card(SRI, CARD, "77")


async def test_too_many_requests_names_the_platforms_own_wish(standin: Standin, channel: TelegramChannel) -> None:
    standin.fault("too_many", retry_after=7)
    with pytest.raises(RetryLater) as caught:
        await channel.send_text(SRI, Text("x"))
    assert caught.value.seconds == 7


@pytest.mark.parametrize("kind", ["server_error", "bad_gateway", "html", "drop_before", "drop_after"])
async def test_passing_faults_are_tried_later_and_never_show_the_token(
    standin: Standin, channel: TelegramChannel, kind: str
) -> None:
    standin.fault(kind)
    with pytest.raises(RetryLater) as caught:
        await channel.send_text(SRI, Text("x"))
    assert caught.value.seconds is None
    assert standin.token not in repr(caught.value) + str(caught.value)


async def test_a_group_that_became_a_supergroup_names_its_new_id(standin: Standin, channel: TelegramChannel) -> None:
    group = standin.group(-1001, announce=False)
    group.upgrade()
    with pytest.raises(ChatMoved) as caught:
        await channel.send_text(Target("-1001"), Text("x"))
    assert caught.value.new_id == str(group.id)


async def test_a_press_is_answered_and_one_too_old_is_refused(standin: Standin, channel: TelegramChannel) -> None:
    sri = standin.citizen(5)
    await channel.send_text(SRI, Text("x", rows=ROWS))
    assert sri.last is not None
    press = sri.press(sri.last, "Terima")
    await channel.toast(Toast(press.id, "Baik.", alert=True))
    assert (press.toast, press.alert) == ("Baik.", True)
    late = sri.press(sri.last, "Terima")
    standin.expire_presses()
    with pytest.raises(Refused):
        await channel.toast(Toast(late.id, "Baik."))


@pytest.mark.parametrize(
    ("status", "stands"),
    [
        ("creator", True), ("administrator", True), ("member", True), ("restricted", True),
        ("restricted_outside", False), ("left", False), ("kicked", False),
    ],
)  # fmt: skip
async def test_who_is_in_a_group_stands_there(
    standin: Standin, channel: TelegramChannel, status: str, stands: bool
) -> None:
    group = standin.group(-1001, announce=False)
    group.member(9002, first_name="Budi", status=status)
    assert await channel.standing("-1001", "9002") is stands


async def test_an_anonymous_administrator_stands_in_their_group_without_a_question(
    standin: Standin, channel: TelegramChannel
) -> None:
    assert await channel.standing("-1001", "-1001") is True
    assert standin.calls == []


async def test_a_platform_that_gives_no_answer_says_nothing_of_anybody(
    standin: Standin, channel: TelegramChannel
) -> None:
    group = standin.group(-1001, announce=False)
    group.member(9002)
    assert await channel.standing("-1001", "4711") is None
    for kind in ("server_error", "too_many", "html", "drop_before"):
        standin.fault(kind, method="getChatMember")
        assert await channel.standing("-1001", "9002") is None
    group.kick_bot()
    assert await channel.standing("-1001", "9002") is None
