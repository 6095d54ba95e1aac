"""The data behind a button: small enough for every chat, and read back as it was packed."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import buttons
from bot.domain.buttons import MAX_BYTES, Press, decode, encode
from bot.domain.codes import ALPHABET
from bot.domain.labels import TOPICS
from bot.domain.region import RESERVED
from bot.region_file import load_region

ACTIONS = sorted(v for k, v in vars(buttons).items() if k.isupper() and isinstance(v, str))
UNITS = [d.id for d in load_region(Path(__file__).parents[3] / "wadul.toml").departments]
CODES = st.builds("{}-{}".format, st.text("ABCXYZ", min_size=2, max_size=4), st.text(ALPHABET, min_size=5, max_size=5))
LONGEST_UNIT = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,23}", fullmatch=True)
ARGUMENTS = st.one_of(st.sampled_from(["", *TOPICS, *UNITS, *RESERVED]), LONGEST_UNIT)
SUBJECTS = st.one_of(CODES, st.sampled_from(UNITS), st.integers(1, 10**12).map(str))
WORDS = st.text(st.characters(exclude_characters=":", exclude_categories=("Cs",)), max_size=6)


@settings(deadline=None)
@given(st.sampled_from(ACTIONS), SUBJECTS, ARGUMENTS)
def test_every_press_of_ours_fits_and_comes_back(action: str, subject: str, argument: str) -> None:
    data = encode(action, subject, argument)
    assert len(data.encode()) <= MAX_BYTES
    assert decode(data) == Press(action, subject, argument)


@settings(deadline=None)
@given(WORDS.filter(bool), WORDS, WORDS)
def test_whatever_is_packed_comes_back(action: str, subject: str, argument: str) -> None:
    try:
        data = encode(action, subject, argument)
    except ValueError:
        assert len(f"{action}:{subject}:{argument}".encode()) > MAX_BYTES
    else:
        assert len(data.encode()) <= MAX_BYTES
        assert decode(data) == Press(action, subject, argument)


@pytest.mark.parametrize("subject", ["x" * 63, "é" * 32])
def test_what_is_too_long_is_refused_by_its_bytes(subject: str) -> None:
    with pytest.raises(ValueError, match="at most 64"):
        encode("ke", subject)


@settings(deadline=None)
@given(st.text())
def test_any_data_can_be_unpacked(data: str) -> None:
    press = decode(data)
    assert ":" not in press.action + press.subject


def test_no_two_buttons_share_a_word() -> None:
    assert len(ACTIONS) == len(set(ACTIONS))
