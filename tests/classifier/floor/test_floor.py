"""The floor under the model: danger told in any register, and what only sounds like it."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.floor import __main__ as command
from classifier.floor import emergency, register
from classifier.floor.judge import judge, squash

DATA = Path(__file__).parent / "data"
CORPUS = Path(__file__).parents[3] / "training" / "corpus"

EMERGENCIES = [
    "tolong pak rumah tetangga kebakaran, apinya sudah merambat ke dapur sebelah",
    "ada anak tenggelam di sungai belakang pasar, belum ketemu, cepat kirim tim SAR",
    "suami saya mengamuk bawa golok, saya dan anak sembunyi di kamar",
    "kabel listrik putus jatuh ke jalan depan sekolah masih menyala",
    "ibu saya tidak sadarkan diri, tidak ada mobil, tolong ambulans",
    "ada orang mau lompat dari jembatan, tolong cepat",
    "banjir sudah sedada orang dewasa, nenek saya terjebak di dalam rumah",
    "adik minum racun tikus, mulutnya berbusa",
    "kobongan pak! omahe mbahku, wonge isih neng njero",
    "ana bocah kecemplung sumur, tulung ndang mrene",
    "onok tabrakan nang ngarep pabrik, wonge getihe metu akeh, ambulan endi",
    "maling mlebu omah nggawa clurit, aku ndhelik neng kamar",
    "nyuwun tulung, griya kula kobongan, bapak taksih wonten lebet",
    "wonten lare keli wonten lepen, dereng kepanggih, nyuwun tim SAR enggal",
    "simbah kula semaput mboten emut, pripun menika pak",
    "tulung, umahe kancane nyong kobong, genine gede nemen",
    "ana ula gede mlebu kamar, biyunge nyong ora teyeng metu",
    "banyune mundhak terus wis sak dada, nyong nang nduwur gendheng",
    "kebakaran! pasar desa",
]

LOOKALIKES = [
    "harga cabai kebakaran terus, warung saya bisa tutup",
    "pak lurah kebakaran jenggot dengar kritik warga",
    "rumah saya kebakaran bulan lalu, bantuan belum turun",
    "besok ada simulasi kebakaran di sekolah, mohon jangan panik",
    "nomor pemadam kebakaran berapa ya, buat jaga-jaga",
    "nek ana kobongan kudu nelpon sapa ya",
    "alhamdulillah apinya sudah padam, terima kasih pemadam",
    "DARURAT!!! LAMPU JALAN MATI SUDAH SEMINGGU TOLONG SEGERA",
    "lagi nonton film, kotanya kena gempa semua orang terjebak",
    "saya tenggelam dalam utang, mohon bantuan modal",
    "sinyal di dusun kami sekarat, mohon tower",
    "dalane bolong-bolong kok ora didandani",
    "matur nuwun pak, lampunipun sampun murub",
    "jangan sampai menunggu korban, jembatan ini sudah lapuk",
    "kapan jadwal pelatihan memadamkan api untuk ibu PKK",
    "",
    "P",
]


@pytest.mark.parametrize("text", EMERGENCIES)
def test_danger_now_is_seen_in_every_register(text: str) -> None:
    assert emergency(text), judge(text)


@pytest.mark.parametrize("text", EMERGENCIES)
def test_capitals_and_drawn_letters_change_nothing(text: str) -> None:
    assert emergency(text.upper())
    assert emergency(text.replace("tolong", "tolooong").replace("tulung", "tulungggg"))


@pytest.mark.parametrize("text", LOOKALIKES)
def test_what_only_sounds_like_danger_is_left_alone(text: str) -> None:
    assert not emergency(text), judge(text)


def test_few_emergencies_are_missed_and_few_alarms_are_false() -> None:
    told = (DATA / "emergencies.txt").read_text(encoding="utf-8").splitlines()
    calm = (DATA / "lookalikes.txt").read_text(encoding="utf-8").splitlines()
    assert sum(map(emergency, told)) >= 0.95 * len(told)
    assert sum(map(emergency, calm)) <= 0.05 * len(calm)


def test_the_written_corpus_is_judged_as_measured() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.jsonl"))]
    rows = [json.loads(line) for text in texts for line in text.split("\n") if line]
    danger = [row for row in rows if row["urgency"] == "darurat"]
    traps = [row for row in rows if row.get("trap")]
    calm = [row for row in rows if row["urgency"] != "darurat"]
    assert danger, "training/corpus is part of the repository"
    assert sum(emergency(row["text"]) for row in danger) >= 0.72 * len(danger)
    assert sum(emergency(row["text"]) for row in traps) <= 0.12 * len(traps)
    assert sum(emergency(row["text"]) for row in calm) <= 0.04 * len(calm)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("jalan di depan rumah saya rusak dan belum diperbaiki", "id"),
        ("lampu jalan mati njih pak, mohon diperbaiki segera", "id"),
        ("dalane bolong kabeh, wis suwe ora didandani, piye iki", "jv_ngoko"),
        ("dalan ngarep omahku rusak rek, gak tau dibenakno, opo ngenteni onok korban", "jv_ngoko"),
        ("nuwun sewu, margi ngajeng griya kula risak, dereng dipun dandosi", "jv_krama"),
        ("nyong pan lapor, dalane pada bolong kabeh, kepriwe kiye", "jv_ngapak"),
        ("tolong pak jalan depan rumah saya wis suwe bolong ora didandani, bahaya untuk anak sekolah", "campur"),
        ("please fix the road, it is not safe for my children", "lain"),
        ("😭😭 123", "lain"),
        ("", "lain"),
        ("bupati", "id"),
    ],
)
def test_the_register_is_guessed_from_telling_words(text: str, language: str) -> None:
    assert register(text) == language


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    emergency(text)
    register(text)


def test_a_message_made_to_backtrack_is_judged_in_little_time() -> None:
    start = time.process_time()
    judge("kabel jalan banyu omah " * 2000)
    assert time.process_time() - start < 0.5


def test_spellings_are_levelled() -> None:
    assert squash("Mbledhosss, kethek, dhuwur, PANGGON") == "mbledos, ketek, duwur, pangon"


def test_cues_may_be_written_in_any_spelling() -> None:
    assert "animal" in judge("ula mlebu senthong").danger
    assert "animal" in judge("ula mlebu sentong").danger


def test_the_command_tells_recall_and_false_alarms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"id": "a", "text": EMERGENCIES[0], "urgency": "darurat", "language": "id"},
        {"id": "b", "text": "jalan rusak di desa kami", "urgency": "sedang", "language": "id", "trap": None},
        {"id": "c", "text": "ada kuda nil di kolam", "urgency": "darurat", "language": "id"},
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    command.main(["--data", str(path), "--wrong"])
    shown = capsys.readouterr().out
    assert "missed c" in shown
    assert "emergencies caught           1 of     2  0.500" in shown
    assert "no trap                    0 of     1" in shown
