"""The file with all that is kept of a citizen: made from the present state at the moment of sending."""

import json
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.case import Case
from bot.domain.outgoing import SendCopy
from bot.domain.records import Person
from bot.domain.region import DESK
from bot.domain.registers import DEFAULT
from bot.services.channel import Channel, Target
from bot.services.database import Database
from bot.services.effects import Sent
from bot.services.office import Office
from bot.services.ports import UnitOfWork

INTERNAL = frozenset({"note", "reason"})  # what colleagues say to each other of their work
NAME = "dataku.json"


async def send_copy(database: Database, office: Office, channel: Channel, to: Target, copy: SendCopy) -> Sent:
    """Send the file; nothing where the person was erased meanwhile."""
    found = await database.read(partial(_person_and_data, office=office, person_id=copy.person_id))
    if found is None:
        return Sent(0)
    person, data = found
    text = json.dumps(data, ensure_ascii=False, indent=1)
    caption = office.texts("mydata.copy", person.register or DEFAULT, reports=len(data["laporan"]))
    await channel.send_file(to, NAME, text.encode(), caption)
    return Sent(1)


def _person_and_data(uow: UnitOfWork, *, office: Office, person_id: int) -> tuple[Person, dict[str, Any]] | None:
    person = uow.people.by_id(person_id)
    return (person, data_of(uow, office, person)) if person and not person.blocked else None


def data_of(uow: UnitOfWork, office: Office, person: Person) -> dict[str, Any]:
    """Everything kept of somebody, in words that they know."""
    bar = uow.rights.bar_of(person.id)
    return {
        "dibuat": _when(office, office.clock()),
        "wilayah": office.region.name,
        "akun": {
            "aplikasi": person.channel, "nomor_akun": person.user_id, "nama": person.name,
            "telepon": person.phone, "bahasa": person.register,
        },
        "laporan": [_report(uow, office, case) for case in uow.erasing.cases(person.id)],
        "pembatasan": {"alasan": bar.reason, "sampai": _when(office, bar.until)} if bar else None,
        "pesan_bukan_laporan": [
            {"waktu": _when(office, entry.at), "isi": entry.text} for entry in uow.rights.talk(person.id)
        ],
    }  # fmt: skip


def _report(uow: UnitOfWork, office: Office, case: Case) -> dict[str, Any]:
    return {
        "kode": case.code,
        "masuk": _when(office, case.created_at),
        "topik": office.texts(f"topic.{case.tags.topic}"),
        "mendesak": office.texts(f"urgency.{case.tags.urgency}"),
        "tempat": case.tags.location,
        "ditangani": office.unit_name(case.unit),
        "status": office.status_of(case),
        "nilai": case.rating,
        "dipilah_mesin": case.tags.model,
        "isi": [
            {
                "waktu": _when(office, entry.at), "dari": office.texts(f"mydata.from.{_side(entry.author)}"),
                "isi": entry.text, "titik": [entry.lat, entry.lon] if entry.lat is not None else None,
            }
            for entry in uow.cases.entries(case.id) if entry.kind not in INTERNAL
        ],
        "berkas": [{"jenis": media.kind, "ukuran": media.size} for media in uow.cases.media(case.id)],
        "data_dibuka": [
            {"waktu": _when(office, each.at), "oleh": office.unit_name(each.unit or DESK)}
            for each in uow.readings.of_case(case.id)
        ],
    }  # fmt: skip


def _side(author: str) -> str:
    return "citizen" if author == "citizen" else "office"


def _when(office: Office, at: float) -> str:
    return datetime.fromtimestamp(at, ZoneInfo(office.region.timezone)).strftime("%Y-%m-%d %H:%M")
