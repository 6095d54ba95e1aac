"""Words that tell of violence at home, against women or against children, whatever topic the classifier named."""

import re

_WHO = (
    r"(?:suami|istri|isteri|bojo\w*|garwo\w*|garwa\w*|bapak\w*|bapa|ayah\w*|ibu\w*|pacar\w*|mantan\w*|paman\w*|pakdhe|pakde"
    r"|paklik|kakek|guru\w*|ustad\w*|ustaz\w*|kyai|kiai|anak\w*|bocah\w*|lare\w*|santri\w*|murid\w*|siswi?a?\w*|balita|bayi\w*)"
)
_HIT = (
    r"(?:di|dipun|me|men|meng|nge|ng)?(?:pukul\w*|mukul\w*|hajar\w*|aniaya\w*|siksa\w*|gebug\w*|gebuk\w*|antem\w*|keplak\w*"
    r"|tampar\w*|tendang\w*|cekik\w*|sundut\w*|telantar\w*|kurung\w*)"
)
_PATTERN = re.compile(
    r"(?<!\w)(?:"
    r"(?:di|pe|me|dipun)?m?perkosa\w*|(?:di)?rudapaksa\w*|(?:di|pen|men)?cabul\w*|kdrt|inses|sodomi|disodomi"
    r"|(?:di|pe|me)?lecehkan|pelecehan|di(?:grayangi|gerayangi|gepok)|(?:di|meng)hamili"
    r"|kekerasan (?:dalam rumah tangga|seksual|fisik|(?:pada|terhadap|kepada)? ?(?:anak|perempuan|istri|wanita))"
    r"|(?:per)?nikahan (?:dini|anak)|(?:di|mem)?(?:bully|bullying|rundung|perundungan)"
    rf"|{_HIT} (?:\w+ ){{0,3}}{_WHO}|{_WHO} (?:\w+ ){{0,3}}{_HIT}"
    r")(?!\w)"
)


def tells_of_violence(text: str) -> bool:
    """Whether a report tells of such violence; a doubt counts as one, for it only hides the words from a group."""
    return _PATTERN.search(" ".join(re.findall(r"\w+", text.casefold()))) is not None
