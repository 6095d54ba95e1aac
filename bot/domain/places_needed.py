"""Which reports need a place before anybody can act on them, and what a citizen says who was asked for it."""

from collections.abc import Collection

from bot.domain.case import Case, Tags
from bot.domain.joining import FRAGMENT_WORDS, OWN_TOPIC, PLACE_SHARE, has_own_topic
from bot.domain.labels import COMPLAINT, OTHER
from bot.domain.place_words import ANOTHER, BEGINS, FAREWELL, ONLY_POLITE, OWN_HOME, PREFACE, SAYS_MORE, TURN, UNKNOWN

NEEDED = frozenset(
    (
        "jalan", "penerangan_jalan", "pengairan", "air_bersih", "listrik", "sampah", "lingkungan", "perhubungan",
        "ketertiban", "keamanan", "bencana", "pariwisata", "perumahan",
    )
)  # fmt: skip
MOST_WORDS = 12  # so many words may be a place as they stand
FEWEST_TURNS = 2  # so many words of turning make directions
LONGEST_WAY = 30  # words
LONGEST = 120  # characters of a place as the card shows it


def needs_place(tags: Tags, own: Collection[str] = ()) -> bool:
    """Whether nobody could act on such a report without a place; help in danger always has to go somewhere.

    `own`: the office's own topics that need one.
    """
    if tags.emergency:
        return True
    guessed = tags.unsure and tags.p_topic < OWN_TOPIC
    return tags.kind == COMPLAINT and (tags.topic in NEEDED or tags.topic in own) and not guessed


def lacks_place(tags: Tags, *, pointed: bool, own: Collection[str] = ()) -> bool:
    """Whether the place is needed and missing; `pointed`: it was shown on the map. One's own house is no place."""
    return needs_place(tags, own) and not pointed and (tags.location is None or is_home(tags.location))


def is_home(location: str) -> bool:
    """Whether a place phrase only says `my house`, which nobody else can find."""
    return OWN_HOME.fullmatch(location.strip()) is not None


def does_not_know(tags: Tags, text: str) -> bool:
    """Whether somebody who was asked for a place says that they cannot tell."""
    return tags.location is None and len(text.split()) <= MOST_WORDS and UNKNOWN.search(text) is not None


def belongs(case: Case, tags: Tags, text: str) -> bool:
    """Whether words belong to the case whose place was asked for, and begin no matter of their own.

    `tags` as read in the light of what was told before: alone, `depan puskesmas` may sound like an emergency.
    """
    words = len(text.split())
    if tags.emergency and not case.tags.emergency:
        return False
    if is_bare(tags, text) or does_not_know(tags, text):
        return True
    same = tags.topic == case.tags.topic
    if has_own_topic(tags, text):
        return same and not ANOTHER.search(text) and (tags.location is not None or words <= FRAGMENT_WORDS)
    return words <= MOST_WORDS or (tags.location is not None and (same or tags.topic == OTHER))


def gives_place(case: Case, tags: Tags, text: str, *, late: bool) -> bool:
    """Whether such words tell the place. `late`: the question is old, so that a name alone no longer counts."""
    if tags.location is not None or is_bare(tags, text):
        return True
    if late or tags.emergency or len(text.split()) > MOST_WORDS or _says_more(text):
        return False
    return not (tags.topic == case.tags.topic and tags.p_topic >= OWN_TOPIC)


def is_bare(tags: Tags, text: str) -> bool:
    """Whether words look like nothing but a place, whatever topic and urgency the classifier reads into its name."""
    words = len(text.split())
    if tags.alarming:
        return False
    if words > FRAGMENT_WORDS and _shows_the_way(text):
        return True
    if tags.location is not None:
        return words <= MOST_WORDS and len(tags.location.split()) >= PLACE_SHARE * words
    return words <= FRAGMENT_WORDS and BEGINS.match(text.strip()) is not None and not _says_more(text)


def _shows_the_way(text: str) -> bool:
    """Whether words are directions: turn left, straight on, until."""
    begins = BEGINS.match(text.strip()) is not None
    return begins and len(TURN.findall(text)) >= FEWEST_TURNS and len(text.split()) <= LONGEST_WAY


def place_in(tags: Tags, text: str) -> str:
    """The place that an answer gives: what was found in it, or the words themselves."""
    if tags.location is not None:
        return tags.location
    words = " ".join(text.split())
    name = FAREWELL.sub("", PREFACE.sub("", words, count=1))
    return (name or words).strip(" .,!:;")[:LONGEST]


def _says_more(text: str) -> bool:
    """Whether words tell of something else than a place, or nothing."""
    if not any(map(str.isalpha, text)):
        return True
    return SAYS_MORE.search(text) is not None or ONLY_POLITE.fullmatch(text.strip()) is not None
