"""Chats that change by themselves: upgrades, closed topics, removals, citizens who block."""

from bot.store.tables import unit_chat
from tests.flows.town import ROAD, RUBBISH, SOON, Town, code_in
from tests.standin.groups import Group


def _links(town: Town) -> dict[str, tuple[str, str | None]]:
    return {row["unit"]: (row["chat_id"], row["thread_id"]) for row in town.rows(unit_chat)}


async def _gone(town: Town, group: Group, unit: str) -> None:
    """Wait until a unit is no longer linked to a group."""
    await town.standin.wait_for(lambda: _links(town).get(unit, ("",))[0] != str(group.id), SOON)


async def test_a_group_upgraded_to_a_supergroup_is_followed_and_gets_its_cards_again(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    sri = any_town.citizen()
    first = await any_town.report(dpu, ROAD, by=sri)
    await any_town.idle()
    old_id = dpu.id
    budi = any_town.staff(dpu)
    dpu.upgrade()
    card = await any_town.card(dpu, code_in(first))
    assert _links(any_town)["dputr"][0] == str(dpu.id) != str(old_id)
    budi = any_town.staff(dpu)
    await any_town.press(budi, card, "Terima")
    await any_town.shows(card, "diterima Budi")
    budi.reply(card, "/balas Kami ke sana.")
    await any_town.hears(sri, "Kami ke sana.")
    await any_town.report(dpu, "Jalan di dekat sawah juga berlubang.", by=any_town.citizen(6, "Tono"))


async def test_an_upgrade_noticed_only_when_sending_is_followed_too(town: Town) -> None:
    dpu = town.group("dputr")
    town.standin.world.updates.allowed = frozenset({"message"})
    dpu.upgrade()
    for update in list(town.standin.world.updates.pending.values()):
        if b"migrate" in update.body:
            del town.standin.world.updates.pending[update.id]
    card = await town.report(dpu, ROAD)
    assert ROAD in card.text
    await town.idle()
    assert len([m for m in dpu.answers if "· PML-" in m.text]) == 1
    assert _links(town)["dputr"][0] == str(dpu.id)


async def test_a_closed_topic_is_told_to_the_desk_and_its_case_goes_there(town: Town) -> None:
    desk = town.group("meja")
    forum = town.group("forum", title="Pemda", forum=True, linked=False)
    roads, waste = forum.topic("Jalan"), forum.topic("Sampah")
    town.link("dputr", forum, thread=str(roads.id))
    town.link("dlh", forum, thread=str(waste.id))
    forum.close_topic(roads)
    town.citizen().say(ROAD)
    await town.hears(desk, "Grup untuk Dinas PU dan Penataan Ruang tidak bisa dikirimi lagi")
    assert ROAD in (await town.card(desk)).text
    assert set(_links(town)) == {"meja", "dlh"}
    await town.report(forum, RUBBISH, by=town.citizen(6, "Tono"))


async def test_a_closed_general_topic_leaves_the_other_topics_linked(town: Town) -> None:
    town.group("meja")
    forum = town.group("forum", title="Pemda", forum=True, linked=False)
    waste = forum.topic("Sampah")
    town.link("dputr", forum)
    town.link("dlh", forum, thread=str(waste.id))
    town.standin.fault("refuse", method="sendMessage", chat=forum.id, description="Bad Request: TOPIC_CLOSED")
    town.citizen().say(ROAD)
    await _gone(town, forum, "dputr")
    assert _links(town)["dlh"] == (str(forum.id), str(waste.id))


async def test_a_bot_removed_from_a_group_is_noticed_and_told_to_the_desk(any_town: Town) -> None:
    dlh, desk = any_town.group("dlh"), any_town.group("meja")
    card = await any_town.report(dlh, RUBBISH)
    dlh.kick_bot()
    await any_town.hears(desk, "Grup untuk Dinas Lingkungan Hidup tidak bisa dikirimi lagi")
    moved = await any_town.card(desk)
    assert code_in(moved) == code_in(card)
    assert set(_links(any_town)) == {"meja"}


async def test_a_group_that_is_lost_without_a_word_is_noticed_when_sending(town: Town) -> None:
    dlh, desk = town.group("dlh"), town.group("meja")
    words = "Forbidden: bot was kicked from the group chat"
    town.standin.fault("refuse", method="sendMessage", chat=dlh.id, code=403, description=words)
    town.citizen().say(RUBBISH)
    await town.hears(desk, "Grup untuk Dinas Lingkungan Hidup tidak bisa dikirimi lagi")
    assert RUBBISH in (await town.card(desk)).text


async def test_a_citizen_who_blocks_the_bot_is_told_to_the_desk_with_the_open_cases(any_town: Town) -> None:
    dlh, desk = any_town.group("dlh"), any_town.group("meja")
    sri = any_town.citizen()
    card = await any_town.report(dlh, RUBBISH, by=sri)
    sri.block()
    await any_town.hears(desk, "Pelapor tidak bisa dikirimi pesan lagi", code_in(card))
    any_town.staff(dlh).reply(card, "/balas Kami ke sana.")
    await any_town.hears(dlh, "memblokir bot dan tidak akan membacanya")
    sri.unblock()
    sri.say("/laporanku")
    await any_town.hears(sri, code_in(card))


async def test_a_deleted_account_is_noticed_when_sending(town: Town) -> None:
    dlh, desk = town.group("dlh"), town.group("meja")
    sri = town.citizen()
    card = await town.report(dlh, RUBBISH, by=sri)
    await town.idle()
    sri.deactivate()
    budi = town.staff(dlh)
    await town.press(budi, card, "Terima")
    await town.hears(desk, "Pelapor tidak bisa dikirimi pesan lagi", code_in(card))
    await town.press(budi, card, "Selesai")
    budi.reply(card, "Sudah diangkut.")
    await town.hears(desk, f"Pesan untuk laporan {code_in(card)} tidak terkirim")
