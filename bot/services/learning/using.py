"""Which model is in use: choosing one, and going back."""

from bot.domain.errors import PressRefused
from bot.domain.incoming import Command, Sender
from bot.domain.models import RELEASED, Version, Why, before
from bot.domain.registers import DEFAULT
from bot.services.office import Office
from bot.services.ports import UnitOfWork

AUDIT_CHARS = 64


def released(uow: UnitOfWork) -> str:
    """The id of the model that came with Wadul; empty where none could ever be loaded."""
    return next((version.name for version in uow.models.all() if version.origin == RELEASED), "")


def in_use(uow: UnitOfWork) -> str:
    """The id of the model in use: the latest choice that could be loaded, or the released one."""
    history = uow.models.history()
    return history[-1].model if history else released(uow)


def use(uow: UnitOfWork, office: Office, version: Version, sender: Sender, *, why: Why = Why.CHOSEN) -> None:
    """Let every process load a version and work with it. PressRefused where it is gone, or in use already."""
    now, present = office.clock(), in_use(uow)
    if version.removed_at is not None:
        raise PressRefused("model.removed")
    if version.name == present:
        raise PressRefused("model.in_use_already")
    uow.models.use(version.name, by=sender.actor, why=why, at=now)
    note(uow, office, sender.actor, "model", before=present, after=version.name)
    trial = uow.shadows.running()
    if trial is not None and uow.shadows.end(trial.id, at=now):
        note(uow, office, sender.actor, "shadow_end", after=trial.model)


def go_back(uow: UnitOfWork, office: Office, sender: Sender) -> Version:
    """`Kembali`: the model before the present one. PressRefused where there is none."""
    name = before(uow.models.history(), released(uow))
    version = uow.models.named(name) if name else None
    if version is None:
        raise PressRefused("model.nothing_before")
    use(uow, office, version, sender, why=Why.BACK)
    return version


def note(
    uow: UnitOfWork, office: Office, actor: str, what: str, *, before: str | None = None, after: str | None = None
) -> None:  # fmt: skip
    """A line of the audit that belongs to no case."""
    uow.cases.note(
        None, actor, what, at=office.clock(), before=(before or "")[:AUDIT_CHARS], after=(after or "")[:AUDIT_CHARS]
    )


def refuse(uow: UnitOfWork, office: Office, command: Command, why: str) -> None:
    """Say why not, to a citizen in the register they wrote in."""
    person = uow.people.find(command.sender.channel, command.sender.id) if command.chat.private else None
    register = (person and person.register) or DEFAULT
    office.say(uow, command.chat, why, reply_to=command.message_id, register=register)
