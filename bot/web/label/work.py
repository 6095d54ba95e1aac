"""What the page /label does, and what it shows: the same use cases as in chat, as plain data."""

from typing import Any

from fastapi import HTTPException

from bot.domain.correcting import KIND, TOPIC, URGENCY
from bot.domain.errors import PressRefused
from bot.domain.incoming import Sender
from bot.domain.labels import KINDS, URGENCIES
from bot.domain.lengths import cut
from bot.domain.teaching import Disagreement
from bot.services.learning import teaching
from bot.services.learning.labelling import LONGEST
from bot.services.learning.labelling_words import MARK, Drawn, because, by_name, drawn
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.store.engine import Store
from bot.web.label.forms import Labels

EXCERPT_UNITS = 400
LISTED = 50
GROUPS = {TOPIC: "topic", KIND: "kind", URGENCY: "urgency"}
Data = dict[str, Any]


class Work:
    """The acts of an admin on the page."""

    def __init__(self, store: Store, office: Office) -> None:
        self._store = store
        self._office = office

    def labels(self) -> Data:
        """Every label with its name."""
        texts = self._office.texts
        return {
            "kinds": [{"id": each, "name": texts(f"kind.{each}")} for each in KINDS],
            "urgencies": [{"id": each, "name": MARK.sub("", texts(f"urgency.{each}"))} for each in URGENCIES],
            "topics": [{"id": each, "name": texts(f"topic.{each}")} for each in by_name(self._office)],
        }

    async def next(self, admin: Sender) -> Data:
        """The next message, or none."""
        shown = await self._store.write(lambda uow: teaching.next_for(uow, self._office, admin.actor))
        return await self._message(shown.task.id if shown else None)

    async def answer(self, admin: Sender, form: Labels) -> Data:
        """Keep an answer; the next message."""

        def work(uow: UnitOfWork) -> None:
            teaching.answer(
                uow, self._office, admin.actor, form.task, kind=form.kind, topic=form.topic, urgency=form.urgency,
                seconds=min(form.seconds, LONGEST),
            )  # fmt: skip

        try:
            await self._store.write(work)
        except PressRefused as refused:
            raise HTTPException(409, refused.key) from refused
        return await self.next(admin)

    async def skip(self, admin: Sender, task_id: int) -> Data:
        """Pass a message over; the next one."""
        try:
            await self._store.write(lambda uow: teaching.skip(uow, self._office, admin.actor, task_id))
        except PressRefused as refused:
            raise HTTPException(409, refused.key) from refused
        return await self.next(admin)

    async def settle(self, admin: Sender, case_id: int) -> Data:
        """Look at a case that admins see differently."""

        def work(uow: UnitOfWork) -> int | None:
            waiting = (task for task in uow.teaching.waiting(admin.actor) if task.case_id == case_id)
            if task := next(waiting, None):
                return task.id
            if case_id not in {each.case_id for each in teaching.disagreements(uow)}:
                return None
            shown = teaching.ask(uow, self._office, admin.actor, case_id)
            return shown.task.id if shown else None

        return await self._message(await self._store.write(work))

    async def take(self, admin: Sender, task_id: int) -> Data:
        """Look at a label that may be wrong."""
        if not await self._store.write(lambda uow: teaching.take(uow, self._office, admin.actor, task_id)):
            raise HTTPException(409, "label.not_yours")
        return await self._message(task_id)

    async def differing(self) -> list[Data]:
        """What admins see differently."""

        def look(uow: UnitOfWork) -> list[Data]:
            found = teaching.disagreements(uow)[:LISTED]
            texts = teaching.texts_of(uow, [each.case_id for each in found])
            return [self._difference(uow, each, texts[each.case_id]) for each in found if texts.get(each.case_id)]

        return await self._store.read(look)

    async def suspects(self) -> list[Data]:
        """Labels that may be wrong and that nobody has looked at again."""

        def look(uow: UnitOfWork) -> list[Data]:
            tasks = uow.teaching.waiting("")[:LISTED]
            texts = teaching.texts_of(uow, [task.case_id for task in tasks])
            return [
                {"task": task.id, "text": cut(texts[task.case_id], EXCERPT_UNITS)}
                for task in tasks if texts.get(task.case_id)
            ]  # fmt: skip

        return await self._store.read(look)

    def _difference(self, uow: UnitOfWork, each: Disagreement, text: str) -> Data:
        said = [
            {"who": _name(uow, who), "label": self._office.texts(f"{GROUPS[each.field]}.{label}")}
            for who, label in each.said
        ]
        return {"case": each.case_id, "text": cut(text, EXCERPT_UNITS), "said": said}

    async def _message(self, task_id: int | None) -> Data:
        each = await self._store.read(lambda uow: drawn(uow, self._office, task_id)) if task_id else None
        if each is None:
            return {"task": None}
        return self._shown(each) | {"marks": await because(self._office, each)}

    def _shown(self, each: Drawn) -> Data:
        texts, task = self._office.texts, each.shown.task
        return {
            "task": task.id, "reason": texts(f"label.reason.{task.reason}"), "text": each.shown.text,
            "guesses": [{"id": t, "name": texts(f"topic.{t}"), "percent": round(100 * p)} for t, p in each.guesses],
            "kind": "" if task.blind else task.kind, "urgency": "" if task.blind else task.urgency,
            "labelled": texts("label.now", topic=texts(f"topic.{each.labelled}")) if each.labelled else "",
            "done": each.done, "differing": each.differing,
        }  # fmt: skip


def _name(uow: UnitOfWork, actor: str) -> str:
    """The first name of an admin, where it is known."""
    channel, _, user = actor.partition(":")
    person = uow.people.find(channel, user)
    named = {holder.actor: holder.name for holder in uow.roles.all()}
    return (person.name if person else "") or named.get(actor, "") or actor
