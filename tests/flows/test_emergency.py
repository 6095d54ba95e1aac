"""An emergency: the numbers first, the alarm, the department; also when the model throws or is missing."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from bot.services.tagging import ModelTagger
from classifier import Verdict, classify
from tests.flows.town import FIRE, ROAD, Town, region_file, town

NUMBERS = ("112 · darurat (gratis)", "110 · polisi", "113 · pemadam kebakaran", "119 · ambulans", "115 · SAR")
CLAIMS = ("sedang menuju", "sudah dikirim", "dalam perjalanan", "bantuan dikirim", "segera datang", "berangkat ke")


def _throws(texts: Sequence[str]) -> list[Verdict]:
    raise RuntimeError("the model of this test throws")


async def test_the_numbers_come_first_then_the_alarm_and_the_departments_card(any_town: Town) -> None:
    duty, bpbd = any_town.group("siaga"), any_town.group("bpbd")
    sri = any_town.citizen()
    sri.say(FIRE)
    answer = await any_town.hears(sri, "TELEPON SEKARANG", *NUMBERS)
    alarm, card = await any_town.card(duty), await any_town.card(bpbd)
    assert alarm.text.startswith("🚨 DARURAT · PML-")
    assert card.text.startswith("🔴 Darurat · PML-")
    assert sri.answers[0] is answer
    assert answer.text.index("112") < answer.text.index("Kode: PML-")
    await any_town.idle()
    assert len(sri.answers) == 1


async def test_the_answer_never_claims_that_help_was_sent(town: Town) -> None:
    town.group("siaga")
    for id, words in ((5, FIRE), (6, "Tulung, omahe tanggaku kobongan iki!"), (7, "Nuwun, griya kula kebakaran!")):
        citizen = town.citizen(id)
        citizen.say(words)
        answer = await town.hears(citizen, "112", "PML-")
        assert all(claim not in answer.text.casefold() for claim in CLAIMS)
        assert answer.text.split("\n")[0] in {
            "Kalau ada bahaya, TELEPON SEKARANG:", "Nek ana bebaya, TELPON SAIKI:",
            "Menawi wonten bebaya, MANGGA NELPON SAKMENIKA:",
        }  # fmt: skip


async def test_112_is_shown_only_where_the_region_runs_it(tmp_path: Path) -> None:
    config = region_file(tmp_path, lambda text: text.replace("has_112 = true", "has_112 = false"))
    async with town(tmp_path, config=config) as here:
        sri = here.citizen()
        sri.say(FIRE)
        answer = await here.hears(sri, "113 · pemadam kebakaran")
        assert "112" not in answer.text.replace("PML-", "").split("Kode")[0]


async def test_the_duty_chat_sees_the_phone_number_and_the_department_does_not(town: Town) -> None:
    duty, bpbd = town.group("siaga"), town.group("bpbd")
    sri = town.citizen()
    sri.say(FIRE + " Hubungi 081234567890")
    alarm, card = await town.card(duty), await town.card(bpbd)
    assert "Telepon pelapor: +6281234567890" in alarm.text
    assert "81234567890" not in card.text
    sri.contact("+6285712345678")
    await town.shows(alarm, "+6285712345678")
    await town.idle()
    assert "85712345678" not in card.text


async def test_the_duty_chat_may_take_the_case_and_every_card_shows_it(town: Town) -> None:
    duty, bpbd = town.group("siaga"), town.group("bpbd")
    sri = town.citizen()
    sri.say(FIRE)
    alarm, card = await town.card(duty), await town.card(bpbd)
    assert list(alarm.buttons) == ["Terima"]
    await town.press(town.staff(duty, "Joko", 9008), alarm, "Terima")
    await town.shows(alarm, "diterima Joko")
    await town.shows(card, "diterima Joko")
    assert "Terima" not in card.buttons
    await town.hears(sri, "sudah diterima petugas")


async def test_without_a_duty_chat_the_alarm_goes_to_the_desk(town: Town) -> None:
    desk, bpbd = town.group("meja"), town.group("bpbd")
    town.citizen().say(FIRE)
    alarm = await town.card(desk)
    await town.card(bpbd)
    assert alarm.text.startswith("🚨 DARURAT")


async def test_an_unsure_emergency_does_not_wait_at_the_desk(town: Town) -> None:
    duty, bpbd = town.group("siaga"), town.group("bpbd")
    desk = town.group("meja")
    town.citizen().say("Saya ragu, sepertinya ada kebakaran di belakang pasar")
    await town.card(duty)
    await town.card(bpbd)
    await town.idle()
    assert desk.answers == []


async def test_an_emergency_told_in_the_second_message_raises_the_alarm(town: Town) -> None:
    duty, dpu = town.group("siaga"), town.group("dputr")
    sri = town.citizen()
    card = await town.report(dpu, ROAD, by=sri)
    sri.say("Jalan itu sekarang ada anak tenggelam di lubangnya")
    await town.card(duty)
    await town.hears(sri, "TELEPON SEKARANG")
    await town.shows(card, "🔴 Darurat")


async def test_an_emergency_in_an_answer_raises_the_alarm(town: Town) -> None:
    duty, dpu = town.group("siaga"), town.group("dputr")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, ROAD, by=sri)
    await town.press(budi, card, "Tanya pelapor")
    budi.reply(card, "Ada yang terluka?")
    question = await town.hears(sri, "Ada yang terluka?")
    sri.reply(question, "Ada anak tenggelam pak!")
    await town.card(duty)
    await town.hears(sri, "TELEPON SEKARANG")


async def test_the_alarm_ends_where_the_case_ends(town: Town) -> None:
    duty, bpbd = town.group("siaga"), town.group("bpbd")
    sri = town.citizen()
    sri.say(FIRE)
    alarm, card = await town.card(duty), await town.card(bpbd)
    budi = town.staff(bpbd)
    await town.press(budi, card, "Selesai")
    budi.reply(card, "Api sudah padam.")
    await town.shows(alarm, "Hasil: Api sudah padam.")
    assert not alarm.buttons


@pytest.mark.parametrize("model", [None, _throws], ids=["no model", "a model that throws"])
@pytest.mark.parametrize(
    "words",
    [
        "Tolong, ada kebakaran di rumah tetangga saya sekarang!",
        "Tulung, omahe tanggaku kobongan saiki!",
        "Nyuwun tulung, griya kula kobongan sakmenika!",
        "Tulung lik, umahe tanggane nyong kobongan kiye!",
    ],
    ids=["id", "ngoko", "krama", "ngapak"],
)
async def test_emergencies_are_handled_in_every_register_without_a_working_model(
    tmp_path: Path, model: object, words: str
) -> None:
    tagger = ModelTagger(model, rules=partial(classify, None))  # type: ignore[arg-type]
    async with town(tmp_path, tagger=tagger) as here:
        duty = here.group("siaga")
        sri = here.citizen()
        sri.say(words)
        await here.hears(sri, *NUMBERS)
        alarm = await here.card(duty)
        assert alarm.text.startswith("🚨 DARURAT")
        assert "dipilah tanpa mesin" in alarm.text


@pytest.mark.parametrize("model", [None, _throws], ids=["no model", "a model that throws"])
async def test_without_a_working_model_everything_else_goes_to_the_desk(tmp_path: Path, model: object) -> None:
    tagger = ModelTagger(model, rules=partial(classify, None))  # type: ignore[arg-type]
    async with town(tmp_path, tagger=tagger) as here:
        desk, dpu = here.group("meja"), here.group("dputr")
        sri = here.citizen()
        card = await here.report(desk, ROAD, by=sri)
        assert "dipilah tanpa mesin" in card.text
        assert not any("%" in words for words in card.buttons)
        await here.hears(sri, "Kode: PML-", "Dibaca dulu oleh petugas")
        sri.say("Terima kasih")
        await here.hears(sri, "Sama-sama")
        await here.idle()
        assert dpu.answers == []


async def test_the_alarm_passes_new_cards_that_wait(any_town: Town) -> None:
    duty = any_town.group("siaga", "dputr")
    any_town.standin.fault("too_many", chat=duty.id, retry_after=1)
    for n in range(4):
        any_town.citizen(50 + n).say(ROAD)
        await any_town.hears(any_town.citizen(50 + n), "Kode:")
    any_town.citizen(60).say(FIRE)
    await any_town.card(duty)
    await any_town.standin.wait_for(lambda: len(duty.answers) >= 5, 5)
    assert duty.answers[0].text.startswith("🚨 DARURAT")
