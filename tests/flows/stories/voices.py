"""Twenty people of one village tell of one flood, in their own words; and how so many get a phone in a story."""

import pytest

from bot.channels.coba import cast
from tests.contract.on_coba import OnCoba
from tests.contract.on_discord import OnDiscord
from tests.contract.on_telegram import OnTelegram
from tests.contract.people import Person, Screen
from tests.contract.place import Place

FLOOD = (
    "Banjir neng Desa Purwosari Comal, banyune wis mlebu omah, kasur karo kulkas kelem kabeh.",
    "Banjir di Desa Purwosari Comal, air masuk rumah warga sejak subuh, mohon perahu.",
    "Nyuwun pitulungan, ing Desa Purwosari Comal banjir ageng, toya sampun dumugi dhengkul.",
    "Kiye Purwosari Comal banjir maning, banyune mlebu umah, nyong karo anak pada ngungsi nang mushola.",
    "lapor banjir di purwosari comal, air sudah setinggi paha, mohon perahu dan nasi bungkus",
    "Tulung iki Purwosari Comal kebanjiran, banyu kali mlebu omah, wong tuwa durung bisa metu.",
    "Griya kula ing Purwosari Comal kebanjiran, toya kali mlebet wiwit enjing, tiyang sepuh dereng saged medal.",
    "Umahe nyong nang Desa Purwosari Comal kebanjiran, banyu kali munggah nemen, pari pada kelem.",
    "Banjir di Desa Purwosari Comal makin tinggi, kami butuh pompa air dan tempat mengungsi.",
    "banjir Desa Purwosari Comal blm surut, air masuk rumah smpe lutut, btuh bantuan makanan",
    "Wis ket mau bengi banjir neng Purwosari Comal, banyu sak wudel, bocah-bocah nangis kademen.",
    "Desa Purwosari, Comal, kerendam banjir, air sungai masuk rumah. Mohon BPBD segera turun.",
    "Kula aturi pirsa, Desa Purwosari Comal kebanjiran, toya mlebet griya, warga sami ngungsi.",
    "nang purwosari comal banjir gedhe kang, banyune ireng mlebu umah kabeh, njaluk tulung dikirimi prau",
    "Sawah dan rumah di Desa Purwosari Comal terendam banjir, warga mengungsi ke balai desa.",
    "Banjire neng Desa Purwosari Comal durung surut, banyune isih njero omah, warga luwe.",
    "Banjir di Purwosari Comal masuk rumah sampai kamar, kami sekeluarga mengungsi ke masjid.",
    "Purwosari Comal banjir, sumur pada kelem, warga butuh banyu resik karo selimut.",
    "Lare-lare ing Desa Purwosari Comal mboten saged sekolah, amargi banjir lan toya dereng surut.",
    "Purwosari Comal kebanjiran, omahe mbahku kelem, mbah wis digendong nang balai desa.",
)
OTHERWISE = {FLOOD[5]: "pengairan", FLOOD[9]: "jalan", FLOOD[11]: "pengairan", FLOOD[16]: "jalan"}
"""Voices that the classifier may read as another topic, and so as another department's."""
ELSEWHERE = "Banjir neng Desa Kebojongan Comal, banyune wis mlebu omah, kasur karo kulkas kelem kabeh."


def phone(place: Place, number: int, monkeypatch: pytest.MonkeyPatch) -> Person:
    """One of many who live here, with a phone of their own."""
    name = f"Warga {number}"
    if isinstance(place, OnTelegram):
        account = place.town.citizen(200 + number, name)
        return Person(place, name, account, Screen(place, f"HP {name}", account))
    if isinstance(place, OnDiscord):
        member = place.town.citizen(name)
        return Person(place, name, member, Screen(place, f"HP {name}", member.dm_channel))
    assert isinstance(place, OnCoba)
    who = cast.Citizen(f"warga:{100 + number}", name, -6.9, 109.4)  # the page itself has three phones
    monkeypatch.setattr(cast, "PHONES", (*cast.PHONES, who))
    return Person(place, name, who.id, Screen(place, f"HP {name}", who.id))
