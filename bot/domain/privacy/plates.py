"""Vehicle plates, passport numbers and house numbers."""

import re
from collections.abc import Iterator
from typing import Final

from bot.domain.privacy.parts import Part, listed, part

_REGION: Final = r"(?:A[ABDEGH]?|B[ABDEGHKLMNP]?|C[CD]|D[ABCDEGHKLMNPRSTW]?|E[ABD]?|[FGHLNRSTWZ]|K[BHTU]?|M|P[ABGS]?)"
_PLATE: Final = re.compile(rf"(?<![^\W_])(?<!-){_REGION}[ -]?([0-9]{{1,4}})[ -]?([A-Z]{{1,3}})(?![^\W_])")
_CUED_PLATE: Final = re.compile(
    r"(?<![^\W_])(?:(?P<sure>plat(?:e|nya)?|pelat|nopol|no\.? ?pol(?:isi)?|nom[oe]r polisi)"
    r"|motor|motore|mobil|mobile|truk|truke|truck|bus|pick ?up|avanza|vario|beat)(?![^\W_])"
    r"(?: (?:saya|e|ne|nya|merah|hitam|kuning|putih|warna|kendaraan|pelaku|n[oe]mer|nomor|mobil|motor)){0,3}"
    rf" ?[:=.]? ?((?:{_REGION} ?-?)?[0-9]{{1,4}} ?-?(?:[A-Z]{{1,3}}(?![^\W_]))?)",
    re.IGNORECASE,
)
# Words of two or three letters that follow a number but are no end of a plate.
_NOT_SUFFIX: Final = frozenset(
    listed(
        """
    NO RT RW KM DI KE DAN DS DES KEC KAB KEL JL JLN GG TH THN JAM HR BLN ITU INI ADA YG DR CM M KG LT RP
    X PM AM BUS
    """
    )
)
_NO_PLATE_BEFORE: Final = re.compile(
    r"(?:blok|gang|gg|kelas|gedung|trayek|rute|koridor|jalur|lantai|tiang|gardu|tipe|type|ruang"
    r"|kamar|seri)\.? ?$",
    re.IGNORECASE,
)
_PASSPORT: Final = re.compile(
    r"(?<![^\W_])(?:paspor|passport|pasport)\w{0,4}"
    r"(?:[ :.=]{1,2}(?:saya|kula|aku|nyong|no|nomor|nomer|nya|ibu|istri|suami)){0,3}"
    r"[ :.=]{0,3}([A-Z]{1,2} ?[0-9]{6,7})(?![^\W_])",
    re.IGNORECASE,
)
_STREET: Final = (
    r"(?:jl|jln|jalan|gg|gang|perum|perumahan|perumnas|komplek|kompleks|griya|blok|rumah|rumahku|omah|omahku|omahe"
    r"|alamat)"
)
# A street cue, up to six words, "no", the number: only the number is masked.
_HOUSE: Final = re.compile(
    rf"(?<![^\W_]){_STREET}\.?"
    r"(?:[ ,.]{1,3}(?!no[ .:0-9]|nom[eo]r\b|nmr\b|km\b)[^\W_][\w'/-]{0,24}){0,6}"
    r"[ ,.]{0,3}(?<![^\W_])(?:no|nom[oe]r|nmr)[ .:]{0,3}"
    r"([0-9]{1,4}(?: ?[A-Za-z](?![\w.]))?)(?![\w./-]{0,9}[0-9]| dari)",
    re.IGNORECASE,
)
_NOT_ADDRESS: Final = re.compile(
    r"(?<![^\W_])(?:uu|perda|perbup|pergub|permen\w*|perpres|pp|pasal|peraturan|undang|sk|surat|trayek|bus|angkot"
    r"|urut|antrian|antrean|prioritas|laporan|tiket|pelanggan|meter|kali|tahun)(?![^\W_])",
    re.IGNORECASE,
)
# "Jl. Pemuda 45," - without "no", only a number of two digits or more that ends the phrase.
_BARE_HOUSE: Final = re.compile(
    r"(?<![^\W_])(?:[Jj]l|[Jj]ln|[Jj]alan)\.? (?:[A-Z][\w.']{1,20} ){1,3}(?<!KM )(?<!Km )(?<!Box )"
    r"([0-9]{2,4}[A-Za-z]?)"
    r"(?= ?(?:[,)\n]|\.(?!\d)|$| [Rr][Tt]\b|RT\b|[Kk]el\b|[Dd]esa\b|[Kk]ec\b))"
)
_BLOCK: Final = re.compile(
    r"(?<![^\W_])blok [A-Z]{1,2}[0-9]{0,2}(?:[-/]| no\.? ?| nom[oe]r )([0-9]{1,3})(?![\w/-])", re.IGNORECASE
)


def plates(text: str) -> Iterator[Part]:
    """Find plates in capitals, and in any case after a word for vehicle or plate."""
    shouting = text.isupper()
    for match in _PLATE.finditer(text):
        if match[2] in _NOT_SUFFIX or _NO_PLATE_BEFORE.search(text, max(0, match.start() - 10), match.start()):
            continue
        if len(match[1]) >= (3 if shouting else 2):
            yield part("plat", text, *match.span())
    for match in _CUED_PLATE.finditer(text):
        start, end = match.span(2)
        letters = sum(char.isalpha() for char in match[2])
        cut = not match["sure"] and match[2].split()[-1].upper() in _NOT_SUFFIX
        if letters >= 2 and not cut and (match["sure"] or match[2][0].isalpha()):
            yield part("plat", text, start, start + len(text[start:end].rstrip(" -")))


def passports(text: str) -> Iterator[Part]:
    """Find passport numbers after their word."""
    for match in _PASSPORT.finditer(text):
        yield part("paspor", text, *match.span(1))


def houses(text: str) -> Iterator[Part]:
    """Find house numbers; the street itself stays, the department has to go there."""
    for match in _HOUSE.finditer(text):
        if not _NOT_ADDRESS.search(text, match.start(), match.start(1)):
            yield part("alamat_rumah", text, *match.span(1))
    for pattern in (_BLOCK, _BARE_HOUSE):
        for match in pattern.finditer(text):
            yield part("alamat_rumah", text, *match.span(1))
