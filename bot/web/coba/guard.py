"""The coba page is for whoever sits at this machine: no other address, no other site, no proxy in between."""

import ipaddress
import secrets
from urllib.parse import urlsplit

from fastapi import HTTPException, Request

NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
PROXY_HEADERS = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
HEADER = "x-coba-token"


class Guard:
    """Dependencies of the routes. The token is drawn anew for every process and stands in the page only."""

    def __init__(self) -> None:
        self.token = secrets.token_urlsafe(24)

    def local(self, request: Request) -> None:
        """Refuse whoever is not on this machine, and names that only pretend to be (DNS rebinding)."""
        client = request.client.host if request.client else ""
        if not _loopback(client) or any(header in request.headers for header in PROXY_HEADERS):
            raise HTTPException(403, "only on this machine")
        if _host(request.headers.get("host", "")) not in NAMES:
            raise HTTPException(403, "only as localhost")

    def own_page(self, request: Request) -> None:
        """Refuse requests that other sites make a browser send."""
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
            raise HTTPException(403, "other origin")
        given = request.headers.get(HEADER, "")
        if not secrets.compare_digest(given.encode(), self.token.encode()):
            raise HTTPException(403, "token")


def _host(header: str) -> str:
    try:
        return (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return ""


def _loopback(address: str) -> bool:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return (mapped or ip).is_loopback
