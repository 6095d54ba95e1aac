"""Staff press a button on a card. Every press checks the chat, the card and the case's status."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain import buttons
from bot.domain.buttons import Press
from bot.domain.case import PERSON, ROUTED, Case, Tags, after, allowed
from bot.domain.errors import PressRefused
from bot.domain.incoming import Pressed, Said
from bot.domain.labels import TOPICS
from bot.domain.outgoing import Button
from bot.domain.records import Card, Lesson, Prompt
from bot.domain.region import DESK
from bot.domain.registers import DEFAULT
from bot.services.hearing import accept_as_report
from bot.services.linking import press_link
from bot.services.office import Office
from bot.services.opening import WORDS
from bot.services.placing import ALARM, INFORM, place, refresh, show
from bot.services.ports import UnitOfWork
from bot.services.replying import cancel_prompt
from bot.services.revealing import reveal


@dataclass(frozen=True)
class Hand:
    """A press in hand: who pressed what on which card of which case."""

    pressed: Pressed
    press: Press
    case: Case
    card: Card

    @property
    def actor(self) -> str:
        return f"{self.pressed.sender.channel}:{self.pressed.sender.id}"

    @property
    def name(self) -> str:
        return self.pressed.sender.name or "Petugas"


def press(uow: UnitOfWork, office: Office, pressed: Pressed) -> None:
    """Carry out a press, or answer with a toast that says why not."""
    what = buttons.decode(pressed.data)
    if what.action in (buttons.LINK, buttons.LINK_MOVE):
        press_link(uow, office, pressed, what.subject, move=what.action == buttons.LINK_MOVE)
    elif what.action == buttons.IS_REPORT:
        _insist(uow, office, pressed, what)
    elif what.action == buttons.CANCEL_PROMPT:
        toast = cancel_prompt(uow, office, pressed, what.subject)
        office.toast(uow, pressed.chat.channel, pressed.press_id, toast)
    else:
        _press_card(uow, office, pressed, what)


def _insist(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> None:
    said = Said(pressed.chat, pressed.sender, pressed.message_id, pressed.at)
    done = pressed.chat.private and what.subject.isdigit() and accept_as_report(uow, office, said, int(what.subject))
    person = uow.people.find(pressed.sender.channel, pressed.sender.id)
    toast = office.texts("toast.ok" if done else "toast.done_already", (person and person.register) or DEFAULT)
    office.toast(uow, pressed.chat.channel, pressed.press_id, toast)


def _press_card(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> None:
    try:
        hand = _take_in_hand(uow, office, pressed, what)
        action = ACTIONS.get(what.action)
        if action is None:
            raise PressRefused("toast.unknown")
        toast = action(uow, office, hand)
    except PressRefused as refused:
        text = office.texts(refused.key, **refused.fields)
        office.toast(uow, pressed.chat.channel, pressed.press_id, text, alert=True)
        return
    if toast:
        office.toast(uow, pressed.chat.channel, pressed.press_id, toast)


def _take_in_hand(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> Hand:
    case = uow.cases.by_code(what.subject)
    if case is None:
        raise PressRefused("toast.unknown")
    chat = pressed.chat
    linked = {u.unit for u in uow.desks.units_in(chat.channel, chat.id)}
    if not linked:
        raise PressRefused("toast.stranger")
    here = [c for c in uow.desks.cards_of(case.id) if (c.channel, c.chat_id) == (chat.channel, chat.id)]
    card = next((c for c in here if c.message_id == pressed.message_id), None)
    if card is None:  # the card was sent a moment ago and its id is not recorded yet
        card = next((c for c in here if c.message_id is None), None)
    if card is None:
        raise PressRefused("toast.old_card", code=case.code)
    if not linked & {case.unit, DESK, card.unit}:
        raise PressRefused("toast.not_yours", unit=office.unit_name(case.unit))
    if card.role == INFORM:
        raise PressRefused("toast.inform_only", unit=office.unit_name(case.unit))
    return Hand(pressed, what, case, card)


def _allow(office: Office, case: Case, move: str) -> None:
    """Refuse, with the present state, a move that the case's status does not allow."""
    if allowed(case.status, move):
        return
    status = office.texts(f"status.{case.status}", unit=office.unit_name(case.unit))
    if move == "terima" and case.taken_by and case.open:
        raise PressRefused("toast.taken", name=case.taken_by)
    raise PressRefused("toast.status", status=status, code=case.code)


def take(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """`Terima`: the taker's first name goes on the card, the citizen hears of it."""
    _allow(office, hand.case, "terima")
    case = move(uow, office, hand, "terima", taken_by=hand.name, taken_by_id=hand.actor)
    uow.desks.change_card(hand.card.id, menu=None)
    person = uow.people.by_id(case.person_id)
    if person:
        unit = office.unit_name(case.unit, case.register)
        office.tell(uow, person, "told.taken", register=case.register, case=case, code=case.code, unit=unit)
    refresh(uow, office, case)
    return office.texts("toast.taken_by_you", code=case.code)


def move(uow: UnitOfWork, office: Office, hand: Hand, step: str, **values: object) -> Case:
    """Make a move of the status table, with its audit line."""
    new = after(hand.case.status, step)
    now = office.clock()
    uow.cases.note(hand.case.id, hand.actor, step, at=now, before=hand.case.status, after=new)
    return uow.cases.change(hand.case.id, status=new, updated_at=now, **values)


def open_menu(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """`Alihkan`: the card offers the departments."""
    _allow(office, hand.case, "alihkan")
    return _menu(uow, office, hand, buttons.MOVE)


def back(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """`Kembali`: the card offers its usual buttons again."""
    return _menu(uow, office, hand, None)


def _menu(uow: UnitOfWork, office: Office, hand: Hand, menu: str | None) -> str:
    uow.desks.change_card(hand.card.id, menu=menu)
    show(uow, office, hand.card)
    return office.texts("toast.ok")


def choose_department(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """A department was chosen; one with several topics is asked for the topic next."""
    _allow(office, hand.case, "alihkan")
    unit = hand.press.argument
    department = office.region.department(unit)
    if department is None and unit != DESK:
        raise PressRefused("toast.unknown")
    if department is None or len(department.topics) == 0:
        return _hand_over(uow, office, hand, unit, topic=None)
    if len(department.topics) == 1:
        return _hand_over(uow, office, hand, unit, topic=department.topics[0])
    return _menu(uow, office, hand, f"{buttons.MOVE}:{unit}")


def choose_topic(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """A topic was chosen: a lesson, and the case goes to the topic's department."""
    _allow(office, hand.case, "alihkan")
    topic = hand.press.argument
    owner = office.region.owner(topic)
    if topic not in TOPICS or owner is None:
        raise PressRefused("toast.unknown")
    unit = (hand.card.menu or "").partition(":")[2] or owner.id
    return _hand_over(uow, office, hand, unit if topic in _topics(office, unit) else owner.id, topic=topic)


def _topics(office: Office, unit: str) -> tuple[str, ...]:
    department = office.region.department(unit)
    return department.topics if department else ()


def keep_topic(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """`topik tetap`: routing only, no lesson."""
    _allow(office, hand.case, "alihkan")
    unit = hand.press.argument
    if not office.region.knows(unit):
        raise PressRefused("toast.unknown")
    return _hand_over(uow, office, hand, unit, topic=None)


def _hand_over(uow: UnitOfWork, office: Office, hand: Hand, unit: str, *, topic: str | None) -> str:
    """Move a case; a topic that a person chose is kept as a lesson, also where it confirms the guess."""
    before = hand.case
    tags = with_topic(before.tags, topic) if topic else _routed(before.tags)
    if topic:
        _learn(uow, office, hand, topic)
    same = unit == before.unit
    values: dict[str, object] = {} if same else {"taken_by": None, "taken_by_id": None}
    status = before.status if same else after(before.status, "alihkan")
    now = office.clock()
    uow.cases.note(before.id, hand.actor, "alihkan", at=now, before=before.unit, after=unit)
    uow.desks.change_card(hand.card.id, menu=None)
    if not same:
        uow.desks.answered(before.id)
    case = uow.cases.change(
        before.id, status=status, unit=unit, informed=(), tags=tags,
        awaiting=before.awaiting if same or before.awaiting == WORDS else None,
        updated_at=now, **values,
    )  # fmt: skip
    place(uow, office, case)
    person = uow.people.by_id(case.person_id)
    if person and not same:
        name = office.unit_name(unit, case.register)
        office.tell(uow, person, "told.moved", register=case.register, case=case, code=case.code, unit=name)
    return office.texts("toast.moved", unit=office.unit_name(unit)) if not same else office.texts("toast.ok")


def with_topic(tags: Tags, topic: str) -> Tags:
    """The tags with a topic that a person set."""
    further = tuple(t for t in tags.further if t != topic)
    return replace(tags, topic=topic, further=further, unsure=False, set_by=PERSON)


def _routed(tags: Tags) -> Tags:
    return replace(tags, unsure=False, set_by=tags.set_by if tags.settled else ROUTED)


def _learn(uow: UnitOfWork, office: Office, hand: Hand, topic: str) -> None:
    tags = hand.case.tags
    uow.cases.learn(
        Lesson(hand.case.id, "topic", tags.topic, topic, hand.actor, tags.model, office.clock())
    )


def set_topic(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """The desk picks one of the model's guesses: topic, lesson and department in one press."""
    topic = hand.press.argument
    owner = office.region.owner(topic)
    _allow(office, hand.case, "alihkan")
    if owner is None:
        raise PressRefused("toast.unknown")
    return _hand_over(uow, office, hand, owner.id, topic=topic)


def ask_for_sentence(kind: str, step: str) -> Callable[[UnitOfWork, Office, Hand], str]:
    """A button that wants a sentence: ask at once, in the group; the presser's next reply is it."""

    def ask(uow: UnitOfWork, office: Office, hand: Hand) -> str:
        _allow(office, hand.case, step)
        chat = hand.pressed.chat
        now = office.clock()
        uow.desks.ask(Prompt(0, hand.case.id, hand.pressed.sender.id, kind, chat.channel, chat.id, now))
        text = office.texts(f"prompt.{kind}", name=hand.name, code=hand.case.code)
        cancel = Button(office.texts("button.cancel_prompt"), buttons.encode(buttons.CANCEL_PROMPT, hand.case.code))
        card = replace(hand.card, message_id=hand.card.message_id or hand.pressed.message_id)
        office.say_at_card(
            uow, card, text, role=f"prompt:{kind}", ask_reply=True, user_id=hand.pressed.sender.id, rows=((cancel,),)
        )
        return office.texts("toast.prompt")

    return ask


def type_words(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """`Tulis isi`: staff type the words of a report that came without any."""
    if hand.case.awaiting != WORDS:
        raise PressRefused("toast.done_already")
    return ask_for_sentence("words", "alihkan")(uow, office, hand)


def show_data(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """`Lihat data`: the masked parts, to the presser alone, logged."""
    return reveal(uow, office, hand.pressed, hand.case, alarm=hand.card.role == ALARM)


ACTIONS: dict[str, Callable[[UnitOfWork, Office, Hand], str]] = {
    buttons.TAKE: take,
    buttons.MOVE: open_menu,
    buttons.MOVE_TO: choose_department,
    buttons.MOVE_TOPIC: choose_topic,
    buttons.KEEP_TOPIC: keep_topic,
    buttons.BACK: back,
    buttons.SET_TOPIC: set_topic,
    buttons.ASK: ask_for_sentence("tanya", "tanya"),
    buttons.DONE: ask_for_sentence("selesai", "selesai"),
    buttons.NOT_OURS: ask_for_sentence("bukan", "bukan_wewenang"),
    buttons.TYPE_WORDS: type_words,
    buttons.SHOW_DATA: show_data,
}
