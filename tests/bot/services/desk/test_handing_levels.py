"""Whatever is handed up, down and aside, accepted, refused and taken back: one unit has the case, and one code."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import buttons
from bot.domain.case import Case, Tags
from bot.domain.handing import crosses
from bot.domain.incoming import Chat, Pressed, Said, Sender
from bot.domain.life import OPEN
from bot.domain.records import UnitChat
from bot.domain.region import DESK
from bot.region_file import load_region
from bot.services.desk.offers import OFFER, waiting_for
from bot.services.desk.placing import MAIN, place
from bot.services.desk.pressing import press
from bot.services.desk.replying import reply
from bot.services.office import Office
from bot.services.ports import NewCase, UnitOfWork
from bot.store.engine import Store
from tests.bot.services.fakes import make_office

SAMPLE = Path(__file__).parents[4] / "samples" / "wadul-berjenjang.toml"
UNITS = ("desa-karangsari", "pulosari", "dputr-pml", "dishub-pml", "dpu-jateng")
CHATS = {unit: f"-{number}" for number, unit in enumerate((*UNITS, DESK), start=1)}
NUMBERS = count(1)
WORDS = "Bukan bagian kami, sudah dicek."
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from([buttons.HAND_TO, buttons.MOVE_TO, buttons.KEEP_TOPIC]), st.sampled_from(UNITS)),
        st.tuples(st.sampled_from([buttons.TAKE, buttons.REFUSE, buttons.CALL_BACK, buttons.DONE]), st.just("")),
        st.tuples(st.just("accept"), st.just("")),
    ),
    min_size=4, max_size=14,
)  # fmt: skip


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, _migrated_sqlite: Path) -> Iterator[tuple[Store, Office]]:
    """A store with five linked units on four levels, and the desk."""
    path = tmp_path_factory.mktemp("levels") / "store.db"
    shutil.copy(_migrated_sqlite, path)
    store = Store(f"sqlite:///{path}")
    for unit, chat in CHATS.items():
        link = UnitChat(unit, "telegram", chat)
        store.write_now(lambda uow, link=link: uow.desks.link(link, by="test", now=0.0))
    yield store, make_office(region=load_region(SAMPLE))
    store.close()


def opened(uow: UnitOfWork, office: Office) -> Case:
    """A road in the village, whose card stands there."""
    number = next(NUMBERS)
    person = uow.people.meet(Sender("telegram", "5"), Chat("telegram", "5", private=True), now=1.0)
    tags = Tags("pengaduan", "jalan", "sedang", "id", location="Desa Karangsari")
    case = uow.cases.add(
        NewCase(f"JTG-{number:05d}", person.id, "telegram", "5", UNITS[0], (), "id", tags, office.clock())
    )
    place(uow, office, case)
    sent(uow, case)
    return case


def sent(uow: UnitOfWork, case: Case) -> None:
    """Every card has got a message."""
    for card in uow.desks.cards_of(case.id):
        uow.desks.change_card(card.id, message_id=str(card.id))


def act(uow: UnitOfWork, office: Office, case: Case, step: tuple[str, str]) -> None:
    """One press, and the sentence where it wants one, by somebody who sees such a card."""
    action, argument = step
    on_offer = action in ("accept", buttons.REFUSE)
    card = next((c for c in uow.desks.cards_of(case.id) if c.role == (OFFER if on_offer else MAIN)), None)
    if card is None:
        return
    action = buttons.TAKE if action == "accept" else action
    who = Sender("telegram", "9002", "Rina", standing="member")
    chat = Chat("telegram", card.chat_id, private=False)
    data = buttons.encode(action, case.code, argument)
    press(uow, office, Pressed(chat, who, str(card.id), office.clock(), f"p{next(NUMBERS)}", data))
    if action in buttons.SENTENCES:
        said = Said(chat, who, f"m{next(NUMBERS)}", office.clock(), text=WORDS, reply_to=str(card.id))
        reply(uow, office, said)
    sent(uow, case)


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_one_unit_has_the_case_with_one_code_and_refusing_loses_nothing(
    town: tuple[Store, Office], steps: list[tuple[str, str]]
) -> None:
    store, office = town

    def work(uow: UnitOfWork) -> None:
        case = opened(uow, office)
        for step in steps:
            before = uow.cases.by_id(case.id)
            waited = waiting_for(uow, office, case) if before else None
            assert before
            act(uow, office, before, step)
            after = uow.cases.by_id(case.id)
            assert after
            assert after.code == case.code
            check_move(office, before, after, waited_for=waited.target if waited else None, step=step[0])
            check_cards(uow, office, after)

    store.write_now(work)


def check_move(office: Office, before: Case, after: Case, *, waited_for: str | None, step: str) -> None:
    """Another level only by its consent; a refusal or a withdrawal changes nothing of who has it and how it stands."""
    assert office.region.knows(after.unit)
    if crosses(office.region, before.unit, after.unit):
        assert (step, after.unit) == ("accept", waited_for)
        assert after.taken_by == "Rina"
    if step in (buttons.REFUSE, buttons.CALL_BACK, buttons.HAND_TO):
        assert (after.unit, after.status, after.taken_by) == (before.unit, before.status, before.taken_by)


def check_cards(uow: UnitOfWork, office: Office, case: Case) -> None:
    """One card to work on stands, at whoever has the case; one to accept where something waits."""
    cards = uow.desks.cards_of(case.id)
    assert [card.chat_id for card in cards if card.role == MAIN] == [CHATS[case.unit]]
    waits = waiting_for(uow, office, case)
    if case.status in OPEN:
        assert [card.unit for card in cards if card.role == OFFER] == ([waits.target] if waits else [])
    else:
        assert uow.handovers.waiting(case.id) is None
