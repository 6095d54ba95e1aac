"""What is over its time goes, class by class: one small transaction a call, and a line in the register."""

from bot.domain.retention import DAY
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.rights.erasing import erase_case, forget_person, go_on
from bot.services.rights.registering import count

AT_ONCE = 50
ROWS = 500
DESTROYED = "musnah"


def _before(office: Office, days: int) -> float:
    return office.clock() - days * DAY


def reports(uow: UnitOfWork, *, office: Office) -> int:
    """Words, place and files of reports that ended long ago; they stay as figures."""
    rules = office.region.rights.retention
    found = uow.overdue.cases(before=_before(office, rules.words_days), but=rules.keep_topics, most=AT_ONCE)
    for case in found:
        erase_case(uow, office, case, what=DESTROYED)
    return len(found)


def files(uow: UnitOfWork, *, office: Office) -> int:
    """Photos, videos and voice notes, sooner than the words."""
    rules = office.region.rights.retention
    found = uow.overdue.with_files(before=_before(office, rules.media_days), but=rules.keep_topics, most=AT_ONCE)
    count(uow, office, DESTROYED, "berkas", uow.erasing.files(found, at=office.clock()) if found else 0)
    return len(found)


def people(uow: UnitOfWork, *, office: Office) -> int:
    """Accounts of whom nothing else is left."""
    found = uow.overdue.people(before=_before(office, office.region.rights.retention.words_days), most=AT_ONCE)
    for person in found:
        forget_person(uow, office, person, what=DESTROYED)
    return len(found)


def talk(uow: UnitOfWork, *, office: Office) -> int:
    """Messages that became no report."""
    before = _before(office, office.region.rights.retention.talk_days)
    return _counted(uow, office, "obrolan", uow.overdue.talk(before=before, most=ROWS))


def set_aside(uow: UnitOfWork, *, office: Office) -> int:
    """What could not be read, and nobody repaired in time."""
    before = _before(office, office.region.rights.retention.talk_days)
    return _counted(uow, office, "kiriman", uow.overdue.set_aside(before=before, most=ROWS))


def answers(uow: UnitOfWork, *, office: Office) -> int:
    """Who labelled what."""
    before = _before(office, office.region.rights.retention.label_days)
    return _counted(uow, office, "label", uow.overdue.answers(before=before, most=ROWS))


def readings(uow: UnitOfWork, *, office: Office) -> int:
    """Who read whose data."""
    before = _before(office, office.region.rights.retention.reading_days)
    return _counted(uow, office, "bacaan", uow.overdue.readings(before=before, most=ROWS))


def keys(uow: UnitOfWork, *, office: Office) -> int:
    """Links and sessions of the page that have run out."""
    return _counted(uow, office, "kunci", uow.overdue.keys(now=office.clock()))


def rights(uow: UnitOfWork, *, office: Office) -> int:
    """Settled requests, bars, objections, incidents."""
    before = _before(office, office.region.rights.retention.rights_days)
    return _counted(uow, office, "hak", uow.overdue.rights(before=before, most=ROWS))


def ripen(uow: UnitOfWork, *, office: Office) -> None:
    """Requests whose last report has ended, and can no longer be objected to, are carried out."""
    for request in uow.rights.open_requests():
        go_on(uow, office, request)


def _counted(uow: UnitOfWork, office: Office, group: str, number: int) -> int:
    count(uow, office, DESTROYED, group, number)
    return number


STEPS = (reports, files, people, talk, set_aside, answers, readings, keys, rights)
