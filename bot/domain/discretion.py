"""What citizens wish for in plain words: that nobody learns who reported, or that few read the report."""

import re
from dataclasses import dataclass

_SELF = (
    r"(?:identitas\w*|nama\w*|jeneng\w*|asma\w*|data (?:diri|saya|pribadi|kula|ku)\w*|nomor\w*|nomer\w*|no hp"
    r"|hp saya|pelapor\w*"
    r"|saya|sy|aku|kulo|kula|nyong|inyong|enyong|isun|dalem|awakku)"
)
_HIDE = (
    r"(?:di|dipun)?(?:rahasia(?:kan|kno|kna|ken|kake|in|ke)?|rahasiaaken|samar(?:kan|ke|na|aken|no)"
    r"|sembunyi(?:kan|in)"
    r"|umpet(?:na|ke|no|aken|ake)|singid(?:aken|na|ke|ake)|sinengker\w*|lindungi|jaga kerahasiaan\w*|tutupi)"
)
_NOT = (
    r"(?:jangan|jgn|jng|jangan sampai|aja|ojo|ja|ampun|sampun ngantos"
    r"|tidak usah|tdk usah|ga usah|gak usah|ra usah|ora usah|tanpa)"
)
_TELL = (
    r"(?:(?:di|me|men|meny|ny|dipun)?(?:sebut\w*|sebar\w*|bilang\w*|omong\w*|ngomong\w*|kandha\w*|ngandha\w*|kando\w*"
    r"|kasih ?tau|kasih ?tahu|beri ?tahu\w*|beri ?tau|crita\w*|cerita\w*|bocor\w*|bongkar\w*|wara\w*|umum\w*)"
    r"|ketahuan|konangan|keweruhan|kadenangan|kewenangan|sampai tahu|sampai tau|nganti weruh|nganti ngerti"
    r"|ngantos pirsa"
    r"|cantum\w*|dicantum\w*|tampil\w*|ditampil\w*)"
)
_REPORTER = (
    r"(?:saya|sy|aku|kulo|kula|nyong|inyong|enyong) (?:yang|yg|sing|seng|ingkang) (?:me|nge|m)?(?:lapor|wadul"
    r"|ngadu|adu|matur)\w*"
    r"|(?:sing|seng|yang|yg|ingkang) (?:me|nge)?(?:lapor|wadul|ngadu|matur)\w* (?:iku |kuwi |kui |kiye |niku "
    r"|adalah )?(?:saya|aku|kulo|kula|nyong|inyong)"
    r"|siapa (?:yang|yg) (?:me)?lapor\w*|sapa sing (?:lapor|wadul)"
)
_WORDS = r"(?: \w+){0,3} "
_REPORT = r"(?:laporan\w*|aduan\w*|pengaduan\w*|wadulan\w*|keluhan\w*|masalah|perkara|hal|informasi|pesan)"

_ANONYMOUS = re.compile(
    r"(?<!\w)(?:"
    rf"{_HIDE}(?: \w+){{0,2}} {_SELF}|{_SELF}{_WORDS}?{_HIDE}|{_SELF} {_HIDE}"
    rf"|{_NOT}{_WORDS}?{_TELL}(?: \w+){{0,4}} (?:{_SELF}|{_REPORTER})|{_NOT} {_TELL}(?: \w+){{0,4}} (?:{_SELF}"
    rf"|{_REPORTER})"
    rf"|{_SELF} {_NOT}(?: \w+){{0,2}} {_TELL}"
    rf"|{_NOT} (?:\w+ ){{0,4}}(?:tahu|tau|weruh|ngerti|pirsa|ngertos) (?:\w+ ){{0,3}}(?:{_REPORTER})"
    r"|(?:tanpa|ora usah|ora nganggo|tidak pakai|ga pakai|gak pake|ora nganggo) (?:nama|jeneng|identitas"
    r"|asma)(?: saya| ku)?"
    r"|(?:secara|lapor|laporan|pelapor|minta|mohon|nyuwun|njaluk|tolong|tulung|sebagai|kulo|kula|saya|aku|nyong)"
    r" (?:\w+ ){0,2}anonim(?! sing)"
    r"|(?:takut|wedi|ajrih) (?:\w+ ){0,3}(?:ketahuan|konangan|keweruhan|kadenangan|diketahui|dikenali|diancam|dicari)"
    r")(?!\w)"
)
_SECRET = re.compile(
    r"(?<!\w)(?:"
    rf"{_REPORT} (?:saya |ini |iki |kiye |niki |menika |kula |ku )?(?:mohon |tolong |nyuwun |tulung |minta "
    rf"|bersifat |sifate |harap |agar |supaya |ben )*{_HIDE}"
    rf"|{_HIDE} {_REPORT}"
    r"|ini rahasia|iki rahasia|kiye rahasia|niki rahasia"
    r")(?!\w)"
)


@dataclass(frozen=True)
class Wishes:
    """What somebody asks for: `anonim`, `rahasia`, both or neither."""

    anonymous: bool = False
    secret: bool = False

    def __bool__(self) -> bool:
        return self.anonymous or self.secret


def wishes(text: str) -> Wishes:
    """The wishes that stand in a report's words, in Indonesian or any kind of Javanese."""
    plain = " ".join(re.findall(r"\w+", text.casefold()))
    return Wishes(_ANONYMOUS.search(plain) is not None, _SECRET.search(plain) is not None)
