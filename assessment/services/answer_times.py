"""How fast candidates' questions and notes are answered: the share within one working day."""

from dataclasses import dataclass
from datetime import datetime

from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.inquiries import answer_due
from assessment.services.organisation import organisation_in
from assessment.storage import inquiries as stored
from assessment.storage.clock import moment


@dataclass(frozen=True)
class AnswerTimes:
    """Questions and notes since a day: answered within one working day, later, or waiting past it.

    share : of those whose day is over or that were answered; None while there are none
    """

    within: int
    later: int
    overdue: int
    waiting: int

    @property
    def share(self) -> float | None:
        counted = self.within + self.later + self.overdue
        return self.within / counted if counted else None


def answer_times(house: House, *, actor: Actor, since: datetime, now: datetime) -> AnswerTimes:
    """How many questions and notes that came since then were answered within one working day."""
    require(actor)
    counted = {"within": 0, "later": 0, "overdue": 0, "waiting": 0}
    with house.database.read() as connection:
        organisation = organisation_in(connection, actor.organisation_id)
        for row in stored.asked_since(connection, actor.organisation_id, since=since):
            due = answer_due(moment(row.created_at), organisation)
            if row.answered_at:
                counted["within" if moment(row.answered_at) <= due else "later"] += 1
            else:
                counted["waiting" if now <= due else "overdue"] += 1
    return AnswerTimes(**counted)
