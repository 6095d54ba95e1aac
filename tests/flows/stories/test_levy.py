"""A levy at a village hall, told in ngapak against that office; an anonymous report; one made secret afterwards."""

from tests.contract.people import Person, Screen
from tests.contract.place import Place
from tests.contract.seen import Seen

LEVY = "Nyong arep wadul, neng bale desa Karangsari ana pungli nggawe surat, dijaluki satus ewu. Kepriwe kiye?"
SCREENS = ("inspektorat", "dinpermasdes", "meja", "kepala")


async def everything(place: Place, *screens: Screen) -> str:
    """All that stands in some groups."""
    await place.idle()
    looks = [await place.look(screen) for screen in screens]
    return "\n".join(seen.text for look in looks for seen in look)


async def named(place: Place, wati: Person, unit: str, reader: Person) -> str:
    """An admin names somebody who may open what is secret in a unit; the id of whom they named."""
    actor = f"{place.channel}:{place.user_id(reader)}"
    await wati.uses("pembaca", f"{unit} {actor}")
    await wati.screen.reads(actor, "boleh membuka laporan rahasia")
    return actor


async def test_a_levy_is_told_secretly_against_the_very_office(place: Place) -> None:
    watch, village, desk, head = [await place.group(unit) for unit in SCREENS]
    karto, rina, bagas = place.citizen(2), place.staff(watch), place.staff(village, 1)
    wati = place.admin(desk, 1)
    phone = place.phone_of(rina)
    await phone.uses("start") if place.channel != "discord" else await phone.says("halo")
    await phone.screen.reads()
    reader = await named(place, wati, "inspektorat", rina)

    await karto.says(LEVY)
    receipt = await karto.screen.reads("Inspektorat", "Laporan iki rahasia", "Kantor sing diwadulake ora bisa ndeleng")
    code = receipt.code
    assert receipt.buttons == ["Umpetna jeneng"]
    card = await watch.reads(code, "Rahasia", "Pungli & korupsi", "Masuk: 11-01-2027", "Tenggat:")
    assert not any(card.has(each) for each in ("pungli", "bale desa", "10.00", "Ngapak"))
    for screen in (village, desk, head):
        await screen.reads_nothing_more()

    await bagas.uses("cari", code)
    await village.reads(f"{code} tidak ada di antara laporan grup ini.")
    await bagas.uses("cari", "pungli")
    await village.reads("Tidak ada laporan")
    await bagas.uses("tugas")
    assert code not in (await village.reads()).text

    refused = await rina.presses(card, "Buka")
    assert "chat pribadi Anda" in refused.words
    content = await phone.screen.reads(code, "bale desa Karangsari ana pungli", "Hanya untuk Anda")
    assert "satus ewu" in content.text
    await asks_and_resolves(place, watch, card, karto, rina, phone)

    await place.turns("2027-01-12 07:30")
    await village.reads_nothing_more()
    assert "Inspektorat" not in await everything(place, village)
    assert "satus ewu" not in await everything(place, watch, village, desk, head)
    await wati.uses("jejak", code)
    trail = await desk.reads(code, "2 pembacaan", "Inspektorat", "buka: isi")
    assert reader in trail.text
    await karto.uses("status", code)
    await karto.screen.reads("diwaca", "Inspektorat, 11-01-2027")


async def asks_and_resolves(
    place: Place, watch: Screen, card: Seen, karto: Person, rina: Person, phone: Person
) -> None:
    """The inspectorate asks back, reads the answer in private, and resolves it."""
    await rina.presses(card, "Terima")
    await karto.screen.reads(card.code, "wis ditampa")
    taken = await watch.shows(card, "diterima Rina", offers="Tanya pelapor")
    await rina.fills(taken, "Tanya pelapor", "Sapa sing njaluk?")
    question = await karto.screen.reads("Sapa sing njaluk?")
    await watch.reads("dikirim ke pelapor")
    await karto.says("Carike dhewek, esuk-esuk.", to=question)
    await karto.screen.reads(card.code)
    await watch.reads(card.code, "kabar baru dari pelapor")
    await watch.shows(card, "1 pesan, tekan Buka")
    await rina.presses(await watch.now(card) or card, "Buka")
    await phone.screen.reads("Jawaban pelapor: Carike dhewek")
    done = await watch.shows(card, offers="Selesai")
    await rina.fills(done, "Selesai", "Wis dipriksa, duite dibalekake.")
    await karto.screen.reads("Wis dipriksa, duite dibalekake.")
    await watch.reads(f"{card.code} selesai.")


async def test_a_road_is_told_anonymously_and_nobody_learns_who_it_was(place: Place) -> None:
    dpu = await place.group("dputr")
    siti, rina = place.citizen(), place.staff(dpu)

    await siti.uses("anonim")
    await siti.screen.reads("nama dan nomor tidak ditampilkan")
    await siti.says("Jalan di Karangsari berlubang, nama saya Siti Aminah, HP 0812 3456 7890.")
    receipt = await siti.screen.reads("Kode: PML-", "Nama dan nomor Anda tidak ditampilkan")
    assert receipt.buttons == ["Jadikan rahasia"]
    card = await dpu.reads(receipt.code, "Pelapor: tidak mau disebut namanya", "Karangsari")
    assert not card.offers("Lihat data")
    assert not any(card.has(each) for each in ("Aminah", "7890", "Siti"))
    await rina.fills(card, "Tanya pelapor", "Seberapa dalam?")
    await siti.screen.reads("Seberapa dalam?")
    await dpu.reads("dikirim ke pelapor")
    await siti.says("Sejengkal.")
    await siti.screen.reads(receipt.code)
    answer = await dpu.reads("Jawaban pelapor", "Sejengkal")
    assert not answer.has("Siti")


async def test_a_report_becomes_secret_after_it_was_sent_and_the_group_forgets_its_words(place: Place) -> None:
    dpu = await place.group("dputr")
    siti, agus, rina = place.citizen(), place.citizen(1), place.staff(dpu)

    await siti.says("Jalan di Karangsari berlubang, lampunya juga mati.")
    receipt = await siti.screen.reads("Kode: PML-")
    card = await dpu.reads(receipt.code, "berlubang")
    await rina.presses(card, "Terima")
    await siti.screen.reads(receipt.code)
    await siti.says("Tambahan: tetangga saya sendiri yang merusak aspalnya.", to=receipt)
    await siti.screen.reads(receipt.code)
    addition = await dpu.reads("tetangga saya sendiri")

    answer = await siti.presses(receipt, "Jadikan rahasia")
    assert not answer.barred
    await siti.screen.reads(receipt.code, "sekarang rahasia")
    await dpu.shows(card, "Rahasia", offers="Buka")
    await place.idle()
    standing = await dpu.now(addition)
    assert standing is None or "tetangga" not in standing.text
    stands = await everything(place, dpu)
    assert not any(each in stands for each in ("berlubang", "Karangsari"))

    await agus.uses("status", receipt.code)
    await agus.screen.reads("Kode itu tidak ketemu")
    await rina.uses("cari", "aspalnya")
    await dpu.reads("Tidak ada laporan")
    await siti.uses("rahasia", f"{receipt.code} batal")
    await siti.screen.reads("tidak rahasia lagi")
    await dpu.shows(card, "berlubang", offers="Selesai")
