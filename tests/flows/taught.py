"""An office that has corrected its cases: what its people taught stands in the database, as presses would leave it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.bootstrap import App
from bot.domain.case import Tags
from bot.domain.incoming import Chat, Sender
from bot.domain.records import Lesson
from bot.services.ports import NewCase, NewEntry, UnitOfWork
from tests.flows.town import region_file

HABITS = Path(__file__).parents[1] / "training" / "habits"
OFFICER = "telegram:9002"
MBG = """
[[topic]]
id = "mbg"
name = "Makan bergizi gratis"
department = "dindikbud"
examples = ["Nasi MBG di SD anak saya basi.", "MBG ora teka wis telung dina.", "Kapan SMP kami dapat MBG?"]
"""


def habit(name: str) -> list[str]:
    """Complaints that people wrote by hand, one a line."""
    return [line for line in (HABITS / f"{name}.txt").read_text(encoding="utf-8").splitlines() if line.strip()]


def with_mbg(folder: Path) -> Path:
    """The sample region with a topic of its own."""
    return region_file(folder, lambda text: text + MBG)


def teach(app: App, texts: Iterable[str], *, before: str, **labels: str) -> None:
    """Somebody corrected a case for each text; `labels` are what they chose (topic, urgency, kind)."""
    app.store.write_now(lambda uow: _teach(uow, list(texts), before, labels, app.office.clock()))


def _teach(uow: UnitOfWork, texts: Sequence[str], before: str, labels: dict[str, str], now: float) -> None:
    tags = Tags("pengaduan", labels.get("topic", before), labels.get("urgency", "sedang"), "id", model="lama")
    start = len(uow.lessons.all())
    for number, text in enumerate(texts, start):
        at = now - 86400 + number
        chat = Chat("telegram", str(70_000 + number), private=True)
        person = uow.people.meet(Sender("telegram", chat.id, "Sri"), chat, now=at)
        new = NewCase(f"PML-{number:05d}", person.id, chat.channel, chat.id, "dlh", (), "id", tags, at)
        case = uow.cases.add(new)
        uow.cases.say(NewEntry("citizen", "report", text, at, case_id=case.id, person_id=person.id))
        for field, value in labels.items():
            uow.cases.learn(Lesson(case.id, field, before, value, OFFICER, "lama", at))
