"""How the office wants to learn from its people: the table [learning] of wadul.toml."""

from dataclasses import dataclass

from bot.domain.errors import RegionError

MOST_DAYS = 365


@dataclass(frozen=True)
class Learning:
    """`moves` of one topic to one department within `move_days`, its topic left as it is, offer a change of the file.

    Of the messages that admins label, a share is drawn at random and a share is looked at by a second admin.
    A new model tags along silently for `shadow_days`, if an admin wants it.
    """

    moves: int = 5
    move_days: int = 60
    random_share: float = 0.25
    blind_share: float = 0.10
    shadow_days: int = 7

    def __post_init__(self) -> None:
        if self.moves < 2:
            raise RegionError(f"learning.moves is {self.moves}: write 2 or more.")
        if not 1 <= self.move_days <= MOST_DAYS:
            raise RegionError(f"learning.move_days is {self.move_days}: write 1 to {MOST_DAYS}.")
        if not 1 <= self.shadow_days <= MOST_DAYS:
            raise RegionError(f"learning.shadow_days is {self.shadow_days}: write 1 to {MOST_DAYS}.")
        shares = (("random_share", self.random_share, 0.05), ("blind_share", self.blind_share, 0.0))
        for name, share, least in shares:
            if not least <= share <= 0.5:
                raise RegionError(f"learning.{name} is {share}: write a share between {least} and 0.5.")
