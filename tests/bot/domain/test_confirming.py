"""What an answer to `Apakah memang sudah beres?` means."""

import pytest

from bot.domain.confirming import confirmation


@pytest.mark.parametrize("text", ["Sudah", "wis beres pak", "sampun, nuwun", "Sudah beres, makasih ya", "nggih"])
def test_a_short_yes_confirms(text: str) -> None:
    assert confirmation(text) is True


@pytest.mark.parametrize("text", ["belum", "Durung pak, isih bolong", "dereng", "ora, wong malah tambah jero"])
def test_a_not_yet_reopens_however_long_it_is(text: str) -> None:
    assert confirmation(text) is False


@pytest.mark.parametrize(
    "text",
    [
        "", "👍", "Jalan di depan pasar berlubang",
        "sudah seminggu lampu gang kami mati lagi, tolong dicek",  # a new complaint that only begins like a yes
        "sudah tapi belum rapi", "kapan?",
    ],
)  # fmt: skip
def test_everything_else_is_left_open(text: str) -> None:
    assert confirmation(text) is None
