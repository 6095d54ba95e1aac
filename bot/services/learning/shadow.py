"""`Uji diam-diam`: a model tags along beside the one in use, and at the end the admin reads how often they agree."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain import buttons
from bot.domain.errors import PressRefused
from bot.domain.incoming import Chat, Sender
from bot.domain.models import Version
from bot.domain.outgoing import Button, Outgoing, Priority, Rows, Text
from bot.domain.shadow import Agreement, ShadowRun, in_all, least_agreed
from bot.services.learning.using import in_use, note
from bot.services.office import Office
from bot.services.ports import UnitOfWork

DAY = 86400.0
NAMED = 5
USE, DECLINE = "pakai", "jangan"


def begin(uow: UnitOfWork, office: Office, version: Version, sender: Sender, chat: Chat) -> ShadowRun:
    """Begin a trial. PressRefused where one runs, or the model is gone or in use."""
    now, present = office.clock(), in_use(uow)
    if version.removed_at is not None:
        raise PressRefused("model.removed")
    if version.name == present:
        raise PressRefused("model.in_use_already")
    until = now + office.region.learning.shadow_days * DAY
    new = ShadowRun(0, version.name, present, sender.actor, chat.channel, chat.id, chat.thread_id, now, until)
    run = uow.shadows.begin(new)
    if run is None:
        raise PressRefused("shadow.busy")
    note(uow, office, sender.actor, "shadow", before=present, after=version.name)
    return run


def finish(uow: UnitOfWork, office: Office, run: ShadowRun) -> None:
    """The time is over: one message with what was counted and the two buttons; only the first process sends it."""
    if not uow.shadows.end(run.id, at=office.clock()):
        return
    version = uow.models.named(run.model)
    words = office.texts("shadow.over", model=run.model, lines=figures(office, uow.shadows.counts(run.id)))
    rows: Rows = ()
    if version is not None:
        pair = ((USE, "use"), (DECLINE, "decline"))
        rows = (tuple(
            Button(office.texts(f"training.button.{key}"), buttons.encode(buttons.MODEL, str(version.id), argument))
            for argument, key in pair
        ),)  # fmt: skip
    message = Outgoing(run.channel, run.chat_id, Text(words, rows=rows), Priority.CARD, run.thread_id)
    uow.outbox.put(message, now=office.clock())


def figures(office: Office, counts: list[Agreement]) -> str:
    """How often both agree, and on which topics they do least."""
    whole = in_all(counts)
    if not whole.asked:
        return office.texts("shadow.nothing")
    lines = [office.texts(
        "shadow.figures", asked=whole.asked, topic=_percent(whole.topic_same, whole.asked),
        kind=_percent(whole.kind_same, whole.asked), urgency=_percent(whole.urgency_same, whole.asked),
    )]  # fmt: skip
    for each in least_agreed(counts, most=NAMED):
        name = office.texts(f"topic.{each.topic}")
        lines.append(office.texts("shadow.topic", topic=name, same=each.topic_same, asked=each.asked))
    return "\n".join(lines)


def day(office: Office, at: float) -> str:
    """A day of the region, as people write it."""
    return datetime.fromtimestamp(at, ZoneInfo(office.region.timezone)).strftime("%d-%m-%Y")


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole)
