"""The offices that a report complains about, found in its words: by name or usual short form, or by what stands there.

Whoever is only asked to act ("tolong Inspektorat periksa", "sudah lapor ke polisi") is not complained about.
"""

import re
from collections.abc import Iterable

from bot.domain.region import HEAD, Department, Region

VILLAGE = "pemerintahan_desa"
_END = r"(?:n?e|nya|ku|mu|ipun)?(?!\w)"
_VILLAGE = (
    r"kades|kepala desa|lurah|carik|sekdes|sekretaris desa|perangkat (?:desa|kelurahan)|pamong(?: desa)?|bayan"
    r"|kebayan|kadus"
    r"|kepala dusun|bekel|petinggi|kaur|bendahara desa|bal[ae]i ?desa|bale desa|kantor (?:desa|kelurahan)|pemdes"
    r"|pemerintah desa|kelurahan|bumdes|modin|bpd|pak rt|ketua rt|pak rw|ketua rw"
)
_DISTRICT = r"camat|kantor kecamatan|kecamatan"
_TAKES = (
    r"(?:minta(?! (?:tolong|bantuan|maaf|perhatian))|meminta|njaluk(?! tulung)|narik|menarik|nampa|nrima|terima"
    r"|menerima|korupsi|nyolong|pungli|suap|disuap|setoran|jual|memotong"
    r"|motong|nyunat|menyunat|ngapusi|menipu|memeras|meres)"
)
_BETWEEN = r"(?:(?!(?:tolong|tulung|mohon|ada|ana|onten|wonten|nyuwun|kok|kenapa|harap)\b)\w+ ){0,2}"
_PAID = (
    r"(?:suap|menyuap|setoran|setor|upeti|korupsi|pungli|jatah) (?:\w+ ){0,2}"
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
    "keamanan": r"polres|polsek|polisi|polantas",
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
_TOLD = re.compile(  # "lapor ke polisi", "kepada yth inspektorat", "tolong pak polisi"
    r"(?:(?:(?:me|di|ng|nge)?(?:lapor|adu|ngadu|wadul|sampai|kirim|terus|lanjut|tembus)\w*|matur) (?:\w+ )?"
    r"(?:ke|kepada|pada|dhateng|dateng|teng|marang|maring|nang|karo|kalih)"
    r"|(?:sudah|sdh|telah|pernah|sampun|pun|wis|uwis|wes) (?:me|nge)?lapor\w*"
    r"|kepada|yth|kagem|dumateng|mohon|tolong|tulung|minta (?:tolong|bantuan)|harap|semoga|muga|mugi|butuh|perlu"
    r"|panggil\w*|undang)"
    r" (?:(?:yth|bapak|pak|ibu|bu|pihak|kantor|dinas|tim|para|petugas|agar|supaya) ){0,3}$"
)
_ASKED = re.compile(
    r"^ (?:(?:kabupaten|kab|kota|setempat) )?(?:tolong|tulung|mohon|harap|harus|kudu|segera|agar|supaya|ben|perlu"
    r"|turun|periksa|usut|audit|tindak|cek)(?!\w)"
)


def accused_of(region: Region, text: str, location: str | None = None) -> tuple[str, ...]:
    """The departments (or `kepala`) complained about, each once; empty where the words name none."""
    plain = " ".join(re.findall(r"\w+", text.casefold()))
    where = " ".join(re.findall(r"\w+", f"{text} {location or ''}".casefold()))
    found = [*_named(region, plain), *_by_topic(region, plain), *_places(region, plain, where), *_head(region, plain)]
    return tuple(dict.fromkeys(found))


def _named(region: Region, plain: str) -> Iterable[str]:
    """Departments by their id, or by the name that people read."""
    for department in region.departments:
        names = [" ".join(re.findall(r"\w+", name.casefold())) for name in (department.id, department.name)]
        if _is_blamed(plain, "|".join(re.escape(name) for name in names if len(name) > 2)):
            yield department.id


def _by_topic(region: Region, plain: str) -> Iterable[str]:
    for topic, pattern in _BY_TOPIC.items():
        owner = region.owner(topic)
        if owner and _is_blamed(plain, pattern):
            yield owner.id


def _places(region: Region, plain: str, where: str) -> Iterable[str]:
    """A village or district office: the department of its place; a village without one belongs to the topic's."""
    village, district = _is_blamed(plain, _VILLAGE), _is_blamed(plain, _DISTRICT)
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
    takes = rf"(?<!\w){who}{_END} {_BETWEEN}{_TAKES}(?!\w)"
    is_paid = rf"(?<!\w){_PAID} (?:pak |bapak |bu )?{who}{_END}"
    if re.search(takes, plain) or re.search(is_paid, plain):
        yield HEAD


def _is_blamed(plain: str, pattern: str) -> bool:
    """Whether words name an office otherwise than to ask it for help."""
    for found in re.finditer(rf"(?<!\w)(?:{pattern}){_END}", plain) if pattern else ():
        if not _TOLD.search(plain[: found.start()]) and not _ASKED.search(plain[found.end() :]):
            return True
    return False


def _has(where: str, name: str) -> bool:
    words = " ".join(re.findall(r"\w+", name.casefold()))
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", where) is not None
