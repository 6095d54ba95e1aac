"""Words that say what the number after them is, looked up once for the whole message."""

import re
from bisect import bisect_right
from types import MappingProxyType
from typing import Final

from bot.domain.privacy.parts import Word

_REACH: Final = 32  # characters between a cue and its number


def _table(**words: str) -> MappingProxyType[str, str]:
    return MappingProxyType({word: kind for kind, listed in words.items() for word in listed.split()})


# "telp" also introduces local numbers without area code; "bebas" marks numbers that the department
# needs in order to act (customer, meter, receipt, tax object) and that are not masked.
_CUES: Final = _table(
    nik="nik nikku nike niknya ktp ktpku ktpe ektp",
    kk="kk nokk kkku kkne kknya",
    npwp="npwp npwpku npwpnya",
    bpjs="bpjs bpjsku jkn kis kisku kpj noka",
    rekening="rek norek bri bca bni btn bsi bpd mandiri bank cimb danamon permata jago seabank muamalat",
    nomor="nip nisn nis nim nuptk sim kartu",
    telp="telp tlp tel tilpun tlpn tlpon phone fax",
    telepon="hp hpku hpne hpnya hape hapeku wa waku wane wanya whatsapp whatapp hubungi hub kontak cp chat"
    " sms nomorku nomerku",
    bebas="pelanggan langganan idpel nopel nop meter meteran token resi kwh tiket antrian antrean perda surat laporan",
)
_STEMS: Final = _table(rekening="rekening", telp="telepo telpon", bpjs="jamkes")
_LONGEST_STEM: Final = 8
_PAIRS: Final = MappingProxyType(
    {
        ("kartu", "keluarga"): "kk",
        ("id", "pel"): "bebas",
        ("nomor", "saya"): "telepon",
        ("nomer", "saya"): "telepon",
        ("nomer", "kula"): "telepon",
        ("nomere", "nyong"): "telepon",
    }
)
BANK_AFTER: Final = re.compile(
    r" ?\(?(?:bank )?(?:bri|bca|bni|btn|bsi|bpd|mandiri|jateng|cimb|danamon|permata)(?![^\W_])", re.IGNORECASE
)


class Cues:
    """The cues of one message, asked by position."""

    def __init__(self, words: list[Word]) -> None:
        self._ends: list[int] = []
        self._kinds: list[str] = []
        last = ""
        for _, end, word in words:
            kind = _CUES.get(word) or _PAIRS.get((last, word)) or _by_stem(word)
            if kind:
                self._ends.append(end)
                self._kinds.append(kind)
            last = word

    def before(self, position: int) -> str:
        """Return the kind of the nearest cue that ends close before ``position``, else ''."""
        index = bisect_right(self._ends, position) - 1
        if index < 0 or position - self._ends[index] > _REACH:
            return ""
        return self._kinds[index]


def _by_stem(word: str) -> str:
    """Long words take Javanese and Indonesian endings ("rekeninge", "teleponnya")."""
    if len(word) < 6:
        return ""
    return _STEMS.get(word[:6]) or _STEMS.get(word[:_LONGEST_STEM]) or ""
