"""How citizens say where something is, that they cannot say, or that it is at their own house."""

import re


def _any(words: str) -> str:
    """One of the words of a paragraph, longest first."""
    return "(?:" + "|".join(sorted(map(re.escape, words.split()), key=len, reverse=True)) + ")"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_POLITE = _any(
    "nggih njih inggih enggih iya ya yo oh oke ok siap baik sip pak bapak bu ibu mas mbak min kak maaf nuwun sewu"
)
_IT_IS = _any("lokasinya lokasi lokasine tempatnya tempate panggonane panggonan papanipun alamatnya alamate alamatipun")
_AT = _any("di neng nang ning ing wonten onten teng ten dari saka seka saking")
_BESIDE = _any(
    """
    dekat deket cedhak cedak celak caket depan ngarep ngajeng belakang mburi wingking sebelah samping sisih pinggir
    seberang sabrang antara tengah lor kidul wetan kulon utara selatan timur barat
    """
)
_NOT_FAR = _any("tidak tdk ora boten mboten") + r"\s+" + _any("jauh adoh tebih")
_KIND = _any(
    """
    desa ds dusun dsn dukuh dukuhan dk kelurahan kel kecamatan kec kampung kp rt rw gang gg jl jln perum komplek
    kompleks blok km perempatan pertigaan prapatan protelon simpang jembatan kreteg pasar terminal stasiun kantor
    lapangan alun-alun balai masjid mesjid musala mushola langgar sekolah sd smp sma puskesmas
    """
)
_MORE = _any(
    """
    banget sekali sanget parah suwe lama dangu tulung tolong mohon cepet cepat enggal segera kapan nanti mengko mangke
    menyusul nyusul foto sudah sdh wis sampun belum durung dereng banyak akeh kathah takut wedi
    lubang lobang bolong rusak risak ambrol ambles retak macet banjir mati padam kotor bau mambu numpuk menumpuk bocor
    mampet buntu longsor roboh rubuh tumbang tabrak jatuh tiba maling bising berisik gelap peteng ditambal diperbaiki
    didandani sini kene ngriki mriki
    """
)
_TURN = _any("lurus belok kiri kanan mentok menggok ngiwa nengen kiwa tengen")
_NOT = _any("tidak tdk ga gak nggak ngga enggak kurang belum ora ra ndak mboten boten kirang dereng durung")
_KNOW = _any(
    """
    tahu tau ngerti mengerti paham reti weruh eruh ingat inget eling kelingan hafal apal mangertos ngertos enget pirsa
    yakin pasti jelas mudeng
    """
)
_FORGOT = _any("gatau gtau entah entahlah lupa lali kesupen mbuh embuh duka")
_HOUSE = _any("rumah omah umah griya dalem gubug")
_MINE = _any("saya aku ku kula nyong inyong kami kita dewe kulo")
_OPENING = rf"(?:{_POLITE}[\s,.]+)*(?:{_IT_IS}[\s:,]+)?"

BEGINS = _compiled(rf"{_OPENING}(?:{_AT}\s|{_BESIDE}\w{{0,3}}\b|{_NOT_FAR}\b|{_KIND}\b)")
"""The first words say that a place follows."""
PREFACE = _compiled(rf"{_OPENING}(?:{_AT}\s+)?")
"""What stands before the name of a place and is no part of it."""
FAREWELL = _compiled(rf"(?:[\s,]+{_any('pak bapak bu ibu mas mbak nggih njih inggih ya yo')})+[\s.,!]*$")
"""What stands after it."""
SAYS_MORE = _compiled(rf"\b{_MORE}\w*|\?\s*$")
"""Words of the matter itself, of time or of hurry, `here`, and questions."""
ONLY_POLITE = _compiled(rf"(?:{_POLITE}[\s,.!]*)+")
TURN = _compiled(rf"\b{_TURN}\b")
"""Words that show somebody the way."""
UNKNOWN = _compiled(rf"\b(?:{_NOT}\s+(?:terlalu\s+|pati\s+)?{_KNOW}|{_FORGOT})\b")
OWN_HOME = _compiled(
    rf"(?:{_AT}\s+)?(?:{_BESIDE}\w{{0,3}}\s+)?{_HOUSE}\w{{0,4}}"
    rf"(?:\s+{_any('tetangga tangga tanggi')}\w{{0,4}})?(?:\s+{_MINE})?"
)
"""`My house`, the neighbour's, in front of it: nobody else can find it."""
ANOTHER = _compiled(rf"\b{_any('lain lainnya liya liyane liyan sanes sanesipun')}\b")
