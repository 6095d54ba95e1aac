"""Ask one person of a department for a sentence: their next reply is it."""

from bot.domain import buttons
from bot.domain.case import Case
from bot.domain.incoming import Command, Pressed
from bot.domain.outgoing import Button
from bot.domain.records import Card, Prompt
from bot.services.office import Office
from bot.services.ports import UnitOfWork


def ask_sentence(
    uow: UnitOfWork, office: Office, case: Case, card: Card, asking: Pressed | Command, kind: str
) -> None:
    """Ask under the card, with a button to take the question back; whoever pressed or wrote is waited for."""
    chat, who = asking.chat, asking.sender
    uow.desks.ask(Prompt(0, case.id, who.id, kind, chat.channel, chat.id, office.clock()))
    text = office.texts(f"prompt.{kind}", name=who.name or "Petugas", code=case.code)
    cancel = Button(office.texts("button.cancel_prompt"), buttons.encode(buttons.CANCEL_PROMPT, case.code))
    office.say_at_card(uow, card, text, role=f"prompt:{kind}", ask_reply=True, user_id=who.id, rows=((cancel,),))
