"""/label in chat: one message after the other in one place, a tap each, and nothing shown to whom it must not."""

from typing import Any

from bot.domain.outgoing import ShowTask
from bot.domain.teaching import Answer, Reason, Task
from bot.services.channel import Target
from bot.services.learning.labelling_words import show_task
from bot.store.tables import lesson
from tests.flows.labelling import answers, told
from tests.flows.town import SOON, Town
from tests.standin.messages import Message
from tests.standin.people import Member

HOLE = "Jalan depan pasar bolong. Hubungi Bu Tini 081234567890."
LEVY = "Pak dusun minta pungli 500 ribu untuk bansos."


async def begun(town: Town, who: Member) -> Message:
    """Somebody starts to label."""
    known = {m.id for m in who.answers}
    who.say("/label")
    return await town.standin.wait_for(
        lambda: next((m for m in who.answers if m.id not in known and "Topik apa ini?" in m.text), None), SOON
    )


async def press(town: Town, who: Member, message: Message, words: str) -> None:
    """Press a button and wait until the message has become another."""
    before = (message.text, list(message.buttons))
    await town.press(who, message, words)
    await town.standin.wait_for(lambda: (message.text, list(message.buttons)) != before, SOON)


def differs(town: Town, case_id: int, topic: str) -> None:
    """Another admin saw a case at the same time, and thinks it is something else."""
    at = town.clock()

    def work(uow: Any) -> None:
        task = uow.teaching.add(Task(0, case_id, Reason.AGAIN, "pengaduan", "jalan", "sedang", "m1", "telegram:9", at))
        uow.teaching.answer(Answer(task.id, case_id, "telegram:9", "pengaduan", topic, "sedang", at))

    town.app.store.write_now(work)


async def test_one_tap_confirms_and_the_next_message_stands_in_the_same_place(any_town: Town) -> None:
    for number in range(3):
        told(any_town, f"{HOLE} Nomor {number}.", p=0.4 + number / 10)
    wati = any_town.admin(any_town.group("meja"))
    message = await begun(any_town, wati)
    assert "081234567890" not in message.text
    assert "[telepon]" in message.text
    assert "Kata penentu topik: Jalan" in message.text
    assert "0 dijawab hari ini" in message.text
    assert next(iter(message.buttons)).startswith("Jalan ")
    await press(any_town, wati, message, next(iter(message.buttons)))
    await any_town.shows(message, "1 dijawab hari ini", "Jalan depan pasar")
    await any_town.idle()
    assert len([m for m in wati.answers if "Topik apa ini?" in m.text]) == 1
    (first,) = answers(any_town)
    assert (first.admin, first.kind, first.topic, first.urgency) == (
        "telegram:9001", "pengaduan", "jalan", "sedang",
    )  # fmt: skip


async def test_urgency_kind_and_any_topic_are_chosen_before_the_answer(town: Town) -> None:
    told(town, HOLE)
    told(town, HOLE)
    wati = town.admin(town.group("meja"))
    message = await begun(town, wati)
    await press(town, wati, message, "🟠 Tinggi")
    assert "✓ Tinggi" in message.buttons
    await press(town, wati, message, "Aspirasi")
    assert {"✓ Tinggi", "✓ Aspirasi"} <= set(message.buttons)
    await press(town, wati, message, "Lainnya…")
    await press(town, wati, message, "Berikutnya »")
    await press(town, wati, message, "‹ Kembali")
    await press(town, wati, message, "Lainnya…")
    await press(town, wati, message, "Kesehatan")
    (first,) = answers(town)
    assert (first.kind, first.topic, first.urgency) == ("aspirasi", "kesehatan", "tinggi")
    assert "✓ Sedang" in message.buttons


async def test_what_is_no_report_needs_no_topic_and_skipping_teaches_nothing(town: Town) -> None:
    told(town, HOLE)
    told(town, "Jalan gelap tanpa lampu.")
    wati = town.admin(town.group("meja"))
    message = await begun(town, wati)
    await press(town, wati, message, "Lewati")
    assert town.rows(lesson) == []
    await press(town, wati, message, "Bukan laporan")
    assert not any("%" in words for words in message.buttons)
    await press(town, wati, message, "✓ Ya, ini bukan laporan")
    await town.shows(message, "Tidak ada lagi")
    said = [(each.kind, each.topic, each.skipped) for each in answers(town)]
    assert said == [("", "", True), ("bukan_laporan", "lainnya", False)]


async def test_it_ends_with_thanks_and_goes_on_where_it_was(town: Town) -> None:
    told(town, HOLE)
    wati = town.admin(town.group("meja"))
    message = await begun(town, wati)
    await press(town, wati, message, "Selesai")
    assert message.text.startswith("Terima kasih! 0 laporan")
    assert not message.buttons
    assert HOLE[:20] in (await begun(town, wati)).text


async def test_a_blind_look_shows_neither_guess_nor_label_and_wants_everything_chosen(town: Town) -> None:
    case_id = told(town, HOLE)
    task = Task(0, case_id, Reason.AGAIN, "pengaduan", "jalan", "tinggi", "m1", "telegram:9001", town.clock())
    town.app.store.write_now(lambda uow: uow.teaching.add(task))
    wati = town.admin(town.group("meja"))
    message = await begun(town, wati)
    assert "belum dipilih" in message.text
    assert "Kata penentu" not in message.text
    assert not any("%" in words or "✓" in words for words in message.buttons)
    await press(town, wati, message, "Lainnya…")
    refused = await town.press(wati, message, "Jalan")
    assert "Pilih dulu" in refused.toast
    await press(town, wati, message, "‹ Kembali")
    await press(town, wati, message, "🟡 Sedang")
    await press(town, wati, message, "Pengaduan")
    await press(town, wati, message, "Lainnya…")
    await press(town, wati, message, "Jalan")
    assert answers(town)[0].topic == "jalan"


async def test_where_others_think_differently_the_count_says_so(town: Town) -> None:
    told(town, HOLE)
    told(town, HOLE)
    wati = town.admin(town.group("meja"))
    message = await begun(town, wati)
    await press(town, wati, message, next(iter(message.buttons)))
    differs(town, answers(town)[0].case_id, "sampah")
    await press(town, wati, message, "🔴 Darurat")
    assert "1 dijawab hari ini; pada 1 laporan orang lain tak sependapat" in message.text


async def test_misconduct_is_not_shown_at_the_desk_but_waits_for_the_admin_alone(any_town: Town) -> None:
    told(any_town, LEVY, "integritas")
    desk = any_town.group("meja")
    wati = any_town.admin(desk)
    wati.say("/label")
    await any_town.hears(desk, "Tidak ada lagi")
    assert not any("pungli" in m.text for m in desk.answers)
    alone = any_town.citizen(9001, "Wati")
    alone.say("/label")
    assert "pungli" in (await any_town.hears(alone, "Topik apa ini?")).text


async def test_a_case_that_became_one_of_misconduct_meanwhile_is_not_drawn_in_a_group(town: Town) -> None:
    case_id = told(town, LEVY, "integritas")
    task = Task(0, case_id, Reason.RANDOM, "pengaduan", "integritas", "sedang", "m1", "telegram:9001", town.clock())
    kept = town.app.store.write_now(lambda uow: uow.teaching.add(task))
    desk = town.group("meja")
    shown = ShowTask(kept.id, alone=False)
    await show_task(town.app.store, town.app.office, town.app.channels["telegram"], Target(str(desk.id)), shown)
    assert "tidak bisa ditampilkan" in desk.answers[-1].text


async def test_only_admins_label_at_the_desk_or_alone_and_each_their_own(town: Town) -> None:
    told(town, HOLE)
    desk, dpu = town.group("meja"), town.group("dputr")
    town.staff(desk).say("/label")
    await town.hears(desk, "hanya admin")
    town.admin(dpu).say("/label")
    await town.hears(dpu, "meja aduan")
    message = await begun(town, town.admin(desk))
    refused = await town.press(town.staff(desk), message, "Lewati")
    assert "hanya admin" in refused.toast
    town.citizen().say("/label")
    await town.idle()
    assert answers(town) == []


async def test_every_button_is_one_of_its_own_as_discord_wants_it(town: Town) -> None:
    told(town, HOLE)
    wati = town.admin(town.group("meja"))
    message = await begun(town, wati)
    data = [button["callback_data"] for button in message.buttons.values()]
    assert len(data) == len(set(data)) <= 25
    assert max(len(each) for each in data) <= 64
