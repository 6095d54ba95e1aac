"""What keeps a case `anonim` or `rahasia`, and offices complained about away from it: at its start and whenever words
or tags change. What the rule hides stays hidden; what citizens hide themselves, they may show again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.accused import accused_of
from bot.domain.case import Case, Tags
from bot.domain.discretion import Wishes, wishes
from bot.domain.records import Person
from bot.domain.secrecy import CITIZEN, RULE, by_rule
from bot.services.moving import MACHINE
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.secrecy.recalling import recall

SECRET, ANONYMOUS, ACCUSED = "rahasia", "anonim", "terlapor"  # audit lines
SHOWN = "terbuka"


@dataclass(frozen=True)
class Hidden:
    """How a new case is kept."""

    anonymous: bool = False
    secret: bool = False
    secret_by: str = ""
    accused: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, object]:
        """What differs from a case that hides nothing."""
        return {name: value for name, value in self.__dict__.items() if value}


def hidden_at_start(
    uow: UnitOfWork, office: Office, person: Person, text: str, tags: Tags, marks: Mapping[str, bool] | None
) -> Hidden:
    """How a new case is kept: by the rule, by its own words, by what was wished before, by who took it down."""
    said, marks = wishes(text), marks or {}
    ahead = uow.wishes.of(person.id, now=office.clock())
    if ahead:
        uow.wishes.drop(person.id)
    anonymous = said.anonymous or bool(marks.get("anonymous")) or bool(ahead and ahead.anonymous)
    if by_rule(tags, text):
        return Hidden(anonymous, True, RULE, accused_of(office.region, text, tags.location))
    secret = said.secret or bool(marks.get("secret")) or bool(ahead and ahead.secret)
    return Hidden(anonymous, secret, CITIZEN if secret else "")


def note_hidden(uow: UnitOfWork, office: Office, case: Case) -> None:
    """The audit lines of how a new case is kept."""
    citizen = f"citizen:{case.person_id}"
    if case.anonymous:
        uow.cases.note(case.id, citizen, ANONYMOUS, at=office.clock())
    if case.secret:
        uow.cases.note(case.id, MACHINE if case.secret_by == RULE else citizen, SECRET, at=office.clock())


def review(uow: UnitOfWork, office: Office, case: Case) -> Case:
    """The case after its words or tags changed: secret where the rule says so now, and apart from who is accused."""
    text = "\n".join(each.text for each in uow.cases.entries(case.id) if each.author == "citizen")
    if not by_rule(case.tags, text):
        return case
    accused = case.accused
    if uow.cases.noted(case.id, ACCUSED) is None:  # once an admin said whom it is about, words do not change that
        accused = tuple(dict.fromkeys([*accused, *accused_of(office.region, text, case.tags.location)]))
    if case.secret_by == RULE and accused == case.accused:
        return case
    if not case.secret:
        uow.cases.note(case.id, MACHINE, SECRET, at=office.clock())
    case = uow.cases.change(case.id, secret=True, secret_by=RULE, accused=accused)
    uow.similar.forget(case.id)
    recall(uow, office, case)
    return case


def heed(uow: UnitOfWork, office: Office, person: Person, case: Case, text: str, *, joined: bool = False) -> Case:
    """Later words may wish for discretion too: it is done at once, and said.

    `joined`: they are part of the report itself, so that a wish for the next report is meant for it.
    """
    said = wishes(text)
    ahead = uow.wishes.of(person.id, now=office.clock()) if joined else None
    if ahead:
        uow.wishes.drop(person.id)
        said = Wishes(said.anonymous or ahead.anonymous, said.secret or ahead.secret)
    if said.anonymous and not case.anonymous:
        case = hide_name(uow, office, case, actor=f"citizen:{person.id}")
        office.tell(uow, person, "hide.done.anonim", register=case.register, case=case, code=case.code)
    if said.secret and not case.secret:
        case = make_secret(uow, office, case, actor=f"citizen:{person.id}")
        office.tell(uow, person, "hide.done.rahasia", register=case.register, case=case, code=case.code)
    return case


def hide_name(uow: UnitOfWork, office: Office, case: Case, *, actor: str) -> Case:
    """Staff do not see any more who reported it."""
    uow.cases.note(case.id, actor, ANONYMOUS, at=office.clock())
    return uow.cases.change(case.id, anonymous=True, updated_at=office.clock())


def make_secret(uow: UnitOfWork, office: Office, case: Case, *, actor: str) -> Case:
    """The card shows code, topic and urgency only from now on; whoever calls this draws the cards anew."""
    uow.cases.note(case.id, actor, SECRET, at=office.clock())
    case = uow.cases.change(case.id, secret=True, secret_by=CITIZEN, updated_at=office.clock())
    uow.similar.forget(case.id)
    recall(uow, office, case)
    return case


def show_name(uow: UnitOfWork, office: Office, case: Case, *, actor: str) -> Case:
    """The citizen thought better of it."""
    uow.cases.note(case.id, actor, ANONYMOUS, at=office.clock(), after=SHOWN)
    return uow.cases.change(case.id, anonymous=False, updated_at=office.clock())


def make_public(uow: UnitOfWork, office: Office, case: Case, *, actor: str) -> Case:
    """The citizen lets the group read it after all."""
    uow.cases.note(case.id, actor, SECRET, at=office.clock(), after=SHOWN)
    return uow.cases.change(case.id, secret=False, secret_by="", updated_at=office.clock())
