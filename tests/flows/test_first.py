import pytest

from tests.flows.wadul import ADMIN, running
from tests.standin import Standin


async def test_a_complaint_becomes_a_card_and_staff_act_on_it(tmp_path) -> None:
    async with Standin() as standin, running(tmp_path, standin) as app:
        desk = standin.group(-1001, "DPU")
        admin = desk.member(ADMIN, first_name="Wati")
        budi = desk.member(9002, first_name="Budi")
        admin.say("/hubungkan dputr")
        await standin.wait_for(lambda: desk.last and "sekarang menerima" in desk.last.text, timeout=3)
        sri = standin.citizen(5, first_name="Sri")
        sri.say("dalane bolong-bolong neng Karangsari, telpon aku 081234567890")
        await standin.wait_for(lambda: desk.last and "PML-" in desk.last.text, timeout=3)
        card = desk.last
        print(card.text); print(card.buttons)
        print(sri.last.text)
        press = budi.press(card, "Terima")
        await standin.wait_for(lambda: press.answered and "Budi" in card.text, timeout=3)
        print(card.text, press.toast)
        p = budi.press(card, "Selesai")
        await standin.wait_for(lambda: "Budi, apa" in desk.last.text, timeout=3)
        budi.reply(desk.last, "Sudah ditambal kemarin sore.")
        await standin.wait_for(lambda: "ditambal" in sri.last.text, timeout=3)
        print(sri.last.text)
        await standin.wait_for(lambda: not card.buttons, timeout=3)
        print(card.text)
        assert standin.violations == []
