"""Pictures on their way out: read from our disk, and as words alone where a picture cannot go."""

import asyncio
from dataclasses import replace
from pathlib import Path

import structlog

from bot.domain.errors import MessageGone, Refused
from bot.domain.lengths import cut
from bot.domain.outgoing import CAPTION_UNITS, EditCaption, EditText, Picture, Text
from bot.services.channel import Channel, Target
from bot.services.effects import Sent

log = structlog.get_logger()


async def send_picture(channel: Channel, to: Target, picture: Picture) -> Sent:
    """Send a picture; where it is gone from disk or the chat takes none, its caption and buttons."""
    picture = replace(picture, caption=cut(picture.caption, CAPTION_UNITS))
    try:
        data = await asyncio.to_thread(Path(picture.path).read_bytes)
        await channel.send_picture(to, picture, data)
        return Sent(1)
    except OSError as error:
        log.warning("picture_not_read", reason=type(error).__name__)
    except Refused:  # where the whole chat is closed to us, the words are refused as well
        log.info("picture_refused", channel=channel.name)
    return Sent(len(await channel.send_text(to, Text(picture.caption, rows=picture.rows))))


async def edit_caption(channel: Channel, to: Target, edit: EditCaption) -> Sent:
    """Replace a caption, or the words where the picture went as a text."""
    edit = replace(edit, caption=cut(edit.caption, CAPTION_UNITS))
    try:
        await channel.edit_caption(to, edit)
    except Refused:
        try:
            await channel.edit_text(to, EditText(edit.message_id, edit.caption, edit.rows))
        except MessageGone:
            return Sent(0)
    return Sent(1)
