"""The data behind a button: `action:code[:argument]`, at most 64 bytes."""

from dataclasses import dataclass

MAX_BYTES = 64

TAKE = "terima"
MOVE = "alihkan"
MOVE_TO = "ke"
MOVE_TOPIC = "topik"
KEEP_TOPIC = "tetap"
BACK = "kembali"
ASK = "tanya"
DONE = "selesai"
NOT_OURS = "bukan"
SHOW_DATA = "data"
SET_TOPIC = "pilih"
TYPE_WORDS = "isi"
TAKE_OVER = "ambil"
CHANGE = "ubah"
NEW_TOPIC = "ganti"
NEW_URGENCY = "urgensi"
NEW_KIND = "jenis"
NEW_PLACE = "tempat"
APPROVE = "setujui"
WITHDRAW = "tarik"
CANCEL_PROMPT = "urung"
IS_REPORT = "laporan"
FIXED = "beres"
NOT_FIXED = "belum"
RATE = "nilai"
WORK_LIST = "tugas"
FOUND_LIST = "cari"
SHOW_CARD = "kartu"
SPLIT = "pisah"
MERGE = "gabung"
TWINS = "mirip"
TWIN_PAGE = "halaman"
READ_TWIN = "simak"
PART = "pisahkan"
TRAIN = "latih"
MODEL = "model"
LABEL = "label"
RIGHTS = "hak"
MY_DATA = "dataku"
INTAKE = "catat"
INTAKE_WHO = "siapa"
CALLS = "hubungi"
CALL_ANSWER = "jawabkan"
MEET = "temu"
LEVEL = "tingkat"
HAND_TO = "serahkan"
REFUSE = "tolak"
CALL_BACK = "batalserah"
LINK_LEVEL = "tingkatan"
PROOF = "bukti"
LINK = "hubung"
LINK_MOVE = "pindah"

READ = "baca"
SECRET = "rahasia"  # noqa: S105 - a word of the office, no password
ANONYMOUS = "anonim"

SENTENCES = {
    ASK: "tanya", DONE: "selesai", NOT_OURS: "bukan", TYPE_WORDS: "words", NEW_PLACE: "tempat",
    HAND_TO: "serahkan", REFUSE: "tolak", INTAKE_WHO: "siapa", CALL_ANSWER: "jawabkan",
}  # fmt: skip
"""Buttons that want a sentence, and what kind of prompt asks for it."""


@dataclass(frozen=True)
class Press:
    """A decoded press: what to do, to which case (its code), with which argument."""

    action: str
    subject: str = ""
    argument: str = ""


def encode(action: str, subject: str = "", argument: str = "") -> str:
    """Pack a press; trailing empty parts are left out."""
    data = ":".join((action, subject, argument)).rstrip(":")
    if len(data.encode()) > MAX_BYTES:
        raise ValueError(f"button data of {len(data)} bytes: at most {MAX_BYTES}")
    return data


def decode(data: str) -> Press:
    """Unpack a press; unknown data gives an action that no use case knows."""
    action, subject, argument = [*data.split(":", 2), "", ""][:3]
    return Press(action, subject, argument)
