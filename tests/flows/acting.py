"""How staff act in these tests: one button after the other, questions that come."""

from tests.flows.town import Town
from tests.standin.groups import Group
from tests.standin.messages import Message
from tests.standin.people import Member


async def choose(town: Town, who: Member, card: Message, *words: str) -> None:
    """Press one button after the other, each as soon as the card offers it."""
    for each in words:
        await town.standin.wait_for(lambda each=each: any(b.endswith(each) for b in card.buttons), 5)
        await town.press(who, card, each)


async def asked(town: Town, group: Group, who: Member, card: Message, button: str) -> Message:
    """Press a button that wants a sentence; the question that came."""
    known = {m.id for m in group.answers}
    await town.press(who, card, button)
    return await town.standin.wait_for(
        lambda: next((m for m in group.answers if m.id not in known and who.user.first_name in m.text), None), 5
    )
