"""Several open cases a person; which case a message belongs to; short messages that are one complaint."""

from tests.flows.town import ROAD, RUBBISH, Town, code_in


async def test_a_person_may_have_several_open_cases_each_in_its_own_department(any_town: Town) -> None:
    dpu, dlh = any_town.group("dputr"), any_town.group("dlh")
    sri = any_town.citizen()
    first = await any_town.report(dpu, ROAD, by=sri)
    second = await any_town.report(dlh, RUBBISH, by=sri)
    assert code_in(first) != code_in(second)
    assert [case.unit for case in any_town.cases()] == ["dputr", "dlh"]


async def test_one_complaint_told_in_three_short_messages_is_one_case(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    sri = any_town.citizen()
    sri.say("Pak, jalan rusak")
    card = await any_town.card(dpu)
    sri.say("neng Karangsari")
    sri.say("bolong banget")
    await any_town.shows(card, "Pak, jalan rusak", "neng Karangsari", "bolong banget", "Tempat: Desa Karangsari")
    await any_town.idle()
    case = any_town.case()
    assert [code_in(m) for m in sri.answers] == [case.code] * 3
    assert any_town.case().tags.location == "Desa Karangsari"


async def test_three_short_messages_sent_at_once_are_one_case(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    for words in ("Pak, jalan rusak", "neng Karangsari", "bolong banget"):
        sri.say(words)
    card = await town.card(dpu)
    await town.shows(card, "Pak, jalan rusak\nneng Karangsari\nbolong banget")
    await town.idle()
    assert len(town.cases()) == 1


async def test_words_that_name_the_matter_only_at_last_move_the_card(town: Town) -> None:
    desk, dpu = town.group("meja"), town.group("dputr")
    sri = town.citizen()
    sri.say("Saya mau mengadu ini pak bupati")
    old = await town.card(desk)
    sri.say("jalan di depan rumah saya berlubang")
    card = await town.card(dpu)
    assert code_in(card) == code_in(old)
    await town.shows(old, "Kartu ini tidak dipakai lagi")
    assert not old.buttons


async def test_a_message_on_another_topic_is_a_case_of_its_own(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    sri = town.citizen()
    await town.report(dpu, ROAD, by=sri)
    await town.report(dlh, RUBBISH, by=sri)
    assert len(town.cases()) == 2


async def test_what_comes_after_ninety_seconds_is_a_case_of_its_own(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    await town.report(dpu, ROAD, by=sri)
    town.clock.skip(91)
    await town.report(dpu, "Jalan yang lain lagi juga berlubang di dekat sawah.", by=sri)
    assert len(town.cases()) == 2


async def test_what_comes_within_ninety_seconds_of_the_last_words_still_joins(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    card = await town.report(dpu, ROAD, by=sri)
    for n, words in enumerate(("dekat masjid besar", "lubangnya dalam sekali"), start=1):
        town.clock.skip(60)
        sri.say(words)
        await town.hears(sri, "Sudah saya tambahkan", times=n)
    await town.shows(card, "lubangnya dalam sekali")
    assert len(town.cases()) == 1


async def test_what_comes_after_terima_is_a_case_of_its_own(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    await town.taken(dpu, town.staff(dpu), by=sri)
    await town.report(dpu, "Jalan yang lain lagi juga berlubang di dekat sawah.", by=sri)
    assert len(town.cases()) == 2


async def test_short_messages_never_take_back_what_a_person_decided(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    sri = town.citizen()
    card = await town.report(dpu, ROAD, by=sri)
    budi = town.staff(dpu)
    for words in ("Alihkan", "Dinas Lingkungan Hidup", "topik tetap"):
        await town.standin.wait_for(lambda words=words: words in card.buttons, 5)
        await town.press(budi, card, words)
    moved = await town.card(dlh)
    sri.say("jalan itu bolong sekali")
    await town.shows(moved, "jalan itu bolong sekali")
    sri.contact()
    await town.hears(sri, "Nomor telepon Anda")
    await town.idle()
    assert town.case().unit == "dlh"
    assert not card.buttons


async def test_a_reply_to_the_receipt_adds_to_that_case_whenever_it_comes(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    sri = town.citizen()
    card = await town.report(dpu, ROAD, by=sri)
    receipt = await town.hears(sri, code_in(card))
    await town.report(dlh, RUBBISH, by=sri)
    town.clock.skip(7200)
    sri.reply(receipt, "Lubangnya tambah lebar pak")
    await town.shows(card, "Lubangnya tambah lebar pak")
    await town.idle()
    assert len(town.cases()) == 2


async def test_a_reply_to_ones_own_message_adds_to_its_case(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    said = sri.say(ROAD)
    card = await town.card(dpu)
    town.clock.skip(7200)
    sri.reply(said, "Lubangnya tambah lebar pak")
    await town.shows(card, "Lubangnya tambah lebar pak")
    assert len(town.cases()) == 1


async def test_a_message_with_the_code_adds_to_that_case_and_tells_the_group(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    card = await town.taken(dpu, town.staff(dpu), by=sri)
    town.clock.skip(7200)
    sri.say(f"Untuk {code_in(card).lower()}: nomor saya 081234567890")
    note = await town.hears(dpu, "Tambahan dari pelapor", code_in(card))
    assert note.reply_to is card
    assert "081234567890" not in note.text
    await town.hears(sri, "Sudah saya tambahkan ke laporan", "petugas juga saya beri tahu")
    assert len(town.cases()) == 1


async def test_somebody_elses_code_binds_nothing(town: Town) -> None:
    dpu = town.group("dputr")
    card = await town.report(dpu, ROAD)
    tono = town.citizen(6, "Tono")
    other = await town.report(dpu, f"Jalan di {code_in(card)} itu juga bolong di sini pak.", by=tono)
    assert code_in(other) != code_in(card)
    assert "Jalan di" not in card.text.replace(ROAD, "")
    assert len(town.cases()) == 2


async def test_a_photo_after_terima_stands_under_the_card_of_the_case_just_told(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    card = await town.taken(dpu, town.staff(dpu), by=sri)
    sri.photo()
    await town.standin.wait_for(lambda: any(m.kind == "photo" and m.reply_to is card for m in dpu.answers), 5)
    await town.shows(card, "1 foto")
    assert len(town.cases()) == 1


async def test_a_message_to_a_closed_case_still_reaches_its_group(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, ROAD, by=sri)
    await town.press(budi, card, "Bukan wewenang")
    budi.reply(card, "Bina Marga Provinsi")
    told = await town.hears(sri, "Bina Marga Provinsi")
    sri.reply(told, "Padahal dulu yang menambal dinas sini, pak")
    note = await town.hears(dpu, "Tambahan dari pelapor", "dulu yang menambal dinas sini")
    assert note.reply_to is card
    await town.hears(sri, "sudah ditutup, tetapi pesan Anda tetap saya teruskan")


async def test_the_answer_to_an_open_question_belongs_to_its_case(any_town: Town) -> None:
    dpu, dlh = any_town.group("dputr"), any_town.group("dlh")
    sri = any_town.citizen()
    budi = any_town.staff(dpu)
    card = await any_town.report(dpu, ROAD, by=sri)
    await any_town.report(dlh, RUBBISH, by=sri)
    await any_town.press(budi, card, "Tanya pelapor")
    budi.reply(await any_town.hears(dpu, "apa yang ingin ditanyakan"), "Sebelah mana pasarnya?")
    await any_town.hears(sri, "Sebelah mana pasarnya?", "Balas saja di sini")
    await any_town.shows(card, "Menunggu jawaban pelapor")
    any_town.clock.skip(86400)
    sri.say("Sebelah timur, dekat toko emas")
    note = await any_town.hears(dpu, "Jawaban pelapor", "Sebelah timur")
    assert note.reply_to is card
    await any_town.shows(card, "Sedang ditangani", "Sebelah timur")
    await any_town.hears(sri, "jawaban Anda sudah saya teruskan")
    assert len(any_town.cases()) == 2


async def test_a_time_of_day_answers_the_question_when(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, ROAD, by=sri)
    await town.press(budi, card, "Tanya pelapor")
    budi.reply(card, "Kapan kejadiannya?")
    await town.hears(sri, "Kapan kejadiannya?")
    sri.say("Malam")
    await town.hears(dpu, "Jawaban pelapor", "Malam")


async def test_thanks_while_a_question_is_open_is_no_answer(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, ROAD, by=sri)
    await town.press(budi, card, "Tanya pelapor")
    budi.reply(card, "Sebelah mana?")
    await town.hears(sri, "Sebelah mana?")
    sri.say("Terima kasih pak")
    await town.hears(sri, "Sama-sama")
    assert town.case().awaiting == "answer"


async def test_a_clearly_new_matter_is_no_answer_to_an_open_question(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, ROAD, by=sri)
    await town.press(budi, card, "Tanya pelapor")
    budi.reply(card, "Sebelah mana?")
    await town.hears(sri, "Sebelah mana?")
    new = await town.report(dlh, RUBBISH, by=sri)
    assert code_in(new) != code_in(card)
    await town.shows(card, "Menunggu jawaban pelapor")


async def test_an_answer_may_be_a_photo_or_a_place(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, ROAD, by=sri)
    await town.press(budi, card, "Tanya pelapor")
    budi.reply(card, "Mohon foto dan lokasinya.")
    await town.hears(sri, "Mohon foto dan lokasinya.")
    town.clock.skip(3600)
    sri.photo()
    await town.standin.wait_for(lambda: any(m.kind == "photo" and m.reply_to is card for m in dpu.answers), 5)
    await town.hears(sri, "jawaban Anda sudah saya teruskan")
    assert len(town.cases()) == 1


async def test_a_person_who_writes_in_a_group_is_no_citizen_there(town: Town) -> None:
    dpu = town.group("dputr")
    dpu.promote_bot()
    town.staff(dpu).say(ROAD)
    await town.idle()
    assert town.cases() == []
    assert dpu.answers == []
