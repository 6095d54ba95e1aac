"""Chat words of admins in the desk's chat: /pembaca, /jejak, /terlapor, /bukarahasia."""

import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.codes import find_code
from bot.domain.errors import PressRefused
from bot.domain.incoming import Command
from bot.domain.readings import Reading, SecretReader
from bot.domain.region import DESK, DUTY, HEAD
from bot.services.desk.admins import SECRECY, objection
from bot.services.desk.placing import refresh, reroute
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.secrecy.hiding import ACCUSED
from bot.services.secrecy.lifting import ask_to_lift
from bot.services.secrecy.recalling import recall
from bot.services.secrecy.unsealing import named_readers

OFF, NOBODY = "hapus", "-"
LATEST = 25
_ID = re.compile(r"([a-z]{2,16}):(\S{1,100})")


def obey(uow: UnitOfWork, office: Office, command: Command) -> None:
    """Carry out such a word, or answer why not."""
    chat = command.chat
    if why := objection(uow, office, command, SECRECY):
        office.say(uow, chat, why, reply_to=command.message_id)
        return
    try:
        text = WORDS[command.name](uow, office, command)
    except PressRefused as refused:
        text = office.texts(refused.key, **refused.fields)
    office.say(uow, chat, "plain", reply_to=command.message_id, text=text)


def readers(uow: UnitOfWork, office: Office, command: Command) -> str:
    """/pembaca: who may open secret cases; /pembaca <unit> <id>: one more; with `hapus` behind: one less."""
    words = command.argument.split()
    if not words:
        return _listed(uow, office)
    found = next((match for word in words if (match := _ID.fullmatch(word))), None)
    off = OFF in words
    units = [word for word in words if word != OFF and not _ID.fullmatch(word)]
    unit = units[0] if len(units) == 1 else ""
    known = unit in (DESK, DUTY) or office.region.department(unit) is not None
    if not known or found is None:
        raise PressRefused("pembaca.how", channel=command.chat.channel)
    reader = SecretReader(unit, found[1], found[2])
    actor, now = reader.actor, office.clock()
    if off:
        uow.secret_readers.drop(reader)
    else:
        uow.secret_readers.add(reader, by=command.sender.actor, at=now)
    was, is_now = ("" if add else f"{unit} {actor}"[:64] for add in (not off, off))
    uow.cases.note(None, command.sender.actor, "pembaca", at=now, before=was, after=is_now)
    return office.texts("pembaca.off" if off else "pembaca.set", who=actor, unit=office.unit_name(unit))


def trail(uow: UnitOfWork, office: Office, command: Command) -> str:
    """/jejak CODE: who read what of a case, and when."""
    code = find_code(command.argument, office.region.prefix)
    case = uow.cases.by_code(code) if code else None
    if case is None:
        raise PressRefused("jejak.how")
    found = uow.readings.of_case(case.id)
    if not found:
        return office.texts("jejak.none", code=case.code)
    lines = "\n".join(_line(uow, office, each) for each in found[-LATEST:])
    return office.texts("jejak.list", code=case.code, count=len(found), lines=lines)


def accuse(uow: UnitOfWork, office: Office, command: Command) -> str:
    """/terlapor CODE: whom a secret case is kept from; with a unit behind it, that one from now on; `-`: nobody."""
    code = find_code(command.argument, office.region.prefix)
    case = uow.cases.by_code(code) if code else None
    if case is None or not case.secret:
        raise PressRefused("terlapor.how")
    words = [word for word in command.argument.split() if find_code(word, office.region.prefix) is None]
    if words:
        units = tuple(dict.fromkeys(word for word in words if word != NOBODY))
        if any(unit != HEAD and office.region.department(unit) is None for unit in units):
            raise PressRefused("terlapor.how")
        before, after = (",".join(each)[:64] for each in (case.accused, units))
        uow.cases.note(case.id, command.sender.actor, ACCUSED, at=office.clock(), before=before, after=after)
        case = uow.cases.change(case.id, accused=units)
        recall(uow, office, case)
        if case.open:
            case = reroute(uow, office, case)
        else:
            refresh(uow, office, case)
    names = ", ".join(office.unit_name(unit) for unit in case.accused)
    return office.texts("terlapor.now" if names else "terlapor.nobody", code=case.code, units=names)


def _listed(uow: UnitOfWork, office: Office) -> str:
    units = [DESK, DUTY, *(department.id for department in office.region.departments)]
    named = [(unit, named_readers(uow, office, unit)) for unit in units]
    lines = "\n".join(f"{office.unit_name(unit)}: {', '.join(who)}" for unit, who in named if who)
    return office.texts("pembaca.list", lines=lines) if lines else office.texts("pembaca.none")


def _line(uow: UnitOfWork, office: Office, each: Reading) -> str:
    when = datetime.fromtimestamp(each.at, ZoneInfo(office.region.timezone)).strftime("%d-%m-%Y %H.%M")
    channel, _, user_id = each.reader.partition(":")
    known = uow.people.find(channel, user_id)
    who = f"{known.name} ({each.reader})" if known and known.name else each.reader
    kinds = ", ".join(each.kinds)
    return f"{when} · {who} · {office.unit_name(each.unit)} · {office.texts(f'jejak.why.{each.why}')}: {kinds}"


WORDS: dict[str, Callable[[UnitOfWork, Office, Command], str]] = {
    "pembaca": readers, "jejak": trail, "terlapor": accuse, "bukarahasia": ask_to_lift,
}  # fmt: skip
