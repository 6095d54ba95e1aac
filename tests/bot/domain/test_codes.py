"""Case codes: drawn, written as people write them, found in texts."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.codes import ALPHABET, LENGTH, find_code, find_codes, new_code, normalise

PREFIXES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=4)
TAILS = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)
BETWEEN = st.sampled_from(["-", "", " ", "_"])
LOOKALIKES = {"0": "0Oo", "1": "1IiLl"}
SURROUNDINGS = st.sampled_from(["", "Pak, ", "(", "kode: "]), st.sampled_from(["", ".", ", kapan?", ")\n"])


@st.composite
def typed(draw: st.DrawFn) -> tuple[str, str, str]:
    """A prefix, a code of it, and the code as somebody may type it."""
    prefix, tail = draw(PREFIXES), draw(TAILS)
    written = "".join(draw(st.sampled_from(LOOKALIKES.get(char, char + char.lower()))) for char in tail)
    start = draw(st.sampled_from([prefix, prefix.lower(), prefix.capitalize()]))
    return prefix, f"{prefix}-{tail}", start + draw(BETWEEN) + written


@settings(deadline=None)
@given(PREFIXES)
def test_a_new_code_reads_back_as_itself(prefix: str) -> None:
    code = new_code(prefix)
    assert normalise(code, prefix) == code
    assert find_codes(code, prefix) == [code]


def test_codes_do_not_repeat_soon() -> None:
    assert len({new_code("PML") for _ in range(200)}) > 190


@settings(deadline=None)
@given(typed())
def test_a_code_is_read_however_people_type_it(case: tuple[str, str, str]) -> None:
    prefix, code, words = case
    assert normalise(words, prefix) == code


@settings(deadline=None)
@given(PREFIXES, TAILS)
def test_the_prefix_may_be_left_out(prefix: str, tail: str) -> None:
    assume(not tail.startswith(prefix))
    assert normalise(tail.lower(), prefix) == f"{prefix}-{tail}"


@settings(deadline=None)
@given(typed(), *SURROUNDINGS)
def test_a_code_is_found_among_words(case: tuple[str, str, str], before: str, after: str) -> None:
    prefix, code, words = case
    assert find_code(before + words + after, prefix) == code


@settings(deadline=None)
@given(st.lists(TAILS, min_size=1, max_size=4))
def test_every_code_of_a_text_is_found_once_and_in_order(tails: list[str]) -> None:
    codes = [f"PML-{tail}" for tail in tails]
    assert find_codes(" dan ".join([*codes, *codes]), "PML") == list(dict.fromkeys(codes))


@pytest.mark.parametrize(
    "text",
    ["", "dalane bolong", "PML", "PML-7K3Q", "PML-7K3Q99", "XPML-7K3Q9", "PMLX-7K3Q9", "TGL-7K3Q9", "PML-7K3U9",
     "PML--7K3Q9", "PML-7K3é9"],
)  # fmt: skip
def test_what_is_no_code_of_this_region_is_not_found(text: str) -> None:
    assert find_codes(text, "PML") == []
    assert find_code(text, "PML") is None


@settings(deadline=None)
@given(st.text())
def test_whatever_is_typed_gives_a_code_of_the_region_or_none(raw: str) -> None:
    code = normalise(raw, "PML")
    assert code is None or find_codes(code, "PML") == [code]
