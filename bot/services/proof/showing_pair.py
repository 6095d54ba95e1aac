"""A photo beside the picture that it is like, as admins and the head see them."""

from bot.domain.case import Case
from bot.domain.lengths import cut
from bot.domain.outgoing import CAPTION_UNITS, Picture, Rows, ShowPair, Text
from bot.domain.proof import HOLDS, Evidence
from bot.services.channel import Channel, Target
from bot.services.database import Database
from bot.services.effects import Sent
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.proof.examining import beside
from bot.services.proof.held import remember
from bot.services.proof.proof_words import decisions, is_closed, words
from bot.services.proof.showing_proof import read_files, send_shown


async def show_pair(database: Database, office: Office, channel: Channel, to: Target, shown: ShowPair) -> Sent:
    """Send both pictures as one, with what they have in common; without them where they cannot be shown."""

    def look(uow: UnitOfWork) -> tuple[Evidence, str, Rows, list[str]] | None:
        photo = uow.evidence.get(shown.evidence_id)
        case = uow.cases.by_id(photo.case_id) if photo else None
        if photo is None or case is None:
            return None
        rows = decisions(office, case, photo) if shown.decides else ()
        return photo, words(uow, office, case, photo), rows, _paths(uow, case, photo)

    found = await database.read(look)
    if found is None:
        return Sent(0)
    photo, text, rows, paths = found
    if len(paths) > 1:
        text = f"{text}\n{office.texts('proof.sides')}"
    caption = cut(text, CAPTION_UNITS)
    data = await read_files(office.media_folder, paths)
    picture = await beside(data) if data else None
    if picture is not None:
        ids = await send_shown(channel, to, Picture("bukti.jpg", caption, rows), picture)
    else:
        ids = await channel.send_text(to, Text(caption, rows=rows))
    return Sent(len(ids), remember(channel.name, to, ids, photo) if shown.decides else None)


def _paths(uow: UnitOfWork, case: Case, photo: Evidence) -> list[str]:
    """The files to show: the photo and the first that it is like; nothing of a case that is closed."""
    if is_closed(case):
        return []
    others = [note.media_id for note in photo.notes if note.doubt in HOLDS and note.media_id is not None]
    wanted = [photo.media_id, *others[:1]]
    held = uow.evidence.files(wanted)
    open_ones = [held[each][0] for each in wanted if each in held]
    cases = {each.case_id: uow.cases.by_id(each.case_id) for each in open_ones}
    return [each.path for each in open_ones if each.path and (of := cases[each.case_id]) and not is_closed(of)]
