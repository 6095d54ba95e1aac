"""What the page /catat shows and does: the same use cases as in chat, as plain data for its templates."""

import asyncio
from datetime import date
from typing import Any
from uuid import uuid4

from bot.domain.appointments import State
from bot.domain.calendar import local
from bot.domain.case import ANSWER, PLACE, Case
from bot.domain.codes import find_code, normalise
from bot.domain.counter import HOWS, KANTOR, VISIT, Form, normal_phone
from bot.domain.counter_records import Owed
from bot.domain.errors import PressRefused
from bot.domain.incoming import Sender
from bot.services.citizens.telling import root_of
from bot.services.moments import span, weekday
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.proof.showing_proof import read_files
from bot.services.visits.at_counter import may_decide, owed, photos, read_news, read_number, reporter
from bot.services.visits.booking import free_places
from bot.services.visits.taking_down import slip, take_down
from bot.store.engine import Store

Data = dict[str, Any]
TODAY, CALLS = 40, 30
STEPS = ("beres", "belum")


class Work:
    """The acts of an operator on the page, and what they see."""

    def __init__(self, store: Store, office: Office) -> None:
        self._store = store
        self._office = office

    def hows(self) -> list[Data]:
        """The ways in which a report comes."""
        return [{"id": how, "name": self._office.texts(f"how.{how}")} for how in HOWS]

    def blank(self) -> Data:
        """An empty form; `sekali` names the act, so that sending it twice saves it once."""
        return {"isi": "", "nama": "", "hp": "", "cara": VISIT, "anonim": "", "rahasia": "", "sekali": uuid4().hex}

    async def save(self, operator: Sender, fields: dict[str, str]) -> str:
        """Take a report down; its code. PressRefused where something in the form cannot be."""
        words, number = fields.get("isi", "").strip(), fields.get("hp", "").strip()
        phone = normal_phone(number) if number else None
        if not words:
            raise PressRefused("counter.no_words")
        if number and phone is None:
            raise PressRefused("counter.bad_phone", number=number[:40])
        how = fields.get("cara", VISIT)
        form = Form(
            words[:4000], fields.get("nama", ""), phone, how if how in HOWS else VISIT, bool(fields.get("anonim")),
            bool(fields.get("rahasia")),
        )  # fmt: skip
        await asyncio.to_thread(self._office.tagger.prime, [form.words])  # ahead of the transaction
        once = f"web:{fields.get('sekali') or uuid4().hex}"[:64]
        return (await self._store.write(lambda u: take_down(u, self._office, form, operator=operator, once=once))).code

    async def lists(self) -> Data:
        """What was taken down today, and whom to call."""
        return await self._store.read(self._lists)

    async def slip(self, code: str) -> Data | None:
        """What the reporter is given; None where there is no such case."""
        return await self._store.read(lambda uow: self._slip(uow, code))

    async def case(self, code: str, operator: Sender, *, show: str = "") -> Data | None:
        """A case as its reporter's operator needs it. `show`: name and number, or the news of a secret one; kept."""
        if not show:
            return await self._store.read(lambda uow: self._case(uow, code))
        return await self._store.write(lambda uow: self._shown(uow, code, operator, show))

    async def photo(self, code: str, number: int, operator: Sender) -> bytes | None:
        """A photo of what was done; None where there is none. Who opens one of a secret case is written down."""

        def look(uow: UnitOfWork) -> str | None:
            case = uow.cases.by_code(code)
            found = photos(uow, case)[number:][:1] if case and case.channel == KANTOR else []
            files = uow.cases.media_by_id([each.media_id for each in found])
            if case and case.secret and files:
                read_news(uow, self._office, operator, case, kind="berkas")
            return files[0].path if files else None

        path = await self._store.write(look)
        every = await read_files(self._office.media_folder, [path] if path else [])
        return every[0] if every else None

    async def find(self, asked: str) -> str | list[Data]:
        """The code that somebody names, or the reports of whoever has this number."""
        prefix = self._office.region.prefix
        code = find_code(asked, prefix) or normalise(asked, prefix)
        phone = normal_phone(asked)
        if phone:
            return await self._store.read(lambda uow: self._of_phone(uow, phone))
        known = await self._store.read(lambda uow: uow.cases.by_code(code) is not None) if code else False
        return code if code and known else []

    async def times(self, head: str) -> list[Data]:
        """The free times of a head, by day."""
        return await self._store.read(lambda uow: self._times(uow, head))

    def _lists(self, uow: UnitOfWork) -> Data:
        office, now = self._office, self._office.clock()
        calendar = office.region.calendar
        since = calendar.midnight(calendar.local_day(now))
        today = [(each, uow.cases.by_id(each.case_id)) for each in uow.offices.since(since, most=TODAY)]
        calls = [(each, self._owing(uow, each)) for each in uow.offices.owed(most=CALLS)]
        return {
            "today": [
                self._line(case) | {"how": office.texts(f"how.{each.how}"), "at": self._clock(each.at)}
                for each, case in today if case
            ],
            "calls": [
                line | {"age": span(office, now - each.calls[0].at), "tries": each.tries}
                for each, line in calls if line
            ],
        }  # fmt: skip

    def _line(self, case: Case) -> Data:
        topic = self._office.texts(f"topic.{case.tags.topic}")
        return {"code": case.code, "topic": topic, "status": self._office.status_of(case), "secret": case.secret}

    def _owing(self, uow: UnitOfWork, each: Owed) -> Data | None:
        """Where a call leads: to a case, or to the meeting of a guest."""
        case = uow.cases.by_id(each.case_id) if each.case_id else None
        if case:
            return {"to": f"laporan/{case.code}", "what": case.code, "why": self._why(uow, case)}
        has = uow.appointments.latest_of(each.person_id)
        what = self._office.texts("counter.meeting")
        return {"to": f"temu/{has.id}", "what": what, "why": ""} if has else None

    def _why(self, uow: UnitOfWork, case: Case) -> str:
        root = root_of(uow, case)
        if root.awaiting == ANSWER:
            return self._office.texts("counter.why.question")
        news = "counter.why.confirm" if may_decide(uow, case, "beres") else "counter.why.news"
        keys = (news, *(["counter.why.photo"] if photos(uow, case) else []))
        return " · ".join(self._office.texts(each) for each in keys)

    def _slip(self, uow: UnitOfWork, code: str) -> Data | None:
        case = uow.cases.by_code(code)
        if case is None or case.channel != KANTOR:
            return None
        return {
            "code": case.code, "slip": slip(uow, self._office, case), "lang": case.register.partition("@")[0],
            "unit": self._office.unit_name(case.unit), "when": self._day(case.created_at),
            "no_place": case.awaiting == PLACE, "emergency": case.tags.emergency,
            "photos": 0 if case.secret else len(photos(uow, case)),
        }  # fmt: skip

    def _case(self, uow: UnitOfWork, code: str) -> Data | None:
        found = uow.cases.by_code(code)
        if found is None or found.channel != KANTOR:
            return None
        case, person = reporter(uow, found)
        root, calls = root_of(uow, case), owed(uow, case)
        return self._line(case) | {
            "status": self._office.status_of(root), "lang": case.register.partition("@")[0],
            "calls": [] if case.secret else [call.text for call in calls], "count": len(calls),
            "tries": max((call.tries for call in calls), default=0),
            "known": bool(person.name or person.phone), "asked": root.awaiting == ANSWER,
            "steps": [step for step in STEPS if may_decide(uow, case, step)],
            "rates": root.status == "selesai" and case.rating is None, "name": "", "phone": "",
            "photos": 0 if case.secret else len(photos(uow, case)),
        }  # fmt: skip

    def _shown(self, uow: UnitOfWork, code: str, operator: Sender, show: str) -> Data | None:
        data = self._case(uow, code)
        case = uow.cases.by_code(code)
        if data is None or case is None:
            return None
        _, person = reporter(uow, case)
        if show == "buka":
            read_news(uow, self._office, operator, case)
            return data | {"calls": [call.text for call in owed(uow, case)], "photos": len(photos(uow, case))}
        read_number(uow, self._office, operator, case)
        return data | {"name": person.name or "-", "phone": person.phone or "-"}

    def _of_phone(self, uow: UnitOfWork, phone: str) -> list[Data]:
        person = uow.offices.by_phone(phone)
        if person is None:
            return []
        found = [self._line(case) for case in uow.cases.of_person(person.id)]
        meeting = uow.appointments.active_of(person.id)
        if meeting and meeting.state is not State.MEMILIH:
            found.append({"meeting": meeting.id, "status": self._office.texts(f"meeting.state.{meeting.state}")})
        return found

    def _times(self, uow: UnitOfWork, head: str) -> list[Data]:
        if head not in self._office.region.openings:
            return []
        calendar = self._office.region.calendar
        days: dict[date, list[Data]] = {}
        for slot in free_places(uow, self._office, head):
            each = {"slot": f"{slot:.0f}", "time": self._clock(slot)}
            days.setdefault(calendar.local_day(slot), []).append(each)
        return [{"day": f"{weekday(self._office, day)} {day:%d-%m-%Y}", "times": times} for day, times in days.items()]

    def _clock(self, at: float) -> str:
        return f"{local(at, self._office.region.timezone):%H.%M}"

    def _day(self, at: float) -> str:
        return f"{local(at, self._office.region.timezone):%d-%m-%Y %H.%M}"
