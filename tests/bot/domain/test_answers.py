"""A sentence of staff that goes to a citizen must say something."""

import pytest

from bot.domain.answers import gives_reason, names_somebody, unfit


@pytest.mark.parametrize(
    "text", ["PLN", "Balai Besar Jalan Nasional", "bukan kami, tapi PDAM", "Pemerintah desa", "dinas sosial", "KAI"]
)
def test_a_name_will_do(text: str) -> None:
    assert names_somebody(text)
    assert unfit("bukan", text) is None


@pytest.mark.parametrize(
    "text", ["-", "…", "bukan kami", "Bukan wewenang dinas kami.", "tidak tahu", "instansi lain", "123", "x", "👍"]
)
def test_what_names_nobody_is_asked_again(text: str) -> None:
    assert not names_somebody(text)
    assert unfit("bukan", text) == "prompt.bukan_who"


@pytest.mark.parametrize(("text", "enough"), [("Sudah dilaporkan tetangganya", True), ("spam", False), ("- a", False)])
def test_a_reason_has_at_least_two_words(text: str, enough: bool) -> None:
    assert gives_reason(text) is enough
    assert unfit("tutup", text) == (None if enough else "prompt.tutup_why")


@pytest.mark.parametrize("kind", ["selesai", "tanya", "words", "bukan", "tutup"])
def test_no_words_will_never_do(kind: str) -> None:
    assert unfit(kind, "") == "prompt.words_please"


@pytest.mark.parametrize("kind", ["selesai", "tanya", "words"])
def test_other_sentences_may_be_short(kind: str) -> None:
    assert unfit(kind, "ok") is None
