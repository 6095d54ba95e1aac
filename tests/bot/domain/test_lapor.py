"""A case in the words of the national complaint system, as a table."""

import pytest

from bot.domain.case import Case, Tags
from bot.domain.deadlines import ReportClass
from bot.domain.labels import OVERSIGHT
from bot.domain.lapor import CLASSES, LaporView, lapor
from bot.domain.life import Status

PLAIN = "Pengaduan Tidak Berkadar Pengawasan"
WATCHED = "Pengaduan Berkadar Pengawasan"


def case(kind: str = "pengaduan", topic: str = "jalan", *further: str, status: Status = Status.DIPROSES) -> Case:
    tags = Tags(kind, topic, "sedang", "id", further=further)
    return Case(1, "PML-00000", 1, "telegram", "5", status, tags, "dputr", "id", 0.0, 0.0)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (case(), PLAIN),
        (case("pengaduan", OVERSIGHT), WATCHED),
        (case("pengaduan", "pelayanan", OVERSIGHT), WATCHED),
        (case("aspirasi"), "Aspirasi"),
        (case("aspirasi", OVERSIGHT), "Aspirasi"),
        (case("informasi"), "Permintaan Informasi"),
        (case("bukan_laporan"), PLAIN),
    ],
)
def test_kind_and_topics_make_the_class(given: Case, name: str) -> None:
    assert lapor(given) == LaporView(name, "Ditindaklanjuti oleh Instansi")


@pytest.mark.parametrize(
    ("status", "name", "by_rule"),
    [
        (Status.DITERIMA, "Belum Terverifikasi", "Belum Terverifikasi"),
        (Status.DIVERIFIKASI, "Terverifikasi", "Terverifikasi"),
        (Status.DITERUSKAN, "Terdisposisi", "Terdisposisi"),
        (Status.DIPROSES, "Ditindaklanjuti oleh Instansi", "Ditindaklanjuti oleh Instansi"),
        (Status.MENUNGGU_PELAPOR, "Menunggu Kelengkapan Informasi", "Menunggu Kelengkapan Informasi"),
        (Status.MENUNGGU_KONFIRMASI, "Ditindaklanjuti oleh Instansi", "Ditindaklanjuti oleh Instansi"),
        (Status.DIBUKA_KEMBALI, "Ditanggapi oleh Pelapor", "Ditanggapi oleh Pelapor"),
        (Status.SELESAI, "Ditutup oleh Pelapor", "Ditutup oleh Sistem"),
        (Status.BUKAN_WEWENANG, "Diarsipkan oleh Admin", "Diarsipkan oleh Admin"),
        (Status.DIGABUNG, "Diarsipkan oleh Admin", "Diarsipkan oleh Admin"),
        (Status.DITUTUP, "Ditutup oleh Admin", "Ditutup oleh Sistem"),
        (Status.DIBATALKAN, "Diarsipkan oleh Pelapor", "Diarsipkan oleh Pelapor"),
    ],
)
def test_the_status_has_its_word_and_another_where_silence_ended_it(status: Status, name: str, by_rule: str) -> None:
    given = case(status=status)
    assert (lapor(given).status, lapor(given, by_rule=True).status) == (name, by_rule)


def test_every_class_has_a_name() -> None:
    assert set(CLASSES) == set(ReportClass)
