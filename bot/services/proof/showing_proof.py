"""Photos from our disk on their way to people: the stripped copies, with a caption and buttons under the last."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import structlog

from bot.domain.errors import Refused
from bot.domain.outgoing import Picture, SendProof, Text
from bot.domain.records import Bound
from bot.imaging.stripping import kind_of
from bot.services.channel import Channel, Target
from bot.services.database import Database
from bot.services.effects import Effect, Sent
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.proof.examining import beside
from bot.services.proof.proof_words import PROOF

AS_IT_IS = 4 * 1024 * 1024  # bytes up to which a photo is sent as it is kept
log = structlog.get_logger()


async def read_files(folder: Path, paths: Sequence[str]) -> list[bytes]:
    """The files that are there."""
    found = []
    for path in paths:
        try:
            found.append(await asyncio.to_thread((folder / path).read_bytes))
        except OSError as error:
            log.warning("picture_not_read", reason=type(error).__name__)
    return found


async def send_shown(channel: Channel, to: Target, picture: Picture, data: bytes) -> list[str]:
    """Send a picture; its words alone where the chat takes none."""
    try:
        return [await channel.send_picture(to, picture, data)]
    except Refused:  # where the whole chat is closed to us, the words are refused as well
        log.info("picture_refused", channel=channel.name)
    return await channel.send_text(to, Text(picture.caption, rows=picture.rows)) if picture.caption else []


async def send_proof(database: Database, office: Office, channel: Channel, to: Target, sent: SendProof) -> Sent:
    """Send a citizen the photos of what was done; what was erased meanwhile is not sent."""
    files = await database.read(lambda uow: uow.cases.media_by_id(sent.media_ids))
    every = await read_files(office.media_folder, [file.path for file in files if file.path])
    ids: list[str] = []
    for number, data in enumerate(every, 1):
        last = number == len(every)
        if len(data) > AS_IT_IS or kind_of(data) != "jpg":  # what a platform may not take as a photo
            data = await beside([data]) or data
        picture = Picture("bukti.jpg", sent.caption if last else "", sent.rows if last else ())
        ids += await send_shown(channel, to, picture, data)
    return Sent(len(ids), _bound(channel.name, to.chat_id, ids, sent.case_id))


def _bound(channel: str, chat_id: str, ids: Sequence[str], case_id: int) -> Effect:
    def remember(uow: UnitOfWork, office: Office) -> None:
        for message_id in ids:
            uow.desks.bind(channel, chat_id, message_id, Bound(case_id, PROOF))

    return remember
