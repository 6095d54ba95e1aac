"""/peran: an admin says who is kepala and who may only look; and whether somebody may do what they want to."""

import re

from bot.domain.incoming import Command, Said, Sender
from bot.domain.roles import Action, Holder, Refusal, Role, refusal
from bot.services.office import Office
from bot.services.ports import UnitOfWork

_ID = re.compile(r"([a-z]{2,16}):(\S{1,100})")  # as /saya answers it; a coba id holds a colon itself


def set_role(uow: UnitOfWork, office: Office, command: Command) -> None:
    """/peran: who has a role. /peran <role>, as a reply or with somebody's id: give it; `petugas` takes it away."""
    chat = command.chat
    if not office.is_admin(uow, command.sender):
        office.say(uow, chat, "peran.admins_only", reply_to=command.message_id)
    elif not uow.desks.units_in(chat.channel, chat.id):
        office.say(uow, chat, "unlink.none", reply_to=command.message_id)
    elif not command.argument.strip():
        _list(uow, office, command)
    elif holder := _named(uow, command):
        _give(uow, office, command, holder)
    else:
        office.say(uow, chat, "peran.how", reply_to=command.message_id, channel=chat.channel)


def role_of(uow: UnitOfWork, sender: Sender) -> Role:
    """What somebody is: petugas where no admin said otherwise."""
    return uow.roles.of(sender.channel, sender.id)


def objection(uow: UnitOfWork, sender: Sender, action: Action) -> Refusal | None:
    """Why somebody may not do this, or None where they may."""
    return refusal(role_of(uow, sender), sender.standing, action)


def stopped(uow: UnitOfWork, office: Office, said: Said | Command, action: Action = Action.WORK) -> bool:
    """Whether somebody's words must not count. Who may only look is told so; who is no member is not answered."""
    why = objection(uow, said.sender, action)
    if why and why is not Refusal.NOT_MEMBER:
        office.say(uow, said.chat, why, reply_to=said.message_id)
    return why is not None


def _list(uow: UnitOfWork, office: Office, command: Command) -> None:
    lines = "\n".join(f"{holder.role}: {_shown(holder)}" for holder in uow.roles.all())
    key = "peran.list" if lines else "peran.none"
    office.say(uow, command.chat, key, reply_to=command.message_id, lines=lines)


def _named(uow: UnitOfWork, command: Command) -> Holder | None:
    """Whom the command means, with the role it names; None where it cannot be understood."""
    word, *rest = command.argument.split()
    if word.casefold() not in set(Role) or len(rest) > 1:
        return None
    role = Role(word.casefold())
    if rest:
        found = _ID.fullmatch(rest[0])
        channels = {link.channel for link in uow.desks.all_links()}  # elsewhere a role would mean nothing
        return Holder(found[1], found[2], role) if found and found[1] in channels else None
    whose = command.reply_by
    if whose is None or whose.id == command.chat.id:  # ours, or an anonymous administrator: nobody in particular
        return None
    return Holder(whose.channel, whose.id, role, whose.name)


def _give(uow: UnitOfWork, office: Office, command: Command, holder: Holder) -> None:
    now = office.clock()
    before = uow.roles.of(holder.channel, holder.user_id)
    holder = _with_name(uow, holder)
    uow.roles.give(holder, by=command.sender.actor, now=now)
    if before is not holder.role:
        was, is_now = (f"{role} {holder.actor}"[:64] for role in (before, holder.role))
        uow.cases.note(None, command.sender.actor, "role", at=now, before=was, after=is_now)
    office.say(uow, command.chat, f"peran.set.{holder.role}", reply_to=command.message_id, who=_shown(holder))


def _with_name(uow: UnitOfWork, holder: Holder) -> Holder:
    """The holder with a name that colleagues know, where one is known."""
    if holder.name:
        return holder
    known = [each for each in uow.roles.all() if each.actor == holder.actor]
    person = uow.people.find(holder.channel, holder.user_id)
    name = known[0].name if known else person.name if person else ""
    return Holder(holder.channel, holder.user_id, holder.role, name)


def _shown(holder: Holder) -> str:
    return f"{holder.name} ({holder.actor})" if holder.name else holder.actor
