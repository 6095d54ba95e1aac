"""/latih: an admin has the model learn from the office's corrections, sees what came of it, and decides."""

from importlib.util import find_spec

from bot.domain.buttons import Press
from bot.domain.errors import PressRefused
from bot.domain.incoming import Command, Pressed, Sender
from bot.domain.outgoing import EditCaption, Outgoing, Rows
from bot.domain.training import Job, JobStatus, Kind
from bot.services.desk.admins import TRAINING, objection
from bot.services.learning import shadow, training_words
from bot.services.learning.training_words import CANCEL, DECLINE, SURE, TRY, USE
from bot.services.learning.using import in_use, note, refuse, use
from bot.services.office import Office
from bot.services.ports import UnitOfWork

FULL = "penuh"


def train(uow: UnitOfWork, office: Office, command: Command) -> None:
    """/latih, /latih penuh: begin a job, or say why not."""
    word = command.argument.strip().casefold()
    why = objection(uow, office, command, TRAINING)
    if why is None and word not in ("", FULL):
        why = "training.how"
    if why is None and word == FULL and find_spec("torch") is None:
        why = "training.elsewhere"
    if why is None:
        why = _begin(uow, office, command, Kind.FULL if word == FULL else Kind.QUICK)
    if why is not None:
        refuse(uow, office, command, why)


def _begin(uow: UnitOfWork, office: Office, command: Command, kind: Kind) -> str | None:
    chat = command.chat
    job = uow.training.begin(
        kind, actor=command.sender.actor, channel=chat.channel, chat_id=chat.id, thread_id=chat.thread_id,
        champion=in_use(uow) or None, at=office.clock(),
    )  # fmt: skip
    if job is None:
        return "training.busy"
    note(uow, office, job.actor, "training", after=f"{job.id} {kind}")
    training_words.show(uow, office, job)
    return None


def press_training(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> None:
    """A button under a job's message or result; every press is answered."""
    try:
        if why := objection(uow, office, pressed, TRAINING):
            raise PressRefused(why)
        toast = _act(uow, office, pressed, what)
    except PressRefused as refused:
        office.refuse_press(uow, pressed, refused)
        return
    office.toast(uow, pressed.chat.channel, pressed.press_id, office.texts(toast))


def _act(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> str:
    job = uow.training.get(int(what.subject)) if what.subject.isdecimal() else None
    if job is None or what.argument not in (CANCEL, USE, DECLINE, SURE, TRY):
        raise PressRefused("toast.unknown")
    if what.argument == CANCEL:
        return cancel(uow, office, job, pressed.sender)
    if job.status is not JobStatus.READY:
        raise PressRefused("toast.done_already")
    if what.argument == DECLINE:
        return _decline(uow, office, job, pressed)
    if what.argument == TRY:
        return _try(uow, office, job, pressed)
    if job.blocked and what.argument == USE:
        question = office.texts("training.surely", loss=training_words.losses(job.report))
        _say_under(uow, office, job, pressed, question, training_words.surely(office, job))
        return "training.asked_again"
    return _use(uow, office, job, pressed)


def cancel(uow: UnitOfWork, office: Office, job: Job, sender: Sender) -> str:
    """`Batalkan`: whoever watches the process ends it within a second."""
    if not job.running:
        raise PressRefused("toast.done_already")
    uow.training.change(job.id, status=JobStatus.CANCELLED, ended_at=office.clock())
    note(uow, office, sender.actor, "training_cancelled", after=str(job.id))
    training_words.show(uow, office, job)
    return "toast.ok"


def _use(uow: UnitOfWork, office: Office, job: Job, pressed: Pressed) -> str:
    version = uow.models.named(job.result or "")
    if version is None:
        raise PressRefused("model.removed")
    use(uow, office, version, pressed.sender)
    uow.training.change(job.id, status=JobStatus.USED)
    _say_under(uow, office, job, pressed, office.texts("training.used", name=pressed.sender.name))
    return "toast.ok"


def _decline(uow: UnitOfWork, office: Office, job: Job, pressed: Pressed) -> str:
    uow.training.change(job.id, status=JobStatus.DECLINED)
    note(uow, office, pressed.sender.actor, "model_declined", after=job.result)
    _say_under(uow, office, job, pressed, office.texts("training.declined", name=pressed.sender.name))
    return "toast.ok"


def _try(uow: UnitOfWork, office: Office, job: Job, pressed: Pressed) -> str:
    version = uow.models.named(job.result or "")
    if version is None:
        raise PressRefused("model.removed")
    run = shadow.begin(uow, office, version, pressed.sender, pressed.chat)
    until = shadow.day(office, run.until)
    every = training_words.choices(office, job)
    _say_under(uow, office, job, pressed, office.texts("training.trying", until=until), every[:1])
    return "toast.ok"


def _say_under(
    uow: UnitOfWork, office: Office, job: Job, pressed: Pressed, words: str, rows: Rows = ()
) -> None:  # fmt: skip
    """Let the result say what was decided, or ask."""
    caption = EditCaption(pressed.message_id, training_words.summary(office, job, under=words), rows)
    chat = pressed.chat
    uow.outbox.put(Outgoing(chat.channel, chat.id, caption, thread_id=chat.thread_id), now=office.clock())


