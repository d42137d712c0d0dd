"""Check-ins for tests: a newcomer with a supervisor whose first day is known, and quick answers of either side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import update

from assessment.services.actor import Actor
from assessment.services.check_in_dates import set_dates_in
from assessment.services.check_ins import answer_for, answer_own
from assessment.storage.schema import organisations
from assessment.training.check_in import check_in_key
from assessment.training.work_days import MONDAY_TO_FRIDAY
from tests.hiring import Hiring
from tests.newcomers import Newcomer, hire, supervise

FIRST_DAY = date(2026, 12, 1)  # a Tuesday
DAY_7, DAY_30, DAY_60, DAY_90 = date(2026, 12, 7), date(2026, 12, 30), date(2027, 1, 29), date(2027, 3, 1)
DUE = {7: DAY_7, 30: DAY_30, 60: DAY_60, 90: DAY_90}


@dataclass(frozen=True)
class Started:
    """Somebody who has begun to work, and who leads them."""

    hiring: Hiring
    newcomer: Newcomer
    lead: Actor

    @property
    def application(self) -> str:
        return self.newcomer.application

    def say(
        self,
        day: int,
        values: Sequence[int | None],
        *,
        words: str = "",
        talk: bool = False,
        now: datetime | None = None,
    ) -> None:
        """The newcomer answers the five lines in the order asked, on the day that it is due."""
        answers = dict(zip(check_in_key().day(day).newcomer, values, strict=True))
        answer_own(
            self.hiring.house,
            day,
            answers,
            own_words=words,
            wants_talk=talk,
            actor=self.newcomer.actor,
            now=now or noon(DUE[day]),
        )

    def see(self, day: int, values: Sequence[int | None], *, words: str = "", now: datetime | None = None) -> None:
        """The same by whoever leads them."""
        answers = dict(zip(check_in_key().day(day).manager, values, strict=True))
        answer_for(
            self.hiring.house,
            self.application,
            day,
            answers,
            own_words=words,
            actor=self.lead,
            now=now or noon(DUE[day]),
        )


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def start(hiring: Hiring, name: str = "Ana", *, language: str = "en", lead: str = "Grace") -> Started:
    newcomer = hire(hiring, name, language=language)
    supervisor = supervise(hiring, newcomer, lead)
    first_day_is(hiring, newcomer.application, FIRST_DAY)
    return Started(hiring, newcomer, supervisor)


def first_day_is(hiring: Hiring, application: str, day: date) -> int:
    """Let the check-ins follow this first day, as a plan does; how many changed."""
    with hiring.house.database.write() as connection:
        return set_dates_in(connection, application, starts_on=day, works_on=MONDAY_TO_FRIDAY)


def move_to(hiring: Hiring, time_zone: str) -> None:
    """Let the house be at another place."""
    with hiring.house.database.write() as connection:
        connection.execute(update(organisations).values(time_zone=time_zone))
