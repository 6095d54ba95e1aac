"""What says that an office named in a report is only mentioned: asked, greeted, thanked, told, near by, a helper.

Each reason needs words of its own, for a miss is worse than a false alarm; and what is said against it all the same
("sudah lapor polisi, malah dimintai uang") outweighs it. Words are small letters, marks between clauses a comma.
"""

import re

REACH = 200  # letters to either side that are looked at
TITLES = r"(?:(?:yth|bapak|pak|pakdhe|ibu|bu|mas|mbak|kang|pihak|kantor|dinas|tim|para|petugas|kepala) )"
_DONE = r"(?:sudah|sdh|udah|telah|pernah|sampun|pun|wis|uwis|wes|wus)"
ACTS = (
    r"(?:minta(?! (?:tolong|bantuan|maaf|perhatian|pertolongan))|meminta|njaluki?(?! tulung)"
    r"|nyuwun(?! (?:tulung|sewu|pirsa|priksa|bantuan))|mundhut|narik|menarik|memungut|mungut|nampa|nampi|nrima"
    r"|terima(?! kasih)|menerima(?! laporan)|korupsi|nyolong|mencuri|jual|menjual|memotong|motong|nyunat"
    r"|menyunat|ngapusi|menipu|memeras|meres|nilep|ngepeki|njupuk|mengambil|disuap|disogok|memalsukan|malsu)"
)
TAKES = rf"(?:{ACTS}|pungli|suap|setoran)"
_HURTS = r"(?:(?:me|ng|nge|n|m)?(?:mukul|pukul|gebug|gebuk|gepuk|antem|njiwit|ciwit|tampar|gaplok|raba|leceh|ancam)\w*)"
_HARMED = (
    r"(?:(?:di|dipun ?|ke)(?:minta|jaluk|suwun|pundhut|tarik|peras|pukul|antem|gebug|ancam|tampar|paksa|persulit|potong"
    r"|sunat|tagih)\w*|(?:harus|kudu|kedah|mesti|disuruh|dikon) (?:m?bayar|nyetor|setor|nyelip\w*|kasih|menehi|nyogok))"
)
_BUT = r"(?:tapi|tetapi|namun|nanging|nangin|ning|malah|malahan|ternyata|terus|trus|lalu|banjur|lajeng|dan|lan)"
_CROOKS = r"(?:calo\w*|preman\w*|oknum|pelaku\w*|rentenir\w*|bandar\w*)"
_OTHERS = rf"(?:{_CROOKS}|orang|wong|tiyang|suami\w*|bojo\w*|semah\w*)"
_BARE = rf"(?:(?!{_OTHERS}\b)\w+ ){{0,2}}"
_TURN = (  # what was good until here goes on otherwise
    rf"^(?: \w+){{0,3}} (?:, )?{_BUT} (?:{_BARE}{_HARMED}"
    rf"|(?:(?:malah|tetap|tetep|juga|ya|uga|dia|beliau|dheweke|kok) )*{ACTS}"
    rf"|(?:(?:pegawai|petugas|oknum)\w*) (?:\w+ )?{ACTS})"
)
_TURNS = re.compile(_TURN)
_AGAINST = re.compile(rf"^ (?:, )?{_BARE}{_HARMED}|{_TURN}")  # what is said against the office all the same
_TO_BE_TRIED = re.compile(  # "tolong kades kami ditindak", "mohon polisi yang minta uang …"
    r"^(?: (?!agar|supaya|ben|ada|ana|onten|wonten|pungl|pungutan|calo|preman)\w+){0,6}"
    r" (?:di|dipun ?)(?:tindak\w*|periksa|priksa|usut|proses|pecat|copot|ganti|audit|tangkap|cekel|hukum|penjara\w*)"
    r"|^(?: (?:kami|kita|saya|kula|nyong|inyong|aku|itu|ini|kuwi|iku|kae|niku|menika|setempat|di \w+)){0,3}"
    rf" (?:yang|sing|seng|ingkang|kang) (?:\w+ )?{ACTS}"
)
_TOLD = re.compile(  # "lapor ke polisi", "kepada yth inspektorat", "tolong pak polisi"
    r"(?:(?:(?:me|di|ng|nge)?(?:lapor|adu|ngadu|wadul|sampai|kirim|terus|lanjut|tembus)\w*|matur|ngomong|omong|bilang"
    r"|cerita|crita|kandha) (?:\w+ )?"
    r"(?:ke|kepada|pada|dhateng|dateng|teng|marang|maring|nang|karo|kalih)"
    rf"|{_DONE} (?:(?:me|nge)?lapor\w*|wadul|ngadu|matur|bilang|ngomong|cerita|crita)"
    r"|kepada|yth|kagem|dumateng|mohon|tolong|tulung|minta (?:tolong|bantuan)|harap|semoga|muga|mugi|butuh|perlu"
    rf"|panggil\w*|undang) (?:{TITLES}|agar |supaya ){{0,3}}$"
)
_ASKED = re.compile(
    r"^ (?:, )?(?:(?:kabupaten|kab|kota|setempat) )?(?:tolong|tulung|mohon|harap|segera|agar|supaya|ben|turun|periksa"
    r"|usut|audit|tindak|cek|(?:harus|kudu|perlu) (?:segera )?(?:turun|periksa|priksa|memeriksa|usut|mengusut|audit"
    r"|tindak|menindak|nindak|cek|tahu|tau|ngerti|tegas|bantu|mbantu|adil))(?!\w)"
)
_GREETING = (
    r"(?:lapor|assalam\w*|asalam\w*|salam|wr|wb|halo|hallo|permisi|izin|ijin|punten|kulanuwun|kulonuwun|nuwun sewu"
    r"|ku?l[ao] nuwun|selamat (?:pagi|siang|sore|malam)|sugeng (?:enjing|siang|sonten|dalu)|mas|terima kasih|makasih"
    r"|matur ?nuwun|maturnuwun|suwun|nuwun)"
)
_SPEAKER = r"(?:saya|kami|aku|kula|kulo|nyong|inyong|enyong|isun)"
_CALLS = re.compile(rf"(?:^|, )(?:{_GREETING} (?:, )?)*{TITLES}{{0,3}}$")  # the clause begins by calling somebody
_GREETS = re.compile(rf"(?:^|, |\b){_GREETING} (?:, )?{TITLES}{{0,3}}$")
_GOES_ON = re.compile(  # and goes on with somebody else
    rf"^ , (?:{_SPEAKER}|ini|iki|kiye|niki|ada|ana|onten|wonten|enten|mohon|tolong|tulung|nyuwun|lapor|matur|yang|sing"
    rf"|(?:anak|bojo|suami|istri|tangga|tonggo|adik|ibu|bapak)\w*|{_OTHERS}|di|nang|neng|ning|teng)(?!\w)"
)
_GREETED_ON = re.compile(
    rf"^ (?:, )?(?:(?:di|nang|neng|ning|teng|wonten|ing) (?:\w+ ){{1,2}})?(?:ada|ana|onten|wonten|enten)(?!\w)"
    rf"|^ (?:, )?{_SPEAKER} (?:mau|ingin|hendak|badhe|arep|pan|lapor|matur|izin|ucapkan)(?!\w)"
    rf"|^ (?:\w+ )?(?:{_DONE} |atas )|^ , (?:namun|tapi|nanging|{_OTHERS}|sing|yang|pungli|pungutan|laporan)(?!\w)"
)
_NEAR = re.compile(
    r"(?:depan|ngarep\w*|ngajeng\w*|belakang|mburi\w*|wingking\w*|samping|sebelah|dekat|deket|cedh?ak\w*|celak\w*|cerak"
    r"|seberang|sekitar|parkiran) (?:kantor |gedung |pak )*$"
)
_AT_WORK = re.compile(r"^(?: \w+){0,4} (?:petugas|pegawai|oknum|perangkat)(?!\w)")
_BROUGHT = re.compile(
    r"(?:dibawa|digawa|dibeta|dirawat|dirujuk|diopname|dilarikan|visum) (?:ke|neng|nang|ning|di|teng|dhateng|maring"
    r"|wonten|ing) (?:\w+ )?$"
)
_HELPED_BY = re.compile(
    r"(?:(?:di|dipun ?)(?:bantu|dampingi|tulungi|tolong|kawal|jemput|selamatkan|lindungi|antar|temani|kancani|biyantu)"
    rf"|pendampingan|bantuan|perlindungan) (?:oleh |dening |karo |kalih |dari ){{0,1}}{TITLES}{{0,2}}$"
)
_HELP = (
    r"(?:(?:mem|m)?bantu|mbiyantu|menolong|nulung\w*|ngewang\w*|mendampingi|ndampingi|menasihati|nasihati|menegur|negur"
    r"|menengahi|nengahi|ngeling\w*|nglerem|melerai|memisah|melindungi|ditulungi|dibantu"
    r"|(?:yang|sing|ingkang) (?:pertama )?(?:kali )?(?:tahu|tau|weruh|ngerti|menemukan|nemokake))"
)
_HELPS = re.compile(
    rf"^(?: (?!{TAKES}\b|{_HURTS}|tidak|ora|mboten|belum|durung|mau)\w+){{0,5}} {_HELP}(?! {_CROOKS})(?!\w)"
)
_VICTIM = re.compile(rf"(?:memeras|meres|menipu|ngapusi|mengancam|ngancam|memfitnah) {TITLES}{{0,2}}$")
_GRADE = re.compile(r"(?:kelas|klas) \w+ $")
_AT_SCHOOL = re.compile(
    r"(?:masih|sedang|lagi|isih|taksih|esih|pulang|berangkat|mangkat|bali|wangsul|putus|anak|lulus|bocah|lare) $"
)
_STUDIES = re.compile(r"(?:saya|kami|kula|aku|nyong|\w{3,}ku) $")
_CAREER = re.compile(r"(?:masuk|jadi|daftar|mlebu|dadi|mlebet|dados|tes) $")
_FALSE = re.compile(r"^ (?:gadungan|palsu|tidur|abal)")


def only_mentioned(before: str, office: str, after: str) -> bool:
    """Whether an office stands in a report otherwise than to be complained about.

    `before` and `after` are the words on both sides of it, `office` are those that name it.
    """
    before, after = before[-REACH:], after[:REACH]
    if _is_other(before, office, after):
        return True
    if _CALLS.search(before) and _GOES_ON.search(after):
        return True
    if _GREETS.search(before) and _GREETED_ON.search(after):
        return not _AGAINST.search(after)
    if _TOLD.search(_unmarked(before)) or _ASKED.search(after):
        return not _AGAINST.search(after) and not _TO_BE_TRIED.search(after)
    if _NEAR.search(before):
        return not _AT_WORK.search(after)
    helps = _BROUGHT.search(before) or _HELPED_BY.search(before) or _HELPS.search(after)
    return helps is not None and not _AGAINST.search(after) and not _changes(after)


def _is_other(before: str, office: str, after: str) -> bool:
    """Words that name no office here: a grade, going to school, a career, an impostor; or one that suffers itself."""
    if office.startswith("sekolah"):
        studies = _STUDIES.search(before) and after.startswith(" di ")
        if studies or _AT_SCHOOL.search(before):
            return True
    if office.startswith("polisi") and (_CAREER.search(before) or _FALSE.search(after)):
        return True
    return bool(_GRADE.search(before) or _VICTIM.search(before))


def _changes(after: str) -> bool:
    """Help that turned into taking: "sudah bantu, tapi minta uang"."""
    found = _HELPS.search(after)
    return bool(found and _TURNS.search(after[found.end() :]))


def _unmarked(words: str) -> str:
    return words.replace(", ", "")
