"""The citizen is told at every public step, each in the register they wrote in; `/status` tells the steps again."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from bot.domain.life import MOVES
from bot.services.citizens.confirming import close_by_silence, close_unanswered
from bot.services.ports import UnitOfWork
from bot.texts import Catalogue
from tests.flows.acting import asked, choose
from tests.flows.town import DOUBT, ROAD, Town, code_in
from tests.standin.groups import Group
from tests.standin.messages import Message
from tests.standin.people import Citizen, Member

WORDS = (
    ROAD,
    "Dalane bolong neng ngarep pasar Comal, wis suwe ora ditambal.",
    "Nuwun sewu, margi ngajeng peken Comal sampun risak sanget.",
)
REGISTERS = ("id", "jv", "jv@krama")
DONE = "Sudah ditambal kemarin sore."
TEXTS = Catalogue.load()

# What tells the citizen of each move of the status table; what a receipt tells has a receipt's text.
TOLD = {
    "verifikasi": "receipt.department", "teruskan": "told.moved", "ragukan": "joined.moved", "terima": "told.taken",
    "alihkan": "told.moved", "tanya": "told.question", "jawab": "answered", "jawab_terlambat": "answered.late",
    "tanpa_jawaban": "unanswered.closed", "selesai": "told.done", "beres": "confirm.thanks", "diam": "silent.closed",
    "belum": "reopen.ask", "bukan_wewenang": "told.not_ours", "gabung": "told.merged", "pisah": "told.split",
    "tutup": "told.closed", "buka": "told.reopened", "batal": "cancel.done",
}  # fmt: skip


@dataclass
class Told:
    """One report in its department's group: who sent it, who works on it, its card."""

    town: Town
    group: Group
    staff: Member
    citizen: Citizen
    card: Message

    @property
    def code(self) -> str:
        return code_in(self.card)

    async def ends_by_rule(self, rule: Callable[..., object], days: int) -> None:
        """What the clock does when nobody answers."""
        office, code = self.town.app.office, self.code

        def close(uow: UnitOfWork) -> None:
            case = uow.cases.by_code(code)
            assert case
            rule(uow, office, case, days=days)

        await self.town.app.store.write(close)

    async def says(self, button: str, words: str) -> Message:
        """Press a button that wants a sentence and give it; what the citizen reads."""
        self.staff.reply(await asked(self.town, self.group, self.staff, self.card, button), words)
        return await self.town.hears(self.citizen, words, self.code)


Step = Callable[[Told], Awaitable[None]]


async def _take(it: Told) -> None:
    await choose(it.town, it.staff, it.card, "Terima")


async def _hand_over(it: Told) -> None:
    await choose(it.town, it.staff, it.card, "Alihkan", "Dinas Lingkungan Hidup", "topik tetap")


async def _ask(it: Told) -> None:
    await it.says("Tanya pelapor", "Sebelah mana pasarnya?")


async def _answer(it: Told) -> None:
    it.citizen.reply(await it.says("Tanya pelapor", "Sebelah mana pasarnya?"), "Sebelah timur toko emas")


async def _never_answer(it: Told) -> None:
    await _ask(it)
    await it.ends_by_rule(close_unanswered, 10)


async def _answer_late(it: Told) -> None:
    question = await it.says("Tanya pelapor", "Sebelah mana pasarnya?")
    await it.ends_by_rule(close_unanswered, 10)
    it.citizen.reply(question, "Sebelah timur toko emas")


async def _write(it: Told) -> None:
    it.staff.reply(it.card, "/balas Kami jadwalkan hari Senin.")


async def _finish(it: Told) -> None:
    await it.says("Selesai", DONE)


async def _confirm(it: Told) -> None:
    question = await it.says("Selesai", DONE)
    await it.town.press(it.citizen, question, question.rows[0][0])


NOT_YET = ("Belum", "Durung", "Dereng")


async def _reopen(it: Told) -> None:
    await it.says("Selesai", DONE)
    question = await it.town.standin.wait_for(  # an earlier question of the same words has lost its buttons
        lambda: next((m for m in reversed(it.citizen.answers) if m.rows and m.rows[0][-1] in NOT_YET), None), 5
    )
    await it.town.press(it.citizen, question, question.rows[0][1])


async def _be_silent(it: Told) -> None:
    await it.says("Selesai", DONE)
    await it.ends_by_rule(close_by_silence, 10)


async def _decline(it: Told) -> None:
    await it.says("Bukan wewenang", "Bina Marga Provinsi")


async def _close(it: Told) -> None:
    it.staff.reply(it.card, "/tutup Sudah masuk rencana tahun depan.")


async def _withdraw(it: Told) -> None:
    it.citizen.say(f"/batal {it.code}")


STEPS: dict[str, tuple[Step, tuple[str, str, str]]] = {
    "terima": (_take, ("sudah diterima petugas Dinas PU", "wis ditampa petugas Dinas PU", "sampun dipuntampi petugas")),
    "alihkan": (_hand_over, ("dipindahkan ke Dinas L", "dipindhah menyang Dinas L", "dipunpindhah dhateng Dinas L")),
    "tanya": (_ask, ("bertanya tentang laporan", "takon bab laporan", "nyuwun pirsa bab laporan")),
    "jawab": (_answer, ("jawaban Anda sudah", "jawaban sampeyan wis", "wangsulan panjenengan sampun")),
    "tanpa_jawaban": (_never_answer, ("belum terjawab", "durung", "dereng dipunwangsuli")),
    "jawab_terlambat": (_answer_late, ("dibuka kembali", "dibukak maneh", "dipunbikak malih")),
    "balas": (_write, ("Kami jadwalkan hari Senin.",) * 3),
    "selesai": (_finish, ("memang sudah beres?", "pancen wis beres?", "leres sampun beres?")),
    "beres": (_confirm, ("Terima kasih sudah memastikan", "wis dipastekake", "sampun dipunpesthekaken")),
    "belum": (_reopen, ("Apa yang masih kurang?", "sih kurang", "taksih kirang?")),
    "diam": (_be_silent, ("saya anggap beres", "tak anggep beres", "kula anggep beres")),
    "bukan_wewenang": (_decline, ("bukan wewenang", "dudu wewenange", "sanes wewenangipun")),
    "tutup": (_close, ("Sudah masuk rencana tahun depan.",) * 3),
    "batal": (_withdraw, ("sudah dibatalkan", "wis dibatalake", "sampun dipunbatalaken")),
}


def test_every_move_of_the_table_has_its_text_in_every_register() -> None:
    assert set(TOLD) == set(MOVES)
    for register in (*REGISTERS, "en"):
        assert set(TOLD.values()) - TEXTS.keys(register) == set()


@pytest.mark.parametrize("step", STEPS)
async def test_the_citizen_is_told_in_the_register_they_wrote_in(town: Town, step: str) -> None:
    do, answers = STEPS[step]
    dpu = town.group("dputr")
    town.group("dlh")
    for number, (words, answer) in enumerate(zip(WORDS, answers, strict=True), start=5):
        citizen = town.citizen(number, f"Warga{number}")
        it = Told(town, dpu, town.staff(dpu), citizen, await town.report(dpu, words, by=citizen))
        await do(it)
        await town.hears(citizen, answer, it.code)
        town.clock.skip(61)  # a group is sent only so much in a minute


async def test_a_doubtful_report_is_told_where_the_desk_sent_it(town: Town) -> None:
    desk, dpu = town.group("meja"), town.group("dputr")
    sri = town.citizen()
    card = await town.report(desk, DOUBT, by=sri)
    await choose(town, town.staff(desk, "Wati", 9003), card, "Jalan 10 %")
    moved = await town.card(dpu)
    await town.hears(sri, "dipindahkan ke Dinas PU", code_in(moved))


async def test_words_of_ones_own_that_move_the_case_are_answered_with_where_it_is_now(town: Town) -> None:
    desk, dpu = town.group("meja"), town.group("dputr")
    sri = town.citizen()
    await town.report(desk, "Saya mau mengadu ini pak bupati", by=sri)
    sri.say("jalan di Karangsari berlubang")
    card = await town.card(dpu)
    await town.hears(sri, "Sudah saya tambahkan", code_in(card), "sekarang di Dinas PU")


async def test_status_tells_the_steps_with_their_days_and_no_names(any_town: Town) -> None:
    dpu, sri = any_town.group("dputr"), any_town.citizen()
    card = await any_town.taken(dpu, any_town.staff(dpu), by=sri)
    any_town.clock.skip(2 * 86400)
    it = Told(any_town, dpu, any_town.staff(dpu), sri, card)
    await it.says("Selesai", DONE)
    sri.say(f"/status {it.code}")
    answer = await any_town.hears(sri, "Perjalanannya:")
    steps = answer.text.split("Perjalanannya:\n")[1].split("\n")
    assert [step.split(" ", 1)[1] for step in steps] == [
        "diteruskan ke Dinas PU dan Penataan Ruang",
        "diterima Dinas PU dan Penataan Ruang",
        "selesai menurut Dinas PU dan Penataan Ruang",
    ]
    days = [step.split(" ", 1)[0] for step in steps]
    assert days[0] == days[1] != days[2]
    assert "Budi" not in answer.text
    joko = any_town.citizen(6, "Joko")
    joko.say(f"/status {it.code}")
    public = await any_town.hears(joko, it.code)
    assert "\n" not in public.text


async def test_laporanku_tells_the_latest_steps_in_the_register_of_the_citizen(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    town.group("dlh")
    it = Told(town, dpu, town.staff(dpu), sri, await town.report(dpu, WORDS[1], by=sri))
    await _take(it)
    await _reopen(it)
    town.clock.skip(120)  # so much at once would use up the group's budget
    await _take(it)
    await town.shows(it.card, "diterima Budi")
    await _reopen(it)
    sri.say("/laporanku")
    answer = await town.hears(sri, "Laporan sampeyan:", it.code)
    steps = [line.split(" ", 2)[2] for line in answer.text.split("\n") if line.startswith("– ")]
    done = "rampung, miturut Dinas PU dan Penataan Ruang"
    again = "jebule durung beres, dibukak maneh"
    taken = "ditampa Dinas PU dan Penataan Ruang"
    assert steps == [taken, done, again] * 2


async def test_a_step_of_another_year_names_its_year(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    card = await town.report(dpu, by=sri)
    town.clock.skip(370 * 86400)
    sri.say(f"/status {code_in(card)}")
    answer = await town.hears(sri, "Perjalanannya:")
    assert answer.text.split("\n")[-1].split(" ")[0].count("-") == 2
