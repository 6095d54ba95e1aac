"""Label ids, as the label guide (docs/labels.md) fixes them. Ids never change; names live with the texts."""

KINDS = ("pengaduan", "aspirasi", "informasi", "bukan_laporan")
TOPICS = (
    "jalan", "penerangan_jalan", "pengairan", "air_bersih", "listrik", "sampah", "lingkungan", "perhubungan",
    "kesehatan", "pendidikan", "sosial", "kependudukan", "ketertiban", "keamanan", "bencana", "perizinan",
    "perdagangan", "ketenagakerjaan", "pertanian", "pemerintahan_desa", "kepegawaian", "integritas", "pelayanan",
    "perumahan", "kominfo", "pajak", "perempuan_anak", "keagamaan", "pariwisata", "lainnya",
)  # fmt: skip
URGENCIES = ("darurat", "tinggi", "sedang", "rendah")
LANGUAGES = ("id", "jv_ngoko", "jv_krama", "jv_ngapak", "campur", "lain")

OTHER = "lainnya"
COMPLAINT = "pengaduan"
NOT_A_REPORT = "bukan_laporan"
EMERGENCY = "darurat"
OVERSIGHT = "integritas"
