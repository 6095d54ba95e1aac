"""Label ids of the office task, in head order (the label guide explains each). Ids never change."""

from __future__ import annotations

from typing import Final

KINDS: Final = ("pengaduan", "aspirasi", "informasi", "bukan_laporan")
TOPICS: Final = (
    "jalan", "penerangan_jalan", "pengairan", "air_bersih", "listrik", "sampah", "lingkungan", "perhubungan",
    "kesehatan", "pendidikan", "sosial", "kependudukan", "ketertiban", "keamanan", "bencana", "perizinan",
    "perdagangan", "ketenagakerjaan", "pertanian", "pemerintahan_desa", "kepegawaian", "integritas", "pelayanan",
    "perumahan", "kominfo", "pajak", "perempuan_anak", "keagamaan", "pariwisata", "lainnya",
)  # fmt: skip
URGENCIES: Final = ("darurat", "tinggi", "sedang", "rendah")
LANGUAGES: Final = ("id", "jv_ngoko", "jv_krama", "jv_ngapak", "campur", "lain")
HEADS: Final[dict[str, tuple[str, ...]]] = {
    "kind": KINDS,
    "topic": TOPICS,
    "urgency": URGENCIES,
    "language": LANGUAGES,
}
TRAPS: Final = ("metaphor", "past", "news", "capitals", "drill", "question", "other")
