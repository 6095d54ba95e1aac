"""What was acknowledged survives `kill -9`: every report becomes a case, once."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from tests.flows.process import WadulProcess, counts, database_of, wadul_process
from tests.standin.remote import RemoteStandin, spawned

BURST = 300
RESUME_SECONDS = 5.0
WAYS = ("polling", "webhook")


async def _answers(standin: RemoteStandin) -> dict[str, int]:
    figures = await standin.stats(per_chat=True)
    return figures["answers"]


async def _burst_and_kill(standin: RemoteStandin, wadul: WadulProcess, *, after_answers: int) -> None:
    """Push the burst and kill as soon as so many answers were seen; the rest is in every stage by then."""
    await standin.burst(chats=BURST, first_id=1000, per_chat=1, texts=["Lampu jalan mati sudah tiga hari."])

    async def enough() -> bool:
        return (await _answers(standin))["count"] >= after_answers

    await standin.wait_for(enough, timeout=30, every=0.005)
    await wadul.kill()


async def _all_answered(standin: RemoteStandin) -> bool:
    return (await _answers(standin))["chats"] == BURST


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("after_answers", [1, 150])
async def test_a_kill_in_a_burst_of_300_loses_nothing_and_doubles_nothing(
    tmp_path: Path, database_url: str | None, way: str, after_answers: int
) -> None:
    async with (
        spawned("--latency", "0.02") as standin,
        wadul_process(tmp_path, standin, database_url=database_url, WADUL_TELEGRAM_MODE=way) as wadul,
    ):
        await wadul.start()
        await _burst_and_kill(standin, wadul, after_answers=after_answers)
        await wadul.start()
        await standin.wait_for(lambda: _all_answered(standin), timeout=60)
        await asyncio.sleep(0.3)
        assert await wadul.stop() == 0
        found = counts(database_of(tmp_path, database_url))
        assert len(found["codes"]) == BURST
        assert len(set(found["codes"])) == BURST
        assert found["inbox"] == 0
        assert found["set_aside"] == 0
        figures = await standin.stats(per_chat=True)
        assert figures["answers"]["unanswered"] == 0
        assert await _codes_told_twice(standin) == []


async def _codes_told_twice(standin: RemoteStandin) -> list[str]:
    """Chats that were told more than one code; a repeat of the same code is allowed after a kill."""
    wrong: list[str] = []
    for chat_id in range(1000, 1000 + BURST):
        chat = await standin.chat(chat_id)
        texts = [m["text"] for m in chat["messages"] if m.get("by_bot")]
        codes = {word for text in texts for word in text.split() if word.startswith("PML-")}
        if len(codes) != 1:
            wrong.append(f"{chat_id}: {sorted(codes)}")
    return wrong


async def test_a_kill_in_the_middle_of_sending_is_taken_up_within_five_seconds(
    tmp_path: Path, database_url: str | None
) -> None:
    async with (
        spawned("--latency", "0.5") as standin,
        wadul_process(tmp_path, standin, database_url=database_url) as wadul,
    ):
        await wadul.start()
        await standin.burst(chats=20, first_id=1000, per_chat=1, texts=["Sampah menumpuk di TPS pasar."])

        async def twenty_cases() -> bool:
            return len(counts(database_of(tmp_path, database_url))["codes"]) == 20

        await standin.wait_for(twenty_cases, timeout=20)
        await wadul.kill()
        await wadul.start()

        async def answered() -> bool:
            return (await _answers(standin))["chats"] == 20

        await standin.wait_for(answered, timeout=RESUME_SECONDS)
        await wadul.stop()
        texts: Counter[str] = Counter()
        for chat_id in range(1000, 1020):
            chat = await standin.chat(chat_id)
            codes = {w for m in chat["messages"] if m.get("by_bot") for w in m["text"].split() if w.startswith("PML-")}
            assert len(codes) == 1
            texts.update(codes)
        assert len(texts) == 20
