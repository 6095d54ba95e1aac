"""The sentence of a button that came in a form: the same use case as a reply to the prompt, answered to the presser."""

from bot.domain import buttons
from bot.domain.answers import unfit
from bot.domain.case import WORDS
from bot.domain.errors import PressRefused
from bot.domain.incoming import Pressed, Said, Sentence
from bot.services.desk.handing_levels import NO, prepare
from bot.services.desk.handing_levels import WHY as HAND_UP_OR_DOWN
from bot.services.desk.hands import Hand, allow, take_in_hand
from bot.services.desk.replying import ANSWERS
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.visits.doors import BUTTONS as DOORS
from bot.services.visits.doors import submit_at_door

OF_LEVELS = {HAND_UP_OR_DOWN: "alihkan", NO: "alihkan"}
STEPS = {
    "tanya": "tanya", "selesai": "selesai", "bukan": "bukan_wewenang", "words": "alihkan", "tempat": "alihkan",
    **OF_LEVELS,
}  # fmt: skip


def submit(uow: UnitOfWork, office: Office, sentence: Sentence) -> None:
    """Carry a sentence out, or answer with a toast that says why not."""
    what = buttons.decode(sentence.data)
    if what.action in DOORS:
        submit_at_door(uow, office, sentence, what)
        return
    try:
        hand, kind = _check(uow, office, sentence)
    except PressRefused as refused:
        office.refuse_press(uow, sentence, refused)
        return
    uow.desks.answered(hand.case.id, sentence.sender.id)
    said = Said(sentence.chat, sentence.sender, sentence.message_id, sentence.at, text=sentence.text)
    ANSWERS[kind](uow, office, hand.case, said)


def _check(uow: UnitOfWork, office: Office, sentence: Sentence) -> tuple[Hand, str]:
    """The press behind the form, checked as it is now: the case may have moved while somebody typed."""
    what = buttons.decode(sentence.data)
    kind = buttons.SENTENCES.get(what.action)
    if kind is None:
        raise PressRefused("toast.unknown")
    pressed = Pressed(
        sentence.chat, sentence.sender, sentence.message_id, sentence.at, sentence.press_id, sentence.data
    )
    hand = take_in_hand(uow, office, pressed, what)
    if kind == WORDS and hand.case.awaiting != WORDS:
        raise PressRefused("toast.done_already")
    allow(office, hand.case, STEPS[kind])
    if kind == HAND_UP_OR_DOWN:
        prepare(uow, office, hand)
    if wrong := unfit(kind, sentence.text.strip()):
        raise PressRefused(wrong, code=hand.case.code)
    return hand, kind
