"""What keeps a case `anonim` or `rahasia`, and offices complained about away from it: at its start and whenever words
or tags change. What the rule hides stays hidden; what citizens hide themselves, they may show again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.accused import accused_of
from bot.domain.case import Case, Tags
from bot.domain.discretion import Wishes, wishes
from bot.domain.records import Person
from bot.domain.rights import Kind
from bot.domain.secrecy import BOTH, CITIZEN, LIFTED, RULE, RULED, WISHED, by_rule, sheltered
from bot.domain.unsealing import Outcome
from bot.domain.violence import tells_of_violence
from bot.services.desk.notices import close_notice
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
    secret = said.secret or bool(marks.get("secret")) or bool(ahead and ahead.secret)
    if by_rule(tags, text):
        return Hidden(anonymous, True, BOTH if secret else RULE, accused_of(office.region, text, tags.location))
    return Hidden(anonymous, secret, CITIZEN if secret else "")


def note_hidden(uow: UnitOfWork, office: Office, case: Case) -> None:
    """The audit lines of how a new case is kept."""
    citizen = f"citizen:{case.person_id}"
    if case.anonymous:
        uow.cases.note(case.id, citizen, ANONYMOUS, at=office.clock())
    if case.secret:
        uow.cases.note(case.id, MACHINE if case.secret_by in RULED else citizen, SECRET, at=office.clock())


def review(uow: UnitOfWork, office: Office, case: Case) -> Case:
    """The case after its words or tags changed: secret where the rule says so now, and apart from who is accused."""
    text = "\n".join(each.text for each in uow.cases.entries(case.id) if each.author == "citizen")
    if not by_rule(case.tags, text):
        return case
    accused = case.accused
    if uow.cases.noted(case.id, ACCUSED) is None:  # once an admin said whom it is about, words do not change that
        accused = tuple(dict.fromkeys([*accused, *accused_of(office.region, text, case.tags.location)]))
    stays_open = case.secret_by == LIFTED and not _grown(uow, case)
    if (stays_open or case.secret_by in RULED) and accused == case.accused:
        return case
    if stays_open:
        case = uow.cases.change(case.id, accused=accused)
        recall(uow, office, case)
        return case
    if not case.secret:
        uow.cases.note(case.id, MACHINE, SECRET, at=office.clock())
    by = BOTH if case.secret_by in WISHED else RULE
    case = uow.cases.change(case.id, secret=True, secret_by=by, accused=accused)
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
    elif said.secret:
        case, _ = insist(uow, office, case)
    return case


def insist(uow: UnitOfWork, office: Office, case: Case) -> tuple[Case, bool]:
    """What the rule hides its reporter wants secret too: no staff lift it. Whether that stopped a lifting."""
    if case.secret_by == RULE:
        uow.cases.note(case.id, f"citizen:{case.person_id}", SECRET, at=office.clock())
        case = uow.cases.change(case.id, secret_by=BOTH, updated_at=office.clock())
    standing = uow.unsealings.of(case.id)
    if standing is None:
        return case, False
    uow.unsealings.change(standing.id, ended_at=office.clock(), outcome=str(Outcome.OBJECTED))
    close_notice(uow, office, uow.notices.about(Kind.UNSEAL, standing.id))
    return case, standing.confirmed_at is not None


def _grown(uow: UnitOfWork, case: Case) -> bool:
    """Whether a case that was shown has become sensitive otherwise since: by a topic, or by what its reporter said."""
    shown = uow.unsealings.opened(case.id)
    if shown is None or shown.ended_at is None:
        return True
    since = [each.text for each in uow.cases.entries(case.id) if each.author == "citizen" and each.at > shown.ended_at]
    return not sheltered(case.tags) <= set(shown.topics) or tells_of_violence("\n".join(since))


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
