"""Words of violence at home, against women or children, which make a report secret whatever its topic."""

import pytest

from bot.domain.violence import tells_of_violence


@pytest.mark.parametrize("text", [
    "Anak tetangga dipukuli bapaknya tiap malam", "bojoku ngantemi aku", "Ada KDRT di RT 3",
    "murid dicabuli gurunya", "tonggoku digebugi bojone", "anak kecil disiksa ibu tirinya", "siswa dipukul guru",
    "Ada anak yang mau dinikahkan, pernikahan dini", "adik saya dirundung di sekolah",
])  # fmt: skip
def test_violence_is_found(text: str) -> None:
    assert tells_of_violence(text)


@pytest.mark.parametrize("text", [
    "jalan rusak parah", "pohon tumbang menimpa rumah", "kekerasan suara knalpot", "anak saya belum dapat KIA",
    "harga pupuk memukul petani", "guru belum digaji tiga bulan",
])  # fmt: skip
def test_ordinary_trouble_is_none(text: str) -> None:
    assert not tells_of_violence(text)
