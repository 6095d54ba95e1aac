"""How reports are merged in these tests: two cards in a group, the second goes on in the first."""

from tests.flows.town import Town, code_in
from tests.standin.groups import Group
from tests.standin.messages import Message
from tests.standin.people import Citizen

SAME = "Lubang di jalan depan pasar Comal makin dalam, kemarin ada yang jatuh."


async def two(town: Town, dpu: Group, second: str = SAME) -> tuple[Message, Message, Citizen, Citizen]:
    """Two cards in a group and who reported them: Sri's, then Joko's."""
    sri, joko = town.citizen(), town.citizen(6, "Joko")
    return await town.report(dpu, by=sri), await town.report(dpu, second, by=joko), sri, joko


async def merged(
    town: Town, dpu: Group, second: str = SAME, *, told: str = "warga lain"
) -> tuple[Message, Message, Citizen, Citizen]:
    """Joko's report, merged into Sri's."""
    root, card, sri, joko = await two(town, dpu, second)
    town.staff(dpu).reply(card, f"/gabung {code_in(root)}")
    await town.hears(joko, told, code_in(card))
    await town.shows(card, f"Digabung dengan {code_in(root)}")
    await town.shows(root, "Digabung: " + code_in(card))
    return root, card, sri, joko


def statuses(town: Town) -> list[str]:
    return [str(case.status) for case in town.cases()]
