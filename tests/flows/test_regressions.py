"""Bugs that were mended once: each must stay so."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.budget import Budget
from bot.domain.case import Status, Tags
from bot.domain.errors import StoreUnavailable
from bot.domain.incoming import Attachment, Chat, Edited, Event, Said, Sender
from bot.domain.outgoing import CardView
from bot.domain.routing import route
from bot.services import inbox_loop
from bot.services.channel import Target
from bot.services.inbox_loop import CRASHES_ALLOWED, InboxLoop, InboxWriter
from bot.services.intake import handle
from bot.services.office import Office
from bot.services.ports import LaneResult, UnitOfWork
from bot.services.relay import BUG_TRIES, Relay
from bot.settings import load_region
from bot.store.engine import Store
from bot.store.tables import audit, inbox, lane, outbox
from tests.bot.services.fakes import NAME, FakeChannel, link, make_office, put, until, update
from tests.flows.acting import asked
from tests.flows.town import ROAD, RUBBISH, Town, code_in, region_file
from tests.flows.town import town as in_town
from tests.flows.wadul import REGION, Clock, WordTagger
from tests.standin.messages import Message
from tests.standin.people import Citizen, Member

SECOND_ROAD = "Jalan yang lain lagi juga berlubang di dekat sawah."


@pytest.fixture
def store(tmp_path: Path, _migrated_sqlite: Path) -> Iterator[Store]:
    """SQLite is enough here: what differs between the databases is tested beside the store."""
    shutil.copy(_migrated_sqlite, tmp_path / "wadul.db")
    opened = Store(f"sqlite:///{tmp_path / 'wadul.db'}")
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def rows(store: Store, table: sa.Table) -> list[dict[str, Any]]:
    with store.engine.connect() as connection:
        return [dict(row) for row in connection.execute(sa.select(table)).mappings()]


# The inbox


class Shaky:
    """A store whose writes fail by number, counted from when `trouble` is set."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.trouble: set[int] = set()
        self.writes = 0

    async def write(self, work: Callable[[Any], Any], *, urgent: bool = False) -> Any:
        self.writes += 1
        if self.writes in self.trouble:
            raise StoreUnavailable("test")
        return await self._store.write(work, urgent=urgent)

    async def read(self, work: Callable[[Any], Any]) -> Any:
        return await self._store.read(work)


def make_loop(database: Any, office: Office) -> InboxLoop:
    return InboxLoop(database, office, {NAME: FakeChannel()}, owner="a", woken=lambda: None)


async def test_a_database_that_is_away_for_a_moment_strands_no_claimed_update(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_loop, "RETRY_SECONDS", 0.01)
    await InboxWriter(store, woken=lambda: None).keep([update(1, "satu"), update(2, "dua", chat="2")])
    shaky = Shaky(store)
    shaky.trouble = {2, 3}  # the claim goes through, carrying out and the first giving back do not
    loop = make_loop(shaky, make_office(clock))
    with pytest.raises(StoreUnavailable):
        await loop.step()
    assert all(row["owner"] is None for row in rows(store, inbox))
    clock.skip(1)
    while await loop.step():
        pass
    assert all(row["done_at"] and not row["set_aside"] for row in rows(store, inbox))


async def test_an_update_that_was_given_back_often_is_not_taken_for_one_that_kills(
    store: Store, clock: Clock
) -> None:
    await InboxWriter(store, woken=lambda: None).keep([update(1, "satu")])
    shaky = Shaky(store)
    loop = make_loop(shaky, make_office(clock))
    for _ in range(CRASHES_ALLOWED + 1):
        shaky.trouble = {shaky.writes + 2}
        with suppress(StoreUnavailable):
            await loop.step()
        clock.skip(2)
    assert await loop.step()
    (row,) = rows(store, inbox)
    assert row["done_at"]
    assert not row["set_aside"]


async def test_an_update_that_kills_the_process_takes_no_innocent_one_along(store: Store, clock: Clock) -> None:
    writer = InboxWriter(store, woken=lambda: None)
    await writer.keep([update(1, "pembunuh"), update(2, "warga", chat="2")])
    for _ in range(CRASHES_ALLOWED):
        claimed = store.write_now(lambda uow: uow.inbox.claim("b", now=clock(), limit=16))
        assert any("pembunuh" in row.payload for row in claimed)
        store.write_now(lambda uow: uow.workers.leave("b"))  # it died
    loop = make_loop(store, make_office(clock))
    while await loop.step():
        pass
    aside = {row["event_id"]: row["set_aside"] for row in rows(store, inbox)}
    assert aside == {"1": "crashed the process", "2": None}


# Sending


class Held(FakeChannel):
    """Remembers every card as it was shown, and keeps the first one on its way until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[tuple[str, str | None, CardView]] = []
        self.go_on = asyncio.Event()

    async def show_card(self, to: Target, view: CardView, message_id: str | None) -> str:
        first = not self.cards
        self.cards.append((to.chat_id, message_id, view))
        if first:
            await self.go_on.wait()
        return message_id or self._send(to, view.title)


class Desk:
    """Use cases and a relay over a real database, without Telegram."""

    def __init__(self, store: Store, clock: Clock, channel: FakeChannel) -> None:
        self.store = store
        self.clock = clock
        self.channel = channel
        self.office = make_office(clock)
        self.relay = Relay(store, self.office, {NAME: channel}, owner="a")

    def happens(self, event: Event) -> None:
        self.store.write_now(lambda uow: handle(uow, self.office, event))
        self.relay.wake()

    def said(self, text: str, *, files: int = 0, sender: str = "5") -> None:
        attachments = tuple(Attachment("photo", f"f{n}", f"u{n}") for n in range(files))
        chat = Chat(NAME, sender, private=True)
        self.happens(Said(chat, Sender(NAME, sender, "Sri"), "1", self.clock(), text=text, attachments=attachments))

    def edited(self, text: str) -> None:
        chat = Chat(NAME, "5", private=True)
        self.happens(Edited(chat, Sender(NAME, "5", "Sri"), "1", self.clock(), text=text))

    @asynccontextmanager
    async def relaying(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.relay.run())
        try:
            yield
        finally:
            self.relay.stop()
            await task


async def test_a_card_that_moves_while_it_is_being_sent_ends_without_buttons_in_the_old_chat(
    store: Store, clock: Clock
) -> None:
    link(store, "dputr", "-1")
    link(store, "dlh", "-2")
    channel = Held()
    desk = Desk(store, clock, channel)
    desk.said(ROAD)
    async with desk.relaying():
        await until(lambda: channel.cards)
        desk.edited(RUBBISH)
        await until(lambda: any(chat == "-2" for chat, _, _ in channel.cards))
        channel.go_on.set()
        await until(lambda: any(chat == "-1" and known for chat, known, _ in channel.cards))
    old = [view for chat, _, view in channel.cards if chat == "-1"]
    assert old[0].rows
    assert not old[-1].rows
    assert "Kartu ini tidak dipakai lagi" in old[-1].lines[0].text


async def test_an_album_waits_for_room_in_the_groups_budget_as_a_whole(store: Store, clock: Clock) -> None:
    link(store, "dputr", "-1")
    channel = FakeChannel(limit=Budget(limit=5, seconds=60.0))
    desk = Desk(store, clock, channel)
    put(store, "satu", "dua", chat="-1", now=clock())
    desk.said(ROAD, files=4)
    async with desk.relaying():
        await until(lambda: [r for r in rows(store, lane) if r["chat_id"] == "-1" and r["ready_at"] > clock() + 1])
        assert len(channel.words("-1")) == 3  # the card; of the album, nothing
        clock.skip(61)
        desk.relay.wake()
        await until(lambda: len(channel.words("-1")) == 7)
    assert channel.words("-1")[3:] == ["photo"] * 4


async def test_a_row_that_fails_by_a_bug_ends_after_five_tries_and_the_desk_is_told(
    store: Store, clock: Clock
) -> None:
    link(store, "meja", "-1")
    link(store, "dputr", "-2")
    tries: list[str] = []

    def trouble(chat_id: str, words: str) -> None:
        if chat_id == "5":
            tries.append(words)
            raise KeyError("bug")

    desk = Desk(store, clock, FakeChannel(trouble=trouble))
    desk.said(ROAD)
    async with desk.relaying():
        for n in range(1, BUG_TRIES + 1):
            await until(lambda n=n: len(tries) == n)
            await until(lambda: not any(row["owner"] for row in rows(store, lane)))
            clock.skip(100)
            desk.relay.wake()
        await until(lambda: any("tidak terkirim: KeyError" in words for words in desk.channel.words("-1")))
    assert BUG_TRIES == 5
    assert len(tries) == BUG_TRIES
    assert all(row["done_at"] for row in rows(store, outbox))


async def test_one_failing_afterthought_does_not_drop_the_others_of_its_batch(store: Store, clock: Clock) -> None:
    for chat in "123":
        put(store, "a", chat=chat, now=clock())
    work = store.write_now(lambda uow: uow.outbox.claim("a", now=clock(), limit=9, channels=[NAME]))

    def noting(chat: str) -> Callable[[UnitOfWork, Office], None]:
        def note(uow: UnitOfWork, office: Office) -> None:
            uow.cases.note(None, "test", chat, at=0.0)
            if chat == "2":
                raise KeyError("bug")

        return note

    batch = [
        (LaneResult(w.key, (w.rows[0].id,), (), (), (), clock(), 0.0), [noting(w.chat_id)]) for w in work
    ]
    await Desk(store, clock, FakeChannel()).relay._settle_batch(batch)
    assert sorted(row["what"] for row in rows(store, audit)) == ["1", "3"]
    assert all(row["done_at"] for row in rows(store, outbox))
    assert all(row["owner"] is None for row in rows(store, lane))


# Cards and chats


async def closed(town: Town, group: Any, who: Member, text: str, *, by: Citizen) -> tuple[Message, Message]:
    """A case that is done: its card, and what the citizen was told."""
    card = await town.report(group, text, by=by)
    await town.press(who, card, "Selesai")
    who.reply(card, "Sudah dikerjakan.")
    return card, await town.hears(by, "Sudah dikerjakan.")


async def test_a_chat_that_was_unlinked_hears_nothing_more_of_a_closed_case_and_the_desk_does(town: Town) -> None:
    dlh, desk = town.group("dlh"), town.group("meja")
    sri = town.citizen()
    card, told = await closed(town, dlh, town.staff(dlh), RUBBISH, by=sri)
    await town.idle()
    town.admin(dlh).say("/putus")
    await town.hears(dlh, "Dinas Lingkungan Hidup")
    await town.idle()
    heard, edits = list(dlh.answers), len(card.texts)
    sri.reply(told, "Belum pak, masih menumpuk")
    await town.hears(desk, "Tambahan dari pelapor", "Belum pak, masih menumpuk", code_in(card))
    await town.idle()
    assert dlh.answers == heard
    assert all("masih menumpuk" not in text for text in card.texts[edits:])


async def test_balas_with_a_code_as_a_reply_to_another_cases_card_goes_to_the_codes_citizen(town: Town) -> None:
    dpu = town.group("dputr")
    sri, tono = town.citizen(), town.citizen(6, "Tono")
    first = await town.report(dpu, ROAD, by=sri)
    second = await town.report(dpu, SECOND_ROAD, by=tono)
    town.staff(dpu).reply(first, f"/balas {code_in(second)} Kami ke sawah besok.")
    await town.hears(tono, "Kami ke sawah besok.", code_in(second))
    await town.idle()
    assert all("besok" not in message.text for message in sri.answers)


async def test_a_note_two_hours_after_a_forgotten_selesai_is_not_sent_to_the_citizen(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, by=sri)
    question = await asked(town, dpu, budi, card, "Selesai")
    town.clock.skip(7200)
    budi.reply(card, "Besok dicek lagi sama mandor.")
    await town.shows(card, "sama mandor")
    await town.idle()
    assert town.case().open
    assert all("mandor" not in message.text for message in sri.answers)
    budi.reply(question, "Sudah ditambal.")
    await town.hears(sri, "Sudah ditambal.")
    assert town.case().status is Status.SELESAI


async def test_an_informed_department_cannot_see_the_masked_data(tmp_path: Path) -> None:
    config = region_file(tmp_path, lambda text: text.replace("inform_secondary = false", "inform_secondary = true"))
    async with in_town(tmp_path, config=config) as here:
        dpu, dishub = here.group("dputr"), here.group("dishub")
        card = await here.report(dpu, "Jalan bolong dan lampu mati di pasar, hubungi 081234567890 ya pak.")
        copy = await here.card(dishub)
        data = card.button("Lihat data")["callback_data"]
        press = await here.press(here.staff(dishub, "Dewi", 9005), copy, data=data)
        assert press.toast == "Kartu ini hanya tembusan. Yang menangani: Dinas PU dan Penataan Ruang."
        assert all(row["what"] != "data_seen" for row in here.rows(audit))


async def test_a_strangers_status_of_an_oversight_case_does_not_name_the_department(town: Town) -> None:
    office = town.group("inspektorat")
    card = await town.report(office, "Ada pungli waktu mengurus surat di kantor kecamatan.")
    tono = town.citizen(6, "Tono")
    tono.say(f"/status {code_in(card)}")
    answer = await town.hears(tono, code_in(card))
    assert answer.text == f"{code_in(card)}: Sedang ditangani"


async def test_staff_are_told_when_the_citizen_has_blocked_the_bot(town: Town) -> None:
    dlh = town.group("dlh")
    sri = town.citizen()
    budi = town.staff(dlh)
    card = await town.report(dlh, RUBBISH, by=sri)
    await town.idle()
    sri.block()
    await town.idle()
    await town.press(budi, card, "Selesai")
    budi.reply(card, "Sudah diangkut.")
    await town.hears(dlh, f"Dicatat di {code_in(card)}, tetapi pelapor memblokir bot")


# Which case words belong to


async def test_after_a_photo_that_staff_took_the_same_persons_next_complaint_is_a_case_of_its_own(town: Town) -> None:
    desk, dpu = town.group("meja"), town.group("dputr")
    sri = town.citizen()
    sri.photo()
    photo = await town.card(desk)
    await town.press(town.staff(desk), photo, "Terima")
    await town.shows(photo, "diterima Budi")
    card = await town.report(dpu, ROAD, by=sri)
    assert code_in(card) != code_in(photo)
    assert len(town.cases()) == 2


async def test_words_that_the_desk_types_for_a_voice_note_move_it_untaken_and_the_citizen_is_told(
    town: Town,
) -> None:
    desk, dpu = town.group("meja"), town.group("dputr")
    sri = town.citizen()
    budi = town.staff(desk)
    sri.voice()
    voice = await town.card(desk)
    await town.press(budi, voice, "Terima")
    await town.shows(voice, "diterima Budi")
    town.clock.skip(5)  # the citizen's chat has room again
    budi.reply(await asked(town, desk, budi, voice, "Tulis isi"), ROAD)
    card = await town.card(dpu)
    assert code_in(card) == code_in(voice)
    assert "Terima" in card.buttons
    await town.hears(sri, f"Laporan {code_in(card)} dipindahkan ke Dinas PU dan Penataan Ruang")
    case = town.case()
    assert (case.status, case.taken_by, case.unit) == (Status.DITERUSKAN, None, "dputr")


async def test_the_second_half_of_an_answer_joins_the_case(town: Town) -> None:
    dpu, desk = town.group("dputr"), town.group("meja")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, by=sri)
    budi.reply(await asked(town, dpu, budi, card, "Tanya pelapor"), "Sebelah mana?")
    await town.hears(sri, "Sebelah mana?")
    town.clock.skip(600)
    sri.say("Sebelah timur pasar pak")
    await town.hears(dpu, "Jawaban pelapor", "Sebelah timur")
    sri.say("pas di dekat toko emas merah itu")
    await town.hears(dpu, "Tambahan dari pelapor", "dekat toko emas")
    await town.idle()
    assert len(town.cases()) == 1
    assert desk.answers == []


async def test_editing_the_caption_of_an_albums_second_photo_opens_no_second_case(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    sri = town.citizen()
    _, second = sri.album(2, ROAD)
    await town.standin.settled()
    town.clock.skip(5)  # an album is waited for until it is whole
    card = await town.card(dpu)
    sri.edit(second, RUBBISH)
    await town.shows(card, ROAD, RUBBISH)
    await town.idle()
    assert len(town.cases()) == 1
    assert dlh.answers == []


async def test_status_and_batal_understand_a_code_with_a_space(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    code = code_in(await town.report(dpu, by=sri))
    typed = code.replace("-", " ").lower()
    sri.say(f"/status {typed}")
    await town.hears(sri, code, "Topik: Jalan")
    sri.say(f"/batal {typed}")
    await town.hears(sri, f"Laporan {code} sudah dibatalkan")


# Emergencies


class Alarmist(WordTagger):
    """Alone, every `tulung` looks like an emergency; read with what came before, nothing does."""

    def tag(self, text: str) -> Tags:
        words = text.casefold().split()
        alone = "tulung" in words and len(words) < 4
        tags = super().tag(text)
        return replace(tags, urgency="darurat" if alone else "sedang", alarming="kobongan" in words)


async def test_a_short_call_for_repair_after_a_complaint_is_no_emergency_and_one_for_a_fire_is(
    tmp_path: Path,
) -> None:
    async with in_town(tmp_path, tagger=Alarmist()) as here:
        dpu, fire = here.group("dputr"), here.group("bpbd")
        sri = here.citizen()
        card = await here.report(dpu, ROAD, by=sri)
        sri.say("tulung didandani")
        await here.shows(card, "tulung didandani")
        await here.hears(sri, "tak tambahake")
        assert not here.case().tags.emergency
        alarm = await here.report(fire, "tulung kobongan", by=sri)
        await here.hears(sri, "113", code_in(alarm))
        assert code_in(alarm) != code_in(card)
        assert [case.tags.emergency for case in here.cases()] == [False, True]


def test_an_emergency_without_a_topic_of_its_own_goes_to_the_likeliest_guesss_department() -> None:
    guesses = (("lainnya", 0.4), ("bencana", 0.3), ("sampah", 0.2))
    tags = Tags("pengaduan", "lainnya", "darurat", "id", unsure=True, guesses=guesses)
    assert route(load_region(REGION), tags).unit == "bpbd"
    assert route(load_region(REGION), replace(tags, urgency="tinggi")).unit == "meja"


# Small talk


class Polite(WordTagger):
    """Takes every short word for krama, as models do with greetings."""

    def tag(self, text: str) -> Tags:
        return replace(super().tag(text), language="jv_krama")


async def test_a_greeting_is_answered_in_its_own_register_and_one_without_in_indonesian(tmp_path: Path) -> None:
    answers = {
        "assalamualaikum": "Halo! Ada yang mau diadukan?",
        "P": "Halo! Ada yang mau diadukan?",
        "sugeng enjing": "Sugeng rawuh. Menapa wonten",
        "suwun": "Padha-padha.",
    }
    async with in_town(tmp_path, tagger=Polite()) as here:
        for id, (words, answer) in enumerate(answers.items(), start=10):
            warga = here.citizen(id)
            warga.say(words)
            await here.hears(warga, answer)
        assert here.cases() == []
