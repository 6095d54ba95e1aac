"""The place phrase is found as it stands in the message, in Indonesian and Javanese."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.places import __main__ as command
from classifier.places import gazetteer, locate, region_hits

PHRASES = [
    ("jalan rusak di [desa Mangli kec. Randudongkal kab pemalang]", "administrative levels"),
    ("lampu mati di [rt 2 rw 03 desa Moga] sejak kemarin", "RT and RW"),
    ("mati lampu [rt.02/rw.05 Desa Sima] pak", "RT and RW with marks"),
    ("banjir di [RT 001 RW 002 Kelurahan Mulyoharjo], mohon dicek", "RT and RW with zeros"),
    ("sampah menumpuk di [dukuh Krajan rt 2]", "hamlet and row"),
    ("dalane rusak neng [dk. Sumberan] ora didandani", "hamlet, short"),
    ("mati lampu [grumbul Karangjati] wis rong dina", "grumbul"),
    ("pohon tumbang di [Jl. Kenanga No. 7] menutup jalan", "street and number"),
    ("lubang besar di [jln raya Bobotsari], bahaya", "street in lower case"),
    ("air mati di [perumahan Griya Asri blok F]", "estate and block"),
    ("jalan berlubang [depan SD 2 Karangsari], tolong", "landmark behind a preposition"),
    ("dalane bolong [ngarep masjid] kok suwe", "Javanese preposition"),
    ("lampu pejah [ngajeng SD Negeri 1 Belik]", "krama preposition"),
    ("macet terus [prapatan Sirandu] pak", "crossing"),
    ("wonten wit rubuh wonten [kidul pasar Moga]", "direction and market"),
    ("sampah di [Pasar Randudongkal] bau", "market"),
    ("jembatan ambrol antara [Desa Mangli - Desa Kalitorong]", "from place to place"),
    ("dijalan raya rusak didesa [Mangli]", "preposition grown together"),
]


@pytest.mark.parametrize(("marked", "what"), PHRASES)
def test_the_most_specific_phrase_is_found(marked: str, what: str) -> None:
    expected = marked[marked.index("[") + 1 : marked.index("]")]
    found = locate(marked.replace("[", "").replace("]", ""))
    assert found is not None, what
    assert expected in found or found in expected, what


@pytest.mark.parametrize(
    "marked",
    [
        "jalan rusak di [desa Mangli kec. Randudongkal kab pemalang]",
        "banjir di [RT 001 RW 002 Kelurahan Mulyoharjo], mohon dicek",
        "pohon tumbang di [Jl. Kenanga No. 7] menutup jalan",
        "jalan berlubang [depan SD 2 Karangsari], tolong",
        "lampu pejah [ngajeng SD Negeri 1 Belik]",
        "sampah menumpuk di [dukuh Krajan rt 2]",
        "macet terus [prapatan Sirandu] pak",
    ],
)
def test_the_phrase_ends_where_the_place_ends(marked: str) -> None:
    expected = marked[marked.index("[") + 1 : marked.index("]")]
    assert locate(marked.replace("[", "").replace("]", "")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "jalan rusak",
        "jalan raya yang bolong",
        "dalane bolong kabeh",
        "sumber air kami mati",
        "kapan bansos cair?",
        "assalamualaikum",
        "matur nuwun pak bupati",
        "yth bupati pemalang",
        "",
        "😭",
    ],
)
def test_no_place_is_made_up(text: str) -> None:
    assert locate(text) is None


@given(st.text())
def test_the_phrase_stands_in_any_text(text: str) -> None:
    found = locate(text)
    assert found is None or (found and found in text)


@pytest.mark.parametrize(
    "piece", ["pasar depan ", "depan pasar ", "desa ", "rt 1 ", "jalan jalan ", "di Moga, ", "jl. ", "Moga "]
)
def test_a_message_made_to_recurse_is_read_in_little_time(piece: str) -> None:
    start = time.process_time()
    locate(piece * 2000)
    region_hits(piece * 2000, "33.27")
    assert time.process_time() - start < 1.0


def test_a_regency_and_its_villages_are_known() -> None:
    names = gazetteer.load()
    assert names.names["33.27"] == "Pemalang"
    assert {"33.28", "33.76"} <= set(names.codes["tegal"])
    assert names.codes["kota tegal"] == ("33.76",)
    assert sum(code.count(".") == 1 for code in names.names) > 500
    assert sum(code.startswith("33.") and code.count(".") == 3 for code in names.names) > 8000


def codes(text: str, prefix: str = "33.27") -> list[str]:
    return [hit.code for hit in region_hits(text, prefix)]


def test_a_village_and_its_district_are_found_inside_the_region() -> None:
    hits = region_hits("jalan rusak di desa Mangli kec. Randudongkal", "33.27")
    assert [(hit.code, hit.name, hit.marked, hit.within) for hit in hits] == [
        ("33.27.07.2015", "Mangli", True, True),
        ("33.27.07", "Randudongkal", True, False),
    ]


def test_names_of_other_regions_are_no_hits() -> None:
    assert codes("desa selaganggeng kecamatan mrebet") == []


def test_a_misspelt_name_behind_its_kind_is_found() -> None:
    assert codes("kecamatan randudongkl desa mnagli") == ["33.27.07.2015", "33.27.07"]


def test_a_common_word_is_a_place_only_with_its_kind() -> None:
    assert codes("taman kota gelap, sumber air mati") == []
    assert codes("kecamatan taman") == ["33.27.09"]


def test_the_region_itself_is_no_hit() -> None:
    assert codes("kabupaten pemalang") == []


def test_the_command_compares_with_the_labels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"text": "jalan rusak di desa Mangli", "location": "desa Mangli"},
        {"text": "jalan rusak", "location": None},
        {"text": "jalan rusak di sana", "location": "di sana"},
        {"text": "without a label"},
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    command.main(["--data", str(path), "--wrong"])
    shown = capsys.readouterr().out
    assert "places 2, exact 0.500, overlap F1 0.500, missed 1, spurious 0 of 1" in shown
    assert "labelled 'di sana', found None" in shown
