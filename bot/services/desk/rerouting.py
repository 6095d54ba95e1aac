"""`topik tetap`: routing, no lesson. When it repeats, the admin desk is offered the change of wadul.toml."""

from bot.domain.case import Case
from bot.domain.labels import OTHER, OVERSIGHT
from bot.domain.records import Rerouting
from bot.domain.region import DESK, Department, Region
from bot.services.office import Office
from bot.services.ports import UnitOfWork

DAY = 86400.0


def note_move(uow: UnitOfWork, office: Office, case: Case, unit: str, *, actor: str) -> None:
    """Keep a move that left the topic as it was; `case` as it stood before."""
    topic = office.region.topics.read(case.tags.topic)
    uow.lessons.reroute(Rerouting(case.id, topic, case.unit, unit, actor, office.clock()))
    department = office.region.department(unit)
    owner = office.region.owner(topic)
    if office.region.areas.leveled:
        return  # who answers for what is told by places too: the lines would not say enough
    if department and owner and owner.id != unit and topic not in (OTHER, OVERSIGHT):
        _offer(uow, office, topic, owner, department)


def change_of(region: Region, topic: str, old: Department, new: Department) -> str:
    """The lines of wadul.toml that give a topic to another department, to be written as they stand."""
    if any(said.id == topic and said.department for said in region.topics.said):
        return f'[[topic]]\nid = "{topic}"\ndepartment = "{new.id}"'
    without = tuple(each for each in _listed(region, old) if each != topic)
    return f"{_table(old.id, without)}\n\n{_table(new.id, (*_listed(region, new), topic))}"


def _offer(uow: UnitOfWork, office: Office, topic: str, old: Department, new: Department) -> None:
    learning = office.region.learning
    count = uow.lessons.rerouted(topic, new.id, since=office.clock() - learning.move_days * DAY)
    if count < learning.moves or uow.desks.chat_of(DESK) is None:
        return
    if uow.lessons.offer_route(topic, new.id, at=office.clock()):
        office.desk(
            uow, "desk.route_offer", count=count, topic=office.texts(f"topic.{topic}"), unit=new.name, old=old.name,
            days=learning.move_days, lines=change_of(office.region, topic, old, new),
        )  # fmt: skip


def _listed(region: Region, department: Department) -> tuple[str, ...]:
    """The topics that stand in the department's own table."""
    elsewhere = {said.id for said in region.topics.said if said.department == department.id}
    return tuple(topic for topic in department.topics if topic not in elsewhere)


def _table(unit: str, topics: tuple[str, ...]) -> str:
    listed = ", ".join(f'"{topic}"' for topic in topics)
    return f'[[department]]\nid = "{unit}"\ntopics = [{listed}]'
