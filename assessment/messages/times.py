"""Days and hours in a person's language, on the clock of the place where it happens."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from assessment.messages.plain_pages import say_date

_WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
}


def say_time(moment: datetime, zone: str, language: str) -> str:
    """Tuesday 8 December at 14:00 (Madrid time), martes 8 de diciembre a las 14:00 (hora de Madrid)."""
    there = moment.astimezone(ZoneInfo(zone))
    at = "a las" if language == "es" else "at"
    return f"{say_day(there.date(), language)} {at} {there:%H:%M} ({say_zone(moment, zone, language)})"


def say_day(day: date, language: str) -> str:
    """Tuesday 8 December, without the year: an interview is never far off."""
    weekdays = _WEEKDAYS.get(language, _WEEKDAYS["en"]).split()
    year = f" de {day.year}" if language == "es" else f" {day.year}"
    return f"{weekdays[day.weekday()]} {say_date(day, language).removesuffix(year)}"


def say_hours(begins: datetime, ends: datetime, zone: str, language: str) -> str:
    """14:00 to 14:45, 14:00 a 14:45."""
    first, last = (moment.astimezone(ZoneInfo(zone)) for moment in (begins, ends))
    return f"{first:%H:%M} {'a' if language == 'es' else 'to'} {last:%H:%M}"


def say_zone(moment: datetime, zone: str, language: str) -> str:
    """Madrid time. In the hour that comes twice when clocks go back, which of the two as well: Madrid time, CEST."""
    place = zone.rpartition("/")[2].replace("_", " ")
    words = zone if "/" not in zone else f"hora de {place}" if language == "es" else f"{place} time"
    there = moment.astimezone(ZoneInfo(zone))
    return f"{words}, {there.tzname()}" if comes_twice(there.replace(tzinfo=None), zone) else words


def comes_twice(local: datetime, zone: str) -> bool:
    """Whether a clock shows this time twice, because it goes back; `local` is without a zone."""
    first, second = (local.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
    return exists(local, zone) and first.utcoffset() != second.utcoffset()


def exists(local: datetime, zone: str) -> bool:
    """Whether a clock ever shows this time: clocks that go forward leave an hour out."""
    there = local.replace(tzinfo=ZoneInfo(zone))
    return there.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local


def listed(names: Sequence[str], language: str) -> str:
    """Ivo, Una and Lena; Ivo, Una y Lena."""
    if len(names) < 2:
        return "".join(names)
    and_ = "y" if language == "es" else "and"
    return f"{', '.join(names[:-1])} {and_} {names[-1]}"
