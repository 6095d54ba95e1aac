"""The doors that are no report of a citizen's own: the counter and meetings with the head, as events reach them."""

from bot.domain import buttons
from bot.domain.buttons import Press
from bot.domain.counter import MARK
from bot.domain.errors import PressRefused
from bot.domain.incoming import Command, Pressed, Said, Sentence
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.visits.calls import press_call
from bot.services.visits.counter import ask_answer, obey, press_intake, submit_intake, take_sentence
from bot.services.visits.meeting import meet, press_meeting
from bot.services.visits.meeting_lists import press_list, show_list

BUTTONS = frozenset({buttons.INTAKE, buttons.INTAKE_WHO, buttons.CALLS, buttons.CALL_ANSWER, buttons.MEET})
WORDS = frozenset({"catat", "temu"})


def is_door(office: Office, command: Command) -> bool:
    """Whether a chat word leads here; `/catat` of a citizen is just another word before a report."""
    if command.name == "catat":
        return not command.chat.private or command.sender.actor in office.region.operators
    return command.name == "temu"


def walk_in(uow: UnitOfWork, office: Office, command: Command) -> None:
    """Carry out such a word."""
    if command.name == "catat":
        obey(uow, office, command)
    elif command.chat.private:
        meet(uow, office, command)
    else:
        show_list(uow, office, command)


def hears_operator(uow: UnitOfWork, office: Office, said: Said) -> bool:
    """Whether somebody's words were waited for at the counter; then they are taken. Asks nothing for anybody else."""
    waited = said.sender.actor in office.region.operators if said.chat.private else said.reply_text.startswith(MARK)
    return waited and take_sentence(uow, office, said)


def press_door(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> None:
    """A button of the counter or of a meeting; every press is answered."""
    try:
        toast, alert = _press(uow, office, pressed, what)
    except PressRefused as refused:
        office.refuse_press(uow, pressed, refused)
        return
    office.toast(uow, pressed.chat.channel, pressed.press_id, toast, alert=alert)


def _press(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> tuple[str, bool]:
    if what.action == buttons.CALLS:
        return press_call(uow, office, pressed, what)
    if what.action == buttons.CALL_ANSWER:
        return ask_answer(uow, office, pressed, what.subject), False
    if what.action == buttons.MEET:
        press = press_meeting if pressed.chat.private else press_list
        return press(uow, office, pressed, what), False
    return press_intake(uow, office, pressed, what), False


def submit_at_door(uow: UnitOfWork, office: Office, sentence: Sentence, what: Press) -> None:
    """A form of the counter."""
    try:
        submit_intake(uow, office, sentence, what)
    except PressRefused as refused:
        office.refuse_press(uow, sentence, refused)
