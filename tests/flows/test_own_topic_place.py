"""A topic of the office's own that needs a place: the citizen is asked where, as for those of the label guide."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.case import Tags
from bot.domain.places_needed import lacks_place, needs_place
from tests.flows.town import region_file, town
from tests.flows.wadul import WordTagger

OWN = """
[[topic]]
id = "mbg"
name = "Makan bergizi gratis"
department = "dindikbud"
needs_place = {needs}
examples = ["Nasi kotak basi.", "MBG ora teka.", "Kapan dapat jatah?"]
"""
SPOILT = "Nasi kotak MBG di sekolah anak saya basi."
COMPLAINT = Tags("pengaduan", "mbg", "sedang", "id")


class Meals(WordTagger):
    """Knows the office's own topic by one word."""

    def tag(self, text: str) -> Tags:
        tags = super().tag(text)
        return replace(tags, topic="mbg", unsure=False) if "MBG" in text else tags


@pytest.mark.parametrize(("needs", "asked"), [("true", True), ("false", False)])
async def test_the_question_for_the_place_follows_the_topics_table(prepared: Path, needs: str, asked: bool) -> None:
    path = region_file(prepared, lambda text: text + OWN.format(needs=needs))
    async with town(prepared, config=path, tagger=Meals()) as here:
        here.group("dindikbud")
        sri = here.citizen()
        sri.say(SPOILT)
        receipt = await here.hears(sri, "Makan bergizi gratis")
        assert (here.case().awaiting == "place", "mana" in receipt.text) == (asked, asked)


def test_only_a_complaint_about_such_a_topic_needs_it() -> None:
    assert needs_place(COMPLAINT, {"mbg"})
    assert not needs_place(COMPLAINT)
    assert not needs_place(replace(COMPLAINT, kind="informasi"), {"mbg"})
    assert lacks_place(COMPLAINT, pointed=False, own={"mbg"})
    assert not lacks_place(COMPLAINT, pointed=True, own={"mbg"})
    assert not lacks_place(replace(COMPLAINT, location="SD 2 Comal"), pointed=False, own={"mbg"})
