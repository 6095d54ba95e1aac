"""The part of the page /catat where guests without a chat are registered to meet a head."""

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse

from bot.domain.appointments import Appointment, State
from bot.domain.counter import normal_phone
from bot.domain.errors import PressRefused
from bot.domain.incoming import Sender
from bot.domain.records import Person
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.visits.at_counter import read_number
from bot.services.visits.meeting_counter import give_back, meeting_slip, register, take_offered
from bot.store.engine import Store
from bot.web.catat.guard import Fields, Guard
from bot.web.catat.work import Work

if TYPE_CHECKING:
    from bot.web.catat.router import Pages

BLANK = {"kepala": "", "perlu": "", "nama": "", "hp": "", "waktu": ""}
WAIT = "tunggu"


def add_meetings(router: APIRouter, guard: Guard, pages: "Pages", work: Work, *, store: Store, office: Office) -> None:
    """The form with the free times, and the slip of each guest."""
    desk = _Desk(store, office)

    @router.get("/temu")
    async def show(request: Request, kepala: Annotated[str, Query(max_length=40)] = "") -> Response:
        if await guard.who(request) is None:
            return pages.door(request)
        head = desk.whom(kepala)
        return pages.draw("jadwal.html", request, form=BLANK, wrong="", head=head, days=await work.times(head))

    @router.post("/temu")
    async def save(request: Request) -> Response:
        operator, fields = await guard.sent(request)
        try:
            number = await desk.register(operator, fields)
        except PressRefused as refused:
            head, form = desk.whom(fields.get("kepala", "")), {**BLANK, **fields}
            data = {"form": form, "wrong": pages.words(refused), "head": head, "days": await work.times(head)}
            return pages.draw("jadwal.html", request, 422, **data)
        return RedirectResponse(f"/catat/temu/{number}", 303)

    @router.get("/temu/{number}")
    async def slip(request: Request, number: int) -> Response:
        if await guard.who(request) is None:
            return pages.door(request)
        return pages.draw("tamu.html", request, **await desk.slip(number))

    @router.post("/temu/{number}")
    async def act(request: Request, number: int) -> Response:
        operator, fields = await guard.sent(request)
        what = fields.get("aksi", "")
        if what == "nomor":
            return pages.draw("tamu.html", request, **await desk.slip(number, reader=operator))
        try:
            await desk.carry_out(operator, number, what)
        except PressRefused as refused:
            data = {**await desk.slip(number), "wrong": pages.words(refused)}
            return pages.draw("tamu.html", request, 409, **data)
        return RedirectResponse(f"/catat/temu/{number}", 303)


class _Desk:
    """What the forms do."""

    def __init__(self, store: Store, office: Office) -> None:
        self._store = store
        self._office = office

    def whom(self, wanted: str) -> str:
        """The head whose form it is: the one that is wanted, else the first; empty where nobody receives people."""
        openings = self._office.region.openings
        return wanted if wanted in openings else next(iter(openings), "")

    async def register(self, operator: Sender, fields: Fields) -> int:
        """Register somebody; PressRefused where the form, the person or the time does not allow it."""
        subject, number, when = (fields.get(name, "").strip() for name in ("perlu", "hp", "waktu"))
        phone = normal_phone(number) if number else None
        if number and phone is None:
            raise PressRefused("counter.bad_phone", number=number[:40])
        if not subject:
            raise PressRefused("counter.no_words")
        if when != WAIT and not (when.isascii() and when.isdigit()):
            raise PressRefused("meeting.taken")
        slot = None if when == WAIT else float(when)
        name, head = fields.get("nama", ""), self.whom(fields.get("kepala", ""))

        def work(uow: UnitOfWork) -> int:
            return register(
                uow, self._office, operator, name=name, phone=phone, subject=subject, slot=slot, head=head
            ).id

        return await self._store.write(work)

    async def slip(self, number: int, *, reader: Sender | None = None) -> dict[str, Any]:
        """A guest whom an operator registered; 404 for every other one. `reader` is shown name and number."""
        if reader:
            return await self._store.write(lambda uow: self._slip(uow, number, reader))
        return await self._store.read(lambda uow: self._slip(uow, number, None))

    def _slip(self, uow: UnitOfWork, number: int, reader: Sender | None) -> dict[str, Any]:
        has, person = self._guest(uow, number)
        if reader:
            read_number(uow, self._office, reader, None)
        return {
            "id": has.id, "slip": meeting_slip(self._office, has), "lang": has.register.partition("@")[0],
            "active": has.active, "calls": [call.text for call in uow.offices.owed_to(person.id, None)],
            "offered": has.state is State.DITAWARI, "known": bool(person.phone), "wrong": "",
            "name": person.name or "-" if reader else "", "phone": person.phone or "-" if reader else "",
        }  # fmt: skip

    def _guest(self, uow: UnitOfWork, number: int) -> tuple[Appointment, Person]:
        has = uow.appointments.get(number)
        person = uow.people.by_id(has.person_id) if has and has.operator else None
        if has is None or person is None or has.head not in self._office.region.openings:
            raise HTTPException(404)
        return has, person

    async def carry_out(self, operator: Sender, number: int, what: str) -> None:
        """One act, one transaction; PressRefused where it may not be."""

        def work(uow: UnitOfWork) -> None:
            has, person = self._guest(uow, number)
            ids = [call.id for call in uow.offices.owed_to(person.id, None)]
            if what == "ambil":
                take_offered(uow, self._office, operator, person)
            elif what == "batal":
                give_back(uow, self._office, operator, has)
            elif what == "gagal":
                uow.offices.not_reached(ids, at=self._office.clock())
                return
            elif what != "sampai":
                raise PressRefused("toast.done_already")
            uow.offices.called(ids, by=operator.actor, at=self._office.clock())

        await self._store.write(work)
