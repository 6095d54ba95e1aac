"""Take back what our messages in groups quoted of a case: deleted, or where the platform refuses, emptied or told."""

from bot.domain.case import Case
from bot.domain.outgoing import Delete, Outgoing, Priority
from bot.domain.readings import Listing
from bot.domain.records import Bound
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.secrecy.apart import read_by_accused

WORDS, FILES, CARD = "citizen_words", "media", "card"


def recall(uow: UnitOfWork, office: Office, case: Case) -> None:
    """Delete the words and files of a case that stand in groups, and lists that name it; its card too, where an office
    is complained about.
    """
    seen: set[tuple[str, str]] = set()
    for card in uow.quotes.cards(case.id):
        place = (card.channel, card.chat_id)
        if place in seen:
            continue
        seen.add(place)
        roles = (WORDS, FILES, CARD) if read_by_accused(uow, case, *place) else (WORDS, FILES)
        for role in roles:
            for message_id in uow.desks.messages_in(card.channel, card.chat_id, Bound(case.id, role)):
                gone = Delete(message_id, case.id, under=card.message_id, editable=role == WORDS)
                uow.outbox.put(
                    Outgoing(card.channel, card.chat_id, gone, Priority.CARD, card.thread_id), now=office.clock()
                )
    for listing in uow.quotes.lists_of(case.id):
        take_back(uow, office, listing, case.id)
    if case.merged_into is not None:  # what was shown under the other case's card is bound to that one
        office.desk(uow, "desk.secret_merged", code=case.code)


def take_back(uow: UnitOfWork, office: Office, listing: Listing, case_id: int) -> None:
    """Delete a message that lists a case."""
    gone = Delete(listing.message_id, case_id, editable=True)
    uow.outbox.put(
        Outgoing(listing.channel, listing.chat_id, gone, Priority.CARD, listing.thread_id), now=office.clock()
    )
    uow.quotes.forget(listing)
