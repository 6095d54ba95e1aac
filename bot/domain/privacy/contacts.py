"""E-mail addresses, links that open something personal, accounts on social networks, spelled numbers."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from bot.domain.privacy.parts import Part, Span, part

_URL: Final = re.compile(
    r"(?<![^\W_])(?:https?://|www\.|(?:wa\.me|api\.whatsapp\.com|chat\.whatsapp\.com|t\.me|(?:m\.)?facebook\.com"
    r"|fb\.com|instagram\.com|tiktok\.com|twitter\.com|x\.com)/)[^\s<>\"]++",
    re.IGNORECASE,
)
_TRAILING: Final = ".,;:!?)]}'"
_PHONE_LINK: Final = re.compile(
    r"(?:https?://)?(?:www\.)?(?:wa\.me/\+?|api\.whatsapp\.com/send/?\?phone=(?:\+|%2b)?)([0-9]{9,16})",
    re.IGNORECASE,
)
_INVITE: Final = re.compile(
    r"(?:https?://)?(?:chat\.whatsapp\.com/|wa\.me/(?:qr|message)/|t\.me/(?:\+|joinchat/))", re.IGNORECASE
)
_SECRET: Final = re.compile(
    r"[?&#;](?:access_?token|token|otp|pin|pwd|password|key|api_?key|sig|signature|session|sid|auth|code"
    r"|email|phone|nik|hash)=|//[^/\s@]{1,80}+@",
    re.IGNORECASE,
)
_PROFILE: Final = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?(?:t\.me|facebook\.com|fb\.com|instagram\.com|tiktok\.com|twitter\.com|x\.com)"
    r"/@?([A-Za-z0-9._]{2,64})/?(?:\?[^/]*)?",
    re.IGNORECASE,
)
_PROVIDER: Final = r"(?:gmail|yahoo|ymail|hotmail|outlook|rocketmail|icloud)"
_EMAIL: Final = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]++(?:"
    rf"@[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)+|@{_PROVIDER}\b(?:[ ,.]{{1,2}}com?\b)?(?:\.id\b)?"
    rf"| ?(?:@|[(\[] ?(?:at|et) ?[)\]]|\bat\b) ?{_PROVIDER}(?:[ ,.]{{1,2}}| ?(?:dot|titik) )com?\b)",
    re.IGNORECASE,
)
_ACCOUNT: Final = re.compile(r"(?<![A-Za-z0-9_.@/])@([A-Za-z0-9_](?:\.?[A-Za-z0-9_]){2,49})")
# Accounts of offices and media: whom a message is copied to is not personal.
_OFFICE: Final = re.compile(
    r"pem(?:kab|kot|prov|da|des)|bupati|wali_?kota|gubernur|wabup|presiden|menteri|kemen|dinas|dinkes|dishub|disduk"
    r"|disdik|dis[a-z]{3,}pemalang|dpu|pupr|bpbd|damkar|satpol|polri|polres|polsek|polda|divisi|humas|kominfo|diskominfo"
    r"|pln|pdam|bpjs|kpk|ombudsman|lapor|info|berita|news|radio|rsud|puskesmas|kecamatan|kelurahan|desa|samsat"
    r"|kejari|kodim|basarnas|bmkg|jateng|official",
    re.IGNORECASE,
)
_WORD_DIGIT: Final = (
    r"(?:nol|kosong|satu|siji|dua|loro|tiga|telu|empat|papat"
    r"|lima|enam|nem|tujuh|pitu|delapan|wolu|sembilan|sanga|songo)"
)
_SPELLED: Final = re.compile(
    rf"(?<![^\W_]){_WORD_DIGIT}(?:[ ,.-]{{1,2}}{_WORD_DIGIT}){{8,15}}(?![^\W_])", re.IGNORECASE
)
_SPACED: Final = re.compile(r"(?<![0-9])(?<![0-9][ .-])0([ .-])8(?:\1[0-9]){7,11}(?![ .-]?[0-9])")


def links(text: str) -> tuple[list[Part], list[Span]]:
    """Return what links give away, and the spans of all links (other patterns leave them alone)."""
    found: list[Part] = []
    spans: list[Span] = []
    for match in _URL.finditer(text):
        start = match.start()
        url = match[0].rstrip(_TRAILING)
        spans.append((start, start + len(url)))
        kind = _link_kind(url)
        if kind:
            found.append(part(kind, text, start, start + len(url)))
    return found, spans


def _link_kind(url: str) -> str:
    if _PHONE_LINK.match(url):
        return "telepon"
    if _INVITE.match(url) or _SECRET.search(url):
        return "tautan"
    profile = _PROFILE.fullmatch(url)
    return "username_medsos" if profile and not _OFFICE.search(profile[1]) else ""


def linked_phone(link: str) -> str:
    """The digits of a wa.me link, else ''."""
    found = _PHONE_LINK.match(link)
    return found[1] if found else ""


def emails(text: str) -> list[Part]:
    """Find e-mail addresses, also with "[at]" or without their dot."""
    return [part("email", text, *_trimmed(match)) for match in _EMAIL.finditer(text)]


def _trimmed(match: re.Match[str]) -> Span:
    return match.start(), match.start() + len(match[0].rstrip(".-"))


def accounts(text: str) -> Iterator[Part]:
    """Find @names, offices' accounts aside."""
    for match in _ACCOUNT.finditer(text):
        if not _OFFICE.search(match[1]):
            yield part("username_medsos", text, *match.span())


def spelled(text: str, folded: str) -> Iterator[Part]:
    """Find phone numbers written out in words or digit by digit."""
    for match in chain(_SPELLED.finditer(text), _SPACED.finditer(folded)):
        yield part("telepon", text, *match.span())
