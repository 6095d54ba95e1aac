"""A press id of Discord carries a token of some two hundred characters: its toast still finds room in the outbox."""

from bot.domain.outgoing import Toast
from bot.services.office import Office
from bot.store.engine import Store


def test_a_toast_with_a_long_press_id_is_kept_whole(store: Store) -> None:
    office = Office(region=None, texts=None, tagger=None, counters=None, clock=lambda: 1.0)  # type: ignore[arg-type]
    press = "1456074443980800028:" + "aW50ZXJhY3Rpb246" * 20
    store.write_now(lambda uow: office.toast(uow, "discord", press, "Baik."))
    (lane,) = store.write_now(lambda uow: uow.outbox.claim("me", now=2.0, limit=9, channels=["discord"]))
    assert len(lane.chat_id) <= 128
    intent = lane.rows[0].intent
    assert isinstance(intent, Toast)
    assert intent.press_id == press
