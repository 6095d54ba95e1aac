"""Cases for those who label: the model has read them, each in its own way."""

from itertools import count
from typing import Any

from bot.domain.case import Tags
from bot.domain.incoming import Chat, Sender
from bot.domain.records import Lesson
from bot.domain.teaching import Answer
from bot.services.ports import NewCase, NewEntry
from tests.flows.discord_town import DiscordTown
from tests.flows.town import Town

_numbers = count(100)


def told(
    town: Town | DiscordTown, text: str, topic: str = "jalan", *, p: float = 0.45, ago: float = 60.0, **tags: Any
) -> int:  # fmt: skip
    """A case that somebody told so many seconds ago."""
    user = str(next(_numbers))
    guesses = ((topic, p), ("sampah" if topic != "sampah" else "jalan", 0.2), ("listrik", 0.1))
    mine = Tags("pengaduan", topic, "sedang", "id", p_topic=p, guesses=guesses, model="m1", **tags)
    at = town.clock() - ago

    def work(uow: Any) -> int:
        person = uow.people.meet(Sender("telegram", user), Chat("telegram", user, private=True), now=at)
        new = NewCase(f"PML-T{int(user):04d}", person.id, "telegram", user, "dputr", (), "id", mine, at)
        case = uow.cases.add(new)
        uow.cases.say(NewEntry("citizen", "report", text, at, case_id=case.id))
        return int(case.id)

    return town.app.store.write_now(work)


def corrected(town: Town | DiscordTown, case_id: int, before: str, after: str, *, ago: float = 60.0) -> None:
    """An officer said what it really is."""
    lesson = Lesson(case_id, "topic", before, after, "telegram:9002", "m1", town.clock() - ago)
    town.app.store.write_now(lambda uow: uow.cases.learn(lesson))


def answers(town: Town | DiscordTown) -> list[Answer]:
    """What admins answered of each case; the random share may count an answer a second time."""
    found: dict[tuple[int, str], Answer] = {}
    for each in town.app.store.read_now(lambda uow: uow.teaching.answers()):
        found.setdefault((each.case_id, each.admin), each)
    return list(found.values())
