"""What an admin reads of a training job: the one message of its progress, and the caption of its result."""

from functools import partial

from bot.domain import buttons
from bot.domain.lengths import units
from bot.domain.outgoing import CAPTION_UNITS, Button, Outgoing, Picture, Priority, Rows, ShowJob
from bot.domain.training import Job, JobStatus
from bot.services.channel import Channel, Target, edit_or_send
from bot.services.database import Database
from bot.services.effects import Sent
from bot.services.office import Office
from bot.services.ports import UnitOfWork

CANCEL, USE, DECLINE, SURE, TRY = "batal", "pakai", "jangan", "tetap", "uji"
BLOCKS = 10
FEW = 20
NAMED_LOSSES = 2
CORRECTED = ("correction", "two")
GAP = "\n\n"


def show(uow: UnitOfWork, office: Office, job: Job) -> None:
    """Refresh the message of a job; what waits already is enough."""
    message = Outgoing(job.channel, job.chat_id, ShowJob(job.id), Priority.CARD, job.thread_id, f"job:{job.id}")
    uow.outbox.put(message, now=office.clock())


async def show_job(database: Database, office: Office, channel: Channel, to: Target, shown: ShowJob) -> Sent:
    """Send the message of a job, or edit the one that stands."""
    job = await database.read(lambda uow: uow.training.get(shown.job_id))
    if job is None:
        return Sent(0)
    text, rows = progress(office, job)
    ids = await edit_or_send(channel, to, job.message_id, text, rows)
    if not ids:
        return Sent(1)
    return Sent(len(ids), partial(_remember, job_id=job.id, message_id=ids[-1]))


def _remember(uow: UnitOfWork, office: Office, *, job_id: int, message_id: str) -> None:
    uow.training.change(job_id, message_id=message_id)


def progress(office: Office, job: Job) -> tuple[str, Rows]:
    """How far a job is, and the button that ends it; without one once it has ended."""
    title = office.texts(f"training.title.{job.kind}")
    if not job.running:
        return f"{title}\n\n{office.texts(f'training.ended.{_end(job)}', reason=job.reason)}", ()
    done = round(BLOCKS * job.share)
    line = office.texts(
        "training.progress", bar="▓" * done + "░" * (BLOCKS - done), percent=round(100 * job.share),
        stage=office.texts(f"training.stage.{job.status}"), left=_left(office, job),
    )  # fmt: skip
    return f"{title}\n\n{line}", ((_button(office, job, "cancel", CANCEL),),)


def _end(job: Job) -> str:
    return job.status if job.status in (JobStatus.FAILED, JobStatus.CANCELLED) else JobStatus.READY


def _left(office: Office, job: Job) -> str:
    if job.left is None:
        return ""
    if job.left < 60:
        return office.texts("training.left_seconds", seconds=max(5, round(job.left / 5) * 5))
    return office.texts("training.left_minutes", minutes=round(job.left / 60))


def result(office: Office, job: Job, picture: str) -> Picture:
    """The message that asks whether the new model shall be used."""
    return Picture(picture, summary(office, job, under=office.texts("training.ask")), choices(office, job))


def summary(office: Office, job: Job, *, under: str) -> str:
    """What the model learnt from, and what became better or worse, as far as a caption has room beside the words that
    stand under it and are never cut."""
    lines = [office.texts("training.result", model=job.result), learnt(office, job.learnt), ""]
    room = CAPTION_UNITS - units(under) - len(GAP)
    for sentence in job.report.get("sentences", []):
        if units("\n".join([*lines, sentence])) > room:
            break
        lines.append(sentence)
    return "\n".join(lines).strip() + GAP + under


def learnt(office: Office, counts: dict[str, int]) -> str:
    """From how many of what; few or none is said."""
    total = sum(counts.values())
    if total == 0:
        return office.texts("training.learnt_nothing")
    corrected = sum(counts.get(source, 0) for source in CORRECTED)
    by_key = {"corrected": corrected, "confirmed": counts.get("confirmed", 0), "agreed": counts.get("agreement", 0)}
    parts = [office.texts(f"training.part.{key}", count=count) for key, count in by_key.items() if count]
    words = office.texts("training.learnt", total=total, parts=", ".join(parts))
    return f"{words} {office.texts('training.learnt_few')}" if total < FEW else words


def choices(office: Office, job: Job) -> Rows:
    """`Pakai`, `Jangan`, `Uji diam-diam`."""
    yes, no, try_ = _button(office, job, "use", USE), _button(office, job, "decline", DECLINE), _try(office, job)
    return ((yes, no), (try_,))


def surely(office: Office, job: Job) -> Rows:
    """`Tetap pakai`, once the loss was named."""
    return ((_button(office, job, "use_anyway", SURE), _button(office, job, "decline", DECLINE)), (_try(office, job),))


def losses(report: dict[str, object]) -> str:
    """The losses that the gate found, as the middle of a sentence."""
    reasons, sentences = report.get("reasons"), report.get("sentences")
    if not isinstance(reasons, list) or not isinstance(sentences, list):
        return ""
    named = [str(each).rstrip(".") for each in sentences[1 : 1 + min(len(reasons), NAMED_LOSSES)]]
    return ", ".join(each[:1].lower() + each[1:] for each in named)


def _try(office: Office, job: Job) -> Button:
    return _button(office, job, "try", TRY)


def _button(office: Office, job: Job, key: str, argument: str) -> Button:
    return Button(office.texts(f"training.button.{key}"), buttons.encode(buttons.TRAIN, str(job.id), argument))
