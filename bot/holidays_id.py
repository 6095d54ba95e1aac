"""National holidays and cuti bersama of Indonesia, each year worked out when it is first asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache


@dataclass(frozen=True)
class NationalHolidays:
    """Holidays by date, as the calendar asks for them."""

    def get(self, day: date, /) -> str | None:
        """The holiday's name, or None for an ordinary day."""
        return of_year(day.year).get(day)


@cache
def of_year(year: int) -> Mapping[date, str]:
    """The holidays of a year with their Indonesian names; "(perkiraan)" where the decree is not out yet."""
    # Imported late: it costs 0.15 s and 20 MB, and an office that counts hours never needs it.
    from holidays import country_holidays

    return dict(country_holidays("ID", years=year, categories=("public", "government"), language="id"))
