"""/catat temu: an operator registers somebody without a chat to meet a head; the slip is what they take home."""

from bot.domain import buttons
from bot.domain.appointments import State
from bot.domain.counter import last_digits
from bot.domain.counter_records import OfficeDraft
from bot.domain.errors import PressRefused
from bot.domain.incoming import Sender
from bot.domain.outgoing import Button, Rows
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.visits.booking import only_head, opening_of, some_places
from bot.services.visits.meeting_counter import meeting_slip, register
from bot.services.visits.meeting_words import spoken_slot
from bot.services.visits.whom import TURN, chosen, page_of, whom_rows

WAIT, DROP = "tunggu", "urung"
A_ROW = 2


def asks_for_guest(words: str) -> str | None:
    """What stands behind `temu` where an operator registers somebody; None where they do not."""
    first, _, rest = words.partition(" ")
    return rest.strip() if first.casefold() == "temu" else None


def whom_at_first(office: Office) -> str:
    """The head of a new guest; empty where one must be chosen. PressRefused where nobody receives people."""
    if not office.region.openings:
        raise PressRefused("meeting.none")
    return only_head(office)


def draw_guest(
    uow: UnitOfWork, office: Office, draft: OfficeDraft, *, private: bool, page: int = 0
) -> tuple[str, Rows]:  # fmt: skip
    """What would be saved, and the heads or times to choose from. In a group neither name nor number is shown again."""
    form, head = draft.form, draft.head or ""
    name = form.name if private or not form.name else office.texts("counter.name_kept")
    phone = form.phone if private or not form.phone else last_digits(form.phone)
    who = ", ".join(filter(None, (name, phone))) or office.texts("counter.nobody")

    def button(words: str, what: str) -> Button:
        return Button(words, buttons.encode(buttons.INTAKE, str(draft.id), what))

    end: Rows = (
        (Button(office.texts("button.siapa"), buttons.encode(buttons.INTAKE_WHO, str(draft.id))),),
        (button(office.texts("button.cancel_prompt"), DROP),),
    )
    if not head:
        text = office.texts("counter.guest_whom", subject=form.words, who=who)
        return text, (*whom_rows(office, form.words, button, page=page), *end)
    whom = opening_of(office, head).whom
    text = office.texts("counter.guest", subject=form.words, who=who, whom=whom)
    free = [button(spoken_slot(office, slot, "id"), f"{slot:.0f}") for slot in some_places(uow, office, head)]
    times: Rows = tuple(tuple(free[i : i + A_ROW]) for i in range(0, len(free), A_ROW))
    if not free:
        text = f"{text}\n\n{office.texts('counter.guest_full')}"
        times = ((button(office.texts("temu.button.tunggu"), WAIT),),)
    if not only_head(office):
        end = ((button(office.texts("temu.button.lain"), f"{TURN}0"),), *end)
    return text, (*times, *end)


def press_guest(
    uow: UnitOfWork, office: Office, operator: Sender, draft: OfficeDraft, argument: str, *, private: bool
) -> tuple[str, Rows]:  # fmt: skip
    """A head, a page of them, or a time; the message afterwards. PressRefused where it does not act."""
    page = page_of(argument)
    if page is not None or (head := chosen(office, argument)):
        draft = uow.offices.change_draft(draft.id, head="" if page is not None else head, at=office.clock())
        return draw_guest(uow, office, draft, private=private, page=page or 0)
    if not draft.head or not (argument == WAIT or (argument.isascii() and argument.isdigit())):
        raise PressRefused("toast.unknown")
    form = draft.form
    if not form.name:
        raise PressRefused("meeting.who_first")
    slot = None if argument == WAIT else float(argument)
    has = register(
        uow, office, operator, name=form.name, phone=form.phone, subject=form.words, slot=slot, head=draft.head
    )
    uow.offices.drop_draft(draft.id)
    whom = opening_of(office, draft.head).whom
    if has.state is not State.TERDAFTAR:
        return office.texts("counter.guest_waits", whom=whom), ()
    slip = office.texts("counter.say", text=meeting_slip(office, has))
    return f"{office.texts('counter.guest_saved', whom=whom)}\n\n{slip}", ()
