"""What an admin reads of the versions: the list of /model and the card of one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain import buttons
from bot.domain.models import RELEASED, Version, before
from bot.domain.outgoing import Button, Rows
from bot.domain.training import Kind
from bot.services.learning import shadow
from bot.services.learning.training_words import learnt
from bot.services.learning.using import in_use, released
from bot.services.office import Office
from bot.services.ports import UnitOfWork

PAGE, CARD, USE, SURE, DECLINE, TRY, BACK = "hal", "kartu", "pakai", "tetap", "jangan", "uji", "kembali"
ON_A_PAGE = 5
TOLD = ("topic", "emergencies")
Shown = tuple[str, Rows]


def listed(uow: UnitOfWork, office: Office, *, page: int) -> Shown:
    """A page of the versions, the newest first, and what can be done."""
    versions, present = uow.models.all(), in_use(uow)
    if not versions:
        return office.texts("model.none"), ()
    last = (len(versions) - 1) // ON_A_PAGE
    page = min(page, last)
    here = list(enumerate(versions, 1))[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    lines = [_line(office, number, version, present=present) for number, version in here]
    cards = tuple(_button(str(number), str(version.id), CARD) for number, version in here)
    turns = tuple(
        _button(office.texts(key), str(to), PAGE)
        for key, to in (("model.newer", page - 1), ("model.older", page + 1)) if 0 <= to <= last
    )  # fmt: skip
    back = (_button(office.texts("model.back"), "", BACK),) if before(uow.models.history(), released(uow)) else ()
    text = office.texts("model.list", lines="\n\n".join(lines))
    return text, tuple(row for row in (cards, turns, back) if row)


def card(uow: UnitOfWork, office: Office, version: Version) -> Shown:
    """Everything known of a version."""
    present = in_use(uow) == version.name
    lines = [
        office.texts("model.card", model=version.name, state=_state(office, version, present=present)),
        office.texts("model.made", when=_when(office, version.at), origin=_origin(office, version)),
    ]
    if version.parent:
        lines.append(office.texts("model.parent", parent=version.parent))
    if version.origin != RELEASED:
        lines += ["", learnt(office, version.learnt), "", *(str(each) for each in version.report.get("sentences", []))]
    run = uow.shadows.latest_of(version.name)
    if run is not None:
        lines += ["", office.texts("model.tried"), shadow.figures(office, uow.shadows.counts(run.id))]
    first = () if present or version.removed_at else (
        _of(office, version, "use", USE), _of(office, version, "try", TRY),
    )  # fmt: skip
    rows = (first, (_button(office.texts("model.to_list"), "0", PAGE),))
    return "\n".join(lines), tuple(row for row in rows if row)


def surely(office: Office, version: Version) -> Rows:
    """`Tetap pakai`, once the loss was named."""
    return ((_of(office, version, "use_anyway", SURE), _of(office, version, "decline", DECLINE)),)


def _line(office: Office, number: int, version: Version, *, present: str) -> str:
    state = _state(office, version, present=version.name == present)
    first = office.texts("model.line", number=number, model=version.name, when=_when(office, version.at), state=state)
    return "\n".join(filter(None, (first, _origin(office, version), _figures(office, version.report))))


def _state(office: Office, version: Version, *, present: bool) -> str:
    key = "present" if present else "gone" if version.removed_at else None
    return office.texts(f"model.state.{key}") if key else ""


def _origin(office: Office, version: Version) -> str:
    total = sum(version.learnt.values())
    if not total and version.origin in (Kind.QUICK, Kind.FULL):
        return office.texts("model.origin.nothing")
    return office.texts(f"model.origin.{version.origin}", total=total)


def _figures(office: Office, report: Mapping[str, Any]) -> str:
    """How many topics and emergencies it gets right on the messages that come with Wadul."""
    found = {item["name"]: item["after"] for item in report.get("slices", []) if item["name"] in TOLD}
    if set(found) != set(TOLD):
        return ""
    return office.texts("model.figures", topic=_percent(found["topic"]), emergencies=_percent(found["emergencies"]))


def _when(office: Office, at: float) -> str:
    return datetime.fromtimestamp(at, ZoneInfo(office.region.timezone)).strftime("%d-%m-%Y %H.%M")


def _percent(share: float) -> str:
    return f"{100 * share:.1f}".replace(".", ",")


def _of(office: Office, version: Version, key: str, argument: str) -> Button:
    return _button(office.texts(f"training.button.{key}"), str(version.id), argument)


def _button(words: str, subject: str, argument: str) -> Button:
    return Button(words, buttons.encode(buttons.MODEL, subject, argument))
