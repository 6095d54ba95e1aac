"""Reports of the same matter become one: `/gabung`; `/pisah` and the button `Pisahkan` take it back."""

from bot.domain.case import ANSWER, Case
from bot.domain.codes import find_codes
from bot.domain.errors import PressRefused
from bot.domain.incoming import Command, Pressed
from bot.domain.lessons import MERGE
from bot.domain.life import Status, after, allowed, undone
from bot.domain.records import Lesson, Noted
from bot.domain.secrecy import differ
from bot.services.citizens.opening import emergency_answer
from bot.services.citizens.telling import root_of, tell_reporter
from bot.services.desk.hands import Hand, allow
from bot.services.desk.placing import place, refresh, show_elsewhere
from bot.services.desk.pointing import answers_for, case_here, pointed
from bot.services.matters.going_on import MOVED, TOLD, back_to_own_unit, go_on_in, raise_alarm
from bot.services.moving import MACHINE, note_steps
from bot.services.office import Office
from bot.services.ports import UnitOfWork


def merge(uow: UnitOfWork, office: Office, command: Command) -> None:
    """`/gabung CODE` as a reply to a card, or `/gabung CODE CODE`: the first case goes on in the second."""
    case, other = _pair(uow, office, command)
    root = merge_into(uow, office, command, case, other)
    office.say(uow, command.chat, "gabung.done", reply_to=command.message_id, code=case.code, root=root.code)


def merge_into(uow: UnitOfWork, office: Office, asked: Command | Pressed, case: Case, other: Case) -> Case:
    """Let one case go on in the other, or in that one's root, where whoever asks may; returns the root."""
    root = root_of(uow, other)
    if not (answers_for(uow, office, asked, case) and answers_for(uow, office, asked, root)):
        raise PressRefused("gabung.not_yours")
    if case.id == other.id:
        raise PressRefused("gabung.same")
    if root.id == case.id:
        raise PressRefused("gabung.already", code=other.code, root=case.code)
    if case.merged_into is not None:
        raise PressRefused("gabung.already", code=case.code, root=root_of(uow, case).code)
    allow(office, case, "gabung")
    allow(office, root, "gabung")  # open, as the other must be
    if case.tags.oversight != root.tags.oversight:
        raise PressRefused("gabung.oversight")
    if differ(case, root):
        raise PressRefused("gabung.secret")
    return _merge(uow, office, case, root, actor=asked.sender.actor)


def split(uow: UnitOfWork, office: Office, command: Command) -> None:
    """`/pisah CODE`, or as a reply to the merged case's card: it stands by itself again."""
    case, _ = pointed(uow, office, command)
    if case is None:
        raise PressRefused("pisah.how")
    if not answers_for(uow, office, command, case):
        raise PressRefused("gabung.not_yours")
    if merged := uow.cases.merged(case.id):
        raise PressRefused("pisah.which", code=case.code, codes=", ".join(each.code for each in merged))
    if not allowed(case.status, "pisah"):
        raise PressRefused("pisah.not_merged", code=case.code)
    case = part(uow, office, case, actor=command.sender.actor)
    office.say(uow, command.chat, "pisah.done", reply_to=command.message_id, code=case.code)


def press_split(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """`Pisahkan` on a merged case's card; returns the toast."""
    allow(office, hand.case, "pisah")
    case = part(uow, office, hand.case, actor=hand.actor)
    return office.texts("pisah.done", code=case.code)


def succeed(uow: UnitOfWork, office: Office, root: Case) -> None:
    """The root's own reporter withdrew it: for the others it goes on in the eldest of their cases."""
    heirs = uow.cases.merged(root.id)
    if not heirs:
        return
    heir = part(uow, office, heirs[0], actor=MACHINE)
    for case in heirs[1:]:
        _follow(uow, office, case, heir, actor=MACHINE)
    refresh(uow, office, heir)


def _pair(uow: UnitOfWork, office: Office, command: Command) -> tuple[Case, Case]:
    """What goes into what, or PressRefused where that cannot be understood."""
    codes = find_codes(command.argument, office.region.prefix)
    named = {code: uow.cases.by_code(code) for code in sorted(codes)}  # locked in one order, whoever merges what
    here = case_here(uow, office, command) if len(codes) == 1 and command.reply_to else None
    pair = [*([here[0]] if here else []), *(named[code] for code in codes)]
    if len(pair) != 2 or pair[0] is None or pair[1] is None:
        raise PressRefused("gabung.how")
    return pair[0], pair[1]


def _merge(uow: UnitOfWork, office: Office, case: Case, root: Case, *, actor: str) -> Case:
    """Let a case, with those that were merged into it before, go on in the root; returns the root."""
    earlier = uow.cases.merged(case.id)
    words_for_root = {(card.channel, card.chat_id) for card in uow.desks.cards_of(case.id)}
    case = go_on_in(uow, office, case, root, actor=actor)
    uow.cases.learn(Lesson(case.id, MERGE, case.code, root.code, actor, case.tags.model, office.clock()))
    for each in earlier:
        _follow(uow, office, each, root, actor=actor)
    if case.tags.emergency and not root.tags.emergency:
        root = raise_alarm(uow, office, root)
        if person := uow.people.by_id(root.person_id):
            emergency_answer(uow, office, person, root)
    refresh(uow, office, case)
    refresh(uow, office, root)
    show_elsewhere(uow, office, case, root, known=words_for_root)
    _tell(uow, office, case, root)
    return root


def _follow(uow: UnitOfWork, office: Office, case: Case, root: Case, *, actor: str) -> None:
    """A merged case goes on in another root; its reporter need not know."""
    before = root_of(uow, case)
    uow.cases.change(case.id, merged_into=root.id)
    uow.cases.note(case.id, actor, MOVED, at=office.clock(), before=before.code, after=root.code)
    refresh(uow, office, case)


def _tell(uow: UnitOfWork, office: Office, case: Case, root: Case) -> None:
    """Tell the reporter of a merged case, kindly; whoever told the same twice hears of both codes."""
    person = uow.people.by_id(case.person_id)
    if person is None or person.blocked:
        return
    if root.person_id == person.id:
        tell_reporter(uow, office, person, case, "told.merged_own", unit=root.unit, root=root.code)
    else:
        tell_reporter(uow, office, person, case, "told.merged", unit=root.unit)
    uow.cases.note(case.id, MACHINE, TOLD, at=office.clock())


def part(uow: UnitOfWork, office: Office, case: Case, *, actor: str) -> Case:
    """Give a merged case its former status and its card's buttons back; what staff undo taught nothing."""
    root = root_of(uow, case)
    if actor != MACHINE:
        uow.lessons.undo(case.id, MERGE, at=office.clock())
        uow.similar.part(case.id, root.id, at=office.clock())
    merged = uow.cases.noted(case.id, "gabung")
    status = undone(case.status, "pisah", Status(merged.before)) if merged else after(case.status, "pisah")
    uow.cases.note(case.id, actor, "pisah", at=office.clock(), before=case.status, after=status)
    asked = status is Status.MENUNGGU_PELAPOR
    if asked and _spoke_since(uow, case, merged):
        asked = False
        status = note_steps(uow, office, case.id, status, "jawab", actor=f"citizen:{case.person_id}")
    case = uow.cases.change(
        case.id, status=status, merged_into=None, awaiting=ANSWER if asked else None, updated_at=office.clock()
    )
    if merged and actor != MACHINE:
        case = back_to_own_unit(uow, office, case, since=merged.at)
    place(uow, office, case)
    refresh(uow, office, root)
    told = uow.cases.noted(case.id, TOLD)
    person = uow.people.by_id(case.person_id)
    if told and merged and told.at >= merged.at and person and not person.blocked:
        tell_reporter(uow, office, person, case, "told.split", unit=case.unit)
    return case


def _spoke_since(uow: UnitOfWork, case: Case, merged: Noted | None) -> bool:
    """Whether the citizen has answered, in a way, while the case was merged."""
    entries = uow.cases.entries(case.id)
    return merged is not None and any(each.author == "citizen" and each.at >= merged.at for each in entries)
