"""Admins label messages: what comes, what is kept of it, and what it says. On both databases."""

import json
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from bot.domain.case import PERSON, Tags
from bot.domain.errors import PressRefused
from bot.domain.incoming import Chat, Sender
from bot.domain.learning import Learning
from bot.domain.records import LABELLED, Lesson
from bot.domain.teaching import Reason
from bot.services.learning import teaching
from bot.services.learning.lessons import lesson_rows
from bot.services.learning.teaching import Shown
from bot.services.office import Office
from bot.services.ports import NewCase, NewEntry
from bot.store.engine import Store
from bot.store.tables import entry
from tests.bot.services.fakes import make_office

ANI, BUDI, CICI = "telegram:1", "telegram:2", "telegram:3"


class Loaded(Random):
    """Draws what the test wants."""

    def __init__(self, share: float) -> None:
        super().__init__(7)
        self.share = share

    def random(self) -> float:
        return self.share


RANDOM, BLIND, CHOSEN = Loaded(0.1), Loaded(0.3), Loaded(0.4)


@pytest.fixture
def office() -> Office:
    return make_office()


def report(store: Store, office: Office, number: int, topic: str = "jalan", *, p: float = 0.9, **more: Any) -> int:
    """A case that the model has read."""
    user = str(more.pop("user", number))
    tags = Tags(
        "pengaduan", topic, "sedang", more.pop("language", "id"), p_topic=p, guesses=((topic, p), ("sampah", 1 - p)),
        model=more.pop("model", "m1"), **more,
    )  # fmt: skip

    def work(uow: Any) -> int:
        person = uow.people.meet(Sender("telegram", user), Chat("telegram", user, private=True), now=1.0)
        new = NewCase(f"PML-{number:05d}", person.id, "telegram", user, "dputr", (), "id", tags, office.clock())
        case = uow.cases.add(new)
        uow.cases.say(NewEntry("citizen", "report", f"Laporan {number}, hubungi 081234567890.", 1.0, case_id=case.id))
        return int(case.id)

    return store.write_now(work)


def shown(store: Store, office: Office, admin: str, draw: Random = CHOSEN) -> Shown:
    found = store.write_now(lambda uow: teaching.next_for(uow, office, admin, draw=draw))
    assert found
    return found


def say(store: Store, office: Office, admin: str, task: int, topic: str, **more: Any) -> None:
    labels = {"kind": "pengaduan", "topic": topic, "urgency": "sedang", **more}
    store.write_now(lambda uow: teaching.answer(uow, office, admin, task, **labels))


def test_the_uncertain_come_first_masked_and_with_the_guesses(store: Store, office: Office) -> None:
    for number, p in enumerate((0.9, 0.55, 0.8)):
        report(store, office, number, p=p)
    first = shown(store, office, ANI)
    assert first.task.reason is Reason.UNCERTAIN
    assert first.text == "Laporan 1, hubungi [telepon]."
    assert first.guesses[0] == ("jalan", 0.55)


def test_a_message_in_hand_comes_again_until_it_is_answered_and_nobody_else_gets_it(
    store: Store, office: Office
) -> None:
    report(store, office, 1)
    first = shown(store, office, ANI)
    assert shown(store, office, ANI) == first
    assert store.write_now(lambda uow: teaching.next_for(uow, office, BUDI, draw=CHOSEN)) is None
    say(store, office, ANI, first.task.id, "listrik")
    assert store.write_now(lambda uow: teaching.next_for(uow, office, ANI, draw=CHOSEN)) is None


def test_an_answer_is_a_lesson_for_each_label_and_leaves_the_case_alone(store: Store, office: Office) -> None:
    case_id = report(store, office, 1)
    task = shown(store, office, ANI).task.id
    say(store, office, ANI, task, "listrik", seconds=4.0)
    say(store, office, ANI, task, "pengairan")
    lessons, case = store.read_now(lambda uow: (uow.cases.lessons(case_id), uow.cases.by_id(case_id)))
    assert [(each.field, each.before, each.after) for each in lessons] == [
        ("kind", "pengaduan", "pengaduan"), ("topic", "jalan", "listrik"), ("urgency", "sedang", "sedang"),
        ("topic", "jalan", "pengairan"),
    ]  # fmt: skip
    assert {(each.who, each.model, each.source) for each in lessons} == {(ANI, "m1", LABELLED)}
    assert case
    assert (case.tags.topic, case.tags.set_by) == ("jalan", "model")


def test_one_tap_confirms_and_what_is_no_report_has_no_topic(store: Store, office: Office) -> None:
    report(store, office, 1)
    report(store, office, 2)
    task = shown(store, office, ANI).task.id
    done = store.write_now(lambda uow: teaching.confirm(uow, office, ANI, task))
    assert (done.kind, done.topic, done.urgency) == ("pengaduan", "jalan", "sedang")
    task = shown(store, office, ANI).task.id
    say(store, office, ANI, task, "jalan", kind="bukan_laporan")
    kept = store.read_now(lambda uow: uow.teaching.answer_to(task))
    assert kept
    assert (kept.topic, kept.urgency) == ("lainnya", "rendah")


@pytest.mark.parametrize("labels", [{"topic": "jembatan"}, {"kind": "keluhan"}, {"urgency": "gawat"}])
def test_labels_that_do_not_exist_are_refused(store: Store, office: Office, labels: dict[str, str]) -> None:
    report(store, office, 1)
    task = shown(store, office, ANI).task.id
    with pytest.raises(PressRefused):
        say(store, office, ANI, task, **{"topic": "jalan", **labels})


def test_nobody_answers_what_another_admin_has_in_hand(store: Store, office: Office) -> None:
    report(store, office, 1)
    task = shown(store, office, ANI).task.id
    with pytest.raises(PressRefused):
        say(store, office, BUDI, task, "jalan")


def test_what_somebody_cannot_tell_goes_to_another(store: Store, office: Office) -> None:
    report(store, office, 1)
    task = shown(store, office, ANI).task.id
    store.write_now(lambda uow: teaching.skip(uow, office, ANI, task))
    assert store.write_now(lambda uow: teaching.next_for(uow, office, ANI, draw=CHOSEN)) is None
    assert shown(store, office, BUDI).task.case_id == 1


def test_what_rules_alone_tagged_or_nobody_said_in_words_is_not_shown(store: Store, office: Office) -> None:
    report(store, office, 1, model=None)
    gone = report(store, office, 2)
    with store.engine.begin() as connection:
        connection.execute(entry.update().where(entry.c.case_id == gone).values(text=""))
    for draw in (RANDOM, CHOSEN):
        assert store.write_now(lambda uow, draw=draw: teaching.next_for(uow, office, ANI, draw=draw)) is None


def test_a_second_admin_looks_blind_and_a_disagreement_surfaces_until_it_is_settled(
    store: Store, office: Office
) -> None:
    case_id = report(store, office, 1)
    say(store, office, ANI, shown(store, office, ANI).task.id, "listrik")
    again = shown(store, office, BUDI, BLIND)
    assert (again.task.reason, again.task.blind, again.guesses) == (Reason.AGAIN, True, ())
    say(store, office, BUDI, again.task.id, "jalan")
    (found,) = store.read_now(teaching.disagreements)
    assert (found.field, dict(found.said)) == ("topic", {ANI: "listrik", BUDI: "jalan"})
    third = store.write_now(lambda uow: teaching.ask(uow, office, CICI, case_id))
    assert third
    say(store, office, CICI, third.task.id, "jalan")
    assert store.read_now(teaching.disagreements) == []


def test_the_random_share_measures_the_model_whoever_corrected_it_since(store: Store, office: Office) -> None:
    for number in range(4):
        report(store, office, number)

    def correct(uow: Any) -> None:
        case = uow.cases.by_id(1)
        uow.cases.learn(Lesson(1, "topic", "jalan", "listrik", BUDI, "m1", 2.0))
        uow.cases.change(1, tags=Tags(**{**case.tags.__dict__, "topic": "listrik", "set_by": PERSON}))

    store.write_now(correct)
    for _ in range(4):
        task = shown(store, office, ANI, RANDOM).task
        assert (task.reason, task.topic) == (Reason.RANDOM, "jalan")
        say(store, office, ANI, task.id, "listrik" if task.case_id == 1 else "jalan")
    scores = store.read_now(lambda uow: teaching.live_accuracy(uow, office))
    assert (scores["topic"].right, scores["topic"].n) == (3, 4)
    assert scores["topic"].low == pytest.approx(0.3006, abs=1e-3)
    assert scores["kind"].right == 4
    assert store.read_now(lambda uow: teaching.live_accuracy(uow, office, model="m2"))["topic"].n == 0


def test_a_case_that_was_labelled_for_another_reason_counts_when_it_is_drawn(store: Store, office: Office) -> None:
    report(store, office, 1, p=0.5)
    report(store, office, 2)
    say(store, office, ANI, shown(store, office, ANI).task.id, "listrik")
    task = shown(store, office, BUDI, RANDOM).task
    say(store, office, BUDI, task.id, "jalan")
    assert shown(store, office, BUDI, RANDOM).task.reason is Reason.AGAIN  # nothing is left to draw
    scores = store.read_now(lambda uow: teaching.live_accuracy(uow, office))
    assert (scores["topic"].right, scores["topic"].n) == (1, 2)


def test_a_suspected_label_comes_back_once(store: Store, office: Office) -> None:
    report(store, office, 1)
    say(store, office, ANI, shown(store, office, ANI).task.id, "listrik")
    salt = store.write_now(lambda uow: uow.lessons.salt())
    (row,) = store.read_now(lambda uow: lesson_rows(uow, office.region.topics, salt=salt))
    ids = {str(row["id"]), "unknown"}
    assert store.write_now(lambda uow: teaching.suspect(uow, office, ids)) == 1
    assert store.write_now(lambda uow: teaching.suspect(uow, office, ids)) == 0
    assert shown(store, office, ANI, Loaded(0.9)).task.reason is Reason.SECOND


def test_rare_topics_and_languages_are_looked_for(store: Store, office: Office) -> None:
    for number in range(6):
        report(store, office, number, p=0.9 if number else 0.6)
    report(store, office, 7, "pajak")
    report(store, office, 8, language="jv_krama")
    say(store, office, ANI, shown(store, office, ANI).task.id, "jalan")
    rare, different = (shown(store, office, f"telegram:{n}", Loaded(share)).task for n, share in ((4, 0.7), (5, 0.9)))
    assert (rare.reason, rare.topic) == (Reason.RARE, "pajak")
    assert (different.reason, different.case_id) == (Reason.DIVERSE, 8)


def test_an_export_names_nobody_and_keeps_one_reporter_together(store: Store, office: Office) -> None:
    ids = [report(store, office, n, user=user, location="Laporan 3") for n, user in ((1, "5"), (2, "5"), (3, "6"))]

    def teach(uow: Any) -> None:
        for at, case_id in enumerate(ids):
            uow.cases.learn(Lesson(case_id, "topic", "jalan", "sampah", ANI, "m1", 10.0 + at))
            uow.cases.learn(Lesson(case_id, "location", "", "laporan 3", ANI, "m1", 5.0))

    store.write_now(teach)
    salt = store.write_now(lambda uow: uow.lessons.salt())
    rows = store.read_now(lambda uow: lesson_rows(uow, office.region.topics, salt=salt))
    assert len({row["group"] for row in rows}) == 2
    assert rows[0]["group"] == rows[1]["group"]
    assert len({row["id"] for row in rows}) == 3
    assert [row.get("location") for row in rows] == [None, None, "Laporan 3"]
    assert {key: rows[2][key] for key in ("text", "topic", "topics2", "language", "at", "weight", "source")} == {
        "text": "Laporan 3, hubungi [telepon].", "topic": "sampah", "topics2": [], "language": "id",
        "at": "1970-01-01T00:00:05Z", "weight": 1.0, "source": "correction",
    }  # fmt: skip
    written = json.dumps(rows)
    assert not any(word in written for word in ("0812", "telegram", "PML-", ANI))
    later = store.read_now(lambda uow: lesson_rows(uow, office.region.topics, salt=salt, since=11.0))
    assert [row["id"] for row in later] == [rows[1]["id"], rows[2]["id"]]


def test_the_shares_of_the_file_hold_over_many_messages(store: Store, office: Office) -> None:
    for number in range(60):
        report(store, office, number)
    draw, seen = Random(3), []
    for turn in range(40):
        admin = (ANI, BUDI)[turn % 2]
        task = shown(store, office, admin, draw).task
        seen.append(task.reason)
        say(store, office, admin, task.id, "jalan")
    assert 5 <= seen.count(Reason.RANDOM) <= 16
    assert seen.count(Reason.AGAIN) >= 1


def test_an_office_may_give_up_the_blind_look(store: Store) -> None:
    office = make_office()
    office = replace(office, region=replace(office.region, learning=Learning(blind_share=0.0)))
    report(store, office, 1)
    say(store, office, ANI, shown(store, office, ANI).task.id, "listrik")
    assert store.write_now(lambda uow: teaching.next_for(uow, office, BUDI, draw=BLIND)) is None
