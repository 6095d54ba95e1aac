"""A forum topic for each case, where a department's group is a forum and the bot may manage its topics."""

import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.store.tables import outbox, room, unit_chat
from tests.flows.acting import asked, choose
from tests.flows.town import FIRE, ROAD, RUBBISH, SOON, Town, code_in
from tests.flows.town import town as in_town
from tests.standin import Limits
from tests.standin.chats import Topic
from tests.standin.groups import Group
from tests.standin.messages import Message

IN_KARANGSARI = "Jalan di Karangsari berlubang dalam, sudah lama."
MAKERS = ("createForumTopic", "closeForumTopic", "reopenForumTopic", "editForumTopic")


def in_general(group: Group) -> list[Message]:
    """What the bot said outside of every topic."""
    return [m for m in group.answers if m.thread_id is None]


def only_room(group: Group) -> Topic:
    """The only topic that the bot has opened in a group and that still stands."""
    (only,) = group.rooms()
    return only


def at_nine(*, days: int) -> float:
    """Nine in the morning, so many days from now: nobody sleeps."""
    day = datetime.now(ZoneInfo("Asia/Jakarta")) + timedelta(days)
    return day.replace(hour=9, minute=0).timestamp()


async def confirmed(town: Town, group: Group, card: Message) -> Message:
    """The department says it is done, the citizen says so too; the question that was put to them."""
    budi, sri = town.staff(group), town.citizen()
    budi.reply(await asked(town, group, budi, card, "Selesai"), "Sudah ditambal pagi tadi.")
    question = await town.hears(sri, "Sudah ditambal pagi tadi.")
    await town.press(sri, question, "Sudah beres")
    return question


async def test_a_case_has_a_topic_of_its_own_named_by_code_topic_and_place(any_town: Town) -> None:
    dpu = any_town.group("dputr", forum=True, admin=True)
    card = await any_town.report(dpu, IN_KARANGSARI)
    topic = only_room(dpu)
    assert topic.name == f"{code_in(card)} · Jalan · Desa Karangsari"
    assert card.thread_id == topic.id
    second = await any_town.report(dpu, ROAD, by=any_town.citizen(6, "Tono"))
    assert [t.name for t in dpu.rooms()] == [topic.name, f"{code_in(second)} · Jalan"]
    await any_town.idle()
    assert second.thread_id == dpu.rooms()[1].id
    assert in_general(dpu) == []


async def test_everything_of_a_case_goes_on_in_its_topic(town: Town) -> None:
    dpu, sri = town.group("dputr", forum=True, admin=True), town.citizen()
    budi = town.staff(dpu)
    sri.photo(ROAD)
    card = await town.card(dpu)
    topic = only_room(dpu)
    await town.press(budi, card, "Terima")
    await town.shows(card, "diterima Budi")
    sri.reply(await town.hears(sri, "ditangani"), "Tadi pagi ada yang jatuh pak.")
    addition = await town.hears(dpu, "Tadi pagi ada yang jatuh pak.", "Tambahan dari pelapor")
    question = await asked(town, dpu, budi, card, "Tanya pelapor")
    budi.reply(question, "Sebelah mana pasarnya?")
    sri.reply(await town.hears(sri, "Sebelah mana pasarnya?"), "Sebelah timur.")
    answer = await town.hears(dpu, "Sebelah timur.", "Jawaban pelapor")
    await town.idle()
    photos = [m for m in dpu.answers if m.kind == "photo"]
    assert {m.thread_id for m in (card, addition, question, answer, *photos)} == {topic.id}
    assert len(photos) == 1
    assert in_general(dpu) == []


async def test_plain_words_in_the_topic_are_notes_and_chat_words_mean_its_case(town: Town) -> None:
    dpu, sri = town.group("dputr", forum=True, admin=True), town.citizen()
    budi, rini = town.staff(dpu), town.staff(dpu, "Rini", 9006)
    first = await town.report(dpu, ROAD, by=sri)
    second = await town.report(dpu, by=town.citizen(6, "Tono"))
    topic = dpu.rooms()[0]
    told = budi.say("Alat berat baru ada besok.", topic=topic)
    await town.shows(first, "Catatan Budi", "Alat berat baru ada besok.")
    rini.reply(told, "Aspalnya juga belum datang.")
    await town.shows(first, "Catatan Rini", "Aspalnya juga belum datang.")
    budi.say("/balas Besok kami tambal, Bu.", topic=topic)
    await town.hears(sri, "Besok kami tambal, Bu.")
    assert (await town.hears(dpu, "Pesan untuk pelapor", "dikirim")).thread_id == topic.id
    budi.say("Rapat jam sembilan ya.")  # talk of the group is nobody's case
    await town.idle()
    assert "Catatan" not in second.text
    assert "Rapat" not in first.text


async def test_the_sentence_of_a_button_may_be_plain_words_in_the_topic(town: Town) -> None:
    dpu, sri = town.group("dputr", forum=True, admin=True), town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, ROAD, by=sri)
    await asked(town, dpu, budi, card, "Selesai")
    budi.say("Sudah ditambal pagi tadi.", topic=only_room(dpu))
    await town.hears(sri, "Sudah ditambal pagi tadi.")


async def test_talk_with_a_colleague_is_never_the_sentence_for_the_citizen(town: Town) -> None:
    dpu, sri = town.group("dputr", forum=True, admin=True), town.citizen()
    budi, rini = town.staff(dpu), town.staff(dpu, "Rini", 9006)
    card = await town.report(dpu, ROAD, by=sri)
    told = rini.say("Warganya cerewet.", topic=only_room(dpu))
    await town.shows(card, "Catatan Rini")
    question = await asked(town, dpu, budi, card, "Selesai")
    budi.reply(told, "Iya, biarkan saja.")
    await town.idle()
    assert town.case().open
    budi.reply(question, "Sudah ditambal pagi tadi.")
    await town.hears(sri, "Sudah ditambal pagi tadi.")
    assert not [m for m in sri.answers if "biarkan" in m.text]


async def test_reminders_come_into_the_topic(town: Town) -> None:
    dpu = town.group("dputr", forum=True, admin=True)
    card = await town.report(dpu)
    await town.idle()
    town.clock.skipped = at_nine(days=30) - time.time()
    reminder = await town.hears(dpu, code_in(card), "sudah lewat")
    assert reminder.thread_id == only_room(dpu).id


async def test_a_group_without_topics_and_a_plain_one_get_the_card_as_ever(town: Town) -> None:
    dpu = town.group("dputr", admin=True)
    dlh = town.standin.group(-1_000_000_007_001, "LH", admin=True, announce=False)
    town.link("dlh", dlh)
    cards = [await town.report(dpu, ROAD), await town.report(dlh, RUBBISH, by=town.citizen(6, "Tono"))]
    await town.idle()
    assert [card.thread_id for card in cards] == [None, None]
    assert [call for call in town.standin.calls if call.method in MAKERS] == []
    assert town.rows(room) == []


async def test_without_the_right_the_card_goes_into_the_group_and_the_desk_is_told_once(any_town: Town) -> None:
    desk, dpu = any_town.group("meja"), any_town.group("dputr", forum=True)
    first = await any_town.report(dpu, ROAD)
    hint = await any_town.hears(desk, "Grup untuk Dinas PU dan Penataan Ruang", "Kelola Topik")
    second = await any_town.report(dpu, ROAD, by=any_town.citizen(6, "Tono"))
    await any_town.idle()
    assert [first.thread_id, second.thread_id] == [None, None]
    assert desk.answers == [hint]
    assert [call for call in any_town.standin.calls if call.method in MAKERS] == []


async def test_a_right_that_is_taken_away_while_we_write_costs_no_card(town: Town) -> None:
    desk, dpu = town.group("meja"), town.group("dputr", forum=True, admin=True)
    await town.report(dpu, ROAD)
    dpu.promote_bot(topics=False)  # what was asked a moment ago still holds for us
    card = await town.report(dpu, ROAD, by=town.citizen(6, "Tono"))
    assert card.thread_id is None
    await town.hears(desk, "Kelola Topik")
    assert {row["unit"] for row in town.rows(unit_chat) if row["right_missed_at"]} == {"dputr"}


async def test_a_deleted_topic_loses_neither_card_nor_words(any_town: Town) -> None:
    dpu, sri = any_town.group("dputr", forum=True, admin=True), any_town.citizen()
    budi = any_town.staff(dpu)
    card = await any_town.report(dpu, ROAD, by=sri)
    code = code_in(card)
    await any_town.idle()
    dpu.delete_topic(only_room(dpu))
    sri.say(f"{code} makin dalam pak, ada yang jatuh")
    again = await any_town.hears(dpu, f"· {code}", "makin dalam pak")
    assert again.thread_id is None
    await any_town.press(budi, again, "Terima")
    await any_town.shows(again, "diterima Budi")
    budi.reply(again, "/balas Kami ke sana.")
    await any_town.hears(sri, "Kami ke sana.")
    await any_town.idle()
    assert len([m for m in dpu.answers if f"· {code}" in m.text]) == 1
    assert len(any_town.standin.calls_of("createForumTopic")) == 1


async def test_words_that_find_the_topic_deleted_bring_the_card_along(town: Town) -> None:
    dpu, sri = town.group("dputr", forum=True, admin=True), town.citizen()
    budi = town.staff(dpu)
    card = await town.taken(dpu, budi, by=sri)
    await town.idle()
    dpu.delete_topic(only_room(dpu))
    sri.say(f"{code_in(card)} masih menunggu pak")
    words = await town.hears(dpu, "Tambahan dari pelapor", "masih menunggu pak")
    again = await town.card(dpu, code_in(card))
    await town.idle()
    assert [words.thread_id, again.thread_id] == [None, None]
    assert [m.text.split("\n")[0] for m in dpu.answers].count(again.text.split("\n")[0]) == 1


async def test_what_a_topic_is_asked_and_then_deleted_is_answered_in_the_group(town: Town) -> None:
    dpu = town.group("dputr", forum=True, admin=True)
    await town.report(dpu)
    await town.idle()
    topic = only_room(dpu)
    town.staff(dpu).say("/tugas", topic=topic)
    dpu.delete_topic(topic)
    assert (await town.hears(dpu, "terbuka: 1")).thread_id is None
    assert len(town.rows(unit_chat)) == 1


async def test_the_topic_closes_with_its_case_and_opens_with_it(any_town: Town) -> None:
    dpu, sri = any_town.group("dputr", forum=True, admin=True), any_town.citizen()
    card = await any_town.report(dpu, ROAD, by=sri)
    topic = only_room(dpu)
    question = await confirmed(any_town, dpu, card)
    await any_town.standin.wait_for(lambda: topic.closed, SOON)
    sri.reply(question, "belum, tadi malam hujan bolong lagi semua")
    await any_town.standin.wait_for(lambda: not topic.closed, SOON)
    await any_town.shows(card, "Dibuka kembali")
    await any_town.idle()
    assert {m.thread_id for m in dpu.answers} == {topic.id}
    assert [call.method for call in any_town.standin.calls_of(*MAKERS)] == [MAKERS[0], MAKERS[1], MAKERS[2]]


async def test_the_desk_opens_a_closed_case_again_and_its_topic_with_it(town: Town) -> None:
    desk, dpu = town.group("meja"), town.group("dputr", forum=True, admin=True)
    card = await town.report(dpu)
    topic = only_room(dpu)
    town.staff(dpu).say("/tutup Lokasinya tidak ditemukan.", topic=topic)
    await town.standin.wait_for(lambda: topic.closed, SOON)
    await town.shows(card, "Status: Ditutup")
    town.staff(desk, "Dewi", 9005).say(f"/buka {code_in(card)}")
    await town.standin.wait_for(lambda: not topic.closed, SOON)
    noticed = await town.hears(dpu, "Dewi membuka", code_in(card))
    await town.idle()
    assert noticed.thread_id == topic.id
    assert [call.method for call in town.standin.calls_of(*MAKERS)] == [MAKERS[0], MAKERS[1], MAKERS[2]]


async def test_waiting_for_the_citizens_word_the_topic_stays_open(town: Town) -> None:
    dpu, sri = town.group("dputr", forum=True, admin=True), town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, ROAD, by=sri)
    budi.reply(await asked(town, dpu, budi, card, "Selesai"), "Sudah ditambal.")
    await town.press(sri, await town.hears(sri, "Sudah ditambal."), "Belum")
    await town.idle()
    assert town.case().open
    assert [call.method for call in town.standin.calls_of(*MAKERS)] == ["createForumTopic"]


async def test_words_to_a_closed_case_still_reach_its_topic(town: Town) -> None:
    dpu, sri = town.group("dputr", forum=True, admin=True), town.citizen()
    await town.report(dpu, ROAD, by=sri)
    topic = only_room(dpu)
    town.staff(dpu).say("/tutup Lokasinya tidak ditemukan.", topic=topic)
    told = await town.hears(sri, "Lokasinya tidak ditemukan.")
    await town.standin.wait_for(lambda: topic.closed, SOON)
    sri.reply(told, "Di sebelah toko besi pak")
    assert (await town.hears(dpu, "Di sebelah toko besi pak", "Tambahan dari pelapor")).thread_id == topic.id


async def test_a_case_that_is_handed_over_closes_its_topic_and_comes_back_into_it(town: Town) -> None:
    dpu, dlh = town.group("dputr", forum=True, admin=True), town.group("dlh", forum=True, admin=True)
    budi, rini = town.staff(dpu), town.staff(dlh, "Rini", 9006)
    card = await town.report(dpu)
    code, topic = code_in(card), only_room(dpu)
    await choose(town, budi, card, "Alihkan", "Dinas Lingkungan Hidup", "topik tetap")
    other = await town.card(dlh, code)
    await town.standin.wait_for(lambda: topic.closed, SOON)
    assert other.thread_id == only_room(dlh).id
    await choose(town, rini, other, "Alihkan", "Dinas PU dan Penataan Ruang", "topik tetap")
    await town.standin.wait_for(lambda: not topic.closed and only_room(dlh).closed, SOON)
    back = await town.card(dpu, code)
    await town.idle()
    assert back.thread_id == topic.id
    assert back is not card


async def test_one_forum_for_everything_has_one_topic_for_alarm_and_work(town: Town) -> None:
    village = town.group("bpbd", "meja", "siaga", forum=True, admin=True)
    town.citizen().say(FIRE)
    await town.card(village)
    await town.idle()
    topic = only_room(village)
    heads = [m.text.split(" · ")[0] for m in village.in_topic(topic) if "· PML-" in m.text]
    assert sorted(heads) == ["🔴 Darurat", "🚨 DARURAT"]
    assert in_general(village) == []


async def test_a_department_linked_to_a_topic_keeps_all_its_cards_there(town: Town) -> None:
    forum = town.group("dputr", forum=True, admin=True, topic="PU")
    card = await town.report(forum)
    await town.idle()
    assert card.thread_id == next(iter(forum.chat.topics))
    assert forum.rooms() == []


async def test_the_name_follows_what_is_learnt_of_the_case(town: Town) -> None:
    dpu, sri = town.group("dputr", forum=True, admin=True), town.citizen()
    card = await town.report(dpu, "Jalan berlubang, sudah lama tidak ditambal.", by=sri)
    topic = only_room(dpu)
    assert topic.name == f"{code_in(card)} · Jalan"
    sri.say("Desa Karangsari pak")
    await town.standin.wait_for(lambda: topic.name == f"{code_in(card)} · Jalan · Desa Karangsari", SOON)


async def test_linking_inside_a_cases_topic_links_the_group(town: Town) -> None:
    dpu = town.group("dputr", forum=True, admin=True)
    await town.report(dpu)
    await town.idle()
    town.admin(dpu).say("/hubungkan dlh", topic=only_room(dpu))
    await town.hears(dpu, "Dinas Lingkungan Hidup")
    await town.idle()
    assert {row["unit"]: row["thread_id"] for row in town.rows(unit_chat)} == {"dputr": None, "dlh": None}


async def test_trouble_with_the_topic_is_waited_for_but_not_for_long(town: Town) -> None:
    dpu = town.group("dputr", forum=True, admin=True)
    town.standin.fault("server_error", method="createForumTopic")
    card = await town.report(dpu)
    assert card.thread_id == only_room(dpu).id
    town.standin.fault("too_many", method="createForumTopic", retry_after=300)
    flooded = await town.report(dpu, by=town.citizen(6, "Tono"))
    assert flooded.thread_id is None
    town.standin.fault("refuse", method="createForumTopic", description="Bad Request: TOPICS_TOO_MANY")
    refused = await town.report(dpu, by=town.citizen(7, "Wati"))
    assert refused.thread_id is None


async def test_an_alarm_waits_for_no_topic(town: Town) -> None:
    duty = town.group("siaga", "bpbd", forum=True, admin=True)
    town.standin.fault("server_error", method="createForumTopic", times=9)
    town.citizen().say(FIRE)
    alarm = await town.card(duty)
    await town.idle()
    assert alarm.thread_id is None
    assert len([call for call in town.standin.calls if call.method == "createForumTopic"]) == 1
    assert all(row["attempts"] == 0 for row in town.rows(outbox))


async def test_opening_topics_counts_in_the_groups_budget(tmp_path: Path) -> None:
    async with in_town(tmp_path, limits=Limits(group_count=20, group_window=0.5)) as here:
        dpu = here.group("dputr", forum=True, admin=True)
        for n in range(10):
            here.citizen(100 + n).say(ROAD)
        await here.standin.wait_for(lambda: len(dpu.answers) == 15, SOON)  # what shows that a topic was opened counts
        await here.standin.settled(quiet=0.6)
        assert (len(dpu.answers), len(dpu.rooms())) == (15, 8)
        here.clock.skip(61)
        await here.standin.wait_for(lambda: len(dpu.answers) == 20, SOON)
        await here.idle()
        assert [len(dpu.in_topic(topic)) for topic in dpu.rooms()] == [1] * 10
        assert all(call.error is None for call in here.standin.calls)


@pytest.mark.parametrize("method", ["closeForumTopic", "editForumTopic"])
async def test_a_topic_that_we_may_not_tend_is_left_alone(town: Town, method: str) -> None:
    dpu, sri = town.group("dputr", forum=True, admin=True), town.citizen()
    card = await town.report(dpu, "Jalan berlubang, sudah lama tidak ditambal.", by=sri)
    words = "Bad Request: not enough rights to edit the topic"
    town.standin.fault("refuse", method=method, description=words, times=9)
    if method == "editForumTopic":
        sri.say("Desa Karangsari pak")
        await town.shows(card, "Desa Karangsari")
    else:
        town.staff(dpu).reply(card, "/tutup Lokasinya tidak ditemukan.")
        await town.shows(card, "Ditutup")
    await town.standin.wait_for(lambda: any(call.method == method for call in town.standin.calls), SOON)
    await town.idle()
    assert card.text.count("PML-") == 1
    assert len([call for call in town.standin.calls if call.method == method]) == 1
