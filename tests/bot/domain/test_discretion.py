"""Wishes for discretion in plain words, in Indonesian and Javanese of three kinds."""

import pytest

from bot.domain.discretion import Wishes, wishes

ANONYMOUS = [
    "tolong rahasiakan identitas saya",
    "Jalan depan SD rusak. Identitas pelapor mohon dirahasiakan.",
    "mohon nama saya dirahasiakan",
    "mohon identitas saya dilindungi",
    "jangan sebut nama saya ya pak",
    "jgn bilang kalo saya yg lapor",
    "tolong jangan sampai ketahuan kalau saya yang lapor",
    "jangan sampai kades tahu siapa yang lapor",
    "saya lapor secara anonim",
    "tanpa nama saya ya",
    "takut ketahuan pak lurah",
    "Ojo ngomong-ngomong nek aku sing lapor",
    "tulung jenengku aja disebut",
    "jenengku tulung diumpetke",
    "sing lapor aku, aja dibocorke",
    "aja kandha sapa-sapa nek nyong sing wadul",
    "nyong wedi konangan",
    "wedi konangan, dadi aja sebutna jenengku",
    "nyuwun asma kula dipunrahasiaaken",
    "ampun ngantos konangan nek kula sing matur",
    "jeneng kulo ampun disebutaken nggih",
]
SECRET = [
    "laporan ini rahasia ya",
    "tolong rahasiakan laporan ini",
    "laporan niki nyuwun dipunrahasiaaken",
]
NEITHER = [
    "Nama saya Budi, jalan rusak",
    "identitas saya disalahgunakan orang",
    "Data saya bocor di internet",
    "nomor saya tidak bisa menerima OTP",
    "nama saya tidak ada di daftar bansos",
    "jangan biarkan saya menunggu",
    "jangan sampai saya jatuh lagi di lubang itu",
    "tolong jangan bilang cuma janji pak",
    "nomor antrean saya jangan dilewati",
    "komite minta uang tanpa kuitansi",
    "ada rahasia umum kalau jukir setor",
    "Ojo ngomong wae, dandani dalane",
    "aja nganti ana korban",
    "tolong saya, rumah saya kebanjiran",
    "Sampah dibuang sembarangan oleh orang tak dikenal",
]


@pytest.mark.parametrize("text", ANONYMOUS)
def test_whoever_wants_to_stay_unknown_is_understood(text: str) -> None:
    assert wishes(text).anonymous


@pytest.mark.parametrize("text", SECRET)
def test_whoever_wants_the_report_kept_secret_is_understood(text: str) -> None:
    assert wishes(text) == Wishes(secret=True)


@pytest.mark.parametrize("text", NEITHER)
def test_what_only_sounds_like_it_is_no_wish(text: str) -> None:
    assert not wishes(text)
