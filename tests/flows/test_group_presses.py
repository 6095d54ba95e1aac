"""Presses that may not act: wrong chat, strangers, old cards, second presses, wrong states."""

from tests.flows.town import ROAD, Town, code_in


async def test_a_second_terima_gets_a_toast_with_the_first_takers_name(town: Town) -> None:
    dpu = town.group("dputr")
    card = await town.report(dpu)
    budi, tuti = town.staff(dpu), town.staff(dpu, "Tuti", 9004)
    await town.press(budi, card, "Terima")
    press = await town.press(tuti, card, "Terima", stale=True)
    assert press.toast == "Sudah diterima oleh Budi."
    assert press.alert
    await town.shows(card, "diterima Budi")


async def test_two_quick_presses_take_once_and_edit_once(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    card = await any_town.report(dpu)
    budi, tuti = any_town.staff(dpu), any_town.staff(dpu, "Tuti", 9004)
    first, second = budi.press(card, "Terima"), tuti.press(card, "Terima")
    await any_town.standin.wait_for(lambda: first.answered and second.answered, 5)
    await any_town.idle()
    assert first.toast
    assert "Anda terima" in first.toast
    assert second.toast == "Sudah diterima oleh Budi."
    assert len(any_town.standin.calls_of("editMessageText")) == 1


async def test_two_changes_that_wait_become_one_edit(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    budi = any_town.staff(dpu)
    card = await any_town.report(dpu)
    await any_town.idle()
    any_town.standin.fault("too_many", method="editMessageText", retry_after=1)
    budi.reply(card, "Catatan satu.")
    await any_town.standin.wait_for(lambda: any(c.error for c in any_town.standin.calls), 5)
    budi.reply(card, "Catatan dua.")
    budi.reply(card, "Catatan tiga.")
    await any_town.shows(card, "Catatan satu.", "Catatan dua.", "Catatan tiga.")
    await any_town.idle()
    assert len(any_town.standin.calls_of("editMessageText")) == 1


async def test_a_press_after_the_case_is_closed_names_its_state(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    card = await town.report(dpu, by=sri)
    sri.say(f"/batal {code_in(card)}")
    await town.shows(card, "Dibatalkan pelapor")
    for words in ("Terima", "Alihkan", "Tanya pelapor", "Selesai", "Bukan wewenang"):
        press = await town.press(town.staff(dpu), card, words, stale=True)
        assert press.toast == f"Tidak bisa: status laporan {code_in(card)} “Dibatalkan pelapor”."


async def test_a_sentence_that_comes_too_late_changes_nothing(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    budi, tuti = town.staff(dpu), town.staff(dpu, "Tuti", 9004)
    card = await town.report(dpu, by=sri)
    await town.press(budi, card, "Selesai")
    await town.press(tuti, card, "Bukan wewenang")
    budi.reply(card, "Sudah ditambal.")
    await town.shows(card, "Hasil: Sudah ditambal.")
    tuti.reply(card, "Bina Marga Provinsi")
    await town.idle()
    assert town.case().status == "menunggu_konfirmasi"
    assert all("Bina Marga Provinsi" not in m.text for m in sri.answers)


async def test_a_press_on_an_old_card_points_to_the_new_one(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    sri = town.citizen()
    said = sri.say(ROAD)
    old = await town.card(dpu)
    sri.edit(said, "Sampah menumpuk di belakang terminal, berbau busuk.")
    await town.card(dlh)
    await town.shows(old, "tidak dipakai lagi")
    press = await town.press(town.staff(dpu), old, "Terima", stale=True)
    assert press.toast == f"Kartu lama. Lihat kartu {code_in(old)} yang terbaru."
    assert town.case().taken_by is None


async def test_a_press_in_a_chat_that_is_linked_to_nothing_is_refused(town: Town) -> None:
    dpu = town.group("dputr")
    card = await town.report(dpu)
    other = town.group("lain", linked=False)
    stranger = town.staff(other, "Orang", 9009)
    other.chat.all_messages[card.id] = card  # what a forged press would name
    data = card.button("Terima")["callback_data"]
    press = await town.press(stranger, (await _any_message(town, other)), data=data)
    assert press.toast == "Grup ini tidak terhubung ke dinas mana pun, jadi tombolnya tidak berlaku."
    assert town.case().taken_by is None


async def _any_message(town: Town, group):  # type: ignore[no-untyped-def]
    """A message of the bot in a chat that has none yet."""
    del group.chat.all_messages[next(iter(group.chat.all_messages))]
    town.staff(group, "Orang", 9009).say("/hubungkan dlh")
    return await town.hears(group, "Hanya admin")


async def test_a_press_in_another_departments_chat_is_refused(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    card = await town.report(dpu)
    other = await town.report(dlh, "Sampah menumpuk di belakang terminal.", by=town.citizen(6, "Tono"))
    data = card.button("Terima")["callback_data"]
    press = await town.press(town.staff(dlh, "Dewi", 9005), other, data=data)
    assert press.toast
    assert "Kartu lama" in press.toast
    assert [case.taken_by for case in town.cases()] == [None, None]


async def test_a_press_in_a_private_chat_is_refused(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    card = await town.report(dpu, by=sri)
    receipt = await town.hears(sri, "Kode:")
    press = await town.press(sri, receipt, data=card.button("Selesai")["callback_data"])
    assert press.toast
    assert press.alert
    assert town.case().open


async def test_a_button_that_nobody_knows_is_answered(town: Town) -> None:
    dpu = town.group("dputr")
    card = await town.report(dpu)
    budi = town.staff(dpu)
    for data in ("entah", "entah:PML-00000", f"entah:{code_in(card)}", f"ke:{code_in(card)}:tiada", "terima:PML-00000"):
        press = await town.press(budi, card, data=data)
        assert press.toast == "Tombol ini tidak dikenal lagi. Lihat kartu yang terbaru."
    for data in (f"topik:{code_in(card)}:lainnya", f"tetap:{code_in(card)}:tiada", f"pilih:{code_in(card)}:tiada"):
        assert (await town.press(budi, card, data=data)).alert
    assert town.case().unit == "dputr"


async def test_a_press_on_a_deleted_card_is_answered(town: Town) -> None:
    dpu = town.group("dputr")
    card = await town.report(dpu)
    await town.idle()
    card.deleted = True
    press = await town.press(town.staff(dpu), card, "Terima")
    assert press.answered
    assert town.case().taken_by == "Budi"
    new = await town.standin.wait_for(lambda: next((m for m in dpu.answers if m is not card), None), 5)
    assert "diterima Budi" in new.text


async def test_a_press_that_telegram_no_longer_answers_still_counts(town: Town) -> None:
    dpu = town.group("dputr")
    card = await town.report(dpu)
    town.staff(dpu).press(card, "Terima")
    town.standin.expire_presses()
    await town.shows(card, "diterima Budi")
    await town.idle()
