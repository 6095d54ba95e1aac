"""When several short messages tell one complaint."""

from bot.domain.borders import one_event
from bot.domain.case import WORDS, Case, Tags
from bot.domain.labels import NOT_A_REPORT, OTHER

OWN_TOPIC = 0.45  # below this probability a message has no topic of its own
FRAGMENT_WORDS = 6  # so few words are often a rest of the sentence before
FRAGMENT_TOPIC = 0.7
PLACE_SHARE = 0.6  # a message that is mostly a place names no matter


def joins(case: Case, tags: Tags, *, text: str, now: float, last_said_at: float, window: float) -> bool:
    """Whether a further message of the same person belongs to this case.

    Within `window` seconds of the person's last words, before the case was taken, with the same topic or none of
    its own (architecture: the way of a message). A case that has no topic itself yet only began to be told.
    """
    if not case.open or case.taken or now - last_said_at > window:
        return False
    if tags.emergency and not case.tags.emergency:
        return tags.topic in (case.tags.topic, OTHER) or not case.tags.p_topic
    if case.awaiting == WORDS or (case.tags.topic == OTHER and not case.tags.settled):
        return True
    return tags.topic in (case.tags.topic, OTHER) or not has_own_topic(tags, text)


def goes_on_with_others(case: Case, tags: Tags) -> bool:
    """Whether a further message tells more of a case that goes on in another; words of new danger never only do."""
    same = case.merged_into is not None and one_event((tags.topic, *tags.further), (case.tags.topic,))
    return same and (case.tags.emergency or not tags.emergency)


def is_fragment(tags: Tags, text: str) -> bool:
    """Whether words are so few that only what was told before gives them their meaning; danger words never are."""
    return len(text.split()) <= FRAGMENT_WORDS and not tags.alarming


def has_own_topic(tags: Tags, text: str) -> bool:
    """Whether the message alone names a matter that a department could act on."""
    if tags.kind == NOT_A_REPORT or tags.topic == OTHER or tags.unsure:
        return False
    words = len(text.split())
    if tags.location and len(tags.location.split()) >= PLACE_SHARE * words:
        return False
    return tags.p_topic >= (FRAGMENT_TOPIC if words <= FRAGMENT_WORDS else OWN_TOPIC)
