"""/kinerja: how the model does in this office, in one picture with a few plain sentences."""

from bot.domain.incoming import Command
from bot.domain.outgoing import Outgoing, ShowPerformance
from bot.domain.performance import WEEK, WEEKS, Performance, perform
from bot.domain.region import DESK, HEAD
from bot.domain.roles import Role
from bot.domain.teaching import Score
from bot.services.desk.admins import misplaced
from bot.services.learning import teaching
from bot.services.office import Office
from bot.services.ports import UnitOfWork

NAMED = 2
FEWEST = 5  # cases of a topic before it is called the weakest
MERGE = "kinerja"


def show(uow: UnitOfWork, office: Office, command: Command) -> None:
    """/kinerja: for admins and heads, in private, at the desk or in the head's chat."""
    chat, sender = command.chat, command.sender
    head = uow.roles.of(sender.channel, sender.id) is Role.KEPALA
    if not (head or office.is_admin(uow, sender)):
        office.say(uow, chat, "kinerja.whom", reply_to=command.message_id)
    elif why := misplaced(uow, chat, DESK, HEAD, elsewhere="kinerja.where"):
        office.say(uow, chat, why, reply_to=command.message_id)
    else:
        message = Outgoing(chat.channel, chat.id, ShowPerformance(), thread_id=chat.thread_id, merge_key=MERGE)
        uow.outbox.put(message, now=office.clock())


def performance(uow: UnitOfWork, office: Office) -> Performance:
    """The figures of the latest weeks."""
    now = office.clock()
    since = now - WEEKS * WEEK
    return perform(
        uow.performance.words(since=since), uow.performance.readings(now=now), office.region.topics, now=now,
        live=teaching.live_accuracy(uow, office, since=since),
    )  # fmt: skip


def caption(office: Office, found: Performance) -> str:
    """The figures in a few sentences."""
    lines = [office.texts("kinerja.head", weeks=WEEKS), agreement(office, found.whole)]
    weak = min((each for each in found.topics if each[1].n >= FEWEST), key=lambda each: each[1].share, default=None)
    if weak and weak[1].share < 1:
        name, score = office.texts(f"topic.{weak[0]}"), weak[1]
        lines.append(office.texts("kinerja.weakest", topic=name, right=score.right, n=score.n))
    lines.append(doubt(office, found))
    lines.append(live(office, found.live.get("topic")))
    lines += [*(drifting(office, found) or [_steady(office, found)])]
    return "\n".join(filter(None, lines))


def agreement(office: Office, score: Score) -> str:
    """How often officers left the topic as the model had said it."""
    if not score.n:
        return office.texts("kinerja.agreed_none")
    return office.texts("kinerja.agreed", percent=percent(score.share), right=score.right, n=score.n)


def doubt(office: Office, found: Performance) -> str:
    """How often the model doubted in the latest week."""
    latest = found.weeks[-1].doubted
    return office.texts("kinerja.doubted", percent=percent(latest.share), n=latest.n) if latest.n else ""


def live(office: Office, score: Score | None) -> str:
    """What the random share says, with how sure that is."""
    if score is None or not score.n:
        return office.texts("kinerja.live_none")
    low, high = percent(score.low), percent(score.high)
    return office.texts("kinerja.live", percent=percent(score.share), low=low, high=high, n=score.n)


def drifting(office: Office, found: Performance) -> list[str]:
    """A plain sentence for each thing that moved."""
    lines = []
    if found.topic_drift.alarming:
        moves = [
            office.texts("kinerja.topic_move", topic=_name(office, topic), now=percent(now), before=percent(before))
            for topic, before, now in found.topic_drift.moved[:NAMED]
        ]
        lines.append(office.texts("kinerja.topics_moved", moves="; ".join(moves)))
    if found.confidence_drift.alarming:
        before, now = (percent(each) for each in found.confidence)
        lines.append(office.texts("kinerja.confidence_moved", now=now, before=before))
    return lines


def _steady(office: Office, found: Performance) -> str:
    return office.texts("kinerja.steady" if found.topic_drift.enough else "kinerja.too_few")


def _name(office: Office, topic: str) -> str:
    return office.texts(f"topic.{topic}")


def percent(share: float) -> int:
    """A share in whole percent."""
    return round(100 * share)
