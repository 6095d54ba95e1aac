"""/model: which versions there are, what each can do, which one is in use; using another, and going back."""

from bot.domain.buttons import Press
from bot.domain.errors import PressRefused
from bot.domain.incoming import Command, Pressed
from bot.domain.models import Version
from bot.domain.outgoing import EditText, Outgoing
from bot.services.desk.admins import TRAINING, objection
from bot.services.learning import model_words, shadow
from bot.services.learning.model_words import BACK, CARD, DECLINE, PAGE, SURE, TRY, USE
from bot.services.learning.training_words import losses
from bot.services.learning.using import go_back, note, refuse, use
from bot.services.office import Office
from bot.services.ports import UnitOfWork


def show_models(uow: UnitOfWork, office: Office, command: Command) -> None:
    """/model: the first page of the list."""
    if why := objection(uow, office, command, TRAINING):
        refuse(uow, office, command, why)
        return
    text, rows = model_words.listed(uow, office, page=0)
    office.say(uow, command.chat, "plain", reply_to=command.message_id, rows=rows, text=text)


def press_model(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> None:
    """A button under the list, a version's card or the end of a trial; every press is answered."""
    try:
        if why := objection(uow, office, pressed, TRAINING):
            raise PressRefused(why)
        _act(uow, office, pressed, what)
    except PressRefused as refused:
        office.refuse_press(uow, pressed, refused)
        return
    office.toast(uow, pressed.chat.channel, pressed.press_id, office.texts("toast.ok"))


def _act(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> None:
    if what.argument == PAGE and what.subject.isdecimal():
        _put(uow, office, pressed, model_words.listed(uow, office, page=int(what.subject)))
    elif what.argument == BACK:
        version = go_back(uow, office, pressed.sender)
        office.say(uow, pressed.chat, "model.went_back", model=version.name, name=pressed.sender.name)
    else:
        _act_on(uow, office, pressed, what.argument, _version(uow, what.subject))


def _act_on(uow: UnitOfWork, office: Office, pressed: Pressed, wish: str, version: Version) -> None:
    if wish == CARD:
        _put(uow, office, pressed, model_words.card(uow, office, version))
    elif wish == TRY:
        run = shadow.begin(uow, office, version, pressed.sender, pressed.chat)
        office.say(uow, pressed.chat, "training.trying", until=shadow.day(office, run.until))
    elif wish == DECLINE:
        note(uow, office, pressed.sender.actor, "model_declined", after=version.name)
        office.say(uow, pressed.chat, "training.declined", name=pressed.sender.name)
    elif wish == USE and version.report.get("reasons"):
        rows = model_words.surely(office, version)
        office.say(uow, pressed.chat, "training.surely", rows=rows, loss=losses(version.report))
    elif wish in (USE, SURE):
        use(uow, office, version, pressed.sender)
        office.say(uow, pressed.chat, "model.used", model=version.name, name=pressed.sender.name)
    else:
        raise PressRefused("toast.unknown")


def _version(uow: UnitOfWork, number: str) -> Version:
    version = uow.models.get(int(number)) if number.isdecimal() else None
    if version is None:
        raise PressRefused("toast.unknown")
    return version


def _put(uow: UnitOfWork, office: Office, pressed: Pressed, shown: model_words.Shown) -> None:
    """Let the pressed message show something else."""
    chat, (text, rows) = pressed.chat, shown
    edit = EditText(pressed.message_id, text, rows)
    message = Outgoing(chat.channel, chat.id, edit, thread_id=chat.thread_id, merge_key=f"model:{pressed.message_id}")
    uow.outbox.put(message, now=office.clock())


