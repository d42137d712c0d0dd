"""Times as people give them, on the clock of a place: days, a part of a day, hours as typed, and the moments they are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assessment.errors import SheetError
from assessment.messages.times import comes_twice, exists, say_day

MOST = 200  # at once
FARTHEST = timedelta(days=366)


@dataclass(frozen=True)
class LocalTime:
    """When an interview begins and ends, and the pause that belongs to it."""

    starts_at: datetime
    ends_at: datetime
    buffer: timedelta


def days_between(first: date, last: date, weekdays: Collection[int]) -> tuple[date, ...]:
    """The days from the first to the last that fall on some days of the week, Monday being 0; of a year at most."""
    reach = range(min((last - first).days + 1, FARTHEST.days))
    return tuple(day for n in reach if (day := first + timedelta(days=n)).weekday() in weekdays)


def times_between(start: time, end: time, *, length_minutes: int, buffer_minutes: int) -> tuple[time, ...]:
    """When interviews begin that fill a part of a day, with a pause after each."""
    first, last = (at.hour * 60 + at.minute for at in (start, end))
    if length_minutes < 1 or last - first < length_minutes:
        return ()
    starts = range(first, last - length_minutes + 1, length_minutes + max(buffer_minutes, 0))
    return tuple(time(at // 60, at % 60) for at in starts)


def typed_times(text: str) -> tuple[time, ...]:
    """Times as people type them, with commas or spaces between: 9, 9:30, 14.15."""
    found = []
    for part in text.replace(",", " ").replace(";", " ").split():
        hour, _, minute = part.replace(".", ":").partition(":")
        if not (hour.isascii() and hour.isdigit() and (not minute or (minute.isascii() and minute.isdigit()))):
            raise SheetError(f"“{part[:20]}” is no time of day; please write it like 14:30.")
        if int(hour) > 23 or int(minute or 0) > 59:
            raise SheetError(f"“{part[:20]}” is no time of day; please write it like 14:30.")
        found.append(time(int(hour), int(minute or 0)))
    return tuple(sorted(set(found)))


def local_moments(
    days: Sequence[date],
    times: Sequence[time],
    time_zone: str,
    length_minutes: int,
    buffer_minutes: int,
    *,
    now: datetime,
) -> tuple[list[LocalTime], tuple[str, ...]]:
    """Local times as moments, earliest first; of a time that comes twice the first, and a note that says so."""
    if not days or not times:
        raise SheetError("Please choose at least one day and one time.")
    if len(set(days)) * len(set(times)) > MOST:
        raise SheetError(f"{len(set(days)) * len(set(times))} times at once; please offer at most {MOST}.")
    zone, found, notes = ZoneInfo(time_zone), [], []
    length, buffer = timedelta(minutes=length_minutes), timedelta(minutes=buffer_minutes)
    for local in sorted({datetime.combine(day, at.replace(second=0, microsecond=0)) for day in days for at in times}):
        said = f"{local:%H:%M} on {say_day(local.date(), 'en')}"
        if not exists(local, time_zone):
            raise SheetError(
                f"{said} does not exist in {time_zone}: clocks go forward then. Please leave it out or take another time."
            )
        starts_at = local.replace(tzinfo=zone).astimezone(UTC)
        if starts_at <= now:
            raise SheetError(f"{said} has passed already.")
        if starts_at > now + FARTHEST:
            raise SheetError(f"{said} is more than a year away.")
        if comes_twice(local, time_zone):
            notes.append(f"{said} comes twice in {time_zone}, because clocks go back. It is the first of the two.")
        found.append(LocalTime(starts_at, starts_at + length, buffer))
    return found, tuple(notes)


def too_near(one: LocalTime, other: LocalTime) -> bool:
    pause = max(one.buffer, other.buffer)
    return one.starts_at < other.ends_at + pause and other.starts_at < one.ends_at + pause
