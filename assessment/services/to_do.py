"""One thing that waits for one of the staff, as Today shows it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from assessment.reports.words import day


@dataclass(frozen=True)
class ToDo:
    """`due` is in words, `at` the moment; `for_whom` names the absent colleague whose work it is."""

    kind: str
    title: str
    line: str
    due: str
    overdue: bool
    at: datetime
    link: str
    for_whom: str = ""
    vacancy_id: str = ""
    application_id: str = ""

    def on_behalf(self, words: str) -> "ToDo":
        return replace(self, for_whom=words)


def clock(due: datetime, now: datetime, *, zone: ZoneInfo) -> str:
    """How long there is left, in the organisation's own days: 3 h left, Due 26 November, Overdue since 24 November."""
    left = due - now
    if left < timedelta(0):
        return f"Overdue since {day(due.astimezone(zone))}"
    if left < timedelta(hours=1):
        return f"{max(int(left / timedelta(minutes=1)), 1)} min left"
    if left < timedelta(days=1):
        return f"{int(left / timedelta(hours=1))} h left"
    return f"Due {day(due.astimezone(zone))}"
