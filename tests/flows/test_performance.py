"""/kinerja: a picture with plain sentences, for those it concerns; and the desk hears when something moves."""

import json
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from bot.domain.roles import Holder, Role
from bot.services.learning import performance_picture
from bot.services.learning.performance import performance
from bot.services.learning.performance_picture import chart
from tests.flows.labelling import corrected, told
from tests.flows.town import Town

DAY = 86400.0
LONG = 60.0


def busy(town: Town, *, rubbish_now: int = 0) -> None:
    """Nine weeks of an office: mostly roads; in the latest week perhaps a lot of rubbish."""
    for number in range(120):
        case_id = told(town, "Jalan bolong", "jalan", p=0.9, ago=DAY * (8 + number % 50))
        corrected(town, case_id, "jalan", "listrik" if number % 4 == 0 else "jalan", ago=DAY * (7.5 + number % 50))
    for _ in range(40 - rubbish_now):
        told(town, "Jalan bolong", "jalan", p=0.9, ago=DAY)
    for _ in range(rubbish_now):
        told(town, "Sampah numpuk", "sampah", p=0.45, ago=DAY, unsure=True)


async def test_the_admin_gets_one_picture_with_the_figures_in_words(any_town: Town) -> None:
    busy(any_town)
    desk = any_town.group("meja")
    any_town.admin(desk).say("/kinerja")
    message = await any_town.hears(desk, "Kinerja model, 12 pekan terakhir", timeout=LONG)
    assert message.kind == "photo"
    assert "75 % laporan (90 dari 120)" in message.text
    assert "Paling sering meleset: Listrik, model benar 0 dari 30." in message.text
    assert "mirip delapan pekan sebelumnya" in message.text
    assert "Belum ada contoh acak" in message.text


async def test_a_head_may_look_in_their_chat_and_nobody_else_may(town: Town) -> None:
    head, desk, dpu = town.group("kepala"), town.group("meja"), town.group("dputr")
    holder = Holder("telegram", "9003", Role.KEPALA, "Pak Bupati")
    town.app.store.write_now(lambda uow: uow.roles.give(holder, by="test", now=1.0))
    town.staff(head, "Pak Bupati", 9003).say("/kinerja")
    assert "Belum ada laporan yang diterima" in (await town.hears(head, "Kinerja model,", timeout=LONG)).text
    town.staff(desk).say("/kinerja")
    await town.hears(desk, "bisa dilihat oleh admin Wadul dan kepala")
    town.staff(dpu, "Pak Bupati", 9003).say("/kinerja")
    await town.hears(dpu, "di grup kepala")


async def test_where_no_picture_can_be_drawn_the_words_come_alone(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(performance_picture, "CHARTS", "bot.no_such_command")
    desk = town.group("meja")
    town.admin(desk).say("/kinerja")
    message = await town.hears(desk, "Kinerja model,", timeout=LONG)
    assert message.kind == "text"


async def test_the_desk_hears_in_plain_words_that_it_moved_once_a_week_at_most(any_town: Town) -> None:
    busy(any_town, rubbish_now=30)
    desk = any_town.group("meja")
    for _ in range(3):
        await any_town.app.watch.step()
    message = await any_town.hears(desk, "Ada yang berubah")
    assert "Sampah 75 %, biasanya 0 %" in message.text
    assert "Keyakinan model berubah: rata-rata 5" in message.text
    assert "biasanya 95 %" in message.text
    await any_town.idle()
    assert len([m for m in desk.answers if "Ada yang berubah" in m.text]) == 1
    any_town.clock.skip(3 * DAY)
    await any_town.app.watch.step()
    await any_town.idle()
    assert len([m for m in desk.answers if "Ada yang berubah" in m.text]) == 1


async def test_the_figures_stand_in_the_metrics(town: Town) -> None:
    busy(town, rubbish_now=30)
    await town.app.watch.step()
    shown = town.app.metrics.render().decode()
    assert 'wadul_agreement{by="all",label="all"} 0.75' in shown
    assert 'wadul_agreement{by="topic",label="listrik"} 0.0' in shown
    assert "wadul_unsure_share 0.75" in shown
    assert 'wadul_live_accuracy{bound="low",field="topic"} 0.0' in shown
    assert 'wadul_drift{of="topic"}' in shown


async def test_the_picture_is_as_wide_as_a_phone_wants_it_and_no_name_is_in_it(town: Town, tmp_path: Path) -> None:
    busy(town, rubbish_now=30)
    office = town.app.office
    data = json.dumps(chart(office, town.app.store.read_now(lambda uow: performance(uow, office))))
    assert "telegram" not in data
    path = tmp_path / "kinerja.png"
    subprocess.run([sys.executable, "-m", "bot.charts", str(path)], input=data.encode(), check=True)
    head = path.read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    assert struct.unpack(">II", head[16:24])[0] == 1080
