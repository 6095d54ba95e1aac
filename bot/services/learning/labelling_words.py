"""What an admin sees of a message to label: why it is asked, the masked words, the guesses and the quick rows."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.correcting import in_region
from bot.domain.labels import KINDS, NOT_A_REPORT, OTHER, URGENCIES
from bot.domain.lengths import cut
from bot.domain.lessons import taught
from bot.domain.outgoing import Button, Rows, ShowTask
from bot.domain.teaching import Reason
from bot.services.channel import Channel, Target, edit_or_send
from bot.services.database import Database
from bot.services.desk.menus import PAGE
from bot.services.effects import Sent
from bot.services.learning.labelling_data import ANSWER, FINISH, KIND, MENU, SHOW, SKIP, UNDO, URGENCY, Choices, written
from bot.services.learning.teaching import Shown, disagreements, misconduct, shown_again
from bot.services.learning.undoing import last_answer
from bot.services.office import Office
from bot.services.ports import UnitOfWork

WORDS_UNITS = 1300  # of the citizen's words, so that all of it is one message on every channel
NAMED = 5
GUESSES = 3
NO_ROWS: Rows = ()
DAY = 86400.0
MARK = re.compile(r"^\W+")  # four in a row on a phone: there is room for one sign before the word


@dataclass(frozen=True)
class Drawn:
    """A message to label, as it is drawn: the same in every chat and on the page."""

    shown: Shown
    guesses: tuple[tuple[str, float], ...]
    labelled: str
    """The topic that people gave it, where it is looked at a second time."""
    done: int
    differing: int
    undoable: int = 0
    """The task that the admin answered last; 0 where there is nothing to take back."""


async def show_task(database: Database, office: Office, channel: Channel, to: Target, task: ShowTask) -> Sent:
    """Send the message, or edit the one that stands."""
    each = await database.read(lambda uow: drawn(uow, office, task.task_id))
    text, rows = office.texts("label.gone"), NO_ROWS
    if each is not None and (task.alone or not misconduct(each.shown.case)):
        choices = _choices(each, task)
        text = _text(office, each, choices, await because(office, each))
        rows = _rows(office, each, choices, task.page)
    return Sent(len(await edit_or_send(channel, to, task.message_id, text, rows)) or 1)


def today(uow: UnitOfWork, office: Office, admin: str) -> tuple[int, int]:
    """How many messages an admin answered within a day, and of how many of theirs somebody thinks differently."""
    since = office.clock() - DAY
    done = {each.case_id for each in uow.teaching.answers(since=since) if each.admin == admin and not each.skipped}
    differing = {each.case_id for each in disagreements(uow) if admin in dict(each.said)}
    return len(done), len(differing)


def drawn(uow: UnitOfWork, office: Office, task_id: int) -> Drawn | None:
    """A message to label with everything that is shown of it; None where its words are gone."""
    shown = shown_again(uow, office, task_id)
    if shown is None:
        return None
    done, differing = today(uow, office, shown.task.admin)
    labelled = ""
    if shown.task.reason is Reason.SECOND:
        said = taught(uow.cases.lessons(shown.case.id), office.region.topics)
        labelled = said.labels.get("topic", "") if said else ""
    last = last_answer(uow, office, shown.task.admin)
    guesses = () if shown.task.blind else _guesses(office, shown)
    return Drawn(shown, guesses, labelled, done, differing, last.task_id if last else 0)


async def because(office: Office, each: Drawn) -> tuple[str, ...]:
    """The citizen's own words that carried the topic; asked outside any transaction, for it takes a while."""
    if each.shown.task.blind:
        return ()
    found = await asyncio.to_thread(office.tagger.explain, each.shown.text)
    return tuple(word for word in found.topic if word in each.shown.text)[:NAMED]


def _guesses(office: Office, shown: Shown) -> tuple[tuple[str, float], ...]:
    topics = office.region.topics
    found = in_region(shown.case.tags, topics).guesses
    own = (topics.read(shown.task.topic), shown.case.tags.p_topic)
    return (found or (own,))[:GUESSES]


def _choices(each: Drawn, task: ShowTask) -> Choices:
    """What was chosen; before that what the model said, which a blind look does not show."""
    said = each.shown.task
    if said.blind:
        return Choices(task.kind, task.urgency)
    return Choices(task.kind or said.kind, task.urgency or said.urgency)


def _text(office: Office, each: Drawn, choices: Choices, words: Sequence[str]) -> str:
    reason = office.texts(f"label.reason.{each.shown.task.reason}")
    parts = [office.texts("label.head", reason=reason), f"“{cut(each.shown.text, WORDS_UNITS)}”"]
    facts = []
    if words:
        facts.append(f"{office.texts('card.because_topic')}: {', '.join(words)}")
    if each.labelled:
        facts.append(office.texts("label.now", topic=office.texts(f"topic.{each.labelled}")))
    unset = office.texts("label.unset")
    kind = office.texts(f"kind.{choices.kind}") if choices.kind else unset
    urgency = office.texts(f"urgency.{choices.urgency}") if choices.urgency else unset
    facts.append(office.texts("label.chosen", kind=kind, urgency=urgency))
    parts += ["\n".join(facts), counted(office, each.done, each.differing)]
    return "\n\n".join(parts)


def counted(office: Office, done: int, differing: int) -> str:
    """How far an admin is, in a line."""
    if differing:
        return office.texts("label.count_differing", done=done, differing=differing)
    return office.texts("label.count", done=done)


def _rows(office: Office, each: Drawn, choices: Choices, page: int) -> Rows:
    task_id = each.shown.task.id
    if page >= 0 and choices.kind != NOT_A_REPORT:
        return _menu(office, task_id, choices, page)
    urgencies = [
        _pick(office, task_id, URGENCY, f"urgency.{label}", replace(choices, urgency=label), choices)
        for label in URGENCIES
    ]
    kinds = [_pick(office, task_id, KIND, f"kind.{label}", replace(choices, kind=label), choices) for label in KINDS]
    last = _button(office, task_id, "label.skip", SKIP), _button(office, task_id, "label.finish", FINISH)
    undo = undo_row(office, each.undoable)
    if choices.kind == NOT_A_REPORT:  # it has no topic, and no urgency to speak of
        none = Button(office.texts("label.no_report"), written(task_id, ANSWER, replace(choices, rest=OTHER)))
        return ((none,), tuple(kinds[:2]), tuple(kinds[2:]), last, *undo)
    other = Button(office.texts("label.other"), written(task_id, MENU, replace(choices, rest="0")))
    return (
        *_guess_rows(office, each, choices), tuple(urgencies), tuple(kinds[:2]), tuple(kinds[2:]), (other, *last),
        *undo,
    )  # fmt: skip


def undo_row(office: Office, task_id: int) -> Rows:
    """`Urungkan` the answer to a task; nothing where there is none."""
    return ((_button(office, task_id, "label.undo", UNDO),),) if task_id else ()


def _guess_rows(office: Office, each: Drawn, choices: Choices) -> Rows:
    return tuple(
        (Button(
            f"{office.texts(f'topic.{topic}')} {round(100 * p)} %",
            written(each.shown.task.id, ANSWER, replace(choices, rest=topic)),
        ),)
        for topic, p in each.guesses
    )  # fmt: skip


def _menu(office: Office, task_id: int, choices: Choices, page: int) -> Rows:
    """Every topic by name."""
    ordered = by_name(office)
    page = min(page, (len(ordered) - 1) // PAGE)
    every = [
        Button(office.texts(f"topic.{topic}"), written(task_id, ANSWER, replace(choices, rest=topic)))
        for topic in ordered[page * PAGE : (page + 1) * PAGE]
    ]
    turn = []
    if page > 0:
        turn.append(_turn(office, task_id, "button.laman_lalu", choices, page - 1))
    if (page + 1) * PAGE < len(ordered):
        turn.append(_turn(office, task_id, "button.laman_lanjut", choices, page + 1))
    back = Button(office.texts("button.kembali"), written(task_id, SHOW, choices))
    return (*_pairs(every), tuple(turn), (back,))


def by_name(office: Office) -> list[str]:
    """The topics of the region in the order of their names."""
    return sorted(office.region.topics.ids, key=lambda topic: office.texts(f"topic.{topic}").casefold())


def _turn(office: Office, task_id: int, key: str, choices: Choices, page: int) -> Button:
    return Button(office.texts(key), written(task_id, MENU, replace(choices, rest=str(page))))


def _pick(office: Office, task_id: int, wish: str, key: str, then: Choices, now: Choices) -> Button:
    """A value to choose; the present one is ticked."""
    words = office.texts(key)
    return Button(f"✓ {MARK.sub('', words)}" if then == now else words, written(task_id, wish, then))


def _button(office: Office, task_id: int, key: str, wish: str) -> Button:
    return Button(office.texts(key), written(task_id, wish, Choices()))


def _pairs(every: Sequence[Button]) -> Rows:
    return tuple(tuple(every[i : i + 2]) for i in range(0, len(every), 2))
