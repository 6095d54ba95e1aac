"""People's names, found by the words that introduce them and ended at the right word."""

import re
from collections.abc import Iterator
from typing import Final

from bot.domain.privacy.parts import Part, Word, listed, part
from bot.domain.privacy.words import AFTER, HONORIFICS, STOP

_SELF: Final = r"(?:saya|sy|aku|kami|kula|kulo|kawula|dalem|nyong|inyong|enyong)"
_KIN: Final = (
    r"(?:anak|putra|putri|putro|lare|istri|suami|bojo|semah|simah|bapak|bapake|ibu|ibune|ayah|mamak|mamake|simbok|mbah"
    r"|nenek|kakek|adik|adhi|pakdhe|budhe|paklik|bulik|kakak|kakang|mertua|keponakan|ponakan|cucu|putu|tetangga|tangga|tanggi|tanggane|anake|bojone"
    r"|saudara|sedulur|kanca|konco|garwa|mbakyu)"
)
_CALLED: Final = (
    r"(?:yang |sing |ingkang )?"
    r"(?:bernama|namanya|nama|jenenge|jenengane|jeneng|asmane|asmanipun|naminipun|nami|arane|aran)"
)
_END: Final = r"(?![^\W_])[ \t]*[:=]?[ \t]*"
# After these a name may stand in small letters too.
_STRONG: Final = re.compile(
    r"(?<![^\W_])(?:"
    rf"nama(?: (?:lengkap|asli))?(?: (?:{_SELF}|{_KIN}|kandung|pelapor|korban|pasien|siswa|pemilik"
    r"|penerima)){1,3}"
    r"(?: (?:adalah|ialah|yaitu|itu))?"
    r"|nama lengkap|nama(?: lengkap)?(?=\s?[:=])|atas nama|a\. ?n\.?|a/n|an(?=[.:])\.?|bernama"
    rf"|jeneng(?:ku|kula|kulo)|(?:jeneng|aran)(?:e|ane)? {_SELF}|aranku"
    r"|(?:nami|asma)(?:ne|nipun)? (?:kula|kulo|kawula|dalem)"
    r"|(?:nami|asma|jeneng|aran|pelapor|pengirim|pemohon|korban|pemilik|penerima|saksi|terlapor)(?=\s?[:=])"
    rf"|(?:{_KIN}(?:ku)?(?: {_SELF})?|{_SELF}),? {_CALLED}"
    rf"){_END}",
    re.IGNORECASE,
)
# After these only a capitalised name counts.
_WEAK: Final = re.compile(
    r"(?<![^\W_])(?:"
    rf"an|nama|(?:kontak|cp|contact person)(?=\s?:)|(?:{_KIN}ku|{_KIN} {_SELF})(?: ?,)?"
    rf"|(?:perkenalkan|kenalkan|kenalake|tepangaken),? {_SELF}"
    r"|jenenge|jenengane|arane|namanya|naminipun|asmanipun"
    r"|(?:hubungi|hub\.?)(?= (?:pak|bu|bapak|ibu|mas|mbak|mba|kang|sdr|sdri)(?![^\W_]))"
    rf"){_END}",
    re.IGNORECASE,
)
_SIGNED: Final = re.compile(
    r"(?<![^\W_])(?:hormat (?:saya|kami)|salam hormat|ttd|tertanda)(?![^\W_])[ .,:\n]{0,4}", re.IGNORECASE
)
_TITLED: Final = re.compile(
    r"(?:pak|bu|bapak|ibu|mas|mbak|mba|mbah|mbok|kang|(?:bp|bpk)\.?)"
    r"(?![^\W_]) ?",
    re.IGNORECASE,
)
_TOLD: Final = re.compile(rf"(?:{_SELF}|ini|iki|kiye|niki|menika) ", re.IGNORECASE)
_TOKEN: Final = re.compile(r"([^\W\d_]++(?:['’`-][^\W\d_]++)*)(\.?)[ \t]{0,2}")
_NEXT: Final = re.compile(r"[ ,(]{1,3}([^\W\d_]++)")
_INITIAL: Final = frozenset(
    listed(
        """
    h hj m moh muh mohd muhammad dr ir drs dra kh ki nyi st siti abd
    """
    )
)
_PARTICLES: Final = frozenset(["bin", "binti", "al", "van"])
# Verbs end a name in small letters; no list holds them all.
_VERB: Final = re.compile(r"(?:meng|meny|men|mem|ber|ter|di)[^\W\d_]{5,}")
# In capitals a name, in small letters a word of krama.
_NAMES_TOO: Final = frozenset({"Ajeng", "AJENG"})
# Every cue begins with one of these letters; a cheap test before the patterns are tried.
_OPENERS: Final = tuple(
    listed(
        """
    a bapak bernama bojo bp bu contact cp cucu dalem enyong garwa hormat hub ibu iki ini inyong istri
    jeneng kakak kakang kakek kami kanca kang kawula kenal keponakan kiye konco kontak korban kula kulo
    lare mamak mas mbah mbak mbok menika mertua nama nami nenek niki nyong pak pelapor pemilik pemohon
    penerima pengirim perkenalkan ponakan putra putri putro putu saksi salam saudara saya sedulur semah
    simah simbok suami sy tangga tepangaken terlapor tertanda tetangga ttd
    """
    )
)
_OFFICES: Final = frozenset(
    listed(
        """
    bupati wabup walikota wali gubernur wagub presiden menteri wakil wakilnya yth
    """
    )
)
_BESIDE: Final = frozenset(
    listed(
        """
    rumah omah omahe griya griyane griyanipun kos kost sawah kebun bengkel depan dekat sebelah samping
    belakang seberang ngarep ngarepe cedhak cedak mburi celak ngajeng wingking sisih
    """
    )
)
# A thing, not a person, is called so: "toko bernama …", "grup yang bernama …".
_THINGS: Final = frozenset(
    listed(
        """
    desa dusun jalan jl jln gg toko warung pt cv sekolah perusahaan kafe cafe karaoke pasar aplikasi
    grup akun pantai sungai tempat hotel jembatan gang proyek program organisasi
    """
    )
)
_LONGEST: Final = 5
_LONGEST_SMALL: Final = 3
_MOST_TITLES: Final = 6  # before a name; of a longer run a later title leads to it


def find(text: str, words: list[Word]) -> Iterator[Part]:
    """Find names after their cues; ``words`` are the words of the text."""
    shouting = text.isupper()
    for index, (start, _, word) in enumerate(words):
        if not word.startswith(_OPENERS):
            continue
        if (match := _STRONG.match(text, start)) and not _is_thing(words, index):
            yield from _name(text, match.end(), small=True)
        elif not shouting:
            yield from _capitalised(text, words, index)
        if match := _TOLD.match(text, start):
            yield from _introduced(text, match.end(), shouting=shouting)


def _capitalised(text: str, words: list[Word], index: int) -> Iterator[Part]:
    """Names after weaker cues, which count only with a capital letter."""
    start = words[index][0]
    if ((match := _WEAK.match(text, start) or _SIGNED.match(text, start)) and not _is_thing(words, index)) or (
        (match := _TITLED.match(text, start)) and not _is_public(words, index)
    ):
        yield from _name(text, match.end(), small=False)


def _is_thing(words: list[Word], index: int) -> bool:
    before = [word for _, _, word in words[max(0, index - 2) : index]]
    if before and before[-1] in ("yang", "sing", "ingkang"):
        before.pop()
    return bool(before) and before[-1] in _THINGS


def _is_public(words: list[Word], index: int) -> bool:
    """Where somebody lives or sells is a place ("depan rumah Pak Karto"), who holds an office is public."""
    if index and words[index - 1][2] in _THINGS | _BESIDE:
        return True
    return any(word in _OFFICES for _, _, word in words[max(0, index - 3) : index])


def _introduced(text: str, position: int, *, shouting: bool) -> Iterator[Part]:
    for found in _name(text, position, small=False):
        if _is_introduction(text, found.end, shouting=shouting):
            yield found


def _is_introduction(text: str, end: int, *, shouting: bool) -> bool:
    return (not shouting and text[end : end + 1] in (",", "(")) or _followed_by(text, end, AFTER)


def _followed_by(text: str, end: int, expected: frozenset[str]) -> bool:
    following = _NEXT.match(text, end)
    return following is not None and following[1].lower() in expected


def _name(text: str, position: int, *, small: bool) -> Iterator[Part]:
    """Read a name at ``position``; ``small`` accepts one without capitals."""
    start = end = -1
    count = titles = 0
    capital = False
    while count < _LONGEST and titles <= _MOST_TITLES and (token := _TOKEN.match(text, position)):
        word = token[1].lower()
        if start < 0 and word in HONORIFICS:
            position, titles = token.end(), titles + 1
            continue
        dotted = bool(token[2]) and (word in _INITIAL or len(word) == 1)
        if (count and word in HONORIFICS) or (word in STOP and not dotted and token[1] not in _NAMES_TOO):
            break
        upper = token[1][0].isupper()
        if start < 0:
            if not (upper or small or dotted):
                return
            start, capital = token.start(), upper or not small
        elif (capital and not upper and word not in _PARTICLES) or (
            not capital and (count >= _LONGEST_SMALL or _VERB.fullmatch(word))
        ):
            break
        end = token.end(2) if dotted else token.end(1)
        position, count = token.end(), count + 1
        if token[2] and not dotted:
            break
    if start >= 0 and any(len(token) > 1 for token in text[start:end].replace(".", " ").split()):
        yield part("nama", text, start, end)
