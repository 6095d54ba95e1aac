"""Whose road it may be: words of citizens, in Indonesian and Javanese; a hint only where they are clear."""

import pytest

from bot.domain.levels import Level
from bot.domain.road_class import road_hint


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Jalan provinsi di depan pasar berlubang besar.", Level.PROVINSI),
        ("Dalan propinsi ngarep SD bolong jero.", Level.PROVINSI),
        ("Margi provinsi ingkang nglangkungi dhusun kula risak, Pak.", Level.PROVINSI),
        ("jln milik provinsi rusak parah", Level.PROVINSI),
        ("Jembatan nasional retak.", Level.PUSAT),
        ("Kretek nasional", None),
        ("kreteg nasional neng kali Comal retak", Level.PUSAT),
        ("Lubang di jalur pantura dekat SPBU, banyak truk oleng.", Level.PUSAT),
        ("pantura bolong maning", Level.PUSAT),
        ("Jalan negara ambles", Level.PUSAT),
        ("dalan kabupaten sing menyang Moga remuk", Level.KABUPATEN),
        ("Jalan desa kami belum diaspal.", Level.DESA),
        ("dalan ndeso peteng", Level.DESA),
        ("dalan gedhe iku provinsi, bolong", Level.PROVINSI),
    ],
)
def test_the_class_that_is_named_is_the_hint(text: str, level: Level | None) -> None:
    found = road_hint(text)
    assert (found[0] if found else None) is level
    assert found is None or found[1] in " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "Jalan depan rumah berlubang.",
        "Iki dudu dalan provinsi, iki mung gang.",
        "Bukan jalan nasional kok tidak ada yang mengaku.",
        "Sanes margi provinsi, Pak.",
        "Jalan desa atau jalan provinsi, tolong diperbaiki.",
        "Banjir di balai desa, jalan tergenang.",
        "Kantor provinsi jauh dari sini.",
        "Gubernur provinsi tolong kami",
    ],
)
def test_what_is_not_clear_is_no_hint(text: str) -> None:
    assert road_hint(text) is None


def test_the_road_that_one_only_leads_to_does_not_count() -> None:
    found = road_hint("Jalan desa yang tembus ke jalan provinsi rusak.")
    assert found
    assert found[0] is Level.DESA
