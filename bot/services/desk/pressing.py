"""Staff press a button. Every press is answered: by what it did, or with a toast that says why not."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain import buttons
from bot.domain.buttons import Press
from bot.domain.case import WORDS
from bot.domain.errors import PressRefused
from bot.domain.incoming import Pressed, Said
from bot.domain.registers import DEFAULT
from bot.services.citizens.confirming import press_confirmation
from bot.services.citizens.hearing import accept_as_report
from bot.services.citizens.telling import tell_reporters
from bot.services.desk import changing, handing_levels, handing_over
from bot.services.desk.deciding import decide
from bot.services.desk.drafting import press_draft
from bot.services.desk.hands import Hand, allow, take_in_hand
from bot.services.desk.linking import press_level, press_link
from bot.services.desk.looking import LISTS, press_list
from bot.services.desk.offers import OFFER
from bot.services.desk.passing_on import take_over
from bot.services.desk.placing import refresh
from bot.services.desk.prompting import ask_sentence
from bot.services.desk.replying import cancel_prompt
from bot.services.desk.rooms import around
from bot.services.learning.labelling import press_label
from bot.services.learning.lessons import agree
from bot.services.learning.models import press_model
from bot.services.learning.training import press_training
from bot.services.matters import merging
from bot.services.matters.twin_list import LIST, press_merge, press_twin, show_twins
from bot.services.moving import make_move
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.proof.proof_deciding import press_proof
from bot.services.rights.own_data import press_own_data
from bot.services.secrecy.discreet import press_discreet
from bot.services.secrecy.revealing import reveal
from bot.services.secrecy.unsealing import open_secret, unit_of
from bot.services.visits.doors import BUTTONS as DOORS
from bot.services.visits.doors import press_door

Action = Callable[[UnitOfWork, Office, Hand], str | None]


def press(uow: UnitOfWork, office: Office, pressed: Pressed) -> None:
    """Carry out a press, or answer with a toast that says why not."""
    what = buttons.decode(pressed.data)
    PRESSES.get(what.action, _press_card)(uow, office, pressed, what)


def _link(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> None:
    pressed = replace(pressed, chat=around(uow, pressed.chat))
    press_link(uow, office, pressed, what.subject, move=what.action == buttons.LINK_MOVE)


def _show_level(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> None:
    press_level(uow, office, pressed, what.subject, what.argument)


def _confirm(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> None:
    toast = press_confirmation(uow, office, pressed, what)
    office.toast(uow, pressed.chat.channel, pressed.press_id, toast)


def _hide(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> None:
    office.toast(uow, pressed.chat.channel, pressed.press_id, press_discreet(uow, office, pressed, what))


def _cancel(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> None:
    toast = cancel_prompt(uow, office, pressed, what.subject)
    office.toast(uow, pressed.chat.channel, pressed.press_id, toast)


def _insist(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> None:
    said = Said(pressed.chat, pressed.sender, pressed.message_id, pressed.at)
    done = pressed.chat.private and what.subject.isdigit() and accept_as_report(uow, office, said, int(what.subject))
    person = uow.people.find(pressed.sender.channel, pressed.sender.id)
    toast = office.texts("toast.ok" if done else "toast.done_already", (person and person.register) or DEFAULT)
    office.toast(uow, pressed.chat.channel, pressed.press_id, toast)


def _press_card(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> None:
    try:
        toast = _act(uow, office, pressed, what)
    except PressRefused as refused:
        office.refuse_press(uow, pressed, refused)
        return
    if toast is not None:
        office.toast(uow, pressed.chat.channel, pressed.press_id, toast)


def _act(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> str | None:
    if what.action in LISTS:
        return press_list(uow, office, pressed, what)
    if what.action in (buttons.APPROVE, buttons.WITHDRAW):
        return press_draft(uow, office, pressed, what)
    if what.action in LIST:
        return press_twin(uow, office, pressed, what)
    hand = take_in_hand(uow, office, pressed, what)
    action = ACTIONS.get(what.action)
    if action is None:
        raise PressRefused("toast.unknown")
    return action(uow, office, hand)


def take(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """`Terima`: the taker's first name goes on the card, the citizen hears of it."""
    if hand.card.role == OFFER:
        return handing_levels.accept(uow, office, hand)
    allow(office, hand.case, "terima")
    case = make_move(
        uow, office, hand.case, "terima", actor=hand.actor, taken_by=hand.name, taken_by_id=hand.actor
    )
    uow.desks.change_card(hand.card.id, menu=None)
    agree(uow, office, hand.case, actor=hand.actor)
    tell_reporters(uow, office, case, "told.taken")
    refresh(uow, office, case)
    return office.texts("toast.taken_by_you", code=case.code)


def ask_for_sentence(kind: str, step: str) -> Action:
    """A button that wants a sentence: ask at once, in the group; the presser's next reply is it."""

    def ask(uow: UnitOfWork, office: Office, hand: Hand) -> str:
        allow(office, hand.case, step)
        card = replace(hand.card, message_id=hand.card.message_id or hand.pressed.message_id)
        ask_sentence(uow, office, hand.case, card, hand.pressed, kind)
        return office.texts("toast.prompt")

    return ask


def ask_place(uow: UnitOfWork, office: Office, hand: Hand) -> str | None:
    """`Tempat`: the menu closes, and the presser is asked where it is."""
    asked = ask_for_sentence("tempat", "alihkan")(uow, office, hand)
    handing_over.back(uow, office, hand)
    return asked


def type_words(uow: UnitOfWork, office: Office, hand: Hand) -> str | None:
    """`Tulis isi`: staff type the words of a report that came without any."""
    if hand.case.awaiting != WORDS:
        raise PressRefused("toast.done_already")
    return ask_for_sentence("words", "alihkan")(uow, office, hand)


def show_data(uow: UnitOfWork, office: Office, hand: Hand) -> str | None:
    """`Lihat data`: the masked parts, to the presser alone, logged."""
    allow(office, hand.case, "alihkan")
    return reveal(uow, office, hand.pressed, hand.case, unit=unit_of(uow, hand.card))


ACTIONS: dict[str, Action] = {
    buttons.TAKE: take,
    buttons.MOVE: handing_over.open_menu,
    buttons.MOVE_TO: handing_over.choose_department,
    buttons.MOVE_TOPIC: handing_over.choose_topic,
    buttons.KEEP_TOPIC: handing_over.keep_topic,
    buttons.BACK: handing_over.back,
    buttons.SET_TOPIC: handing_over.choose_topic,
    buttons.ASK: ask_for_sentence("tanya", "tanya"),
    buttons.DONE: ask_for_sentence("selesai", "selesai"),
    buttons.NOT_OURS: ask_for_sentence("bukan", "bukan_wewenang"),
    buttons.TYPE_WORDS: type_words,
    buttons.TAKE_OVER: take_over,
    buttons.CHANGE: changing.open_change,
    buttons.NEW_TOPIC: changing.set_topic,
    buttons.NEW_URGENCY: changing.set_urgency,
    buttons.NEW_KIND: changing.set_kind,
    buttons.NEW_PLACE: ask_place,
    buttons.SHOW_DATA: show_data,
    buttons.SPLIT: merging.press_split,
    buttons.MERGE: press_merge,
    buttons.TWINS: show_twins,
    buttons.READ: open_secret,
    buttons.LEVEL: handing_over.open_levels,
    buttons.HAND_TO: handing_levels.choose,
    buttons.REFUSE: handing_levels.ask_why_not,
    buttons.CALL_BACK: handing_levels.call_back,
}

PRESSES: dict[str, Callable[[UnitOfWork, Office, Pressed, Press], None]] = {
    buttons.LINK: _link,
    buttons.LINK_MOVE: _link,
    buttons.LINK_LEVEL: _show_level,
    buttons.TRAIN: press_training,
    buttons.PROOF: press_proof,
    buttons.LABEL: press_label,
    buttons.MODEL: press_model,
    buttons.RIGHTS: decide,
    buttons.MY_DATA: press_own_data,
    buttons.IS_REPORT: _insist,
    buttons.FIXED: _confirm,
    buttons.NOT_FIXED: _confirm,
    buttons.RATE: _confirm,
    buttons.SECRET: _hide,
    buttons.ANONYMOUS: _hide,
    buttons.CANCEL_PROMPT: _cancel,
    **dict.fromkeys(DOORS, press_door),
}
"""Buttons that are no department's work on a card; every other one is."""
