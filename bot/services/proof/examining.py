"""Photos and PDFs are opened in a process of their own, which a hostile one may kill; here it is started and read."""

import asyncio
import base64
import binascii
import json
import struct
import sys
from collections.abc import Sequence
from time import time

import structlog

from bot.domain.calendar import local
from bot.domain.proof import Marks
from bot.services.learning.children import ROOT, environment
from bot.services.proof.evidence_ports import Examined

SECONDS = 30.0
IDLE_SECONDS, IDLE_NICE = 600.0, 5  # for what nobody waits for: everything else comes first
AT_ONCE = 2
log = structlog.get_logger()
_free = asyncio.Semaphore(AT_ONCE)


async def examine(data: bytes, *, timezone: str, idle: bool = False) -> Examined:
    """What a photo looks like and says of itself; `wrong` where it cannot be taken. `idle`: nobody waits for it."""
    offset = local(time(), timezone).utcoffset()
    hours = offset.total_seconds() / 3600 if offset else 0.0
    nice = (str(IDLE_NICE),) if idle else ()
    answer = await _child(("examine", str(hours), *nice), data, seconds=IDLE_SECONDS if idle else None)
    try:
        found = json.loads(answer or b"")
        if wrong := found.get("wrong"):
            return Examined(wrong=str(wrong))
        hashes, spots, small = (base64.b64decode(found[name]) for name in ("hashes", "spots", "small"))
        marks = Marks(found["taken_at"], found["lat"], found["lon"], str(found["made_by"])[:80])
    except (ValueError, KeyError, binascii.Error):
        return Examined(wrong="broken")
    return Examined(hashes, spots, small, marks)


async def beside(every: Sequence[bytes]) -> bytes | None:
    """Photos side by side, as a JPEG; None where they cannot be shown."""
    return await _child(("pair",), b"".join(struct.pack(">Q", len(each)) + each for each in every)) or None


async def without_marks(document: bytes) -> bytes | None:
    """A PDF without what it tells of its making; None where it is encrypted or cannot be read."""
    return await _child(("bare",), document) or None


async def _child(arguments: Sequence[str], data: bytes, *, seconds: float | None = None) -> bytes | None:
    """What `python -m bot.imaging` answers to these bytes; None where it fails or takes too long."""
    async with _free:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.imaging", *arguments, cwd=ROOT, env=environment(1),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            answer, _ = await asyncio.wait_for(child.communicate(data), seconds or SECONDS)
        except TimeoutError:
            log.warning("picture_not_examined", reason="timeout")
            return None
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
    if child.returncode:
        log.warning("picture_not_examined", reason=f"exit {child.returncode}")
        return None
    return answer
