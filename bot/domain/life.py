"""The life of a case: its statuses, the moves between them in one table, and what SP4N-LAPOR! calls each."""

from enum import StrEnum

from bot.domain.errors import MoveRefused


class Status(StrEnum):
    """Where a case stands; the office's own words (docs/glossary.md)."""

    DITERIMA = "diterima"
    DIVERIFIKASI = "diverifikasi"
    DITERUSKAN = "diteruskan"
    DIPROSES = "diproses"
    MENUNGGU_PELAPOR = "menunggu_pelapor"
    MENUNGGU_KONFIRMASI = "menunggu_konfirmasi"
    DIBUKA_KEMBALI = "dibuka_kembali"
    SELESAI = "selesai"
    BUKAN_WEWENANG = "bukan_wewenang"
    DIGABUNG = "digabung"
    DITUTUP = "ditutup"
    DIBATALKAN = "dibatalkan"


FRESH = frozenset({Status.DITERIMA, Status.DIVERIFIKASI, Status.DITERUSKAN})
"""Nobody has taken it yet: short messages that follow still belong to the first words."""
OPEN = FRESH | {Status.DIPROSES, Status.MENUNGGU_PELAPOR, Status.DIBUKA_KEMBALI}
"""The office still owes something."""
ANSWERED = frozenset({Status.MENUNGGU_KONFIRMASI, Status.SELESAI})
"""The office says it is done; the citizen may say that it is not."""

MOVES: dict[str, tuple[frozenset[Status], Status]] = {
    "verifikasi": (frozenset({Status.DITERIMA}), Status.DIVERIFIKASI),
    "teruskan": (frozenset({Status.DIVERIFIKASI}), Status.DITERUSKAN),
    "ragukan": (OPEN - {Status.DITERIMA}, Status.DITERIMA),
    "terima": (FRESH | {Status.DIBUKA_KEMBALI}, Status.DIPROSES),
    "alihkan": (OPEN, Status.DITERUSKAN),
    "tanya": (OPEN, Status.MENUNGGU_PELAPOR),
    "jawab": (frozenset({Status.MENUNGGU_PELAPOR}), Status.DIPROSES),
    "jawab_terlambat": (frozenset({Status.DITUTUP}), Status.DIBUKA_KEMBALI),
    "tanpa_jawaban": (frozenset({Status.MENUNGGU_PELAPOR}), Status.DITUTUP),
    "selesai": (OPEN, Status.MENUNGGU_KONFIRMASI),
    "beres": (frozenset({Status.MENUNGGU_KONFIRMASI}), Status.SELESAI),
    "diam": (frozenset({Status.MENUNGGU_KONFIRMASI}), Status.SELESAI),
    "belum": (ANSWERED, Status.DIBUKA_KEMBALI),
    "bukan_wewenang": (OPEN, Status.BUKAN_WEWENANG),
    "gabung": (OPEN, Status.DIGABUNG),
    "pisah": (frozenset({Status.DIGABUNG}), Status.DITERUSKAN),
    "tutup": (OPEN | {Status.MENUNGGU_KONFIRMASI}, Status.DITUTUP),
    "buka": (ANSWERED | {Status.DITUTUP, Status.BUKAN_WEWENANG}, Status.DIBUKA_KEMBALI),
    "batal": (OPEN | {Status.DIGABUNG}, Status.DIBATALKAN),
}  # move: (statuses it may start from, the status it leads to)
UNDOES = {"pisah": "gabung"}
"""A move that takes another back leads to where that one began; its status in the table is for when nobody knows."""

LAPOR_STATUS = {
    Status.DITERIMA: "Belum Terverifikasi",
    Status.DIVERIFIKASI: "Terverifikasi",
    Status.DITERUSKAN: "Terdisposisi",
    Status.DIPROSES: "Ditindaklanjuti oleh Instansi",
    Status.MENUNGGU_PELAPOR: "Menunggu Kelengkapan Informasi",
    Status.MENUNGGU_KONFIRMASI: "Ditindaklanjuti oleh Instansi",
    Status.DIBUKA_KEMBALI: "Ditanggapi oleh Pelapor",
    Status.SELESAI: "Ditutup oleh Pelapor",
    Status.BUKAN_WEWENANG: "Diarsipkan oleh Admin",
    Status.DIGABUNG: "Diarsipkan oleh Admin",
    Status.DITUTUP: "Ditutup oleh Admin",
    Status.DIBATALKAN: "Diarsipkan oleh Pelapor",
}
"""The national system's words. Source: a public note on its workflow (2026); the ministry's own text was not seen."""
LAPOR_BY_RULE = "Ditutup oleh Sistem"


def allowed(status: Status, move: str) -> bool:
    """Whether a case in this status may make the move."""
    return status in MOVES[move][0]


def after(status: Status, move: str) -> Status:
    """The status after the move; MoveRefused where the present one does not allow it."""
    start, end = MOVES[move]
    if status not in start:
        raise MoveRefused(f"{move} from {status}")
    return end


def undone(status: Status, move: str, former: Status) -> Status:
    """The status after a move that takes another back: where that one began; MoveRefused where neither may be."""
    after(status, move)
    if not allowed(former, UNDOES[move]):
        raise MoveRefused(f"{move} to {former}")
    return former


def lapor_status(status: Status, *, by_rule: bool = False) -> str:
    """What SP4N-LAPOR! calls it; `by_rule`: silence ended it, nobody did."""
    ended = status in (Status.SELESAI, Status.DITUTUP)
    return LAPOR_BY_RULE if by_rule and ended else LAPOR_STATUS[status]
