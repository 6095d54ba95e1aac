"""Hand-overs in the store: one of a case waits, whoever writes; on both databases."""

import pytest
import sqlalchemy as sa

from bot.domain.case import Tags
from bot.domain.handover import Handover, State
from bot.domain.incoming import Chat, Sender
from bot.services.ports import NewCase, UnitOfWork
from bot.store.engine import Store

TAGS = Tags("pengaduan", "jalan", "sedang", "id")


def opened(uow: UnitOfWork, code: str = "PML-00001") -> int:
    """A new case."""
    person = uow.people.meet(Sender("telegram", "5"), Chat("telegram", "5", private=True), now=1.0)
    return uow.cases.add(NewCase(code, person.id, "telegram", "5", "desa", (), "id", TAGS, 1.0)).id


def wish(uow: UnitOfWork, case_id: int, by: str = "telegram:1", target: str = "dpu") -> Handover:
    """Somebody wants a case to go somewhere."""
    uow.handovers.draft(Handover(0, case_id, "desa", target, by, "Rina", 2.0))
    found = uow.handovers.drafted(case_id, by)
    assert found
    return found


def test_a_wish_waits_for_its_reason_and_a_newer_one_replaces_it(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        case_id = opened(uow)
        wish(uow, case_id, target="lama")
        second = wish(uow, case_id)
        assert (second.target, second.state) == ("dpu", State.ALASAN)
        assert uow.handovers.drafted(case_id, "telegram:2") is None
        assert uow.handovers.drafted(case_id, None) == second
        assert uow.handovers.waiting(case_id) is None
        uow.handovers.begin(second.id, "Bukan jalan desa.", at=3.0)
        waits = uow.handovers.waiting(case_id)
        assert waits
        assert (waits.reason, waits.at, waits.state) == ("Bukan jalan desa.", 3.0, State.MENUNGGU)
        assert uow.handovers.drafted(case_id, None) is None

    store.write_now(work)


def test_only_one_hand_over_of_a_case_waits(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        case_id = opened(uow)
        uow.handovers.begin(wish(uow, case_id).id, "Satu.", at=3.0)
        uow.handovers.begin(wish(uow, case_id, by="telegram:2").id, "Dua.", at=4.0)

    with pytest.raises(sa.exc.IntegrityError):
        store.write_now(work)


def test_what_waits_is_listed_for_its_target_the_oldest_first_until_it_is_answered(store: Store) -> None:
    def work(uow: UnitOfWork) -> None:
        first, second, other = (opened(uow, f"PML-0000{n}") for n in (1, 2, 3))
        for case_id, target, at in ((second, "dpu", 9.0), (first, "dpu", 5.0), (other, "dlh", 6.0)):
            uow.handovers.begin(wish(uow, case_id, target=target).id, "…", at=at)
        assert [each.case_id for each in uow.handovers.offered({"dpu"}, most=9)] == [first, second]
        assert len(uow.handovers.offered(None, most=9)) == 3
        assert uow.handovers.offered(set(), most=9) == []
        waits = uow.handovers.waiting(first)
        assert waits
        uow.handovers.answer(waits.id, State.DITOLAK, by="telegram:9", at=10.0)
        assert (uow.handovers.lapse(second, by="wadul", at=11.0), uow.handovers.lapse(second, by="wadul", at=12.0)) == (
            True, False,
        )  # fmt: skip
        assert uow.handovers.all_waiting([first, second, other]).keys() == {other}

    store.write_now(work)
