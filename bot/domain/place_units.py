"""A place phrase taken apart: village, street, landmark, row of houses, each with its names and numbers."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.place_words import OWN_HOME
from bot.domain.same_words import word_set

BARE, VILLAGE, STREET, LANE, WIDE, ROW, WARD = "", "desa", "jl", "gang", "kec", "rt", "rw"


def _kinds(groups: str) -> dict[str, str]:
    """Word → the first of its group."""
    return {word: group.split()[0] for group in groups.split(";") for word in group.split()}


_MARKERS = _kinds(
    """
    desa ds kelurahan kel kalurahan dusun dhusun dsn dukuh dukuhan dk kampung kp; jl jln jalan embong; gang gg gng
    lorong; kec kecamatan kabupaten kab provinsi prov; rt; rw; km pal; blok; nomor no; pasar peken pasare; sd sdn mi
    min; smp smpn mts mtsn; sma sman smk smkn ma man; tk paud ra; masjid mejid masjide mesjid; mushola musala
    musholla langgar mushalla; puskesmas pustu; rsud rs; posyandu; jembatan kreteg brug kretek; terminal; stasiun;
    balai kantor; makam kuburan pasarean; tpu; lapangan; alun; spbu pom; pabrik; perum perumahan komplek kompleks
    griya; kali sungai lepen; perempatan prapatan simpang pertigaan protelon bangjo; pantai; waduk embung; tpi; tpa
    tps; samsat; polsek polres; hotel; taman; tambak empang; toko kios warung; tanjakan; turunan; hutan alas;
    dermaga; perpusda; bengkel; kolam; sumur; muara; pos; panti; curug; tugu; gapura; pelabuhan
    """
)
SCHOOLS = frozenset({"sd", "smp", "sma", "tk"})
_HALVES = _kinds("kulon barat kilen; wetan timur; lor utara ler; kidul selatan")
_FILLERS = word_set(
    """
    di ing neng nang ning nek wonten onten dari saka soko seka saking sekang ke menyang maring depan ngarep
    ngarepe ngajeng sangarepe belakang mburi wingking samping sebelah sisih pinggir pinggire seberang sabrang
    antara dekat deket cedhak cedak celak sekitar sepanjang ujung pojok sing kang ingkang raya dalan dalane
    margi ratan arah jurusan negeri umum sekolah kae kuwi iki niki ini itu saya kula nyong pak bu bapak ibu mbah
    haji omahe umahe omah rumah perbatasan wates trotoar tanggul got selokan saluran lampu pju kos sawah kebon
    lahan daerah wilayah dan lan warga halte atas bawah ngisor nduwur papane papan kota agung besar gedhe gede
    kantor desane
    """
)
_TOKEN = re.compile(r"[a-z]+(?:['’`-][a-z]+)*|\d+|,")
_ALUN = re.compile(r"alun[\s-]?(?:alun|2)")
_GLUED = re.compile(r"\b(rt|rw|sd|sdn|smp|smpn|sma|sman|smk|smkn|tk|km|gg)[.\s:]*(?=\d)")


@dataclass(frozen=True)
class Part:
    """One part of a place: what it is, its names, its number, and which half of a village (`kulon`, `wetan`)."""

    kind: str = BARE
    names: tuple[str, ...] = ()
    number: str = ""
    half: str = ""


def kind_of(word: str) -> str:
    """What kind of place a word announces; "" for none."""
    return _MARKERS.get(word, BARE)


@lru_cache(maxsize=8192)
def parts_of(phrase: str) -> tuple[Part, ...]:
    """The parts of a place phrase in order; people say the smallest first."""
    if OWN_HOME.fullmatch(phrase.strip()):
        return ()  # nobody else's house
    text = _GLUED.sub(r"\1 ", _ALUN.sub("alun", phrase.casefold())).replace("jalan raya", "jalan")
    reading = _Reading()
    for word in _TOKEN.findall(text.replace("rumah sakit", "rsud")):
        reading.take(word)
    reading.end()
    return tuple(reading.parts)


class _Reading:
    """A phrase on its way: the part that is being read, and those that ended."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.half = ""
        self._begin(BARE)

    def take(self, word: str) -> None:
        """One word, number or comma."""
        marker = _MARKERS.get(word)
        if word == ",":
            self.end()
        elif marker:
            self._mark(marker)
        elif word.isdigit():
            self._count(word.lstrip("0"))
        elif word in _HALVES:
            self.half = self.half or (_HALVES[word] if self.names else "")
        elif word not in _FILLERS and len(word) > 1:
            self._name(word)

    def end(self) -> None:
        """The part is complete."""
        if self.names or self.number:
            self.parts.append(Part(self.kind, tuple(self.names), self.number, self.half))
        self._begin(BARE)

    def _begin(self, kind: str) -> None:
        self.kind, self.number, self.half = kind, "", ""
        self.names: list[str] = []

    def _mark(self, marker: str) -> None:
        """What the next part is; `balai desa`, `pasar desa`: the first word says it. `jalan desa` is the village's."""
        if self.names or self.number:
            self.end()
        if self.kind in (BARE, STREET) or marker != VILLAGE:
            self.kind = marker

    def _count(self, number: str) -> None:
        if self.kind == ROW and self.number:  # `RT 2/3`
            self.end()
            self._begin(WARD)
        self.number = self.number or number

    def _name(self, word: str) -> None:
        if self.number and self.kind in (ROW, WARD):
            self.end()
        self.names.append(word)
