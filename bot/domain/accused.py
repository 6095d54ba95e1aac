"""The offices that a report complains about, found in its words: by name or usual short form, or by what stands there.

Whoever is only asked to act ("tolong Inspektorat periksa", "sudah lapor ke polisi") is not complained about.
"""

import re
from collections.abc import Iterable

from bot.domain.mentioned import TAKES, only_mentioned
from bot.domain.region import HEAD, Department, Region

VILLAGE = "pemerintahan_desa"
_MARKS, _CLAUSE = ",.;:!?\n", ","
_WORD_OR_MARK = rf"\w+|[{re.escape(_MARKS)}]+"
_END = r"(?:n?e|nya|ku|mu|ipun)?(?!\w)"
_VILLAGE = (
    r"kades|kepala desa|lurah(?! pasar)|carik|sekdes|sekretaris desa|perangkat (?:desa|kelurahan|dh?usun)"
    r"|pamong(?: desa)?|bayan|kebayan|kadus|kepala dusun|bekel|petinggi|kaur|bendahara desa|pak bau|bau desa|kasun"
    r"|kamituwa|jagabaya|bal[ae]i ?desa|bale desa|kantor (?:desa|kelurahan)|pemdes"
    r"|pemerintah desa|kelurahan|bumdes|modin|bpd|pak rt|ketua rt|pak rw|ketua rw"
)
_DISTRICT = r"camat|kantor kecamatan|kecamatan"
_BETWEEN = r"(?:(?!(?:tolong|tulung|mohon|ada|ana|onten|wonten|nyuwun|kok|kenapa|harap)\b)\w+ ){0,2}"
_PAID = (
    r"(?:suap|menyuap|setoran|setor|upeti|korupsi|pungli|jatah) (?:\w+ ){0,4}"
    r"(?:oleh|dening|marang|maring|ke|kepada|untuk|kanggo|dhateng)"
)
_HEAD = r"(?:bupati|wakil bupati|wabup|wali ?kota|wakil wali ?kota)"
_VILLAGE_HEAD = r"(?:kades|kepala desa|lurah)"
_BY_TOPIC = {
    "kesehatan": r"dinkes|dinas kesehatan|puskesmas|pustu|rsud|rumah sakit|bidan desa",
    "pendidikan": (
        r"dindik|disdik|dindikbud|disdikbud|dinas pendidikan|sekolah|kepala sekolah|kepsek|guru|komite sekolah"
        r"|(?:sd|smp|sma|smk|tk|paud)n?(?: negeri)? \w+|(?:sd|smp|sma|smk)n"
    ),
    "jalan": r"dpu|dputr|dpupr|pupr|dinas pu|dinas pekerjaan umum|bina marga",
    "perhubungan": r"dishub|dinas perhubungan|juru parkir|jukir|petugas terminal",
    "air_bersih": r"pdam|perumda air minum|pamsimas",
    "listrik": r"pln",
    "lingkungan": r"dlh|dinas lingkungan hidup|petugas sampah",
    "sosial": r"dinsos|dinas sosial|pendamping (?:pkh|bansos|desa)",
    "kependudukan": r"disdukcapil|dispendukcapil|dukcapil|capil",
    "ketertiban": r"satpol|satpol pp|pol pp",
    "keamanan": r"polres|kapolres|polsek|kapolsek|polisi|pulisi|polantas|penyidik|bh?abinkamtibmas",
    "bencana": r"bpbd|damkar",
    "perizinan": r"dpmptsp|dinas perizinan|dinas penanaman modal",
    "perdagangan": (
        r"diskoperindag|disperindag|disperindagkop|dinas perdagangan|mantri pasar|lurah pasar|pengelola pasar"
    ),
    "ketenagakerjaan": r"disnaker|dinas tenaga kerja",
    "pertanian": r"dispertan|dinas pertanian|penyuluh pertanian",
    VILLAGE: r"dinpermasdes|dispermades|dispermasdes|dinas pemberdayaan",
    "kepegawaian": r"bkpsdm|bkd|bkpp",
    "integritas": r"inspektorat",
    "pelayanan": r"setda|sekda|sekretariat daerah",
    "perumahan": r"dinperkim|disperkim|perkim",
    "kominfo": r"dinkominfo|diskominfo",
    "pajak": r"bapenda|bppkad|samsat",
    "perempuan_anak": r"dp3a\w*|dinas pemberdayaan perempuan",
    "keagamaan": r"kua|kemenag",
    "pariwisata": r"disparpora|dinporapar|dinas pariwisata",
}  # fmt: skip


def accused_of(region: Region, text: str, location: str | None = None) -> tuple[str, ...]:
    """The departments (or `kepala`) complained about, each once; empty where the words name none."""
    plain = " ".join(re.findall(r"\w+", text.casefold()))
    marked = " ".join(_CLAUSE if each[0] in _MARKS else each for each in re.findall(_WORD_OR_MARK, text.casefold()))
    where = " ".join(re.findall(r"\w+", f"{text} {location or ''}".casefold()))
    found = [*_named(region, marked), *_by_topic(region, marked), *_places(region, marked, where)]
    return tuple(dict.fromkeys([*found, *_head(region, plain)]))


def _named(region: Region, marked: str) -> Iterable[str]:
    """Departments by their id, or by the name that people read."""
    for department in region.departments:
        names = [" ".join(re.findall(r"\w+", name.casefold())) for name in (department.id, department.name)]
        if _is_blamed(marked, "|".join(re.escape(name) for name in names if len(name) > 2)):
            yield department.id


def _by_topic(region: Region, marked: str) -> Iterable[str]:
    for topic, pattern in _BY_TOPIC.items():
        owner = region.owner(topic)
        if owner and _is_blamed(marked, pattern):
            yield owner.id


def _places(region: Region, marked: str, where: str) -> Iterable[str]:
    """A village or district office: the department of its place; a village without one belongs to the topic's."""
    village, district = _is_blamed(marked, _VILLAGE), _is_blamed(marked, _DISTRICT)
    if not village and not district:
        return
    own = [*_of_place(region, where)]
    yield from own
    owner = region.owner(VILLAGE)
    if village and not own and owner:
        yield owner.id


def _of_place(region: Region, where: str) -> Iterable[str]:
    """Departments that answer for a place named: by an override, or because they are called so ("Desa Comal")."""
    for override in region.overrides:
        if any(_has(where, name) for name in override.places):
            yield override.department
    for department in region.departments:
        if (place := _place_of(department)) and _has(where, place):
            yield department.id


def _place_of(department: Department) -> str:
    found = re.match(r"(?:pemerintah |pemdes |kantor )?(?:desa|kelurahan|kecamatan) (.+)", department.name.casefold())
    return found[1] if found else ""


def _head(region: Region, plain: str) -> Iterable[str]:
    """The head, only where the words say that they take: everybody addresses a report to the head."""
    small = re.match(r"(?:pemerintah )?(?:desa|kelurahan)\b", region.name.casefold())
    who = _VILLAGE_HEAD if small else _HEAD
    takes = rf"(?<!\w){who}{_END} {_BETWEEN}{TAKES}(?!\w)"
    is_paid = rf"(?<!\w){_PAID} (?:pak |bapak |bu )?{who}{_END}"
    if re.search(takes, plain) or re.search(is_paid, plain):
        yield HEAD


def _is_blamed(marked: str, pattern: str) -> bool:
    """Whether words name an office to complain about it."""
    for found in re.finditer(rf"(?<!\w)(?:{pattern}){_END}", marked) if pattern else ():
        if not only_mentioned(marked[: found.start()], found[0], marked[found.end() :]):
            return True
    return False


def _has(where: str, name: str) -> bool:
    words = " ".join(re.findall(r"\w+", name.casefold()))
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", where) is not None
