"""How cases begin and are called done in these tests, on whatever channel."""

from tests.contract.people import Person, Screen
from tests.contract.seen import Seen

ROAD = "Jalan di Karangsari depan pasar berlubang, sudah lama tidak ditambal."
BUTTONS = ["Terima", "Alihkan", "Tanya pelapor", "Selesai", "Bukan wewenang", "Ubah"]


async def reported(dpu: Screen, siti: Person, text: str = ROAD) -> Seen:
    """A report has got its receipt; the card that stands in the group."""
    await siti.says(text)
    receipt = await siti.screen.reads("Kode: PML-")
    return await dpu.reads(receipt.code)


async def done(dpu: Screen, siti: Person, rina: Person) -> tuple[Seen, Seen]:
    """The office calls it done: its card, and the question that reached the citizen."""
    card = await reported(dpu, siti)
    await rina.fills(card, "Selesai", "Sudah ditambal kemarin sore.")
    question = await siti.screen.reads("Sudah ditambal kemarin sore.", card.code, "Apakah memang sudah beres?")
    await dpu.reads(f"{card.code} selesai. Pelapor sudah diberi tahu.")
    return await dpu.shows(card, "menunggu konfirmasi pelapor"), question
