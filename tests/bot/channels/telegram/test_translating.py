"""Raw updates to events: what each kind means, and what concerns nobody."""

import json
from typing import Any

import pytest

from bot.channels.telegram.translating import ALBUM_SECONDS, clean, raw_update, translate
from bot.domain.incoming import (
    Added,
    Attachment,
    Command,
    Edited,
    Event,
    MemberChanged,
    Moved,
    Point,
    Pressed,
    Removed,
    Said,
    Sender,
    Unblocked,
)

SRI = {"id": 5, "is_bot": False, "first_name": "Sri"}
BOT = {"id": 700, "is_bot": True, "first_name": "Wadul", "username": "wadul_bot"}
PRIVATE = {"id": 5, "type": "private", "first_name": "Sri"}
GROUP = {"id": -1001, "type": "supergroup", "title": "DPU", "is_forum": True}


def message(**fields: Any) -> dict[str, Any]:
    return {"message_id": 10, "date": 1_700_000_000, "chat": PRIVATE, "from": SRI, **fields}


def events(*updates: dict[str, Any]) -> list[Event]:
    return translate([json.dumps({"update_id": 1, **update}) for update in updates], username="wadul_bot")


def said(**fields: Any) -> Said:
    (event,) = events({"message": message(**fields)})
    assert isinstance(event, Said)
    return event


def test_a_text_is_said_in_its_chat_by_its_sender() -> None:
    event = said(text="dalane bolong")
    assert (event.text, event.chat.id, event.chat.private, event.sender.id) == ("dalane bolong", "5", True, "5")
    assert (event.sender.name, event.message_id, event.at) == ("Sri", "10", 1_700_000_000.0)
    assert event.unsupported is None


def test_the_largest_photo_is_taken_with_its_caption() -> None:
    sizes = [
        {"file_id": f"f{n}", "file_unique_id": f"u{n}", "width": n, "height": n, "file_size": n} for n in (90, 800, 320)
    ]
    event = said(photo=sizes, caption="iki fotone")
    assert event.attachments == (Attachment("photo", "f800", "u800", "image/jpeg", 800),)
    assert event.text == "iki fotone"


@pytest.mark.parametrize("kind", ["video", "voice", "audio", "document", "animation", "video_note"])
def test_every_kind_of_file_is_an_attachment(kind: str) -> None:
    file = {"file_id": "f", "file_unique_id": "u", "duration": 1, "width": 1, "height": 1, "length": 1}
    (found,) = said(**{kind: {**file, "mime_type": "x/y", "file_size": 7}}).attachments
    assert (found.kind, found.file_id, found.size) == (kind, "f", 7)


def test_the_parts_of_an_album_are_one_event() -> None:
    def part(n: int, **more: Any) -> dict[str, Any]:
        photo = [{"file_id": f"f{n}", "file_unique_id": f"u{n}", "width": 9, "height": 9}]
        return {"message": message(message_id=n, photo=photo, media_group_id="77", **more)}

    (event,) = events(part(1), part(2, caption="dalane bolong"), part(3))
    assert isinstance(event, Said)
    assert [a.file_id for a in event.attachments] == ["f1", "f2", "f3"]
    assert (event.text, event.message_id, event.group_key) == ("dalane bolong", "1", "77")


def test_a_place_and_a_venue_are_points() -> None:
    where = {"latitude": -6.5, "longitude": 109.5}
    assert said(location=where).point == Point(-6.5, 109.5)
    assert said(venue={"location": where, "title": "Pasar", "address": "Comal"}).point == Point(-6.5, 109.5)


def test_ones_own_contact_is_a_phone_number() -> None:
    event = said(contact={"phone_number": "+6281", "first_name": "Sri", "user_id": 5})
    assert (event.phone, event.text) == ("+6281", "")


@pytest.mark.parametrize("user", [{}, {"user_id": 6}])
def test_somebody_elses_contact_is_words(user: dict[str, int]) -> None:
    event = said(contact={"phone_number": "+6285", "first_name": "Tarno", **user})
    assert (event.phone, event.text) == (None, "Tarno +6285")


def test_a_forwarded_message_is_marked() -> None:
    origin = {"type": "hidden_user", "sender_user_name": "Tarno", "date": 1_600_000_000}
    assert said(text="x", forward_origin=origin).forwarded


def test_what_cannot_be_read_is_marked_unsupported() -> None:
    sticker = {"file_id": "f", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1, "is_animated": False,
               "is_video": False}  # fmt: skip
    assert said(sticker=sticker).unsupported


def test_a_reply_carries_the_id_and_the_words_of_our_message() -> None:
    ours = {"message_id": 9, "date": 1, "chat": PRIVATE, "from": BOT, "text": "Kode: PML-00000"}
    event = said(text="ya", reply_to_message=ours)
    assert (event.reply_to, event.reply_text) == ("9", "Kode: PML-00000")


def test_a_reply_to_a_person_carries_no_words_of_theirs() -> None:
    other = {"message_id": 9, "date": 1, "chat": PRIVATE, "from": SRI, "text": "PML-00000"}
    assert said(text="ya", reply_to_message=other).reply_text == ""


def test_a_forum_message_names_its_topic_and_is_no_reply_to_the_topics_first_message() -> None:
    created = {"forum_topic_created": {"name": "J", "icon_color": 1}}
    root = {"message_id": 3, "date": 1, "chat": GROUP, "from": SRI, **created}
    event = said(text="x", chat=GROUP, message_thread_id=3, is_topic_message=True, reply_to_message=root)
    assert (event.chat.thread_id, event.reply_to) == ("3", None)


def test_a_reply_thread_of_a_plain_supergroup_is_no_topic() -> None:
    ours = {"message_id": 9, "date": 1, "chat": GROUP, "from": BOT, "text": "kartu"}
    event = said(text="x", chat=GROUP, message_thread_id=9, reply_to_message=ours)
    assert (event.chat.thread_id, event.reply_to) == (None, "9")


def test_text_is_kept_free_of_what_databases_refuse() -> None:
    assert clean("a\x00b\ud83dc") == "ab?c"
    assert said(text="a\x00b").text == "ab"


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("/start", "start", ""),
        ("/STATUS PML-7K3Q9", "status", "PML-7K3Q9"),
        ("/status@wadul_bot x", "status", "x"),
        ("/status@Wadul_Bot", "status", ""),
        ("/balas\nKami ke sana.", "balas", "Kami ke sana."),
        ("/balas Kami\nke sana.", "balas", "Kami\nke sana."),
        ("/balas@wadul_bot\nKami ke sana.", "balas", "Kami ke sana."),
    ],
)
def test_a_chat_word_has_a_name_and_the_rest_of_its_text(text: str, name: str, argument: str) -> None:
    (event,) = events({"message": message(text=text)})
    assert isinstance(event, Command)
    assert (event.name, event.argument) == (name, argument)


def test_a_chat_word_for_another_bot_is_nothing() -> None:
    assert events({"message": message(text="/status@bot_lain", chat=GROUP)}) == []


@pytest.mark.parametrize("text", ["/", "/ jalan rusak", "/... rusak", "a/b"])
def test_a_stroke_alone_makes_no_chat_word(text: str) -> None:
    assert said(text=text).text == text


def test_an_edit_carries_the_new_words() -> None:
    (event,) = events({"edited_message": message(text="baru", edit_date=1_700_000_005)})
    assert isinstance(event, Edited)
    assert (event.text, event.message_id, event.at) == ("baru", "10", 1_700_000_005.0)


def test_an_edit_without_words_is_nothing() -> None:
    assert events({"edited_message": message(location={"latitude": 1, "longitude": 1}, edit_date=1)}) == []


def test_a_press_names_the_card_and_its_data() -> None:
    card = {"message_id": 9, "date": 1, "chat": GROUP, "from": BOT, "text": "kartu", "message_thread_id": 3,
            "is_topic_message": True}  # fmt: skip
    query = {"id": "q1", "from": SRI, "chat_instance": "c", "data": "terima:PML-00000", "message": card}
    (event,) = events({"callback_query": query})
    assert isinstance(event, Pressed)
    assert (event.press_id, event.data, event.message_id) == ("q1", "terima:PML-00000", "9")
    assert (event.chat.thread_id, event.sender.name) == ("3", "Sri")


def test_a_press_on_a_message_telegram_no_longer_shows_still_names_its_chat() -> None:
    gone = {"message_id": 9, "date": 0, "chat": GROUP}
    (event,) = events({"callback_query": {"id": "q", "from": SRI, "chat_instance": "c", "data": "d", "message": gone}})
    assert isinstance(event, Pressed)
    assert (event.chat.id, event.message_id) == ("-1001", "9")


@pytest.mark.parametrize("lacking", ["message", "data"])
def test_a_press_without_message_or_data_is_nothing(lacking: str) -> None:
    card = {"message_id": 9, "date": 1, "chat": GROUP, "from": BOT, "text": "kartu"}
    query = {"id": "q1", "from": SRI, "chat_instance": "c", "data": "terima:PML-00000", "message": card}
    del query[lacking]
    assert events({"callback_query": query}) == []


@pytest.mark.parametrize(
    ("chat", "before", "after", "expected"),
    [
        (GROUP, "left", "member", Added),
        (GROUP, "kicked", "administrator", Added),
        (GROUP, "member", "kicked", Removed),
        (GROUP, "member", "left", Removed),
        (GROUP, "member", "administrator", None),
        (PRIVATE, "member", "kicked", Removed),
        (PRIVATE, "kicked", "member", Unblocked),
    ],
)
def test_membership_changes(chat: dict[str, Any], before: str, after: str, expected: type[Event] | None) -> None:
    def member(status: str) -> dict[str, Any]:
        extra: dict[str, Any] = {"until_date": 0} if status == "kicked" else {}
        if status == "administrator":
            names = (
                "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
                "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users",
                "can_post_stories", "can_edit_stories", "can_delete_stories",
            )  # fmt: skip
            extra = dict.fromkeys(names, False)
        return {"user": BOT, "status": status, **extra}

    change = {"chat": chat, "from": SRI, "date": 5, "old_chat_member": member(before), "new_chat_member": member(after)}
    found = events({"my_chat_member": change})
    assert [type(event) for event in found] == ([expected] if expected else [])


def test_an_upgrade_names_the_new_id() -> None:
    (event,) = events({"message": message(chat={"id": -5, "type": "group", "title": "D"}, migrate_to_chat_id=-1005)})
    assert event == Moved(event.chat, "-1005", 1_700_000_000.0)
    assert event.chat.id == "-5"


@pytest.mark.parametrize(
    "service",
    [
        {"new_chat_title": "X"},
        {"migrate_from_chat_id": -5},
        {"left_chat_member": BOT},
        {"new_chat_members": [BOT]},
        {"group_chat_created": True},
        {"forum_topic_closed": {}},
    ],
)
def test_service_messages_concern_nobody(service: dict[str, Any]) -> None:
    assert events({"message": message(chat=GROUP, **service)}) == []


def test_who_comes_or_goes_is_named_and_bots_are_left_out() -> None:
    budi = {"id": 9, "is_bot": False, "first_name": "Budi"}
    came = events({"message": message(chat=GROUP, new_chat_members=[SRI, BOT, budi])})
    assert [(type(event), event.member.id) for event in came] == [(MemberChanged, "5"), (MemberChanged, "9")]
    (gone,) = events({"message": message(chat=GROUP, left_chat_member=SRI)})
    assert gone == MemberChanged(gone.chat, Sender("telegram", "5", "Sri"), 1_700_000_000.0)
    assert gone.chat.id == "-1001"


def test_a_change_of_membership_is_kept_in_the_order_of_its_chat() -> None:
    kicked = {"user": SRI, "status": "kicked", "until_date": 0}
    change = {"chat": GROUP, "from": {**SRI, "id": 9}, "date": 5, "old_chat_member": {"user": SRI, "status": "member"},
              "new_chat_member": kicked}  # fmt: skip
    (event,) = events({"chat_member": change})
    assert event == MemberChanged(event.chat, Sender("telegram", "5", "Sri"), 5.0)
    assert raw_update({"update_id": 1, "chat_member": change}, now=0.0).chat_id == "-1001"


def test_a_chat_word_knows_whom_it_replies_to() -> None:
    theirs = message(chat=GROUP, message_id=3, text="halo", **{"from": {**SRI, "id": 9, "first_name": "Budi"}})
    (command,) = events({"message": message(chat=GROUP, text="/peran kepala", reply_to_message=theirs)})
    assert isinstance(command, Command)
    assert command.reply_by == Sender("telegram", "9", "Budi")
    ours = {**theirs, "from": BOT}
    (command,) = events({"message": message(chat=GROUP, text="/peran kepala", reply_to_message=ours)})
    assert isinstance(command, Command)
    assert command.reply_by is None


def test_channels_and_other_bots_are_not_heard() -> None:
    channel = {"id": -77, "type": "channel", "title": "Berita"}
    assert events({"message": message(chat=GROUP, text="x", sender_chat=channel)}) == []
    assert events({"message": message(chat=GROUP, text="x", **{"from": {**BOT, "id": 701}})}) == []


def test_an_administrator_who_writes_as_the_group_is_heard() -> None:
    event = said(chat=GROUP, text="x", sender_chat=GROUP, author_signature="Ketua")
    assert (event.sender.id, event.sender.name) == ("-1001", "Ketua")


def test_kinds_of_updates_that_we_do_not_know_are_nothing() -> None:
    assert events({"poll_answer": {"poll_id": "1", "user": SRI, "option_ids": [], "option_persistent_ids": []}}) == []


def test_the_inbox_row_knows_the_chat_before_anybody_understands_the_update() -> None:
    row = raw_update({"update_id": 7, "message": message(text="x")}, now=100.0)
    assert (row.channel, row.event_id, row.chat_id) == ("telegram", "7", "5")
    assert (row.hold_seconds, row.received_at) == (0.0, 100.0)
    card = {"message_id": 9, "date": 1, "chat": GROUP}
    assert raw_update({"update_id": 8, "callback_query": {"id": "q", "message": card}}, now=0).chat_id == "-1001"
    assert raw_update({"update_id": 9, "my_chat_member": {"chat": GROUP}}, now=0).chat_id == "-1001"
    assert raw_update({"update_id": 9, "strange": 1}, now=0).chat_id == "none"


def test_the_parts_of_an_album_are_held_together_for_two_seconds() -> None:
    row = raw_update({"update_id": 7, "message": message(media_group_id="77")}, now=100.0)
    assert (row.group_key, row.hold_seconds) == ("77", ALBUM_SECONDS)
    edited = raw_update({"update_id": 7, "edited_message": message(media_group_id="77")}, now=100.0)
    assert (edited.group_key, edited.hold_seconds) == (None, 0.0)


@pytest.mark.parametrize("data", [{}, {"message": {}}, {"update_id": None, "message": []}])
def test_what_is_no_update_raises_what_the_receiver_catches(data: dict[str, Any]) -> None:
    try:
        row = raw_update(data, now=0)
    except (KeyError, ValueError, TypeError, AttributeError):
        return
    assert row.chat_id == "none"
