"""What operators do for somebody who has no chat: find their case, tell them, bring their words, say it is done."""

from bot.domain import buttons
from bot.domain.case import Case
from bot.domain.counter import KANTOR
from bot.domain.counter_records import Call
from bot.domain.errors import PressRefused
from bot.domain.incoming import Chat, Sender
from bot.domain.life import allowed
from bot.domain.proof import Evidence
from bot.domain.readings import Reading, Why
from bot.domain.records import Person
from bot.domain.region import DESK
from bot.domain.roles import Action, Refusal, Role, refusal
from bot.services.citizens.confirming import confirm, reopen
from bot.services.citizens.hearing import hear_for
from bot.services.citizens.telling import root_of, spoken_for
from bot.services.desk.placing import refresh
from bot.services.desk.roles import role_of
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.proof.proving import shown
from bot.services.visits.taking_down import words_of

STARS = 5
READ = ("nama", "telepon")


def objection(uow: UnitOfWork, office: Office, sender: Sender, chat: Chat) -> str | None:
    """Why somebody may not take anything down here: the key of the text that says so."""
    if chat.private:
        if sender.actor not in office.region.operators:
            return "counter.where"
        return Refusal.OBSERVER if role_of(uow, sender) is Role.PENGAMAT else None
    if not is_counter(uow, office, chat):
        return "counter.where"
    return refusal(role_of(uow, sender), sender.standing, Action.SEE_DATA)


def check(uow: UnitOfWork, office: Office, sender: Sender, chat: Chat) -> None:
    """PressRefused where somebody may not take anything down here; it names what wadul.toml would have to name."""
    if why := objection(uow, office, sender, chat):
        raise PressRefused(why, here=sender.actor if chat.private else f"{chat.channel}:{chat.id}")


def is_counter(uow: UnitOfWork, office: Office, chat: Chat) -> bool:
    """Whether reports are taken down in this group: the desk's chat, or one that wadul.toml names."""
    if f"{chat.channel}:{chat.id}" in office.region.operators:
        return True
    desk = uow.desks.chat_of(DESK)
    here = desk and (desk.channel, desk.chat_id) == (chat.channel, chat.id)
    return bool(desk and here and desk.thread_id in (None, chat.thread_id))


def reporter(uow: UnitOfWork, case: Case | None) -> tuple[Case, Person]:
    """A case that was taken down, with who reported it; PressRefused where its reporter wrote it themselves."""
    person = uow.people.by_id(case.person_id) if case and case.channel == KANTOR else None
    if case is None or person is None:
        raise PressRefused("counter.not_ours")
    return case, person


def owed(uow: UnitOfWork, case: Case) -> list[Call]:
    """What the reporter is still to be told of their case."""
    return uow.offices.owed_to(case.person_id, case.id)


def photos(uow: UnitOfWork, case: Case) -> list[Evidence]:
    """The photos of what was done, to be shown to the reporter; those of the matter where it goes on in another."""
    return shown(uow, root_of(uow, case))


def told(uow: UnitOfWork, office: Office, operator: Sender, case: Case) -> int:
    """`Sudah disampaikan`: all that there was to tell; how much that was."""
    now = office.clock()
    count = uow.offices.called([call.id for call in owed(uow, case)], by=operator.actor, at=now)
    if count:
        uow.cases.note(case.id, operator.actor, "told", at=now)
    return count


def not_reached(uow: UnitOfWork, office: Office, operator: Sender, case: Case) -> None:
    """`Tidak tersambung`: it stays on the list, with one try more."""
    now = office.clock()
    uow.offices.not_reached([call.id for call in owed(uow, case)], at=now)
    uow.cases.note(case.id, operator.actor, "not_reached", at=now)


def read_number(uow: UnitOfWork, office: Office, operator: Sender, case: Case | None) -> None:
    """An operator reads name and number of somebody, alone: that is kept."""
    now = office.clock()
    uow.cases.note(case.id if case else None, operator.actor, "data_seen", at=now, after=",".join(READ))
    if case:
        uow.readings.add(Reading(now, operator.actor, DESK, case.id, case.person_id, READ, Why.COUNTER))


def read_news(uow: UnitOfWork, office: Office, operator: Sender, case: Case, *, kind: str = "isi") -> None:
    """An operator reads, to pass it on, what the office wrote or showed (`berkas`) in a secret case: that is kept."""
    uow.readings.add(Reading(office.clock(), operator.actor, DESK, case.id, case.person_id, (kind,), Why.COUNTER))


def bring_words(uow: UnitOfWork, office: Office, operator: Sender, case: Case, text: str) -> Case:
    """The reporter's answer, addition or verdict, in the operator's hand; the case afterwards."""
    _, person = reporter(uow, case)
    uow.offices.stands_here(person.id)
    hear_for(uow, office, person, case, words_of(office, person, text, through=operator))
    uow.cases.note(case.id, operator.actor, "on_behalf", at=office.clock(), after="words")
    _know_all(uow, office, operator, case)
    return uow.cases.by_id(case.id) or case


def decide(uow: UnitOfWork, office: Office, operator: Sender, case: Case, step: str) -> Case:
    """`Sudah beres` or `Belum`, as the reporter said it to the operator; the case afterwards."""
    _, person = reporter(uow, case)
    if step not in (buttons.FIXED, buttons.NOT_FIXED) or not may_decide(uow, case, step):
        raise PressRefused("toast.done_already")
    uow.offices.stands_here(person.id)
    own = spoken_for(uow, person, case)
    if step == buttons.FIXED:
        confirm(uow, office, person, own)
    else:
        reopen(uow, office, person, own)
    uow.cases.note(case.id, operator.actor, "on_behalf", at=office.clock(), after=step)
    _know_all(uow, office, operator, case)
    return uow.cases.by_id(case.id) or case


def may_decide(uow: UnitOfWork, case: Case, step: str) -> bool:
    """Whether the reporter may say so now."""
    return allowed(root_of(uow, case).status, step)


def rate(uow: UnitOfWork, office: Office, operator: Sender, case: Case, stars: int) -> Case:
    """How content the reporter is, 1 to 5, as they told the operator."""
    if case.rating is not None or not 1 <= stars <= STARS:
        raise PressRefused("toast.done_already")
    case = uow.cases.change(case.id, rating=stars)
    uow.cases.note(case.id, f"citizen:{case.person_id}", "rated", at=office.clock(), after=str(stars))
    uow.cases.note(case.id, operator.actor, "on_behalf", at=office.clock(), after="rated")
    refresh(uow, office, case)
    return case


def _know_all(uow: UnitOfWork, office: Office, operator: Sender, case: Case) -> None:
    """Whoever answers has been told what there was to tell."""
    told(uow, office, operator, case)
