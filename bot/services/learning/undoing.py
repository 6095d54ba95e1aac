"""An admin takes the last answer back: what it taught loses its force, and the message waits for them again."""

from bot.domain.errors import PressRefused
from bot.domain.teaching import Answer
from bot.services.office import Office
from bot.services.ports import UnitOfWork

DAY = 86400.0


def last_answer(uow: UnitOfWork, office: Office, admin: str) -> Answer | None:
    """What an admin answered last within a day; of an answer that the random share counted too, the one they gave."""
    answers = uow.teaching.answers(since=office.clock() - DAY)
    mine = (each for each in answers if each.admin == admin and not each.skipped)
    return max(mine, key=lambda each: (each.at, -each.task_id), default=None)


def undo(uow: UnitOfWork, office: Office, admin: str, task_id: int) -> None:
    """Take an answer back. PressRefused where it is none, or not the admin's last."""
    task, last = uow.teaching.task(task_id), last_answer(uow, office, admin)
    if task is None or task.admin != admin:
        raise PressRefused("label.not_yours")
    if last is None or last.task_id != task.id:
        raise PressRefused("label.not_last")
    given = uow.teaching.answers(case_id=task.case_id, since=task.at)
    counted = [each.task_id for each in given if each.admin == admin and each.task_id != task.id]
    uow.teaching.take_back([task.id])
    uow.teaching.drop(counted)  # where the random share counted it: it may be drawn again
    uow.lessons.undo_labels(task.case_id, admin, since=task.at, at=office.clock())
