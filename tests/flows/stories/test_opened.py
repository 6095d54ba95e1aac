"""A lamp that was taken for a levy: two admins open it once its reporter knows; and a list that quoted a case goes."""

from tests.contract.place import Place

LAMP = "Lampu jalan Karangsari mati, jangan sampai ada pungli untuk perbaikannya."
WHY = "ini soal lampu jalan, bukan pungli"


async def test_two_admins_open_what_was_secret_by_mistake_and_the_reporter_may_still_say_no(place: Place) -> None:
    lamps, desk = await place.group("dishub"), await place.group("meja")
    siti, agus = place.citizen(), place.citizen(1)
    first, second = place.admin(desk), place.admin(desk, 1)
    for reporter, objects, later in ((siti, False, "2027-01-11 12:00"), (agus, True, "2027-01-11 14:00")):
        await reporter.says(LAMP)
        code = (await reporter.screen.reads("Kode: PML-")).code
        card = await lamps.reads(code, "Rahasia")

        await first.uses("bukarahasia", f"{code} {WHY}")
        seen = [await desk.reads(code), await desk.reads(code)]  # what waits, and the answer, in either order
        notice = next(each for each in seen if each.offers("Setuju buka"))
        assert "harus admin lain" in (await first.presses(notice, "Setuju buka")).words
        await second.presses(notice, "Setuju buka")
        told = await reporter.screen.reads(code, "akan kami buka untuk Dinas Perhubungan", WHY)
        assert told.offers("Tetap rahasia")
        if objects:
            await reporter.says("RAHASIA")
            await reporter.screen.reads(code, "tetap rahasia")
            await desk.shows(notice, "Pelapor ingin tetap rahasia")
        await place.turns(later)
        if objects:
            await place.idle()
            assert not (await lamps.now(card) or card).has("Lampu jalan Karangsari")
        else:
            await lamps.shows(card, "Lampu jalan Karangsari mati")
            await reporter.screen.reads(code, "sekarang dapat dibaca Dinas Perhubungan")


async def test_a_list_that_quotes_a_case_goes_when_it_becomes_secret(place: Place) -> None:
    dpu = await place.group("dputr")
    siti, rina = place.citizen(), place.staff(dpu)
    await siti.says("Jalan di Karangsari berlubang dalam sekali.")
    receipt = await siti.screen.reads("Kode: PML-")
    await dpu.reads(receipt.code, "berlubang")
    await rina.uses("tugas")
    listed = await dpu.reads(receipt.code, "Karangsari")
    await place.idle()
    await siti.presses(receipt, "Jadikan rahasia")
    await siti.screen.reads(receipt.code, "sekarang rahasia")

    async def gone() -> bool | None:
        now = await dpu.now(listed)
        return now is None or "Karangsari" not in now.text or None

    await place.until(gone, "the list goes")
