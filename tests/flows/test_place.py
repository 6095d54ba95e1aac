"""A report that needs a place and names none: asked once, in the receipt; what the citizen says next is the answer."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.case import Tags
from tests.flows.acting import choose
from tests.flows.town import RUBBISH, Town, code_in
from tests.flows.town import town as in_town
from tests.flows.wadul import WordTagger

ROAD = "Jalan berlubang, sudah lama tidak ditambal."
RECEIPT = "Laporan Anda sudah saya terima."
QUESTION = "Di mana tempatnya?"
THANKS = "Sudah saya tambahkan tempatnya"


class Anxious(WordTagger):
    """Hears an emergency in the name of a health centre that stands alone, as models do."""

    def tag(self, text: str) -> Tags:
        tags = super().tag(text)
        alone = text.split()[-1] == "puskesmas" and "jalan" not in text.casefold()
        return replace(tags, kind="pengaduan", topic="kesehatan", urgency="darurat", p_topic=1.0) if alone else tags


@pytest.mark.parametrize(
    ("words", "question"),
    [
        (ROAD, QUESTION),
        ("Dalane bolong kabeh, wis suwe ora ditambal.", "Panggonane neng endi?"),
        ("Nuwun sewu, margi sampun risak sanget.", "Papanipun wonten pundi?"),
    ],
)
async def test_the_question_is_the_end_of_the_receipt_itself(town: Town, words: str, question: str) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    card = await town.report(dpu, words, by=sri)
    receipt = await town.hears(sri, code_in(card))
    assert receipt.text.split("\n\n")[-1].startswith(question)
    await town.idle()
    assert len(sri.answers) == 1
    assert "Tempat: belum disebut (sudah saya tanyakan)" in card.text


@pytest.mark.parametrize(
    "words",
    ["Jalan di Karangsari berlubang dalam.", "KTP saya tiga bulan belum jadi juga pak.", "Ada pungli di kantor ini."],
)
async def test_a_report_with_a_place_or_on_a_topic_without_one_is_not_asked(town: Town, words: str) -> None:
    town.group("meja")
    sri = town.citizen()
    sri.say(words)
    receipt = await town.hears(sri, RECEIPT)
    await town.idle()
    assert QUESTION not in receipt.text
    assert town.case().awaiting is None


async def test_in_an_emergency_the_numbers_come_first_and_the_question_last(any_town: Town) -> None:
    duty, sri = any_town.group("siaga"), any_town.citizen()
    sri.say("Kebakaran, apinya besar!")
    answer = await any_town.hears(sri, "TELEPON SEKARANG", QUESTION)
    assert answer.text.startswith("Kalau ada bahaya")
    assert answer.text.split("\n")[-1].startswith(QUESTION)
    alarm = await any_town.card(duty)
    sri.say("neng Karangsari")
    await any_town.shows(alarm, "Tempat: Desa Karangsari")
    await any_town.hears(sri, THANKS)
    await any_town.idle()
    assert any_town.case().tags.urgency == "darurat"
    assert len(any_town.cases()) == 1


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("neng Karangsari", "Desa Karangsari"),
        ("di sebelah kiri warung soto Pak Min", "sebelah kiri warung soto Pak Min"),
        ("Krajan kulon", "Krajan kulon"),
    ],
)
async def test_the_next_words_are_the_place_also_long_after(any_town: Town, words: str, place: str) -> None:
    dpu, sri = any_town.group("dputr"), any_town.citizen()
    card = await any_town.report(dpu, ROAD, by=sri)
    any_town.clock.skip(1800)
    sri.say(words)
    await any_town.shows(card, f"Tempat: {place}", words)
    await any_town.hears(sri, THANKS, code_in(card))
    await any_town.idle()
    case = any_town.case()
    assert (case.tags.location, case.awaiting, case.tags.topic) == (place, None, "jalan")


async def test_a_location_shared_later_answers_the_question(any_town: Town) -> None:
    dpu, sri = any_town.group("dputr"), any_town.citizen()
    card = await any_town.report(dpu, ROAD, by=sri)
    any_town.clock.skip(1800)
    sri.location(-6.89123, 109.38456)
    await any_town.shows(card, "Tempat: -6.89123, 109.38456")
    await any_town.hears(sri, THANKS)
    await any_town.idle()
    assert any_town.case().awaiting is None


async def test_the_place_still_comes_to_a_case_that_was_taken_meanwhile(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    card = await town.taken(dpu, town.staff(dpu), ROAD, by=sri)
    town.clock.skip(1800)
    sri.say("neng ngarep masjid Karangsari")
    await town.shows(card, "Tempat: Desa Karangsari", "diterima Budi")
    note = await town.hears(dpu, "Tambahan dari pelapor", "ngarep masjid")
    assert note.reply_to is card
    await town.hears(sri, THANKS)
    await town.idle()
    assert len(town.cases()) == 1
    assert town.case().status == "diproses"


async def test_a_shared_location_comes_to_a_case_that_was_taken_meanwhile(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    card = await town.taken(dpu, town.staff(dpu), ROAD, by=sri)
    town.clock.skip(1800)
    sri.location(-6.89123, 109.38456)
    await town.shows(card, "-6.89123, 109.38456")
    await town.hears(sri, THANKS)
    assert len(town.cases()) == 1


async def test_the_question_goes_along_with_a_hand_over(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    sri = town.citizen()
    card = await town.report(dpu, ROAD, by=sri)
    await choose(town, town.staff(dpu), card, "Alihkan", "Dinas Lingkungan Hidup", "topik tetap")
    moved = await town.card(dlh)
    sri.say("neng Karangsari")
    await town.shows(moved, "Tempat: Desa Karangsari")


async def test_who_only_says_my_house_is_heard_when_they_say_more(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    card = await town.report(dpu, ROAD, by=sri)
    sri.say("di depan rumah saya pak")
    await town.shows(card, "Tempat: depan rumah saya")
    town.clock.skip(600)
    sri.say("Krajan kulon")
    await town.shows(card, "Tempat: Krajan kulon")
    await town.idle()
    assert len(town.cases()) == 1
    assert sum(QUESTION in m.text for m in sri.answers) == 1


async def test_danger_told_while_the_question_is_open_is_not_read_away(tmp_path: Path) -> None:
    async with in_town(tmp_path, tagger=Anxious()) as town:
        duty, dpu, sri = town.group("siaga"), town.group("dputr"), town.citizen()
        await town.report(dpu, ROAD, by=sri)
        town.clock.skip(600)
        sri.say("anak jatuh dekat puskesmas")
        await town.card(duty)
        await town.hears(sri, "TELEPON SEKARANG")


async def test_the_second_short_message_may_be_the_place_and_the_third_still_joins(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    card = await town.report(dpu, "Pak, jalan rusak", by=sri)
    sri.say("Krajan rt 3")
    sri.say("bolong banget")
    await town.shows(card, "Tempat: Krajan rt 3", "bolong banget")
    await town.idle()
    assert len(town.cases()) == 1
    assert sum(QUESTION in m.text for m in sri.answers) == 1


async def test_what_is_no_place_joins_and_the_question_stays_open(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    card = await town.report(dpu, ROAD, by=sri)
    town.clock.skip(600)
    sri.say("tulung cepet pak")
    await town.shows(card, "tulung cepet pak", "Tempat: belum disebut")
    town.clock.skip(600)
    sri.say("neng Karangsari")
    await town.shows(card, "Tempat: Desa Karangsari")
    await town.idle()
    assert len(town.cases()) == 1
    assert sum(QUESTION in m.text for m in sri.answers) == 1


@pytest.mark.parametrize("words", ["ora ngerti", "Tidak tahu pak", "lali jenenge"])
async def test_who_cannot_tell_is_thanked_and_never_asked_again(any_town: Town, words: str) -> None:
    dpu, sri = any_town.group("dputr"), any_town.citizen()
    card = await any_town.report(dpu, ROAD, by=sri)
    sri.say(words)
    await any_town.hears(sri, "Tidak apa-apa, terima kasih", code_in(card))
    await any_town.shows(card, "Tempat: tidak disebut", f"Tambahan pelapor: {words}")
    sri.say("bolong banget")
    await any_town.hears(sri, "Sudah saya tambahkan ke laporan")
    await any_town.idle()
    assert len(any_town.cases()) == 1
    assert any_town.case().awaiting is None
    assert sum(QUESTION in m.text for m in sri.answers) == 1


async def test_who_cannot_tell_reopens_no_other_case_that_waits_for_a_yes(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    sri, tuti = town.citizen(), town.staff(dlh, "Tuti", 9004)
    old = await town.report(dlh, RUBBISH, by=sri)
    await town.press(tuti, old, "Selesai")
    tuti.reply(await town.hears(dlh, "apa yang sudah dikerjakan"), "Sudah diangkut.")
    await town.hears(sri, "memang sudah beres?")
    await town.report(dpu, ROAD, by=sri)
    sri.say("ora ngerti")
    await town.hears(sri, "Tidak apa-apa")
    await town.idle()
    assert [case.status for case in town.cases()] == ["menunggu_konfirmasi", "diteruskan"]


async def test_another_matter_is_a_case_of_its_own_and_ends_the_question(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    sri = town.citizen()
    road = await town.report(dpu, ROAD, by=sri)
    rubbish = await town.report(dlh, RUBBISH, by=sri)
    sri.say("neng Karangsari")
    await town.shows(rubbish, "Tempat: Desa Karangsari")
    sri.say("KTP saya tiga bulan belum jadi juga pak.")
    await town.idle()
    assert "Karangsari" not in road.text
    assert [case.awaiting for case in town.cases()] == [None, None, None]


async def test_the_matter_told_again_with_its_place_is_the_same_case(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    card = await town.report(dpu, ROAD, by=sri)
    town.clock.skip(1200)
    sri.say("Jalan yang di Karangsari itu pak, depan balai desa.")
    await town.shows(card, "Tempat: Desa Karangsari", "depan balai desa")
    await town.idle()
    assert len(town.cases()) == 1


async def test_after_an_hour_the_next_words_are_no_answer_but_a_reply_still_is(town: Town) -> None:
    town.group("meja")
    dpu, sri = town.group("dputr"), town.citizen()
    card = await town.report(dpu, ROAD, by=sri)
    receipt = await town.hears(sri, QUESTION)
    town.clock.skip(3700)
    sri.say("Krajan kulon")
    await town.hears(sri, "Sepertinya ini bukan laporan")
    assert "Krajan" not in card.text
    sri.reply(receipt, "neng Karangsari")
    await town.shows(card, "Tempat: Desa Karangsari")
    assert len(town.cases()) == 1


async def test_thanks_are_answered_as_such_and_leave_the_question_open(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    card = await town.report(dpu, ROAD, by=sri)
    sri.say("Matur nuwun")
    await town.hears(sri, "Sami-sami")
    sri.say("Krajan kulon")
    await town.shows(card, "Tempat: Krajan kulon")


async def test_a_photo_after_the_question_joins_and_leaves_it_open(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    card = await town.report(dpu, ROAD, by=sri)
    town.clock.skip(600)
    sri.photo()
    await town.shows(card, "1 foto")
    await town.idle()
    assert len(town.cases()) == 1
    assert town.case().awaiting == "place"


async def test_an_emergency_while_the_question_is_open_is_one(town: Town) -> None:
    duty, dpu = town.group("siaga"), town.group("dputr")
    sri = town.citizen()
    await town.report(dpu, ROAD, by=sri)
    town.clock.skip(600)
    sri.say("kebakaran di Karangsari!")
    await town.card(duty)
    await town.hears(sri, "TELEPON SEKARANG")
    await town.idle()
    assert [case.tags.emergency for case in town.cases()] == [False, True]


async def test_a_place_whose_name_alone_sounds_like_danger_raises_no_alarm(tmp_path: Path) -> None:
    async with in_town(tmp_path, tagger=Anxious()) as town:
        duty, dpu, sri = town.group("siaga"), town.group("dputr"), town.citizen()
        card = await town.report(dpu, ROAD, by=sri)
        sri.say("depan puskesmas")
        await town.shows(card, "Tempat: depan puskesmas")
        sri.say("bolong banget")
        await town.shows(card, "bolong banget")
        await town.idle()
        assert duty.answers == []
        assert (town.case().tags.topic, town.case().tags.urgency) == ("jalan", "sedang")


async def test_a_matter_that_the_second_message_names_is_asked_for_its_place_then(town: Town) -> None:
    desk, dpu = town.group("meja"), town.group("dputr")
    sri = town.citizen()
    sri.say("Saya mau mengadu ini pak bupati")
    await town.card(desk)
    first = await town.hears(sri, RECEIPT)
    assert QUESTION not in first.text
    sri.say("jalan berlubang di depan rumah saya")
    answer = await town.hears(sri, "Sudah saya tambahkan", "sekarang di Dinas PU")
    assert answer.text.split("\n")[-1].startswith(QUESTION)
    sri.say("neng Karangsari")
    await town.shows(await town.card(dpu), "Tempat: Desa Karangsari")


async def test_an_edit_that_names_the_place_ends_the_question(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    said = sri.say(ROAD)
    card = await town.card(dpu)
    sri.edit(said, "Jalan di Karangsari berlubang.")
    await town.shows(card, "Tempat: Desa Karangsari")
    await town.idle()
    assert town.case().awaiting is None


async def test_an_answer_that_is_edited_changes_the_place(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    card = await town.report(dpu, ROAD, by=sri)
    said = sri.say("Krajan wetan")
    await town.shows(card, "Tempat: Krajan wetan")
    sri.edit(said, "Krajan kulon")
    await town.shows(card, "Tempat: Krajan kulon")
