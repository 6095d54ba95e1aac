"""Nothing lost, nothing twice: trouble on the way out, budgets, poison on the way in."""

import asyncio
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
import structlog

from bot.logging import configure
from bot.store.tables import entry, inbox, outbox
from tests.flows.process import free_port
from tests.flows.town import ROAD, SOON, Town, code_in, town
from tests.standin import Limits

TROUBLES = [
    ("too_many", {"retry_after": 1}),
    ("server_error", {}),
    ("bad_gateway", {}),
    ("html", {}),
    ("drop_before", {}),
]


@pytest.fixture
def as_shipped() -> Iterator[None]:
    """Logging as the running system sets it up."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure(json=True, level="INFO", secrets=())
    yield
    structlog.reset_defaults()
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize(("kind", "options"), TROUBLES, ids=[kind for kind, _ in TROUBLES])
async def test_trouble_is_retried_in_order_while_other_chats_go_on(
    town: Town, kind: str, options: dict[str, int]
) -> None:
    sri, tono = town.citizen(), town.citizen(6, "Tono")
    sri.start()
    await town.hears(sri, "Wadul")
    town.standin.fault(kind, method="sendMessage", chat=5, times=2, **options)
    for word in ("/saya", "/laporanku", "/bantuan"):
        sri.say(word)
    tono.say("/saya")
    await town.hears(tono, "telegram:6", timeout=3)
    await town.hears(sri, "Cara melapor", timeout=SOON)
    await town.idle()
    assert [m.text.split()[0] for m in sri.answers[1:]] == ["Nomor", "Belum", "Cara"]


async def test_a_connection_dropped_after_the_message_arrived_repeats_at_most_the_same_words(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    sri = any_town.citizen()
    any_town.standin.fault("drop_after", method="sendMessage", chat=5)
    await any_town.report(dpu, ROAD, by=sri)
    await any_town.hears(sri, "Kode:", times=2)
    await any_town.idle()
    assert len(any_town.cases()) == 1
    assert len({code_in(m) for m in sri.answers}) == 1


async def test_a_card_that_could_not_be_sent_is_sent_later_with_its_files_under_it(town: Town) -> None:
    dpu = town.group("dputr")
    town.standin.fault("server_error", method="sendMessage", chat=dpu.id, times=2)
    town.citizen().photo(ROAD)
    card = await town.card(dpu)
    await town.standin.wait_for(lambda: any(m.kind == "photo" and m.reply_to is card for m in dpu.answers), SOON)
    assert dpu.answers[0] is card


async def test_a_chat_that_must_wait_keeps_nobody_else_waiting(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    any_town.standin.fault("too_many", chat=dpu.id, method="sendMessage", retry_after=30)
    sri, tono = any_town.citizen(), any_town.citizen(6, "Tono")
    sri.say(ROAD)
    await any_town.hears(sri, "Kode:")
    tono.say("/saya")
    await any_town.hears(tono, "telegram:6", timeout=3)
    await any_town.standin.wait_for(lambda: any(call.error for call in any_town.standin.calls), SOON)
    assert dpu.answers == []
    await asyncio.sleep(0.2)
    any_town.clock.skip(31)
    await any_town.card(dpu)


async def test_a_message_that_can_never_arrive_ends_and_the_desk_hears_of_it(any_town: Town) -> None:
    dpu, desk = any_town.group("dputr"), any_town.group("meja")
    sri = any_town.citizen()
    card = await any_town.report(dpu, ROAD, by=sri)
    await any_town.idle()
    any_town.standin.fault("refuse", method="sendMessage", chat=5, description="Bad Request: message is too strange")
    any_town.staff(dpu).reply(card, "/balas Kami ke sana.")
    await any_town.hears(desk, f"Pesan untuk laporan {code_in(card)} tidak terkirim")
    any_town.staff(dpu).reply(card, "/balas Kami tetap ke sana.")
    await any_town.hears(sri, "Kami tetap ke sana.")
    failed = [row for row in any_town.rows(outbox) if row["error"]]
    assert len(failed) == 1


async def test_a_private_chat_is_kept_within_its_budget(tmp_path: Path) -> None:
    async with town(tmp_path, limits=Limits()) as here:
        sri = here.citizen()
        for _ in range(5):
            sri.say("/saya")
        await here.hears(sri, "telegram:5", times=5, timeout=8)
        assert all(call.error is None for call in here.standin.calls)


async def test_a_group_is_kept_within_its_budget_and_every_card_comes_in_the_end(tmp_path: Path) -> None:
    async with town(tmp_path, limits=Limits(group_count=20, group_window=0.5)) as here:
        dpu = here.group("dputr")
        for n in range(30):
            here.citizen(100 + n).say(ROAD)
        await here.standin.wait_for(lambda: len(dpu.answers) == 15, SOON)
        await asyncio.sleep(0.6)
        assert len(dpu.answers) == 15  # five of the twenty stay free for answers to presses
        here.clock.skip(61)
        await here.standin.wait_for(lambda: len(dpu.answers) == 30, SOON)
        await here.idle()
        assert len(here.cases()) == 30
        assert all(call.error is None for call in here.standin.calls)


async def test_the_answer_to_a_press_goes_out_before_new_cards_when_the_group_is_full(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    for n in range(20):
        any_town.citizen(100 + n).say(ROAD)
    await any_town.standin.wait_for(lambda: len(dpu.answers) == 15, SOON)
    card = dpu.answers[0]
    started = perf_counter()
    press = await any_town.press(any_town.staff(dpu), card, "Terima")
    await any_town.shows(card, "diterima Budi", timeout=3)
    await any_town.press(any_town.staff(dpu), card, "Selesai")
    await any_town.hears(dpu, "apa yang sudah dikerjakan", timeout=3)
    assert perf_counter() - started < 5
    assert press.toast
    assert sum("· PML-" in m.text for m in dpu.answers) == 15


async def test_a_toast_never_waits_for_the_groups_budget(town: Town) -> None:
    dpu = town.group("dputr")
    card = await town.report(dpu)
    town.standin.fault("too_many", chat=dpu.id, method="editMessageText", retry_after=30)
    budi = town.staff(dpu)
    await town.press(budi, card, "Terima")
    press = await town.press(budi, card, "Terima", stale=True)
    assert press.toast == "Sudah diterima oleh Budi."


async def test_receipts_are_not_held_to_the_broadcast_limit(town: Town) -> None:
    started = perf_counter()
    for n in range(60):
        town.citizen(1000 + n).say("/saya")
    await town.standin.wait_for(lambda: len(town.standin.calls_of("sendMessage")) == 60, SOON)
    assert perf_counter() - started < 5  # at 25 a second, with the rest of the work, it would be slower


async def test_a_poison_update_is_set_aside_told_to_the_desk_and_its_chat_goes_on(any_town: Town) -> None:
    desk = any_town.group("meja")
    sri, tono = any_town.citizen(), any_town.citizen(6, "Tono")
    sri.say("racun di dalam pesan ini pak")
    tono.say("/saya")
    sri.say("/saya")
    await any_town.hears(sri, "telegram:5")
    await any_town.hears(tono, "telegram:6")
    (row,) = [row for row in any_town.rows(inbox) if row["set_aside"]]
    assert row["set_aside"] == "RuntimeError"
    assert "racun" in row["payload"]
    await any_town.hears(desk, "disisihkan", str(row["id"]))


async def test_an_update_that_cannot_be_read_is_set_aside_and_its_chat_goes_on(town: Town) -> None:
    sri = town.citizen()
    update = town.standin.world.emit("message", {"chat": {"id": 5}, "text": "?"}, chat_id=5)
    assert update
    sri.say("/saya")
    await town.hears(sri, "telegram:5")
    (row,) = [row for row in town.rows(inbox) if row["set_aside"]]
    assert row["event_id"] == str(update.id)
    assert json.loads(row["payload"])["update_id"] == update.id


async def test_no_poisons_words_reach_the_log(town: Town, capsys: pytest.CaptureFixture[str], as_shipped: None) -> None:
    town.citizen().say("racun rahasia-sekali-ini pak, telepon 081234567890")
    await town.standin.wait_for(lambda: any(row["set_aside"] for row in town.rows(inbox)), SOON)
    printed = capsys.readouterr()
    assert "update_set_aside" in printed.out + printed.err
    assert "rahasia-sekali-ini" not in printed.out + printed.err
    assert "081234567890" not in printed.out + printed.err


async def test_updates_of_one_chat_are_carried_out_in_order(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    sri = any_town.citizen()
    card = await any_town.report(dpu, ROAD, by=sri)
    budi = any_town.staff(dpu)
    for n in range(12):
        budi.reply(card, f"Catatan nomor {n}.")
    await any_town.shows(card, "Catatan nomor 11.")
    notes = [row["text"] for row in any_town.rows(entry) if row["kind"] == "note"]
    assert notes == [f"Catatan nomor {n}." for n in range(12)]


async def test_a_poll_that_fails_is_repeated_and_nothing_is_lost(town: Town) -> None:
    dpu = town.group("dputr")
    town.standin.fault("bad_gateway", method="getUpdates", times=2)
    card = await town.report(dpu, ROAD)
    assert ROAD in card.text


async def test_a_webhook_carries_the_same_messages(tmp_path: Path) -> None:
    port = free_port()
    settings = {
        "telegram_mode": "webhook", "telegram_webhook_secret": "rahasia-1", "http_port": port,
        "public_url": f"http://127.0.0.1:{port}",
    }  # fmt: skip
    async with town(tmp_path, **settings) as here:
        dpu = here.group("dputr")
        sri = here.citizen()
        card = await here.report(dpu, ROAD, by=sri)
        await here.press(here.staff(dpu), card, "Terima")
        await here.shows(card, "diterima Budi")
        await here.hears(sri, "sudah diterima petugas")


async def test_a_graceful_end_closes_every_connection(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        sri = here.citizen()
        sri.say("/saya")
        await here.hears(sri, "telegram:5")
        telegram = here.app.telegram
        assert telegram
    assert all(request._session is None for request in telegram.requests)
