"""A case that no chat may be shown: who is told, what its reporter reads, and where its card goes at last."""

from tests.flows.test_secret import SCHOOL
from tests.flows.town import Town, code_in
from tests.standin.people import Citizen

DAY_LATER = 3 * 86400.0


async def greeted(town: Town, id: int, name: str) -> Citizen:
    """Somebody who has greeted the bot in private."""
    person = town.citizen(id, name)
    person.say("/start")
    await town.hears(person, "Wadul")
    return person


async def test_named_readers_are_told_in_private_and_the_card_goes_to_a_chat_that_is_linked_later(town: Town) -> None:
    shared = town.group("inspektorat", "dindikbud", "meja", "kepala")
    reader, admin = await greeted(town, 9005, "Rina"), await greeted(town, 9001, "Wati")
    town.admin(shared).say("/pembaca meja telegram:9005")
    await town.hears(shared, "telegram:9005 boleh membuka")
    sri = town.citizen()
    sri.say(SCHOOL)
    receipt = await town.hears(sri, "belum saya tunjukkan kepada siapa pun")
    code = code_in(receipt)
    assert (await town.app.store.read(lambda uow: uow.accusing.without_card())) == [code]
    town.clock.skip(61)
    told = await town.hears(reader, code, "tidak ada grup yang tidak diadukan", "Dinas Pendidikan")
    assert "seratus ribu" not in told.text
    sri.say(f"/status {code}")
    await town.hears(sri, "Belum ada petugas yang memegangnya")
    await town.idle()
    assert not any(code in m.text for m in (*shared.answers, *admin.answers))
    watch = town.group("inspektorat", linked=False)
    town.admin(watch).say("/hubungkan inspektorat")
    await town.press(town.admin(watch), await town.hears(watch, "Inspektorat"), "Pindahkan ke sini")
    assert "Rahasia" in (await town.card(watch, code)).text
    await town.hears(sri, "sekarang sudah ada petugas")
    assert (await town.app.store.read(lambda uow: uow.accusing.without_card())) == []


async def test_where_nobody_is_named_admins_are_told_once_a_working_day(town: Town) -> None:
    town.group("inspektorat", "dindikbud")
    admin = await greeted(town, 9001, "Wati")
    town.citizen().say(SCHOOL)
    town.clock.skip(61)
    await town.hears(admin, "belum punya tempat")
    town.clock.skip(DAY_LATER)
    await town.hears(admin, "belum punya tempat", times=2)


async def test_the_heads_chat_has_it_where_the_desk_sits_with_who_is_complained_about(town: Town) -> None:
    town.group("inspektorat", "dindikbud", "meja")
    head = town.group("kepala")
    card = await town.report(head, SCHOOL)
    assert "juga dibaca kantor yang diadukan" in card.text


async def test_a_head_that_is_linked_later_gets_what_stood_nowhere(town: Town) -> None:
    town.group("inspektorat", "dindikbud", "meja")
    sri = town.citizen()
    sri.say(SCHOOL)
    await town.hears(sri, "belum saya tunjukkan")
    head = town.group("kepala", linked=False)
    town.admin(head).say("/hubungkan kepala")
    assert "Rahasia" in (await town.card(head)).text
