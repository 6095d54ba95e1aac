"""What is for one member of staff alone comes to their own phone: links to pages, data too long for an alert."""

import re
from collections.abc import Callable

import pytest

from bot.services.learning import labelling_web
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.visits import counter_web
from tests.contract.acting import ROAD, reported
from tests.contract.place import Place

SignIn = Callable[[UnitOfWork, Office, str], str | None]
NUMBERS = [f"08{n}1234567890"[:13] for n in range(11, 22)]


@pytest.mark.parametrize(("word", "sign_in"), [("catat", counter_web.sign_in), ("label", labelling_web.sign_in)])
async def test_a_page_is_opened_by_a_link_that_comes_to_ones_own_phone_and_works_once(
    place: Place, word: str, sign_in: SignIn
) -> None:
    desk = await place.group("meja")
    wati = place.admin(desk)
    phone = await place.greeted(wati)

    await wati.uses(word, "web")
    invited = await phone.screen.reads(f"/{word}/masuk?kunci=", "sekali pakai")
    told = await desk.reads("Tautannya saya kirim ke chat pribadi Anda.")
    assert "kunci=" not in told.text
    found = re.search(r"kunci=(\S+)", invited.text)
    assert found

    def enters(uow: UnitOfWork) -> str | None:
        return sign_in(uow, place.app.office, found[1])

    assert place.app.store.write_now(enters)
    assert place.app.store.write_now(enters) is None
    for screen in (desk, phone.screen):
        await screen.reads_nothing_more()


async def test_data_too_long_for_an_alert_comes_to_the_pressers_own_phone(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    rina = place.staff(dpu)
    phone = await place.greeted(rina)
    card = await reported(dpu, siti, f"{ROAD} Hubungi {', '.join(NUMBERS)} ya pak.")

    assert "chat pribadi" in (await rina.presses(card, "Lihat data")).words
    shown = await phone.screen.reads(card.code, *NUMBERS)
    assert shown.text.count("Telepon:") == len(NUMBERS)
    for screen in (dpu, phone.screen):
        await screen.reads_nothing_more()
