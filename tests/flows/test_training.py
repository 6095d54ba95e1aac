"""/latih and /model: admins have a small model learn from their office, and decide; the processes are the real ones."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.models import Version
from bot.domain.outgoing import Outgoing
from bot.domain.training import JobStatus, Kind
from bot.services.learning import children, training_words
from bot.store.tables import audit, model_use, training_job
from tests.classifier.builders import ngram_folder
from tests.flows.taught import teach
from tests.flows.town import Town, region_file
from tests.flows.town import town as in_town
from tests.standin.groups import Group
from tests.standin.messages import Message
from tests.standin.people import ChatView

LONG = 240.0  # seconds: the processes run at the lowest priority, on machines that may be busy
TREES = [f"Pohon {kind} tumbang menutup gang {place}." for kind in ("mahoni", "asem") for place in ("satu", "dua")]
REPORT = {
    "verdict": "blocked", "reasons": [{"name": "emergencies"}], "slices": [],
    "sentences": ["Tertahan: ada yang turun melebihi batas.", "Darurat yang tertangkap turun dari 97 % ke 91 %."],
}  # fmt: skip


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose model is small: n-grams alone."""
    model = ngram_folder(tmp_path / "kecil-1", id="kecil-1")
    async with in_town(tmp_path, model=True, model_dir=model) as here:
        yield here


@pytest.fixture
async def any_town(tmp_path: Path, database_url: str | None) -> AsyncIterator[Town]:
    """The same on each database in turn."""
    model = ngram_folder(tmp_path / "kecil-1", id="kecil-1")
    async with in_town(tmp_path, model=True, model_dir=model, database_url=database_url) as here:
        yield here


async def result(town: Town, chat: ChatView) -> Message:
    """The picture that says what came of it."""
    return await town.standin.wait_for(lambda: next((m for m in chat.answers if m.kind == "photo"), None), LONG)


def buttons(message: Message) -> list[str]:
    """The words on a message's buttons."""
    return [key["text"] for row in (message.markup or {}).get("inline_keyboard", []) for key in row]


async def in_use(town: Town, model: str) -> None:
    """Wait until this process answers with a model."""
    keeper = town.app.learning.models
    assert keeper is not None
    await town.standin.wait_for(lambda: keeper.current is not None and keeper.current.name == model, 15)


def judged(town: Town, group: Group) -> dict[str, object]:
    """A job whose gate found a loss, as the trainer leaves it; its model is a copy under another name."""
    name = "pml-20261124-aaaaaa"
    folder = ngram_folder(town.app.settings.data_dir / "models" / name, id=name)
    assert folder.is_dir()

    def work(uow):  # type: ignore[no-untyped-def]
        now = town.clock()
        job = uow.training.begin(
            Kind.QUICK, actor="telegram:9001", channel="telegram", chat_id=str(group.id), at=now, result=name,
            champion="kecil-1", report=REPORT, learnt={"correction": 60},
        )  # fmt: skip
        uow.training.change(job.id, status=JobStatus.READY)
        uow.models.add(Version(0, name, Kind.QUICK, now, "kecil-1", {"correction": 60}, REPORT))
        picture = training_words.result(town.app.office, uow.training.get(job.id), "/nowhere/picture.png")
        uow.outbox.put(Outgoing("telegram", str(group.id), picture), now=now)
        return {"name": name, "job": job.id}

    found = town.app.store.write_now(work)
    town.app.relay.wake()
    return found


async def test_who_is_no_admin_and_a_department_are_told_kindly_where_training_belongs(town: Town) -> None:
    citizen, desk = town.citizen(), town.group("meja")
    dlh = town.group("dlh")
    citizen.say("/latih")
    await town.hears(citizen, "hanya bisa dilakukan admin")
    town.staff(desk).say("/model")
    await town.hears(desk, "hanya bisa dilakukan admin")
    town.admin(dlh).say("/latih")
    await town.hears(dlh, "meja aduan")
    assert town.rows(training_job) == []


async def test_training_runs_to_the_end_without_a_single_correction_and_says_so(town: Town) -> None:
    desk = town.group("meja")
    wati = town.admin(desk)
    wati.say("/latih")
    progress = await town.hears(desk, "Melatih model")
    picture = await result(town, desk)
    assert "Belum ada koreksi" in picture.text
    assert buttons(picture) == ["Pakai", "Jangan", "Uji diam-diam"]
    await town.shows(progress, "Selesai")
    assert buttons(progress) == []
    await town.press(wati, picture, "Jangan")
    await town.shows(picture, "Tidak dipakai, diputuskan oleh Wati")
    assert buttons(picture) == []
    assert town.rows(model_use) == []
    press = await town.press(wati, picture, "Pakai", stale=True)
    assert press.alert
    assert [row["what"] for row in town.rows(audit)] == ["training", "model_declined"]


async def test_one_training_at_a_time_and_batalkan_ends_it_with_everything_it_made(town: Town) -> None:
    desk = town.group("meja")
    wati = town.admin(desk)
    teach(town.app, TREES, before="bencana", topic="lingkungan")
    wati.say("/latih")
    progress = await town.hears(desk, "Melatih model")
    job = await town.standin.wait_for(lambda: next((r for r in town.rows(training_job) if r["pid"]), None), LONG)
    wati.say("/latih")
    await town.hears(desk, "Masih ada latihan yang berjalan")
    stranger = town.staff(desk)
    assert (await town.press(stranger, progress, "Batalkan")).alert
    await town.press(wati, progress, "Batalkan")
    await town.shows(progress, "Dibatalkan")
    await town.standin.wait_for(lambda: not children.lives(job["pid"], job["born"]), 10)
    await town.standin.wait_for(lambda: town.rows(training_job)[0]["host"] is None, 10)
    folder = town.app.settings.data_dir
    assert not list((folder / "training" / "1").glob("*.jsonl"))
    assert not list((folder / "models").glob("*"))
    wati.say("/latih")
    await town.standin.wait_for(lambda: len(town.rows(training_job)) == 2, 10)
    await town.press(wati, await town.hears(desk, "Sebentar"), "Batalkan")


async def test_a_blocked_result_is_used_only_after_the_loss_was_named(any_town: Town) -> None:
    desk = any_town.group("meja")
    wati = any_town.admin(desk)
    made = judged(any_town, desk)
    shown = await any_town.hears(desk, "Tertahan")
    assert (await any_town.press(any_town.staff(desk), shown, "Pakai")).alert
    await any_town.press(wati, shown, "Pakai")
    await any_town.shows(shown, "Tetap pakai, meski darurat yang tertangkap turun dari 97 % ke 91 %?")
    assert any_town.rows(model_use) == []
    await any_town.press(wati, shown, "Tetap pakai")
    await any_town.shows(shown, "✓ Dipakai, dipilih oleh Wati")
    await in_use(any_town, str(made["name"]))
    any_town.citizen().say("Sampah di pasar menumpuk, jalan bolong.")
    await any_town.idle()
    assert any_town.case().tags.model == made["name"]


async def test_the_versions_are_listed_and_one_tap_leads_back(any_town: Town) -> None:
    desk = any_town.group("meja")
    wati = any_town.admin(desk)
    made = judged(any_town, desk)
    await any_town.hears(desk, "Tertahan")
    wati.say("/model")
    listed = await any_town.hears(desk, "Model yang ada")
    assert "kecil-1" in listed.text
    assert "✓ sedang dipakai" in listed.text
    assert buttons(listed) == ["1", "2"]
    await any_town.press(wati, listed, "1")
    await any_town.shows(listed, "latihan cepat dari 60 laporan", "Darurat yang tertangkap")
    await any_town.press(wati, listed, "Pakai")
    question = await any_town.hears(desk, "Tetap pakai, meski")
    await any_town.press(wati, question, "Tetap pakai")
    await in_use(any_town, str(made["name"]))
    await any_town.press(wati, listed, "‹ Daftar")
    await any_town.shows(listed, "Tekan nomornya")
    await any_town.press(wati, listed, "Kembali ke model sebelumnya")
    await any_town.hears(desk, "✓ Kembali ke model sebelumnya: kecil-1")
    await in_use(any_town, "kecil-1")
    assert [row["after"] for row in any_town.rows(audit) if row["what"] == "model"] == [made["name"], "kecil-1"]


async def test_a_model_that_is_damaged_leaves_the_old_one_answering_and_the_desk_hears_of_it(any_town: Town) -> None:
    desk = any_town.group("meja")
    wati = any_town.admin(desk)
    made = judged(any_town, desk)
    shown = await any_town.hears(desk, "Tertahan")
    (any_town.app.settings.data_dir / "models" / str(made["name"]) / "ngrams.safetensors").write_bytes(b"x")
    await any_town.press(wati, shown, "Pakai")
    await any_town.shows(shown, "Tetap pakai, meski")
    await any_town.press(wati, shown, "Tetap pakai")
    await any_town.hears(desk, "tidak bisa dibuka", "tetap kecil-1", timeout=15)
    any_town.citizen().say("Sampah di pasar menumpuk.")
    await any_town.idle()
    assert any_town.case().tags.model == "kecil-1"


async def test_a_model_on_trial_tags_along_and_at_the_end_the_admin_reads_how_often_both_agree(any_town: Town) -> None:
    desk = any_town.group("meja")
    wati = any_town.admin(desk)
    judged(any_town, desk)
    shown = await any_town.hears(desk, "Tertahan")
    await any_town.press(wati, shown, "Uji diam-diam")
    await any_town.shows(shown, "Diuji diam-diam sampai")
    shadow = any_town.app.learning.shadow
    assert shadow is not None
    await any_town.standin.wait_for(lambda: shadow._run is not None, 10)
    any_town.citizen().say("Sampah di pasar menumpuk.")
    any_town.citizen(6, "Tono").say("Jalan bolong di depan balai desa.")
    counted = lambda: any_town.app.store.read_now(lambda uow: sum(c.asked for c in uow.shadows.counts(1)))  # noqa: E731
    await any_town.standin.wait_for(lambda: counted() == 2, 15)
    wati.say("/model")
    listed = await any_town.hears(desk, "Model yang ada")
    await any_town.press(wati, listed, "1")
    await any_town.shows(listed, "Dari 2 pesan")
    any_town.clock.skip(8 * 86400)
    over = await any_town.hears(desk, "Uji diam-diam selesai", "topik 100 %", timeout=15)
    assert buttons(over) == ["Pakai", "Jangan"]


async def test_a_trial_lasts_as_long_as_the_region_wants(tmp_path: Path) -> None:
    path = region_file(tmp_path, lambda text: text.replace("shadow_days = 7 ", "shadow_days = 2 "))
    model = ngram_folder(tmp_path / "kecil-1", id="kecil-1")
    async with in_town(tmp_path, model=True, model_dir=model, config=path) as town:
        assert town.app.region.learning.shadow_days == 2
