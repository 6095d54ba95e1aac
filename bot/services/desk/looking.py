"""/tugas and /cari: staff look through the cases that their chat may see. Who may only look may do this too."""

from collections.abc import Callable

from bot.domain import buttons
from bot.domain.buttons import Press
from bot.domain.errors import PressRefused
from bot.domain.incoming import Chat, Command, Pressed
from bot.domain.lists import Scope, scope_of
from bot.domain.roles import Action
from bot.services.desk.hands import SILENT
from bot.services.desk.listing import cards_in, draw_work, listed, say_list, visible, work_asked
from bot.services.desk.roles import objection, stopped
from bot.services.desk.searching import draw_found, search
from bot.services.desk.turning import page_number, show_page
from bot.services.office import Office
from bot.services.ports import UnitOfWork


def look(uow: UnitOfWork, office: Office, command: Command) -> None:
    """/tugas or /cari in a group."""
    scope = scope_here(uow, office, command.chat)
    if scope is None:
        office.say(uow, command.chat, "unlink.none", reply_to=command.message_id)
    elif stopped(uow, office, command, Action.LOOK):
        return
    elif command.name == "cari":
        search(uow, office, command, scope)
    else:
        say_list(uow, office, command, *draw_work(uow, office, command.sender, scope, work_asked(command.argument)))


def press_list(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> str:
    """A tab, a page or a number of a list; returns the toast. PressRefused where the presser may not look."""
    scope = scope_here(uow, office, pressed.chat)
    if scope is None:
        raise PressRefused("toast.stranger")
    if why := objection(uow, pressed.sender, Action.LOOK):
        raise PressRefused(why)
    return LISTS[what.action](uow, office, pressed, what, scope)


def scope_here(uow: UnitOfWork, office: Office, chat: Chat) -> Scope | None:
    """What this chat may see: of a forum topic that is linked itself, only its own units; None where nothing is."""
    links = uow.desks.units_in(chat.channel, chat.id)
    own = [link for link in links if chat.thread_id and link.thread_id == chat.thread_id]
    linked = {link.unit for link in own or links}
    if not linked:
        return None
    without_chat = {d.id for d in office.region.departments if uow.desks.chat_of(d.id) is None}
    led = {each for unit in linked for each in office.region.heads.under(unit)}
    return scope_of(linked, without_chat=without_chat, led=led)


def _turn_work(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press, scope: Scope) -> str:
    page = page_number(what.argument)
    text, rows, cases = draw_work(uow, office, pressed.sender, scope, what.subject, page=page)
    return show_page(uow, office, pressed, text, rows, quotes=listed(cases))


def _turn_found(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press, scope: Scope) -> str:
    words = tuple(what.argument.split())
    if not words:
        raise PressRefused("toast.unknown")
    text, rows, cases = draw_found(uow, office, scope, words, page=page_number(what.subject))
    return show_page(uow, office, pressed, text, rows, quotes=listed(cases))


def _show_card(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press, scope: Scope) -> str:
    """A number of a list: a reply to the card makes it one tap away."""
    case = uow.cases.by_code(what.subject)
    if case is None or not visible(uow, scope, pressed.chat, case):
        raise PressRefused("list.no_code", code=what.subject)
    here = cards_in(uow, pressed.chat, case)
    if here:
        office.say_at_card(uow, here[0], office.texts("list.here", code=case.code))
        return SILENT
    elsewhere = uow.desks.cards_of(case.id)
    if not elsewhere:
        raise PressRefused("list.no_card")
    raise PressRefused("list.elsewhere", unit=office.unit_name(elsewhere[0].unit))


LISTS: dict[str, Callable[[UnitOfWork, Office, Pressed, Press, Scope], str]] = {
    buttons.WORK_LIST: _turn_work,
    buttons.FOUND_LIST: _turn_found,
    buttons.SHOW_CARD: _show_card,
}
