"""The reports that go on in a case, as a list under its card: each can be read, and parted again."""

from collections.abc import Callable

from bot.domain import buttons
from bot.domain.buttons import Press
from bot.domain.case import Case
from bot.domain.errors import PressRefused
from bot.domain.incoming import Pressed
from bot.domain.lengths import cut
from bot.domain.life import Status, allowed
from bot.domain.lists import Page
from bot.domain.outgoing import Button, Rows
from bot.domain.privacy import mask
from bot.domain.records import Card
from bot.domain.roles import Action
from bot.services.desk.hands import SILENT, Hand, allow
from bot.services.desk.listing import cards_in, turns
from bot.services.desk.placing import WORDS_OF_CITIZEN, kept, quoted, send_media
from bot.services.desk.pointing import answers_for
from bot.services.desk.roles import objection
from bot.services.desk.turning import page_number, show_page
from bot.services.matters.merging import merge_into, part
from bot.services.office import Office
from bot.services.ports import UnitOfWork

A_PAGE = 4  # with a row of buttons each, and one to turn the page: as many rows as every platform has
QUOTE_UNITS, PLACE_UNITS = 90, 60


def press_merge(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """`Gabung` on a card that names likely twins; returns the toast."""
    other = uow.cases.by_code(hand.press.argument)
    if other is None:
        raise PressRefused("toast.unknown")
    root = merge_into(uow, office, hand.pressed, hand.case, other)
    return office.texts("gabung.pressed", code=hand.case.code, root=root.code)


def show_twins(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """`Lihat yang mirip`: the list stands under the card."""
    text, rows = draw_twins(uow, office, hand.case, page=1)
    office.say_at_card(uow, hand.card, text, rows=rows, role=WORDS_OF_CITIZEN)
    return SILENT


def press_twin(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> str:
    """A button of the list; PressRefused where the presser may not."""
    if not uow.desks.units_in(pressed.chat.channel, pressed.chat.id):
        raise PressRefused("toast.stranger")
    if why := objection(uow, pressed.sender, Action.WORK):
        raise PressRefused(why)
    case = uow.cases.by_code(what.subject)
    if case is None:
        raise PressRefused("toast.unknown")
    if not answers_for(uow, office, pressed, case):
        raise PressRefused("gabung.not_yours")
    return LIST[what.action](uow, office, pressed, what, case)


def draw_twins(uow: UnitOfWork, office: Office, root: Case, *, page: int) -> tuple[str, Rows]:
    """One page of what goes on in a case: code, place, the beginning of the masked words."""
    merged = uow.cases.merged(root.id)
    if not merged:
        return office.texts("gabung.none", code=root.code), ()
    pages = -(-len(merged) // A_PAGE)
    here = Page(min(max(1, page), pages), pages)
    first = (here.number - 1) * A_PAGE
    shown = list(enumerate(merged[first : first + A_PAGE], first + 1))
    lines = [_line(uow, office, case, number) for number, case in shown]
    head = office.texts("gabung.head", code=root.code, count=len(merged))
    rows = [_buttons(office, case, number, here.number) for number, case in shown]
    return "\n".join([head, "", *lines]), (*rows, *turns(here, buttons.TWIN_PAGE, before=root.code))


def _line(uow: UnitOfWork, office: Office, case: Case, number: int) -> str:
    if case.secret:
        return office.texts("gabung.hidden", number=number, code=case.code)
    place = cut(mask(case.tags.location or "").text, PLACE_UNITS) or office.texts("gabung.no_place")
    words = " ".join(quoted(office, uow.cases.entries(case.id)).split())
    quote = cut(words, QUOTE_UNITS) or office.texts("card.no_words")
    return office.texts("gabung.line", number=number, code=case.code, place=place, quote=quote)


def _buttons(office: Office, case: Case, number: int, page: int) -> tuple[Button, ...]:
    part_it = Button(office.texts("gabung.part", number=number), buttons.encode(buttons.PART, case.code, str(page)))
    if case.secret:
        return (part_it,)
    return (Button(office.texts("gabung.read", number=number), buttons.encode(buttons.READ_TWIN, case.code)), part_it)


def _turn(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press, root: Case) -> str:
    return _edit(uow, office, pressed, root, page=page_number(what.argument))


def _read(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press, case: Case) -> str:
    """Its words, masked, with place and files, under the card of the case that it goes on in."""
    root = _root(uow, case)
    card = _card(uow, pressed, root)
    if case.secret:
        raise PressRefused("toast.unknown")
    words = quoted(office, uow.cases.entries(case.id), keep=kept(root)) or office.texts("card.no_words")
    place = mask(case.tags.location or "", keep=kept(root)).text or office.texts("gabung.no_place")
    told = office.texts("gabung.words", code=case.code, place=place, text=words)
    office.say_at_card(uow, card, told, role=WORDS_OF_CITIZEN)
    if files := tuple(media.id for media in uow.cases.media(case.id)):
        send_media(uow, office, card, files)
    return SILENT


def _part(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press, case: Case) -> str:
    """`Pisahkan`: the case gets a card of its own, and is not joined by itself again."""
    root = _root(uow, case)
    allow(office, case, "pisah")
    part(uow, office, case, actor=pressed.sender.actor)
    _edit(uow, office, pressed, root, page=page_number(what.argument))
    return office.texts("pisah.done", code=case.code)


def _root(uow: UnitOfWork, case: Case) -> Case:
    root = uow.cases.lock(case.merged_into) if case.merged_into is not None else None
    if root is None or case.status is not Status.DIGABUNG or not allowed(case.status, "pisah"):
        raise PressRefused("pisah.not_merged", code=case.code)
    return root


def _card(uow: UnitOfWork, pressed: Pressed, root: Case) -> Card:
    here = cards_in(uow, pressed.chat, root)
    if not here:
        raise PressRefused("toast.old_card", code=root.code)
    return here[0]


def _edit(uow: UnitOfWork, office: Office, pressed: Pressed, root: Case, *, page: int) -> str:
    text, rows = draw_twins(uow, office, root, page=page)
    return show_page(uow, office, pressed, text, rows)


LIST: dict[str, Callable[[UnitOfWork, Office, Pressed, Press, Case], str]] = {
    buttons.TWIN_PAGE: _turn,
    buttons.READ_TWIN: _read,
    buttons.PART: _part,
}
