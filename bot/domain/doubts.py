"""What speaks against joining two reports that sound alike: another lamp, another flood, another side of the road.

Nothing here is needed for `Mirip`, which a person looks at. Each rule says "not beyond doubt", never "not the same".
"""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from bot.domain.place_units import kind_of, parts_of
from bot.domain.same_words import VAGUE, alike, meaning_of, word_set

OBJECTS = word_set(
    """
    lampu listrik jembatan marka selokan bangjo tembok taman kuburan atap pohon kabel tiang ledeng bus rel irigasi
    sekolah pasar masjid puskesmas toilet rumah sawah kapal
    """
)
"""Groups of words that name a thing: of a lamp, a hole, a heap, both reports must name the same things."""
_OTHER_ONE = word_set("bukan dudu sanes beda bedo benten berbeda sijine satunya liyane lainnya setunggalipun sanesipun")
_PAST = re.compile(
    r"\b(?:tahun|taun|bulan|sasi|wulan|minggu)\s+(?:lalu|wingi|kepungkur|kapungkur|kliwat|kepengker|kemarin|kmrn)\b"
    r"|\b(?:dulu|dahulu|biyen|mbiyen|gemiyen|rumiyin|riyin)\b"
)
_NOT = word_set("tidak tdk ora mboten belum blm durung dereng ga gak gk nggak ra urung rung tanpa")
_MAYBE = word_set(
    """
    rawan langganan takut wedi ajrih khawatir kuatir was kalau kalo jika bila yen nek menawi manawi misal tiap saben
    setiap sering kerep asring selalu mesti antisipasi penanganan akibat bekas pasca sisa korban bantuan setelah sesudah
    bubar bibar bakda dampak supaya ben agar cegah mencegah posko dapur
    """
)
_OWN_AFFAIR = word_set("meteran tagihan rekening nunggak diputus token pulsa pelanggan")
_DENIED, _TURNED = 2, 6  # words before the trouble among which one may deny it, or turn it into something else
_MAY_BE_ELSE = word_set(
    "munggah kelem klelep klebu kelep luber mluber luberan meluap luap menggenang kemul ngalih nyusut"
)
"""Words of a trouble's group that are said of much else: prices go up, a child goes under, a bin runs over."""
_WORKS = word_set("mili mengalir ngalir murub urip nyala menyala")  # a trouble where it is denied
_DONE = word_set("sudah wis wes sampun udah pun masih isih taksih tasih")
_OVER = word_set("surut asat lancar normal nyala murub urip menyala diperbaiki didandani ditambal dibenakake rampung")
_SIDES = {
    **dict.fromkeys(("kulon", "barat", "kilen"), "W"), **dict.fromkeys(("wetan", "timur"), "E"),
    **dict.fromkeys(("lor", "utara", "ler"), "N"), **dict.fromkeys(("kidul", "selatan"), "S"),
    **dict.fromkeys(("kiri", "kiwa"), "L"), **dict.fromkeys(("kanan", "tengen"), "R"),
    **dict.fromkeys(("hulu", "dhuwur"), "U"), **dict.fromkeys(("hilir",), "D"),
}  # fmt: skip
_AT = word_set("di ing neng nang ning wonten nek desa ds dusun dukuh kelurahan kel dsn kampung perum blok arah menuju")
_COUNTED = re.compile(
    r"\b(rt|rw|km|gang|gg|nomor|no|sd|sdn|smp|smpn|sma|sman|smk|tk|pal)[.\s:]*0*(\d+)|\b(blok)\s+([a-z]?\d*)\b"
)
_WORD = re.compile(r"[a-z]+")
_NAME = 4  # letters of a word that may be a name


@lru_cache(maxsize=4096)
def unsaid(text: str, troubles: frozenset[str]) -> bool:
    """Whether a report does not plainly tell that the trouble is there now.

    It may be told as a fear, a habit, a thing of the past, as over, as what another report was not about.
    """
    words = _WORD.findall(text.casefold())
    if _PAST.search(text.casefold()) or not (_OTHER_ONE | _OWN_AFFAIR).isdisjoint(words):
        return True
    told = [at for at, word in enumerate(words) if meaning_of(word) in troubles and word not in _MAY_BE_ELSE]
    return _is_over(words) or not any(_is_there(words, at) for at in told)


def _is_there(words: list[str], at: int) -> bool:
    denied = not _NOT.isdisjoint(words[max(0, at - _DENIED) : at])
    return denied is (words[at] in _WORKS) and _MAYBE.isdisjoint(words[max(0, at - _TURNED) : at])


def _is_over(words: list[str]) -> bool:
    ends = [words[max(0, at - _DENIED) : at] for at, word in enumerate(words) if word in _OVER]
    return any(not _DONE.isdisjoint(before) and _NOT.isdisjoint(before) for before in ends)


def told_apart(one: str, other: str, phrases: tuple[str, str]) -> bool:
    """Whether two texts name different numbers, sides or names of places, beside what the place phrases say."""
    return _numbers_apart(one, other) or _sides_apart(one, other) or _names_apart(one, other, phrases)


def things(groups: Iterable[str]) -> frozenset[str]:
    """The things among the groups of a report's words."""
    return OBJECTS.intersection(groups)


def _numbers_apart(one: str, other: str) -> bool:
    mine, theirs = (_counted(text) for text in (one, other))
    return any(mine[kind].isdisjoint(theirs[kind]) for kind in mine.keys() & theirs.keys())


def _counted(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kind, number, block, letter in _COUNTED.findall(text.casefold()):
        found.setdefault(kind_of(kind or block) or kind, set()).add(number or letter)
    return found


def _sides_apart(one: str, other: str) -> bool:
    words = [_WORD.findall(text.casefold()) for text in (one, other)]
    mine, theirs = ({_SIDES[word] for word in each if word in _SIDES} for each in words)
    return bool(mine and theirs) and mine != theirs


def _names_apart(one: str, other: str, phrases: tuple[str, str]) -> bool:
    """Whether each has a name at a place's usual spot in a sentence that the other knows nothing of."""
    every = [frozenset(_WORD.findall(text.casefold())) for text in (one, other)]
    mine, theirs = _names(one, phrases[0]), _names(other, phrases[1])
    return _stranger(mine, every[1]) and _stranger(theirs, every[0])


def _stranger(names: Collection[str], words: Collection[str]) -> bool:
    return any(not any(alike(name, word) for word in words) for name in names)


def _names(text: str, phrase: str) -> set[str]:
    """Words after `di`, `neng`, `desa` …, and those just before the names of the phrase."""
    known = {name for part in parts_of(phrase) for name in part.names}
    words = _WORD.findall(text.casefold())
    around = zip(["", *words], words, [*words[1:], ""], strict=False)
    return {word for before, word, after in around if (before in _AT or after in known) and _may_be_name(word)}


def _may_be_name(word: str) -> bool:
    return len(word) >= _NAME and word not in VAGUE and not meaning_of(word) and not kind_of(word) and word not in _AT
