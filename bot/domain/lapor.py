"""A case in the words of SP4N-LAPOR!, the national complaint system: class and status."""

from dataclasses import dataclass

from bot.domain.case import Case
from bot.domain.deadlines import ReportClass, report_class
from bot.domain.life import lapor_status

CLASSES = {
    ReportClass.INFORMASI: "Permintaan Informasi",
    ReportClass.ASPIRASI: "Aspirasi",
    ReportClass.PENGADUAN_BIASA: "Pengaduan Tidak Berkadar Pengawasan",
    ReportClass.PENGADUAN_PENGAWASAN: "Pengaduan Berkadar Pengawasan",
}


@dataclass(frozen=True)
class LaporView:
    """What LAPOR! calls a case."""

    class_name: str
    status: str


def lapor(case: Case, *, by_rule: bool = False) -> LaporView:
    """A case as LAPOR! would list it; `by_rule`: silence ended it, nobody did."""
    found = report_class(case.tags.kind, case.tags.topic, case.tags.further)
    return LaporView(CLASSES[found], lapor_status(case.status, by_rule=by_rule))
